"""What the check tells an author: where, what, and what to do instead; and what a manifest holds."""
import ast
import cProfile
import sys
import unittest

import kit

HEAD = "from composer import action, app, on\n"
APP = ("app(title='T', reads={'power': ''}, controls={'outletStatus': ''}, notifies=['resident'], "
       "texts={'left-on': {'en': 'On'}})\n")


def faults(source, helpers=None):
    found, _ = kit.runtime().check(source, helpers or {})
    return found


class Checked(unittest.TestCase):
    def said(self, source, line, column, wanted):
        found = faults(source)
        self.assertTrue(found, "nothing was said")
        self.assertEqual(found[0][:3], ("script", line, column), found[0])
        self.assertIn(wanted, found[0][3])
        return found


class Faults(Checked):
    def test_import_that_is_not_allowed(self):
        found = self.said(HEAD + "\nimport os\n", 3, 1, "'os' cannot be imported here; allowed are composer, bisect, ")
        self.assertIn("zoneinfo", found[0][3])

    def test_place_counts_characters_not_bytes(self):
        self.said(HEAD + APP + "@on.measurement('power')\ndef look(home, event):\n    x = 'äöü', home._run\n", 5, 21, "_")

    def test_lines_are_the_parsers(self):
        self.said(HEAD + "x = '\x0c\x1c\u2028'\r\nimport os\n", 3, 1, "'os'")

    def test_syntax_error(self):
        self.said(HEAD + "def f(:\n", 2, 7, "syntax: ")

    def test_unknown_name(self):
        self.said(HEAD + APP + "def stoves(home): pass\n@on.installed()\ndef look(home, event):\n    stove(home)\n", 6, 5,
                  "the name 'stove' is not known here; did you mean 'stoves'?")

    def test_unknown_attribute(self):
        self.said(HEAD + APP + "@on.installed()\ndef look(home, event):\n    home.latst('power')\n", 5, 10, "did you mean 'latest'?")

    def test_unknown_name_of_a_module(self):
        self.said("import math\n" + HEAD + APP + "@on.installed()\ndef look(home, event):\n    math.sqr(2)\n", 6, 10,
                  "'math' has no 'sqr' here; did you mean 'sqrt'?")

    def test_builtins_that_are_not_there_say_what_to_use(self):
        for name, wanted in [("open", "files"), ("input", "home.ask"), ("globals", "home.state"), ("id", "'is'")]:
            self.said(HEAD + APP + f"@on.installed()\ndef look(home, event):\n    {name}()\n", 5, 5, wanted)

    def test_clock(self):
        self.said("from datetime import datetime\n" + HEAD + APP +
                  "@on.installed()\ndef look(home, event):\n    x = datetime.now()\n", 6, 9, "use home.now")

    def test_history_that_nobody_awaits(self):
        self.said(HEAD + APP + "@on.installed()\ndef look(home, event):\n    x = home.history(home.device('D'), 'power')\n",
                  5, 9, "await home.history")

    def test_unused_action(self):
        self.said(HEAD + APP + "@on.installed()\ndef look(home, event):\n    action('a', event.device, outletStatus=0)\n",
                  5, 5, "offered nowhere")
        self.said(HEAD + APP + "@on.installed()\ndef look(home, event):\n    a = action('a', event.device, outletStatus=0)\n",
                  5, 5, "offered nowhere")
        used = HEAD + APP + ("@on.installed()\ndef look(home, event):\n    a = action('a', event.device, outletStatus=0)\n"
                             "    home.alert('k', 'x', actions=[a])\n")
        self.assertEqual(faults(used), [])

    def test_finding_C2_misspelt_keywords_are_faults_with_the_nearest_name(self):
        for call, column, wanted in [
                ("home.alert('x', text='t', sevrity='urgent')", 31, "no argument 'sevrity', and its text has no placeholders; did "
                                                                    "you mean 'severity'?"),
                ("home.alert('x', text='t', reapeat='5m')", 31, "did you mean 'repeat'?"),
                ("home.alert('x', text='t', recipients=['resident'])", 31, "no argument 'recipients'"),
                ("home.notify('resident', 'It is {degrees}', degres=3)", 48, "has {degrees}; did you mean 'degrees'?"),
                ("home.ask('resident', 'q', 'Well?', choises=['a'])", 40, "did you mean 'choices'?"),
                ("home.alert('x', text=event.data, severty='low')", 38, "did you mean 'severity'?"),
                ("home.timer_running('t'), home.start_timer('t', '1m', dat=1)", 58, "did you mean 'data'?"),
                ("home.set_fact('f', 1, devise=event.device)", 27, "did you mean 'device'?"),
                ("home.latest('power', defualt=0)", 26, "did you mean 'default'?"),
                ("home.command(event.device, expries='5m', outletStatus=1)", 32, "did you mean 'expires'?"),
                ("home.resolve_alert('x', ky=1)", 29, "home.resolve_alert has no argument 'ky'; did you mean 'key'?"),
                ("home.alert('x', 't', actions=[action('off', devise='D', outletStatus=0)])", 49, "did you mean 'device'?")]:
            with self.subTest(call):
                self.said(HEAD + APP + f"@on.installed()\ndef look(home, event):\n    {call}\n", 5, column, wanted)
        fine = ("home.alert('x', text='{watts} W', watts=5)", "home.alert('x', text=event.data, watts=5)",
                "home.notify('resident', event.data, **{'a': 1})",
                "home.alert('x', text='t', n=1, actions=[action('Off {n}', event.device, outletStatus=0)])",
                "home.ask('resident', 'q', 'Well?', choices=[('y', 'Yes {n}')], n=1)")
        for call in fine:
            with self.subTest(call):
                self.assertEqual(faults(HEAD + APP + f"@on.installed()\ndef look(home, event):\n    {call}\n"), [])

    def test_finding_C2_misspelt_keywords_of_declarations_are_faults_with_the_nearest_name(self):
        handler = "@on.installed()\ndef look(home, event): pass\n"
        for source, line, column, wanted in [
                ("app(title='T', notfies=['resident'])\n" + handler, 2, 16,
                 "app has no argument 'notfies'; did you mean 'notifies'?"),
                ("app(titel='T')\n" + handler, 2, 5, "did you mean 'title'?"),
                ("app('T', parameters={'a': Minutes(10, mx=20)})\n" + handler, 2, 39,
                 "Minutes has no argument 'mx'; did you mean 'max'?"),
                (APP + "@on.measurement('power', above=5,\n  lastng='5m')\ndef look(home, event): pass\n", 4, 3,
                 "on.measurement has no argument 'lastng'; did you mean 'lasting'?"),
                (APP + "@on.schedule('07:30', day='mon')\ndef look(home, event): pass\n", 3, 23, "did you mean 'days'?"),
                (APP + "@on.device_silent(us='stove')\ndef look(home, event): pass\n", 3, 19, "did you mean 'use'?")]:
            with self.subTest(source):
                self.said("from composer import action, app, on, Minutes\n" + source, line, column, wanted)
        self.said("import composer as c\nc.app('T', read=['power'])\n@c.on.installed()\ndef look(home, event): pass\n", 2, 12,
                  "did you mean 'reads'?")
        own = "def note(text, colour=1): pass\nnote('x', colour=2)\n"
        self.assertEqual(faults(HEAD + APP + own + handler), [])

    def test_finding_C2_a_home_is_a_home_whatever_its_handler_calls_it(self):
        handler = "@on.installed()\ndef look(house, event):\n    "
        self.said(HEAD + APP + handler + "house.alert('x', text='t', sevrity='urgent')\n", 5, 32, "did you mean 'severity'?")
        self.said(HEAD + APP + handler + "house.notify('caregiver', 'x')\n", 5, 18, "is not covered")

    def test_finding_C8_faults_say_the_place_of_what_is_meant(self):
        for body, line, column, wanted in [
                ("@on.measurement('motion')\ndef look(home, event): pass\n", 3, 2, "on.measurement('motion') is not covered"),
                ("NAME = 'mo' + 'tion'\n@on.measurement(NAME)\ndef look(home, event): pass\n", 4, 1, "is not covered"),
                ("from collections import deque\nA = 1\nitems = deque()\n@on.installed()\ndef look(home, event): pass\n", 5, 1,
                 "'items' is a deque"),
                ("A, walk = 1, iter([1])\n@on.installed()\ndef look(home, event): pass\n", 3, 4, "'walk' is a list_iterator"),
                ("from collections import deque\n@on.installed()\ndef look(home, event, *,\n kept=deque()): pass\n", 6, 7,
                 "'look.kept' is a deque"),
                ("from collections import deque\nclass Kept:\n    a = 1\n    b = deque()\n"
                 "@on.installed()\ndef look(home, event): pass\n", 6, 5, "'Kept.b' is a deque"),
                ("import enum\nfrom collections import deque\nclass Kept(enum.Enum):\n    A = 1\n    B = deque()\n"
                 "@on.installed()\ndef look(home, event): pass\n", 7, 5, "'Kept.B' is a deque"),
                ("@on.installed()\ndef look(home, event): pass\n" * 2, 5, 1, "two handlers called look")]:
            with self.subTest(body):
                self.said(HEAD + APP + body, line, column, wanted)
        declared = ("app(\n    title='T',\n    reads=['power'],\n    {},\n)\n"
                    "@on.installed()\ndef look(home, event): pass\n")
        for argument, column, wanted in [("notifies=['resident', 'nurse']", 27, "notifies has 'nurse'"),
                                         ("texts={'a': {'en': 'x'}, 'b': {'??': 'x'}}", 30, "the text 'b' has '??'"),
                                         ("parameters={'a': 5}", 17, "the parameter 'a' must be made"),
                                         ("needs={'a meter': 'watts'}", 23, "needs: 'watts' must be"),
                                         ("controls='heat'", 14, "controls must be")]:
            with self.subTest(argument):
                self.said(HEAD + declared.replace("{}", argument), 5, column, wanted)
        helper = {"sums": "from collections import deque\nkept = deque()\n"}
        self.assertEqual(faults(HEAD + "from . import sums\n" + APP + "@on.installed()\ndef look(home, event): pass\n",
                                helper)[0][:3], ("sums", 2, 1))

    def test_finding_G2_G9_G10_what_does_not_work_yet_is_refused_with_a_sentence(self):
        handler = "@on.installed()\ndef look(home, event): pass\n"
        self.said("from composer import app, on\n\napp(title='T', scope='deployment')\n" + handler, 3, 1,
                  'scope="deployment" cannot be used yet')
        for line in ("import numpy", "import numpy as np", "from numpy import array", "import numpy.linalg"):
            self.said(HEAD + line + "\n" + APP + handler, 2, 1, "'numpy' cannot be imported here yet")
        self.said("from composer import app, model, on\n" + APP + handler, 1, 1, "'model' cannot be used yet")
        self.said("import composer\n" + HEAD + APP + "@on.installed()\ndef look(home, event):\n    composer.model('m')\n", 6, 14,
                  "'model' cannot be used yet")

    def test_finding_C13_an_honest_script_costs_a_few_calls_a_node(self):
        # The time itself is for tests/load/check_speed.py; the calls are the same on every machine.
        load = kit.pathlib.Path(__file__).resolve().parents[2] / "load"
        sys.path.insert(0, str(load))
        import check_speed

        source = check_speed.honest_source(16 * 1024)
        kit.runtime().check(source, {})
        profile = cProfile.Profile()
        found, _ = profile.runcall(kit.runtime().check, source, {})
        self.assertEqual(found, [])
        nodes = sum(1 for _ in ast.walk(ast.parse(source)))
        self.assertLess(sum(entry.callcount for entry in profile.getstats()), 40 * nodes)

    def test_finding_C13_looking_for_what_was_meant_takes_bounded_time(self):
        many = range(400)
        keys = ", ".join(f"'key-{one}': {{'en': 'Text {one}', 'de': 'Satz {one}'}}" for one in many)
        controls = ", ".join(f"'control{one}'" for one in many)
        start = HEAD + f"app('T', notifies=['resident'], controls=[{controls}], texts={{{keys}}})\n"
        start += "".join(f"def function_number_{one}(a): return a\n" for one in many)
        handler = "@on.installed()\ndef look(home, event):\n"
        for line, most in [("home.notify('resident', 'kez-{}')", 50), ("home.command(event.device, contrl{}=1)", 50),
                           ("functionnumber_{}(1)", 50), ("home.alert('k', text=event.data, watts=1)", 0)]:
            with self.subTest(line):
                body = "".join(f"    {line.format(one)}\n" for one in many)
                profile = cProfile.Profile()
                found, _ = profile.runcall(kit.runtime().check, start + handler + body, {})
                self.assertEqual(len(found), most)
                self.assertLess(sum(entry.callcount for entry in profile.getstats()), 1_500_000)

    def test_error_while_loading_names_its_line(self):
        self.said(HEAD + APP + "LIMIT = 1 / 0\n", 3, 9, "ZeroDivisionError")

    def test_fault_of_a_helper_names_its_file(self):
        found = faults(HEAD + "from . import sums\n" + APP, {"sums": "x = 1\nimport os\n"})
        self.assertEqual(found[0][:3], ("sums", 2, 1))

    def test_faults_are_bounded(self):
        self.assertLessEqual(len(faults("import os\n" * 500)), 50)


class FaultsOfWhatIsDeclared(Checked):
    """Of app(…), of triggers and handlers, and of what the code does beside them."""

    def test_unknown_trigger(self):
        self.said(HEAD + APP + "@on.measurment('power')\ndef look(home, event): pass\n", 3, 5,
                  "there is no trigger 'measurment'; did you mean 'measurement'?")

    def test_trigger_without_brackets(self):
        self.said(HEAD + APP + "@on.installed\ndef look(home, event): pass\n", 3, 2, "write @on")

    def test_durations_and_ranges_say_what_is_wanted_and_nothing_of_python(self):
        rest = "@on.every('5 mins')\ndef look(home, event): pass\n"
        self.assertEqual(self.said(HEAD + APP + rest, 3, 2, "the interval must be a duration")[0][3][:12], "the interval")
        found = self.said(HEAD + APP + rest.replace("every('5 mins'", "measurement('power', above=1, lasting='5min'"), 3, 2, "not '5min'")
        self.assertEqual(found[0][3][:7], "lasting")
        for given, wanted in [("5, min=10", "the value must be at least 10, not 5"), ("5, max=4", "the value must be at most 4, not 5"),
                              ("5, min=1, max=4", "at most 4, not 5")]:
            with self.subTest(given):
                found = faults("from composer import Minutes, app, on\napp(title='T', parameters={'p': Minutes(" + given +
                               ")})\n@on.installed()\ndef look(home, event): pass\n")
                self.assertEqual((found[0][1], wanted in found[0][3]), (2, True), found)

    def test_uncovered_effects(self):
        for call, wanted in [
                ("home.command(event.device, heat=1)", "'heat' is not covered: add it to app(controls=…)"),
                ("home.alert('k', 'x', actions=[action('a', event.device, heat=1)])", "controls"),
                ("home.notify('caregiver', 'x')", "'caregiver' is not covered: add it to app(notifies=…)"),
                ("home.alert('k', 'x', to=['resident', ('caregiver', '5m')])", "notifies"),
                ("home.notify('nurse', 'x')", "there is no role 'nurse'"),
                ("event.device.latest('motion')", "'motion' is not covered: add it to app(reads=…)"),
                ("home.latest('motion')", "reads"), ("home.latest_point(name='motion')", "reads")]:
            with self.subTest(call):
                source = HEAD + APP + f"@on.installed()\ndef look(home, event):\n    {call}\n"
                self.assertEqual(faults(source)[0][1], 5)
                self.assertIn(wanted, faults(source)[0][3])

    def test_finding_G11_coordinators_cannot_be_asked(self):
        app = "app(title='T', notifies=['resident', 'coordinator'])\n@on.installed()\ndef look(home, event):\n    "
        for call, column in [("home.ask('coordinator', 'q', 'Well?')", 14), ("home.ask(to='coordinator', key='q')", 17),
                             ("home.ask(['resident', ('coordinator', '5m')], 'q')", 28)]:
            with self.subTest(call):
                self.said(HEAD + app + call + "\n", 5, column, "tell them with home.notify() or home.alert()")
        for call in ("home.notify('coordinator', 'x')", "home.alert('k', 'x', to=['coordinator'])", "home.ask('resident', 'q')"):
            self.assertEqual(faults(HEAD + app + call + "\n"), [])

    def test_trigger_that_is_not_covered(self):
        self.assertIn("on.measurement('motion') is not covered",
                      faults(HEAD + APP + "@on.measurement('motion')\ndef look(home, event): pass\n")[0][3])

    def test_text_that_is_nearly_a_key(self):
        self.said(HEAD + APP + "@on.installed()\ndef look(home, event):\n    home.alert('k', text='left-onn')\n", 5, 5,
                  "did you mean 'left-on'?")

    def test_timer_that_nobody_starts(self):
        self.said(HEAD + APP + "@on.timer('wait')\ndef look(home, event): pass\n", 3, 2, "no start_timer('wait')")
        started = HEAD + APP + "@on.timer('wait')\ndef look(home, event):\n    home.start_timer('wait', '1m')\n"
        self.assertEqual(faults(started), [])
        computed = HEAD + APP + "@on.timer('wait')\ndef look(home, event):\n    home.start_timer('wa' + 'it', '1m')\n"
        self.assertEqual(faults(computed), [])

    def test_wrong_declarations(self):
        for source, wanted in [
                ("app()", "title"), ("app(title='')", "title"), ("app(title='x', scope='all')", "scope"),
                ("app(title='x', parameters={'a': 5})", "must be made with"),
                ("app(title='x', parameters={'_a': Minutes(1)})", "must be named"),
                ("app(title='x', parameters={'a': Minutes(0, min=1)})", "the value must be at least 1, not 0"),
                ("app(title='x', parameters={'a': Minutes('x')})", "must be a number"),
                ("app(title='x', parameters={'a': Choice('c', choices=['a'])})", "none of a"),
                ("app(title='x', parameters={'a': TimeOfDay('25:00')})", "time of day"),
                ("app(title='x', parameters={'a': Boolean(1)})", "True or False"),
                ("app(title='x', notifies=['nurse'])", "roles are"),
                ("app(title='x', needs=['power'])", "needs must be"),
                ("app(title='x', needs={'a meter': 'stove:power'})", "with a parameter of reads"),
                ("app(title='x', reads=['power'], needs={'a meter': []})", "must name parameters"),
                ("app(title='x', reads='power')", "reads must be"), ("app(title='x', texts={'a': 5})", "text 'a'"),
                ("app(title='x', texts={'a': {'en': ''}})", "1 to 2000"),
                ("app(title='x', texts={'a': {'??': 'x'}})", "no language"), ("app(title='x')\napp(title='y')", "once"),
                ("", "is missing"), ("app(title='x', colour=1)", "app has no argument 'colour'")]:
            with self.subTest(source):
                found = faults("from composer import *\n".replace("*", "app, on, Minutes, Choice, TimeOfDay, Boolean") + source +
                               "\n@on.installed()\ndef look(home, event): pass\n")
                self.assertIn(wanted, found[0][3])

    def test_wrong_triggers(self):
        for trigger, wanted in [
                ("on.measurement('')", "1 to 100"), ("on.measurement('power', above='x')", "above must be a number"),
                ("on.measurement('power', lasting='1m')", "needs above= or below="),
                ("on.measurement('power', above=5, lasting='x')", "lasting must be a duration"),
                ("on.measurement('power', type='stove')", "number of a device type"),
                ("on.schedule('7')", "07:30"), ("on.schedule('07:30', days='monday')", "mon-fri"),
                ("on.schedule('07:30', days='')", "at least one day"), ("on.every('10ms')", "from 1s"),
                ("on.every(5)", '"10m"'), ("on.timer()", "missing 1 required"), ("on.nothing()", "no trigger 'nothing'")]:
            with self.subTest(trigger):
                self.assertIn(wanted, faults(HEAD + APP + f"@{trigger}\ndef look(home, event): pass\n")[0][3])

    def test_wrong_handlers(self):
        for source, wanted in [("@on.installed()\ndef look(home): pass\n", "must take (home, event)"),
                               ("@on.installed()\ndef look(home, event):\n    yield 1\n", "must not have 'yield'"),
                               ("@on.installed()\nclass Look: pass\n", "directly above a function"),
                               ("@on.installed()\ndef look(h, e): pass\n" * 2, "two handlers called look"),
                               ("def look(home, event): pass\n", "no function has a trigger")]:
            with self.subTest(source):
                self.assertIn(wanted, faults(HEAD + APP + source)[0][3])

    def test_finding_F13_F15_late_and_unavailable_are_checked(self):
        for trigger, wanted in [
                ("on.measurement('power', late='yes')", "late must be True"), ("on.every('1h', late=1)", "late must be True"),
                ("on.measurement('power', unavailable=1)", "unavailable must be"),
                ("on.measurement('power', above=1, lasting='1m', unavailable=True)", "without lasting="),
                ("on.timer('t', late=True)", "has no argument 'late'"),
                ("on.installed(late=False)", "has no argument 'late'")]:
            with self.subTest(trigger):
                self.assertIn(wanted, faults(HEAD + APP + f"@{trigger}\ndef look(home, event): pass\n")[0][3])


class Manifest(unittest.TestCase):
    def triggers(self, *decorators):
        source = HEAD + APP + "".join(f"@{decorator}\n" for decorator in decorators) + (
            "def look(home, event):\n    home.alert('k', 'x')\n    home.ask('resident', 'q')\n    home.command('S1', outletStatus=0)\n")
        home = kit.Home(source)
        self.assertEqual(home.faults, [])
        return home.manifest["triggers"]

    def test_every_kind_of_trigger(self):
        for decorator, wanted in [
                ("on.measurement('power', use='stove', room='kitchen', device='S1', type=5, changed=True, late=True)",
                 {"kind": "measurement", "name": "power", "use": "stove", "room": "kitchen", "device": "S1", "type": 5,
                  "changed": True, "late": True}),
                ("on.measurement('power', late=False)", {"kind": "measurement", "name": "power", "late": False}),
                ("on.measurement('power', unavailable=True)", {"kind": "measurement", "name": "power", "unavailable": True}),
                ("on.every('1h', late=False)", {"kind": "every", "every_ms": 3_600_000, "late": False}),
                ("on.measurement('power', above=50, below=90.5, lasting='10m')",
                 {"kind": "measurement", "name": "power", "above": 50, "below": 90.5, "lasting_ms": 600_000}),
                ("on.fact('syn.occupied', below=1)", {"kind": "fact", "name": "occupied", "below": 1}),
                ("on.schedule('07:30', days='mon-fri')", {"kind": "schedule", "minute_of_day": 450, "days": 0x1F}),
                ("on.schedule('00:00', days=['sat', 'sun'])", {"kind": "schedule", "minute_of_day": 0, "days": 0x60}),
                ("on.schedule('23:59', days='fri-mon')", {"kind": "schedule", "minute_of_day": 1439, "days": 0x71}),
                ("on.schedule('7:05')", {"kind": "schedule", "minute_of_day": 425, "days": 0x7F}),
                ("on.every('1h')", {"kind": "every", "every_ms": 3_600_000}),
                ("on.device_connected(use='bed')", {"kind": "device_connected", "use": "bed"}),
                ("on.device_disconnected()", {"kind": "device_disconnected"}),
                ("on.device_reporting()", {"kind": "device_reporting"}),
                ("on.device_silent(type=3)", {"kind": "device_silent", "type": 3}),
                ("on.alert_answered('k')", {"kind": "alert_answered", "name": "k"}),
                ("on.question_answered()", {"kind": "question_answered"}),
                ("on.participant_message()", {"kind": "participant_message"}),
                ("on.signal('s')", {"kind": "signal", "name": "s"}),
                ("on.command_finished()", {"kind": "command_finished"}), ("on.installed()", {"kind": "installed"})]:
            with self.subTest(decorator):
                self.assertEqual(self.triggers(decorator), [{"handler": 0, **wanted}])

    def test_handlers_are_in_the_order_of_the_source(self):
        home = kit.Home('"""What it does."""\n' + HEAD + "app(title='T', fresh_state=True, scope='home')\n"
                        "@on.installed()\ndef second(home, event): pass\n@on.signal('x')\n@on.every('1h')\n"
                        "async def first(home, event): pass\n")
        manifest = home.manifest
        self.assertEqual(manifest["handlers"], ["second", "first"])
        self.assertEqual([trigger["handler"] for trigger in manifest["triggers"]], [0, 1, 1])
        self.assertEqual((manifest["title"], manifest["description"], manifest["scope"], manifest["fresh_state"]),
                         ("T", "What it does.", "home", True))

    def test_what_has_no_effect_is_refused(self):
        for app, body, wanted in [
                ("parameters={'p': Minutes(5)}", "pass", "nothing reads the parameter 'p': use home.parameters.p, or take it out"),
                ("parameters={'p': Minutes(1e18)}", "home.log(home.parameters.p)", "a number of minutes up to 527040"),
                ("parameters={'p': Minutes(-527041)}", "home.log(home.parameters.p)", "a number of minutes up to 527040"),
                ("", "home.cancel_timer('zz')", "no start_timer('zz') starts this timer"),
                ("", "home.log(home.timer_running('zz'))", "no start_timer('zz') starts this timer"),
                ("", "home.alert('k', 'a', actions=['a'])", "actions must be a list of action(…), not 'a'"),
                ("", "home.alert('k', 'a', actions='a')", "actions must be a list of action(…), not 'a'"),
                ("", "home.alert('k', 'a', actions=[action('a', 'd1')])", "an action sets parameters of a device"),
                ("", "home.alert('k', 'a', actions=[action('a', outletStatus=1)])", "an action sets parameters of a device")]:
            with self.subTest(app + body):
                self.assertIn(wanted, str(kit.Home(kit.script(body, app=app)).faults))
        for app, body in [("parameters={'p': Minutes(5)}", "home.log(getattr(home.parameters, 'p'))"),
                          ("parameters={'p': Minutes(-527040)}", "home.log(home.parameters.p)"),
                          ("", "home.start_timer('zz', '1m')\nhome.cancel_timer('zz')"),
                          ("", "home.alert('k', 'a', actions=[action('a'), action('b', 'S1', outletStatus=1)])")]:
            with self.subTest(body):
                self.assertEqual(kit.Home(kit.script(body, app=app)).faults, [])

    def test_days_say_what_to_do(self):
        for trigger, wanted in [("'07:30', days='daily,xyz'", "'daily' stands alone"), ("'07:30', days='mon,daily'", "'daily' stands alone"),
                                ("'07:30', days=None", 'such as "mon-fri"'), ("'07:30', days=3", 'such as "mon-fri"'),
                                ("'07:30', days=[1, 2]", 'such as "mon-fri"'), ("'07:30', days=[]", "at least one day")]:
            source = f"from composer import app, on\napp(title='T')\n@on.schedule({trigger})\ndef look(home, event): pass\n"
            with self.subTest(trigger):
                self.assertIn(wanted, str(kit.Home(source).faults))
        for fine in ("days='daily'", "days='all'", "days=['mon', 'sat-sun']", "days=('daily',)"):
            source = f"from composer import app, on\napp(title='T')\n@on.schedule('07:30', {fine})\ndef look(home, event): pass\n"
            self.assertEqual(kit.Home(source).faults, [], fine)

    def test_parameters_say_what_the_form_shows(self):
        source = ("from composer import *\n".replace("*", "app, on, Minutes, Hours, Number, Integer, Text, Choice, Boolean, TimeOfDay")
                  + "app(title='T', parameters={'a': Minutes(10, min=1, max=20, help='why'), 'b': Hours(1.5), 'c': Number(2), "
                  "'d': Integer(3, max=5), 'e': Text('x'), 'f': Choice('y', choices=['x', 'y']), 'g': Boolean(True), "
                  "'h': TimeOfDay('07:30')})\n@on.installed()\ndef look(home, event):\n    given = home.parameters\n"
                  "    home.log(given.a, given.b, given.c, given.d, given.e, given.f, given.g, given.h)\n")
        self.assertEqual(kit.Home(source).manifest["parameters"], {
            "a": {"type": "minutes", "default": 10, "help": "why", "min": 1, "max": 20},
            "b": {"type": "hours", "default": 1.5, "help": ""}, "c": {"type": "number", "default": 2, "help": ""},
            "d": {"type": "integer", "default": 3, "help": "", "max": 5}, "e": {"type": "text", "default": "x", "help": ""},
            "f": {"type": "choice", "default": "y", "help": "", "choices": ["x", "y"]},
            "g": {"type": "boolean", "default": True, "help": ""}, "h": {"type": "time", "default": "07:30", "help": ""}})


if __name__ == "__main__":
    unittest.main()

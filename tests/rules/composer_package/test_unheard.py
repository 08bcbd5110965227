"""What the check refuses because it would be accepted, and then not do what it says."""
import re
import unittest

import kit
from composer import places
from test_check import APP, HEAD, Checked, faults


class Unheard(Checked):
    def test_finding_C8_durations_that_are_none_are_seen_before_they_are_needed(self):
        call = APP + "@on.installed()\nasync def look(home, event):\n    "
        rest = "\n@on.timer('t')\ndef ended(home, event):\n    home.start_timer('t', '5m')\n"
        for said, column, wanted in [
                ("home.start_timer('t', 'soon')", 27, "after must be a duration"),
                ("home.start_timer('t', after=600)", 33, "after must be"),
                ("home.start_timer('t', '-5m')", 27, "after must be a duration"),
                ("home.alert('k', 'x', repeat='5')", 33, "repeat must be"),
                ("home.alert('k', 'x', repeat='1s')", 33, "repeat must be from 1m to"),
                ("home.alert('k', 'x', to=[('resident', '5 min')])", 43, "the delay must be a duration"),
                ("home.notify([('resident', '8d')], 'x')", 31, "the delay must be from 0ms to 7d"),
                ("home.alert('k', 'x', to=('resident', '5 min'))", 42, "the delay must be"),
                ("home.alert('k', 'x', to={'resident': '5m'})", 29, "a list such as"),
                ("await home.facts_history('f', every='hourly')", 41, "every must be a duration")]:
            with self.subTest(said):
                self.said(HEAD + call + said + rest, 5, column, wanted)
        for fine in ("home.start_timer('t', ' 90s')", "home.start_timer('t', event.data)", "home.alert('k', 'x', repeat=None)",
                     "home.alert('k', 'x', to=[('resident', '5m')])", "home.notify(('resident', '0s'), 'x')"):
            with self.subTest(fine):
                self.assertEqual(faults(HEAD + call + fine + rest), [])

    def test_values_and_arguments_that_would_end_a_run_are_seen_before_they_are_needed(self):
        call = APP + "@on.installed()\nasync def look(home, event):\n    "
        rest = "\n@on.timer('t')\ndef ended(home, event):\n    home.start_timer('t', '5m')\n"
        for said, column, wanted in [
                ("home.alert('k', 'x', severity='high')", 35, "severity must be one of low, normal, urgent, not 'high'"),
                ("home.alert('k', 'x', severity=None)", 35, "severity must be one of"),
                ("home.alert('k', 'x', 'urgent')", 5, "home.alert(key, text): too many arguments without a name; with one: severity=…"),
                ("home.alert(text='x')", 5, "missing a required argument: 'key'"),
                ("home.ask('resident', text='x')", 5, "home.ask(to, key, text): missing a required argument: 'key'"),
                ("home.ask('resident', 'q', 'x', choices='yes')", 44, "choices must be a list such as"),
                ("home.ask('resident', 'q', 'x', choices=[])", 44, "a question needs 1 to 20 choices"),
                ("home.ask('resident', 'q', 'x', choices=['a', ('a', 'b')])", 44, "two choices of the question have one key"),
                ("home.notify('resident')", 5, "'text'"), ("home.start_timer('t')", 5, "'after'"),
                ("home.set_fact('f')", 5, "'value'"), ("home.cancel_timer()", 5, "'name'"),
                ("home.alert('k', 'x', key='k')", 5, "multiple values for argument 'key'"),
                ("home.emit('e', 1, 2)", 5, "home.emit(name, data): too many arguments without a name"),
                ("home.command(event.device)", 5, "a command sets at least one parameter"),
                ("home.command(outletStatus=0)", 5, "'device'"),
                ("x = await home.history('power')", 15, "'name'")]:
            with self.subTest(said):
                self.assertEqual(len(self.said(HEAD + call + said + rest, 5, column, wanted)), 1)
        for fine in ("home.alert('k', 'x', severity=event.data)", "home.alert('k', severity='urgent')", "home.log(1, 2, 3)",
                     "home.notify(*event.data)", "home.ask(**event.data)", "home.ask('resident', 'q', 'x', choices={'a': 'A'})",
                     "home.ask('resident', 'q', 'x', choices=('a', ('b', 'a')))", "home.ask('resident', 'q', choices=[*event.data])",
                     "home.command(event.device, **event.data)", "home.command('d', outletStatus=0, expires='5m')"):
            with self.subTest(fine):
                self.assertEqual(faults(HEAD + call + fine + rest), [])

    def test_names_that_an_answers_data_does_not_have_are_seen_before_the_answer_is_lost(self):
        app = "app(title='T', notifies=['resident'], controls=['outletStatus'])\n"
        rest = ("def made(home):\n    home.alert('a', 'x')\n    home.ask('resident', 'q', 'Well?')\n"
                "    home.command('S1', outletStatus=0)\n")
        for trigger, said, column, wanted in [
                ("@on.question_answered('q')", "home.set_fact('f', event.data['choice'])", 24,
                 "event.data of on.question_answered(…) has no 'choice'; it has answer, text, participant, message, script"),
                ("@on.question_answered()", "x = event.data.get('answr')", 9, "did you mean 'answer'?"),
                ("@on.alert_answered('a')", "x = event.data['by']", 9, "it has answer, action, actor"),
                ("@on.command_finished()", "x = event.data['status']", 9, "it has state, result"),
                ("@on.participant_message()", "x = event.data['text']", 9, "has no 'text'; it has participant, message"),
                ("@on.question_answered()", "x = event.data[0]", 9, "has no 0")]:
            with self.subTest(said):
                found = self.said(HEAD + app + trigger + f"\ndef look(home, event):\n    {said}\n" + rest, 5, column, wanted)
                self.assertEqual(len(found), 1)
        for trigger, fine in [("@on.question_answered('q')", "x = event.data['answer'] + event.data.get('text', '')"),
                              ("@on.alert_answered()\n@on.question_answered()", "x = event.data.get('action'), event.data.get('text')"),
                              ("@on.signal('s')", "x = event.data['mine']"),
                              ("@on.signal('s')\n@on.question_answered()", "x = event.data['mine']"),
                              ("@on.question_answered()", "x = event.data[home.name], home.state['choice']")]:
            with self.subTest(fine):
                self.assertEqual(faults(HEAD + app + trigger + f"\ndef look(home, event):\n    {fine}\n" + rest), [])

    def test_finding_G13_what_the_server_tells_of_a_script_has_its_own_keys(self):
        call = APP + "@on.installed()\ndef look(home, event):\n    "
        for said, column in [("home.alert('held-back', 'x')", 16), ("home.resolve_alert('script-paused')", 24),
                             ("home.alert('message-12', 'x')", 16)]:
            with self.subTest(said):
                self.said(HEAD + call + said + "\n", 5, column, "is the server's own")
        for fine in ("home.alert('held-back-door', 'x')", "home.alert('message-', 'x')", "home.resolve_alert('message')"):
            with self.subTest(fine):
                self.assertEqual(faults(HEAD + call + fine + "\n"), [])

    def test_finding_G2_triggers_that_would_never_run_a_handler_are_faults(self):
        handler = "def look(home, event): pass\n"
        app, rest = "app(title='T', reads=['power'])\n", "@on.installed()\ndef other(home, event): pass\n"
        for trigger, column, wanted in [
                ("on.measurement('power')\n", 1, "on.measurement(…) stands on no function: write @ in front of it"),
                ("on.signal('t')\n", 1, "stands on no function"),
                ("@on.measurement('power', above=25, below=18)\n", 2, "no value is above 25 and below 18"),
                ("@on.measurement('power', above=5, below=5)\n", 2, "put two triggers on the function"),
                ("@on.fact('f', above=1, below=0.5, lasting='5m')\n", 2, "no value is above 1 and below 0.5"),
                ("@on.measurement('power', changed='no')\n", 2, "changed must be True or False")]:
            with self.subTest(trigger):
                self.said(HEAD + app + trigger + handler + rest, 3, column, wanted)
        for fine in ("@on.measurement('power', above=18, below=25)\n", "@on.measurement('power', above=-1.5, below=-1.4)\n"):
            with self.subTest(fine):
                self.assertEqual(faults(HEAD + app + fine + handler + rest), [])

    def test_finding_C2_a_placeholder_without_a_value_is_a_fault(self):
        app = ("app(title='T', notifies=['resident'], controls=['outletStatus'], texts={'hot': {'en': 'It is {t} in {room}', "
               "'de': '{room}: {t} Grad'}, 'off': {'en': 'Off {n}'}})\n")
        call = app + "@on.installed()\ndef look(home, event):\n    "
        for said, name in [("home.notify('resident', 'hot', t=1)", "room"), ("home.notify('resident', 'hot', room='x')", "t"),
                           ("home.alert('hot', t=1)", "room"), ("home.alert('k', text='{a} {b}', a=1)", "b"),
                           ("home.alert('k', text='x', actions=[action('off', event.device, outletStatus=0)])", "n"),
                           ("home.ask('resident', 'q', 'Well?', choices=['off', 'no'])", "n"),
                           ("home.ask('resident', 'q', 'Well?', choices=[('a', 'off')])", "n"),
                           ("home.alert('k', text='Stove {minutes} on')", "minutes"), ("home.notify('resident', '{not}')", "not"),
                           ("home.alert('k {n}')", "n"), ("home.ask('resident', 'q', 'Well {n}?', choices=list('ab'))", "n")]:
            with self.subTest(said):
                self.said(HEAD + call + said + "\n", 5, 5, f"has the placeholder {{{name}}}: give {name}=…")
        for fine in ("home.notify('resident', 'hot', t=1, room='x')", "home.notify('resident', '{not ours} {-}')",
                     "home.notify('resident', 'hot', **event.data)", "home.notify('resident', 'h' + 'ot')"):
            with self.subTest(fine):
                self.assertEqual(faults(HEAD + call + fine + "\n"), [])
        for said, wanted in [("home.notify('resident', 'It is {t:.1f}', t=1)", "{t:.1f} is no placeholder of a text: write {t} and give t=…"),
                             ("home.notify('resident', 'In {d.room}', d=1)", "{d.room} is no placeholder"),
                             ("home.alert('k', text='It is {}')", "{} is no placeholder of a text: write {value}"),
                             ("home.alert('k', text='It is {0:.1f}')", "{0:.1f} is no placeholder")]:
            with self.subTest(said):
                self.said(HEAD + call + said + "\n", 5, 5, wanted)
        self.said(HEAD + "app('T', texts={'a': 'x', 'b': {'en': 'It is {t!r}'}})\n@on.installed()\ndef look(home, event): pass\n", 2, 27,
                  "the text 'b': {t!r} is no placeholder")

    def test_a_mark_of_utf_8_in_front_is_no_part_of_a_script(self):
        source = HEAD + APP + "@on.installed()\ndef look(home, event):\n    home.alert('k', 'x', sevrity='low')\n"
        self.said("\ufeff" + source, 5, 26, "did you mean 'severity'?")


class Unmade(Checked):
    """Names that triggers wait for and nothing in the script brings about."""

    APP = "app('T', reads=['power'], notifies=['resident'], controls=['outletStatus'])\n"

    def test_finding_G2_answers_ends_and_timers_that_cannot_come_are_faults(self):
        rest = ("def made(home, key):\n    home.alert('stove-on', 'x')\n    home.ask('resident', 'well', 'Well?')\n"
                "    home.start_timer('unattended', '5m')\n    home.timer_running('unattended')\n    home.alert(f'door-{key}-open', 'x')\n")
        for trigger, wanted in [
                ("on.alert_answered('stove-off')", "no home.alert('stove-off') raises this alert: a script hears of answers to its own "
                                                   "alerts alone; did you mean 'stove-on'?"),
                ("on.alert_answered('door-open')", "no home.alert('door-open') raises this alert"),
                ("on.alert_answered('door-3-opened')", "raises this alert"),
                ("on.question_answered('wel')", "no home.ask(…, 'wel') asks this: a script hears of answers to its own questions alone; did "
                                                "you mean 'well'?"),
                ("on.timer('unatended')", "no start_timer('unatended') starts this timer; did you mean 'unattended'?"),
                ("on.command_finished(use='stove')", "the script sends no command and offers no action with one")]:
            with self.subTest(trigger):
                found = self.said(HEAD + self.APP + f"@{trigger}\ndef look(home, event): pass\n" + rest, 3, 2, wanted)
                self.assertEqual(len(found), 1)
        for trigger, wanted in [("on.alert_answered()", "the script raises no alert"), ("on.question_answered()", "the script asks nothing"),
                                ("on.command_finished()", "the script sends no command"), ("on.timer('t')", "no start_timer('t')")]:
            with self.subTest(trigger):
                self.said(HEAD + self.APP + f"@{trigger}\ndef look(home, event): pass\n", 3, 2, wanted)
        for trigger in ("on.alert_answered('stove-on')", "on.alert_answered('door-3-open')", "on.question_answered('well')",
                        "on.alert_answered()", "on.question_answered()", "on.timer('unattended')", "on.signal('of another script')",
                        "on.fact('of another script')", "on.participant_message()"):
            with self.subTest(trigger):
                self.assertEqual(faults(HEAD + self.APP + f"@{trigger}\ndef look(home, event): pass\n" + rest), [])

    def test_a_timer_that_nothing_hears_of_is_a_fault(self):
        start = self.APP + "@on.measurement('power')\ndef look(home, event):\n    home.start_timer('wait', '5m')\n"
        self.said(HEAD + start, 5, 5, "no @on.timer('wait') hears of this timer: nothing happens when it ends")
        for fine in ("@on.timer('wait')\ndef ended(home, event): pass\n", "def f(home):\n    return home.timer_running('wait')\n"):
            with self.subTest(fine):
                self.assertEqual(faults(HEAD + start + fine), [])

    def test_names_that_are_worked_out_are_any_that_they_can_be(self):
        handler = "@on.alert_answered('stove-on')\ndef look(home, event): pass\n"
        for made in ("def f(home, key):\n    home.alert(key, 'x')\n", "KEY = 'stove-on'\ndef f(home):\n    home.alert(KEY, 'x')\n",
                     "def f(home, a):\n    home.alert(f'stove-{a}', 'x')\n", "def f(home, a):\n    home.alert('stove-' + a, 'x')\n",
                     "def f(home, a):\n    home.alert('stove-on' if a else 'door', 'x')\n", "def f(home, a):\n    home.alert(**a)\n",
                     "def f(home, a):\n    home.alert(*a)\n", "def f(home):\n    tell = home.alert\n    tell('stove-on', 'x')\n",
                     "def f(home):\n    getattr(home, 'alert')('stove-on', 'x')\n",
                     "def f(house):\n    house.alert(f'{house.id}{house.name}', 'x')\n"):
            with self.subTest(made):
                self.assertEqual(faults(HEAD + self.APP + handler + made), [])
        for made in ("KEY = 'door'\ndef f(home):\n    home.alert(KEY, 'x')\n", "def f(home, a):\n    home.alert(f'door-{a}', 'x')\n",
                     "def f(home, a):\n    home.alert('stove-' + a + '-off', 'x')\n",
                     "def f(home, a):\n    home.alert('oven' if a else 'door', 'x')\n"):
            with self.subTest(made):
                self.said(HEAD + self.APP + handler + made, 3, 2, "no home.alert('stove-on')")
        named = "NAME = 'stove' + '-on'\n@on.alert_answered(NAME)\ndef look(home, event): pass\n"
        self.said(HEAD + self.APP + named + "def f(home):\n    home.alert('door', 'x')\n", 4, 1, "no home.alert('stove-on')")
        helper = {"tell": "def it(home):\n    home.alert('stove-on', 'x')\n"}
        self.assertEqual(faults(HEAD + "from . import tell\n" + self.APP + handler, helper), [])
        many = "".join(f"    home.alert(f'{{home.id}}{one}{{home.id}}{{home.name}}a{{home.id}}', 'x')\n" for one in range(300))
        self.assertEqual(faults(HEAD + self.APP + handler + "def f(home):\n" + many), [])

    def test_what_is_ended_under_a_name_that_is_nearly_one_of_the_script_is_a_fault(self):
        call = self.APP + "@on.timer('wait')\ndef look(home, event):\n    home.alert('stove-on', 'x')\n    home.start_timer('wait', '5m')\n    "
        for said, wanted in [("home.resolve_alert('stov-on')", "no home.alert('stov-on') raises this alert; did you mean 'stove-on'?"),
                             ("home.cancel_timer('waits')", "no start_timer('waits') starts this timer; did you mean 'wait'?"),
                             ("x = home.timer_running('wat')", "did you mean 'wait'?")]:
            with self.subTest(said):
                self.said(HEAD + call + said + "\n", 7, 9 if said[0] == "x" else 5, wanted)
        for fine in ("home.resolve_alert('stove-on')", "home.resolve_alert('of an earlier version')", "home.cancel_timer('wait')"):
            with self.subTest(fine):
                self.assertEqual(faults(HEAD + call + fine + "\n"), [])

    def test_finding_G11_a_delay_for_coordinators_is_a_fault(self):
        call = "app('T', notifies=['resident', 'coordinator'])\n@on.installed()\ndef look(home, event):\n    "
        for said, column, wanted in [
                ("home.alert('k', 'x', to=[('coordinator', '5m')])", 31, "coordinators see every alert and message at once"),
                ("home.alert('k', 'x', to=('coordinator', '0.5h'))", 30, "leave the delay out"),
                ("home.notify(['resident', ('coordinator', '1s')], 'x')", 31, "leave the delay out"),
                ("home.notify(['resident', ('coordinator', event.data)], 'x')", 31, "leave the delay out"),
                ("home.alert('k', 'x', to=['resident', ('resident', '5m')])", 43, "'resident' is named twice")]:
            with self.subTest(said):
                self.assertEqual(len(self.said(HEAD + call + said + "\n", 5, column, wanted)), 1)
        for fine in ("home.alert('k', 'x', to=[('resident', '5m'), 'coordinator'])", "home.notify(('coordinator', '0s'), 'x')",
                     "home.alert('k', 'x', to=[('coordinator', None)])"):
            with self.subTest(fine):
                self.assertEqual(faults(HEAD + call + fine + "\n"), [])

    def test_facts_are_no_measurements(self):
        handler = "\ndef look(home, event): pass\n"
        self.said(HEAD + "app('T')\n@on.measurement('syn.visit')" + handler, 3, 2,
                  "'syn.visit' is a fact, no measurement: put @on.fact('visit') on the function")
        self.said(HEAD + "app('T', reads=['power', 'syn.visit'])\n@on.installed()" + handler, 2, 26, "read it with home.fact('visit')")

    def test_kinds_of_rooms_that_are_nearly_one_are_faults(self):
        for room, near in [("kitchn", "kitchen"), ("Kitchen", "kitchen"), ("bedrom", "bedroom"), ("living room", "living"), ("livingroom", "living"),
                           ("Entrance hall", "entrance")]:
            with self.subTest(room):
                wanted = f"no room is of the kind {room!r}; did you mean {near!r}?"
                self.said(HEAD + self.APP + f"@on.measurement('power', room='{room}')\ndef look(home, event): pass\n", 3, 2, wanted)
                self.said(HEAD + self.APP + f"@on.installed()\ndef look(home, event):\n    home.devices(room='{room}')\n", 5, 23, wanted)
        for room in ("kitchen", "bath", "sauna", "x"):
            with self.subTest(room):
                self.assertEqual(faults(HEAD + self.APP + f"@on.fact('f', room='{room}')\ndef look(home, event):\n"
                                        f"    home.latest('power', room='{room}')\n"), [])

    def test_the_kinds_of_rooms_are_the_servers(self):
        source = (kit.pathlib.Path(__file__).resolve().parents[3] / "shared/model/places.cpp").read_text().partition("roomKinds()")[2]
        self.assertEqual(places.ROOM_KINDS, tuple(re.findall(r'\{"([^"]+)", "', source)))


class Vain(Checked):
    """What is written and does nothing."""

    APP = "app('T', reads=['power'], notifies=['resident'], controls=['outletStatus'])\n"
    MADE = ("def made(home):\n    home.alert('k', 'x')\n    home.ask('resident', 'q', 'x', choices=['x', ('y', 'Z')])\n"
            "    home.ask('resident', 'yn', 'x')\n    home.command('S1', outletStatus=0)\n    home.start_timer('t', '1m')\n    home.timer_running('t')\n")

    def test_finding_G2_words_that_an_answer_never_is_are_faults(self):
        for trigger, said, column, wanted in [
                ("alert_answered('k')", "event.data['answer'] == 'dismissed'", 32,
                 "event.data['answer'] of on.alert_answered(…) is never 'dismissed'; it is acknowledge, act, comment, dismiss, resolve; did "
                 "you mean 'dismiss'?"),
                ("command_finished()", "event.data.get('state') != 'done'", 35, "is never 'done'; it is cancelled, executed, expired, failed, superseded"),
                ("question_answered('yn')", "'Yes' == event.data['answer']", 8, "is never 'Yes'; it is no, yes; did you mean 'yes'?"),
                ("question_answered('yn')", "event.data['answer'] == True", 32, "is never True"),
                ("question_answered('q')", "event.data['answer'] == 'Z'", 32, "is never 'Z'; it is x, y")]:
            with self.subTest(said):
                body = f"@on.{trigger}\ndef look(home, event):\n    if {said}:\n        home.log('x')\n"
                self.said(HEAD + self.APP + body + self.MADE, 5, column, wanted)
        for trigger, fine in [("alert_answered()", "event.data['answer'] == 'act'"), ("question_answered()", "event.data['answer'] == 'z'"),
                              ("question_answered('q')", "event.data['answer'] == 'y'"), ("question_answered('q')", "event.data['text'] == 'Z'"),
                              ("signal('s')", "event.data['answer'] == 'z'"), ("question_answered('yn')", "event.data['answer'] == home.name"),
                              ("question_answered('q')\n@on.question_answered('yn')", "event.data['answer'] == 'yes'")]:
            with self.subTest(fine):
                body = f"@on.{trigger}\ndef look(home, event):\n    if {fine}:\n        home.log('x')\n"
                self.assertEqual(faults(HEAD + self.APP + body + self.MADE), [])
        seen = "@on.question_answered('q')\ndef look(home, event):\n    if event.data['answer'] == 'z':\n        home.log('x')\n"
        for ask in ("home.ask('resident', 'q', 'x', choices=list('xyz'))", "home.ask('resident', home.name, 'x')",
                    "home.ask('resident', 'q', 'x', choices=[*'xyz'])", "home.ask('resident', 'q', 'x', **{'choices': ['z']})"):
            with self.subTest(ask):
                self.assertEqual(faults(HEAD + self.APP + seen + f"def f(home):\n    {ask}\n" + self.MADE), [])

    def test_values_that_an_event_does_not_have_are_faults(self):
        for trigger, wanted in [("alert_answered('k')", "event.value is always None in a handler of on.alert_answered(…); what came is in "
                                                        "event.data"), ("timer('t')", "what came is in event.data"),
                                ("schedule('07:30')", "event.value is always None in a handler of on.schedule(…)")]:
            with self.subTest(trigger):
                self.said(HEAD + self.APP + f"@on.{trigger}\ndef look(home, event):\n    home.log(event.value)\n" + self.MADE, 5, 14, wanted)
        for trigger in ("measurement('power')", "fact('f')", "timer('t')\n@on.measurement('power')"):
            with self.subTest(trigger):
                self.assertEqual(faults(HEAD + self.APP + f"@on.{trigger}\ndef look(home, event):\n    home.log(event.value)\n" + self.MADE), [])

    def test_lines_that_do_nothing_are_faults(self):
        head = HEAD + self.APP + "async def later(home): pass\n@on.measurement('power')\nasync def look(home, event):\n    "
        for said, wanted in [("later(home)", "later is async and would never run: await later(…)"), ("event.value == 5", "one '=' gives a value"),
                             ("home.cancel_timer", "cancel_timer is not called here: write cancel_timer(…)")]:
            with self.subTest(said):
                self.said(head + said + "\n", 6, 5, wanted)
        for fine in ("await later(home)", "x = later(home)\n    await x", "return later(home)", "home.log", "'a text'"):
            with self.subTest(fine):
                self.assertEqual(len(faults(head + fine + "\n")), 1 if fine == "home.log" else 0)

    def test_questions_for_history_that_would_end_the_run_are_seen_before(self):
        call = self.APP + "@on.measurement('power')\nasync def look(home, event):\n    await home.history(event.device, 'power', "
        for said, wanted in [("every='1h', aggregate='avg'", "aggregate must be one of mean, min, max, last, count, sum, not 'avg'"),
                             ("aggregate='mean'", "aggregate= needs every="), ("since='1w'", "since must be a duration"),
                             ("since='1d', until='yesterday'", "until must be a duration")]:
            with self.subTest(said):
                self.assertIn(wanted, faults(HEAD + call + said + ")\n")[0][3])
        for fine in ("since='30d'", "since=home.now", "every='1h', aggregate='max'", "aggregate='max', **{'every': '1h'}"):
            with self.subTest(fine):
                self.assertEqual(faults(HEAD + call + fine + ")\n"), [])


if __name__ == "__main__":
    unittest.main()

"""What handlers can ask and cause: values, facts, timers, history, texts, and what is said when they may not."""
import datetime
import unittest

import kit


def run(body, head="", app="", **sent):
    home = kit.Home(kit.script(body, head, app))
    if home.faults:
        raise AssertionError(home.faults)
    return home.send(**sent)


class Values(unittest.TestCase):
    def state_of(self, expression, head="", app="", **sent):
        done = run(f"home.state['x'] = {expression}", head, app, **sent)
        self.assertEqual(done["error"], "")
        return kit.json.loads(done["state"])["x"]

    def test_home_says_what_it_is(self):
        self.assertEqual(self.state_of("[home.id, home.name, home.timezone.key, home.rooms[0].kind, home.rooms[0].name]"),
                         [77, "Home", "Europe/Berlin", "kitchen", "Küche"])
        self.assertEqual(self.state_of("home.now.isoformat()"), "2026-01-01T12:00:01+01:00")

    def test_devices_come_in_the_order_of_their_ids(self):
        self.assertEqual(self.state_of("[d.id for d in home.devices()]"), ["B1", "M1", "S1"])
        self.assertEqual(self.state_of("[d.id for d in home.devices(use='stove')]"), ["S1"])
        self.assertEqual(self.state_of("[d.id for d in home.devices(room='kitchen', type=6)]"), ["M1"])
        self.assertEqual(self.state_of("[home.device('S1').use, home.device('S1').room, home.device('S1').description]"),
                         ["stove", "kitchen", "a stove"])

    def test_unknown_device_is_a_lookup_error(self):
        self.assertIn("LookupError", run("home.device('nothing')")["error"])

    def test_event_says_what_happened(self):
        self.assertEqual(self.state_of("[event.value, event.previous, event.name, event.index, event.device.id, event.late, "
                                       "event.kind, event.time == home.now, event.data]", value=3.0, previous=2.0,
                                       data='{"a":1}'),
                         [3.0, 2.0, "power", "", "S1", False, "measurement", True, {"a": 1}])

    def test_latest_is_of_a_device_or_of_the_home(self):
        changes = [(1, "power", "", 5.0, kit.NOON - 60_000, False), (2, "power", "", 9.0, kit.NOON, False)]
        self.assertEqual(self.state_of("[home.latest('power'), home.latest('power', use='stove'), "
                                       "home.device('B1').latest('power', default=-1), home.latest('power', index='2'), "
                                       "home.latest('power', device='S1')]", changes=changes), [9.0, 5.0, -1, None, 5.0])
        self.assertEqual(self.state_of("[home.latest_point('power').device.id, "
                                       "home.device('S1').latest_point('power').age.total_seconds(), "
                                       "home.device('B1').latest_point('power')]", changes=changes), ["M1", 61.0, None])

    def test_an_index_is_the_same_as_a_number_and_as_a_text(self):
        changes = [(1, "power", "2", 5.0, kit.NOON, False)]
        self.assertEqual(self.state_of("[home.latest('power', index=2), home.latest('power', index='2'), home.latest('power'), "
                                       "event.device.latest('power', index=2), event.device.latest_point('power', index=2).value]",
                                       changes=changes), [5.0, 5.0, None, 5.0, 5.0])

    def test_fact_set_is_seen_at_once(self):
        done = run("before = home.fact('syn', default=0)\nhome.set_fact('syn', True)\nhome.set_fact('t', 'a', device='S1')\n"
                   "home.state['x'] = [before, home.fact('syn'), home.fact('t', device='S1'), home.fact('t')]")
        self.assertEqual(done["state"], '{"x":[0,1.0,"a",null]}')
        self.assertEqual(done["effects"], [(0, {"name": "syn", "value": 1}), (0, {"name": "t", "value": "a", "device": "S1"})])

    def test_a_fact_is_the_same_with_and_without_what_stands_in_front_of_it_on_charts(self):
        done = run("home.set_fact('syn.at', 5)\nhome.state['x'] = [home.fact('at'), home.fact('syn.at'), home.fact('syn.old'), "
                   "event.device.fact('syn.own')]", changes=[(0, "old", "", 3.0, 1, True), (1, "own", "", 4.0, 1, True)])
        self.assertEqual(done["state"], '{"x":[5.0,5.0,3.0,4.0]}')
        self.assertEqual(done["effects"], [(0, {"name": "at", "value": 5})])
        self.assertIn("1 to 100", run("home.set_fact('syn.', 5)")["error"])

    def test_fact_of_a_failed_run_is_not_seen_by_the_next(self):
        home = kit.Home(kit.script("home.state['x'] = home.fact('syn', default='none')\nhome.set_fact('syn', 1)\n"
                                   "if event.value == 1:\n    raise ValueError('no')"))
        self.assertEqual(home.send(1.0)["effects"], [])
        self.assertEqual(home.send(2.0)["state"], '{"x":"none"}')

    def test_parameters_come_in_their_types(self):
        app = ("parameters={'patience': Minutes(10), 'level': Choice('low', choices=['low', 'high']), "
               "'start': TimeOfDay('07:30')}")
        source = kit.script("p = home.parameters\nhome.state['x'] = [p.patience.total_seconds(), p.level, p.start.hour]", "", app)
        self.assertEqual(kit.Home(source).send()["state"], '{"x":[600.0,"low",7]}')
        given = kit.Home(source, parameters='{"patience": 2, "level": "high", "start": "23:00"}')
        self.assertEqual(given.send()["state"], '{"x":[120.0,"high",23]}')
        wrong = kit.Home(source, parameters='{"patience": "x", "level": "none", "start": 5}')
        self.assertEqual(wrong.send()["state"], '{"x":[600.0,"low",7]}')

    def test_unknown_parameter_is_named(self):
        self.assertIn("no parameter 'patiencee'", run("home.parameters.patiencee", "patiencee = 1")["error"])


class Effects(unittest.TestCase):
    def effect(self, body, **app):
        done = run(body, **app)
        self.assertEqual(done["error"], "")
        return done["effects"][-1]

    def test_texts_come_in_all_languages_with_placeholders(self):
        app = "texts={'hot': {'en': 'It is {degrees} °C', 'de': 'Es hat {degrees} °C'}}"
        self.assertEqual(self.effect("home.notify('resident', 'hot', degrees=30.25)", app=app), (3, {
            "to": [{"role": "resident", "after_ms": 0}],
            "text": {"en": "It is 30.25 °C", "de": "Es hat 30.25 °C"}}))
        self.assertEqual(self.effect("home.notify('resident', 'Hello {who}', who='{me}')")[1]["text"], {"en": "Hello {me}"})
        self.assertIn("give degrees=", run("home.notify('resident', 'h' + 'ot')", app=app)["error"])

    def test_finding_F12_zones_are_near_what_was_written(self):
        for written, near in (("CEST", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"), ("Berlin", "Europe/Berlin"),
                              ("Europe/Berln", "Europe/Berlin"), ("New York", "America/New_York"), ("PDT", "Los_Angeles"),
                              ("UTC+02:00", "no time zone"), ("localtime", "no time zone"), ("x" * 50_000, "such as")):
            with self.subTest(written[:20]):
                self.assertIn(near, run(f"ZoneInfo({written!r})", "from zoneinfo import ZoneInfo")["error"])

    def test_finding_F21_numbers_in_texts_keep_their_form(self):
        for number, shown in (("1234567.0", "1234567"), ("123456.7", "123456.7"), ("-1234567.891", "-1234567.89"),
                              ("21.0", "21"), ("0.1 + 0.2", "0.3"), ("9007199254740993", "9007199254740993"),
                              ("1e15", "1000000000000000"), ("100000.001", "100000"), ("1e300", "1e+300"), ("0.00001", "1e-05")):
            with self.subTest(number):
                text = self.effect(f"home.notify('resident', 'It is {{x}}', x={number})")[1]["text"]
                self.assertEqual(text, {"en": f"It is {shown}"})

    def test_placeholders_reach_no_attributes(self):
        self.assertIn("{a.__class__} is no placeholder", run("home.notify('resident', '{a.__cl' + 'ass__} {b}', b=1)")["error"])

    def test_finding_C2_a_placeholder_that_nothing_fills_is_named_and_nobody_is_told(self):
        for body, wanted in [("home.alert('k', text='Stove {min' + 'utes} on')", "the text 'Stove {minutes} on' has the placeholder "
                                                                                 "{minutes}: give minutes=…"),
                             ("home.notify('resident', text={'en': 'a', 'de': '{b}'})", "has the placeholder {b}"),
                             ("home.ask('resident', 'q', 'Well?', choices=['{' + 'c}'])", "has the placeholder {c}"),
                             ("home.notify('resident', 'It is {t:' + '.1f}', t=1)", "{t:.1f} is no placeholder of a text: write {t}")]:
            with self.subTest(body):
                done = run(body)
                self.assertIn(wanted, done["error"])
                self.assertEqual((done["status"], done["effects"]), (1, []))

    def test_alert_question_command_timer_and_signal(self):
        self.assertEqual(self.effect("home.alert('k', 'x', to=('caregiver', '5m'), repeat='1h')"), (1, {
            "key": "k", "text": {"en": "x"}, "severity": "normal", "actions": [], "repeat_ms": 3_600_000,
            "to": [{"role": "caregiver", "after_ms": 300_000}]}))
        self.assertEqual(self.effect("home.resolve_alert('k')"), (2, {"key": "k"}))
        self.assertEqual(self.effect("home.ask('resident', 'q', 'Well?', choices=['yes', ('no', 'Not at all')])"), (4, {
            "to": [{"role": "resident", "after_ms": 0}], "key": "q", "text": {"en": "Well?"},
            "choices": [{"key": "yes", "text": {"en": "yes"}}, {"key": "no", "text": {"en": "Not at all"}}]}))
        self.assertEqual(self.effect("home.command(event.device, expires='2m', outletStatus={'1': True})"), (5, {
            "device": "S1", "expires_ms": 120_000, "parameters": [{"name": "outletStatus", "index": "1", "value": 1}]}))
        self.assertEqual(self.effect("home.start_timer('t', timedelta(seconds=2), data=[1])",
                                     head="from datetime import timedelta"), (6, {"name": "t", "after_ms": 2000, "data": [1]}))
        self.assertEqual(self.effect("home.emit('s', {'a': 1})"), (8, {"name": "s", "data": {"a": 1}}))

    def test_finding_C2_keywords_without_a_place_are_faults(self):
        for body, wanted in [
                ("x = {'sevrity': 'urgent'}\nhome.alert('x', text='t', **x)", "did you mean 'severity'?"),
                ("home.notify('resident', event.name + ' {n}', m=1)", "home.notify has no argument 'm', and its text has {n}"),
                ("x = {'choises': ['a']}\nhome.ask('resident', 'q', 'Well?', **x)", "did you mean 'choices'?"),
                ("x = {'expries': '5m'}\nhome.command(event.device, **x)", "did you mean 'expires'?")]:
            with self.subTest(body):
                self.assertIn(wanted, run(body)["error"])

    def test_finding_C5_limits_speak(self):
        timers = [str(number) for number in range(256)]
        done = run("home.start_timer('5', '1m')\nhome.start_timer('one more', '1m')", timers=timers)
        self.assertEqual(done["status"], 1)
        self.assertIn("line 7: over 256 timers run in this home", done["error"])
        self.assertEqual(run("home.cancel_timer(str(5))\nhome.start_timer('one more', '1m')", timers=timers)["status"], 0)
        for body, wanted in [
                ("a = [action('a', event.device, outletStatus=0)] * 11\nhome.alert('k', 'x', actions=a)", "at most 10 actions"),
                ("home.notify(['resident'] * 11, 'x')", "at most 10 recipients"),
                ("home.command(event.device, outletStatus={str(i): 1 for i in range(51)})", "at most 50 values"),
                ("home.command(event.device, outletStatus={'x' * 65: 1})", "at most 64 bytes"),
                ("home.command(event.device, outletStatus={'ä' * 33: 1})", "at most 64 bytes"),
                ("home.notify('resident', '{a}', a='x' * 2001)", "would have 2001 characters: at most 2000")]:
            with self.subTest(body):
                self.assertIn(wanted, run(body)["error"])

    def test_finding_C8_what_is_no_json_is_named_with_its_place(self):
        for body, wanted in [
                ("home.state['a'] = {'b': [1, {2}]}", "home.state['a']['b'][1] is a set, which is no JSON value: use dict"),
                ("home.state['x'] = {'y': float('inf')}", "home.state['x']['y'] is not finite"),
                ("home.state['when'] = home.now", "home.state['when'] is a datetime"),
                ("home.state['x'] = [home]", "home.state['x'][0] is a Home"),
                ("home.emit('x', {'a': (1, {2})})", "['data']['a'][1] is a set, which is no JSON value"),
                ("home.state['x'] = {'y': ['a', 'b\\0']}", "home.state['x']['y'][1]: a text has a zero character"),
                ("home.state['x'] = {'y': chr(0xd800)}", "home.state['x']['y']: a text has a half of a surrogate pair"),
                ("home.state['x'] = {chr(0): 1}", "a key of home.state['x']: a text has a zero character"),
                ("a = []\na.append(a)\nhome.state['x'] = a", "home.state['x'][0] contains itself")]:
            with self.subTest(body):
                self.assertIn(wanted, run(body)["error"])

    def test_finding_C8_what_is_too_deep_or_too_large_is_named(self):
        deep = "\nfor _ in range({}): x = [x]\n"
        for body, wanted in [
                ("home.state['s'] = home.state", "home.state['s'] contains itself: keep what is meant of it"),
                ("x = {'b': [1]}\nx['b'].append({'ü': x})\nhome.state['a'] = x", "home.state['a']['b'][1]['ü'] contains itself"),
                ("home.state['less'] = 1\nx = 1" + deep.format(5000) + "home.state['more'] = x", "home.state['more'] is nested too deep"),
                ("x = {1}" + deep.format(450) + "home.state['s'] = x", "home.state['s'][0][0]"),
                ("home.state.update(a=[1] * 1000, b='x' * 70_000)", "home.state is over 64 KiB; most of it is home.state['b']"),
                ("x = []\nfor _ in range(3000): x = [x, x]\nhome.state['x'] = x", "home.state['x'] is nested too deep"),
                ("a = []\na.append(a)\nhome.emit('x', {'a': a})", "['data']['a'][0] contains itself")]:
            with self.subTest(body):
                self.assertIn(wanted, run(body)["error"])

    def test_finding_C9_times_and_digits_are_kept_or_refused(self):
        head = "from datetime import datetime, timedelta, timezone"
        for time, wanted in [("datetime(1, 1, 1, tzinfo=timezone.utc)", "at most 400 days before home.now"),
                             ("home.now - timedelta(days=401)", "at most 400 days"),
                             ("home.now + timedelta(seconds=1)", "after home.now"),
                             ("datetime(2026, 1, 1)", "no time zone")]:
            with self.subTest(time):
                self.assertIn(wanted, run(f"home.set_fact('f', 1, time={time})", head)["error"])
        self.assertEqual(self.effect("home.set_fact('f', 1, time=home.now - timedelta(days=399))", head=head)[0], 0)
        for number in (2 ** 53 + 1, 2 ** 63 - 1, -2 ** 63, 2 ** 63, 10 ** 22):
            with self.subTest(number):
                done = run(f"home.set_fact('f', {number})\nhome.start_timer('t', '1m', data=[{number}])\n"
                           f"home.emit('s', {number})\nhome.state['x'] = home.fact('f') == {number}")
                self.assertEqual([effect["value" if "value" in effect else "data"] for _, effect in done["effects"]],
                                 [number, [number], number])
                self.assertEqual(done["state"], '{"x":true}')
        for number in (2 ** 63 + 1, -2 ** 63 - 1, 10 ** 23 + 1, 10 ** 310):
            with self.subTest(number):
                self.assertIn("more digits than can be kept", run(f"home.set_fact('f', {number})")["error"])

    def test_timers_that_run_are_known(self):
        done = run("home.state['x'] = [home.timer_running('a'), home.timer_running('b')]\nhome.start_timer('b', '1m')\n"
                   "home.cancel_timer('a')\nif event.late: home.start_timer('a', '1m')\nhome.state['y'] = [home.timer_running('a'), home.timer_running('b')]", timers=["a"])
        self.assertEqual(done["state"], '{"x":[true,false],"y":[false,true]}')

    def test_finding_G11_coordinators_cannot_be_asked(self):
        source = kit.script("home.ask(home.parameters.who, 'q', 'Well?')",
                            app="parameters={'who': Choice('resident', choices=['resident', 'coordinator'])}").replace(
                                "'caregiver'", "'coordinator'")
        done = kit.Home(source, parameters='{"who":"coordinator"}').send()
        self.assertEqual((done["status"], done["effects"]), (1, []))
        self.assertRegex(done["error"], r"^line 6: coordinators cannot be asked, .*home\.notify\(\) or home\.alert\(\)")
        self.assertEqual([kind for kind, _ in kit.Home(source, parameters='{"who":"resident"}').send()["effects"]], [4])

    def test_wrong_arguments_say_what_to_do(self):
        for body, wanted in [
                ("home.start_timer('t', 5 + 0)", '"10m"'), ("home.start_timer('t', '0' + 's')", "from 1ms"),
                ("home.start_timer('t', '900' + 'd')", "366d"), ("home.start_timer(5, '1m')", "timer's name"),
                ("home.set_fact('f', None)", "finite number"), ("home.set_fact('f', float('nan'))", "finite number"),
                ("home.set_fact('f', 'x' * 1025)", "1 KiB"), ("home.set_fact('', 1)", "1 to 100"),
                ("home.alert('k', 'x', severity='r' + 'ed')", "low, normal, urgent"),
                ("home.alert('k', 'x', actions=['o' + 'ff'])", "list of action"),
                ("home.alert('k', 'x', to=['res' + 'idents'])", "app(notifies"),
                ("home.command('S2', outletStatus=1)", "no device 'S2'"),
                ("home.command(event.device, **{})", "at least one parameter"),
                ("home.command(event.device, expires='8' + 'd', outletStatus=1)", "7d"),
                ("home.ask('resident', 'q', choices=list())", "1 to 20"), ("home.resolve_alert('held-' + 'back')", "is the server's own"),
                ("home.alert('message-%d' % 5, 'x')", "is the server's own"),
                ("home.alert('k', 'x', to=dict(resident='5m'))", "a list such as"), ("home.ask('resident', 'q', choices=str('yes'))", "a list such as"),
                ("home.ask('resident', 'q', choices=['a', ('' + 'a', 'b')])", "have one key"), ("home.notify([], 'x')", "at least one role"),
                ("home.notify([(role, '5m') for role in ('coordinator',)], 'x')", "coordinators see every alert and message at once"),
                ("home.emit('x', {1})", "no JSON value"), ("home.emit('x', 'a\\0')", "zero character"),
                ("home.emit('x', '\\ud800')", "surrogate"), ("home.emit('x', 'a' * 40000)", "too large"),
                ("home.state['a'] = {'b': (1,)}", "home.state['a']['b'] is a tuple: use a list"),
                ("home.state[3] = 1", "use a text"), ("home.state['x'] = float('inf')", "not finite")]:
            with self.subTest(body):
                done = run(body)
                self.assertEqual(done["status"], 1)
                self.assertIn(wanted, done["error"])
                self.assertRegex(done["error"], "^line 6: |^home.state")


class State(unittest.TestCase):
    def test_is_kept_between_runs_and_only_told_when_it_changed(self):
        home = kit.Home(kit.script("home.state.setdefault('n', 0)\nif event.value > 1:\n    home.state['n'] += 1"),
                        state='{"n":4}')
        self.assertIsNone(home.send(1.0)["state"])
        self.assertEqual(home.send(2.0)["state"], '{"n":5}')

    def test_comes_back_as_after_a_restart(self):
        home = kit.Home(kit.script("s = home.state\nif event.value == 1:\n    s['a'] = s['b'] = [1]\nelse:\n    s['a'].append(2)"))
        home.send(1.0)
        self.assertEqual(home.send(2.0)["state"], '{"a":[1,2],"b":[1]}')

    def test_of_a_failed_run_is_forgotten(self):
        home = kit.Home(kit.script("home.state['n'] = event.value\nif event.value == 2:\n    raise ValueError('no')"))
        home.send(1.0)
        self.assertEqual(home.send(2.0)["error"], "line 8: ValueError: no")
        self.assertIsNone(home.send(1.0)["state"])

    def test_homes_have_their_own(self):
        home = kit.Home(kit.script("home.state['n'] = home.state.get('n', 0) + 1"))
        home.runtime.set_home(2, 78, "", "UTC", [], [])
        home.runtime.set_instance(1, 2, "{}", "{}", True)
        home.send()
        row = (0, home.now, "power", "", 0, 1.0, None, "", False)
        self.assertEqual(kit.shown(home.runtime.run(1, 2, 9, 0, home.now, 9, row, (), ()))["state"], '{"n":1}')


class History(unittest.TestCase):
    ASK = "week = await home.history(event.device, 'power', since='7d', every='1h')\n"

    def source(self, body, ask=ASK):
        return kit.script(ask + body).replace("def look", "async def look")

    def test_run_waits_and_goes_on(self):
        home = kit.Home(self.source("home.state['x'] = [week.mean(), week.min(), week.max(), week.count(), len(week.values),"
                                    " week.share_above(1), week.times[0] < home.now, week.values[1]]"))
        asked = home.send()["asked"]
        self.assertEqual(asked[2:], (1, 1, "power", False, home.now - 7 * 86_400_000, home.now, 3_600_000, "mean"))
        done = home.answer(1, [kit.NOON - 3000, kit.NOON - 2000, kit.NOON - 1000], [1.0, None, 3.0])
        self.assertEqual(done["state"], '{"x":[2.0,1.0,3.0,2,3,0.5,true,null]}')

    def test_part_of_a_series(self):
        home = kit.Home(self.source("a = home.now - timedelta(seconds=2)\nhome.state['x'] = "
                                    "[v for _, v in week.between(a, home.now)]").replace(
            "app(", "from datetime import timedelta\napp(", 1))
        home.send()
        done = home.answer(1, [kit.NOON - 5000, kit.NOON, home.now], [1.0, 2.0, 3.0])
        self.assertEqual(done["state"], '{"x":[2.0]}')

    def test_empty_series_has_no_values(self):
        home = kit.Home(self.source("home.state['x'] = [week.mean(), week.min(), week.count(), week.share_above(0)]"))
        home.send()
        self.assertEqual(home.answer(1)["state"], '{"x":[null,null,0,0.0]}')

    def test_refused_question_can_be_caught(self):
        home = kit.Home(kit.script("try:\n    await home.facts_history('syn.x', since='1h')\nexcept Exception as error:\n"
                                   "    home.because(str(error))").replace("def look", "async def look"))
        asked = home.send()["asked"]
        self.assertEqual(asked[3:6], (0, "x", True))
        self.assertEqual(home.answer(1, error="too long a span")["because"], "too long a span")

    def test_wrong_questions_say_what_to_do(self):
        for ask, wanted in [
                ("await home.history(event.device, 'mo' + 'tion')", "app(reads"),
                ("await home.history(event.device, 'power', since=home.now + timedelta(1))", "since is after until"),
                ("await home.history(event.device, 'power', until=home.now + timedelta(1))", "after home.now"),
                ("await home.history(event.device, 'power', every='1h', aggregate='mo' + 'de')", "aggregate must be"),
                ("await home.history(event.device, 'power', aggregate='me' + 'an')", "needs every="),
                ("await home.history(event.device, 'power', since=datetime(2026, 1, 1))", "no time zone"),
                ("x = home\nawait x.history(event.device, 'power').values", "has to be awaited"),
                ("await other()", "only home.history")]:
            with self.subTest(ask):
                head = "from datetime import datetime, timedelta\nasync def other():\n    pass\n"
                home = kit.Home(kit.script(ask, head).replace("def look", "async def look"))
                self.assertEqual(home.faults, [])
                done = home.send()
                if "other" in ask:
                    self.assertEqual(done["status"], 0)  # awaiting one's own functions is fine
                else:
                    self.assertIn(wanted, done["error"])

    def test_too_many_questions_in_a_run_end_it(self):
        home = kit.Home(kit.script("while True:\n    await home.facts_history('x')").replace("def look", "async def look"))
        outcome = home.send()
        for query in range(1, 101):
            self.assertIn("asked", outcome)
            outcome = home.answer(query)
        self.assertIn("over 100 questions", outcome["error"])

    def test_run_that_is_given_up_leaves_nothing(self):
        home = kit.Home(self.source("pass", "home.state['x'] = 1\n" + self.ASK))
        home.send()
        gone = kit.shown(home.runtime.abandon(home.number, 2, "too long"))
        self.assertEqual((gone["status"], gone["state"], gone["error"]), (2, None, "too long"))
        self.assertIsNone(home.answer(1))

    def test_answer_to_another_question_is_not_taken(self):
        home = kit.Home(self.source("home.state['x'] = 1"))
        home.send()
        self.assertIsNone(home.answer(2))
        self.assertEqual(home.answer(1)["state"], '{"x":1}')


class Talk(unittest.TestCase):
    def test_log_is_bounded(self):
        done = run("for i in range(30):\n    print('line', i, 'x' * 2000)\nhome.because('nothing ' * 200)")
        self.assertEqual(len(done["log"]), 20)
        self.assertEqual(done["log"][-1], "… 11 more lines: a run keeps 20")
        self.assertTrue(all(len(line) <= 1000 for line in done["log"]))
        self.assertEqual(len(done["because"]), 500)

    def test_error_names_the_innermost_line_of_the_script(self):
        done = run("helper()", "def helper():\n    return max([])")
        self.assertEqual(done["error"], "line 3: ValueError: max() arg is an empty sequence")

    def test_error_in_a_helper_names_its_file(self):
        home = kit.Home(kit.script("sums.f()", "from . import sums"), {"sums": "\ndef f():\n    return 1 / 0\n"})
        self.assertEqual(home.send()["error"], "sums, line 3: ZeroDivisionError: division by zero")

    def test_seed_decides_what_random_gives(self):
        source = kit.script("home.state['x'] = random.random()", "import random")
        self.assertEqual(kit.Home(source).send()["state"], kit.Home(source).send()["state"])


class Clock(unittest.TestCase):
    def test_durations(self):
        from composer.durations import in_words, to_ms

        for text, ms in [("90s", 90_000), ("10m", 600_000), ("1.5h", 5_400_000), ("7d", 604_800_000), ("250ms", 250),
                         (datetime.timedelta(hours=2), 7_200_000)]:
            self.assertEqual(to_ms(text, "it"), ms)
        for wrong in ["10", "m", "-1m", "1e3s", "1 h", 5, None, True, "１m"]:
            self.assertRaises(ValueError, to_ms, wrong, "it")
        self.assertEqual([in_words(ms) for ms in (0, 1500, 60_000, 86_400_000)], ["0ms", "1500ms", "1m", "1d"])


if __name__ == "__main__":
    unittest.main()

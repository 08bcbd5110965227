"""The participants' page in a real browser: enrol with a code, see an alert, take its action, be asked and answer."""

import time
import unittest

from test_stove_story import DEVICES, MINUTE
from web_driver import WebDriver
from whole_server import PASSWORD, SOURCE, WholeServer, wait_until

HOSTILE = "<img src=x onerror=\"document.title='hurt'\"> Wie geht es Ihnen? Donaudampfschifffahrtsgesellschaftskapitänsmütze"


class ParticipantsPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(WholeServer())
        cls.deployment, cls.location = cls.server.home("events", deployment="Page")
        cls.token = cls.server.gateway(cls.location, "p-", DEVICES)
        cls.server.deploy(cls.deployment, (SOURCE / "rules/library/stove_unattended/script.py").read_text(), "Stove")
        cls.person = cls.server.call("participant.create", deployment=cls.deployment, language="de",
                                     roles=[{"location": cls.location, "role": "resident"}])
        cls.base = f"http://127.0.0.1:{cls.server.api_port}"
        time.sleep(2)

    def setUp(self):
        self.browser = self.enterContext(WebDriver())

    def stove(self):
        at = int(time.time() * 1000) - 60 * MINUTE
        post = lambda minutes, **values: self.server.measure(
            self.token, at + int(minutes * MINUTE), **{"p-" + key: value for key, value in values.items()})
        post(0, **{"kitchen:motion": 1})
        post(1, **{"stove:power": 1450, "stove:outletStatus": 1})
        post(2, **{"kitchen:motion": 0})
        post(14, **{"living:motion": 1})

    def test_the_whole_visit(self):
        browser = self.browser
        browser.open(f"{self.base}/e/{self.person['enrolmentCode']}")
        browser.run("const language = document.getElementById('language'); language.value = 'de';"
                    "language.dispatchEvent(new Event('change'));")
        browser.type("#enrol-form [name=username]", "erna")
        browser.type("#enrol-form [name=password]", PASSWORD)
        browser.picture("page-enrol")
        browser.click("#enrol-form .main")
        browser.wait_for("#nothing")
        browser.picture("page-empty")

        self.stove()
        browser.wait_for(".alert button.main")
        self.assertIn("Herd", browser.text(".alert"))
        browser.picture("page-alert")
        browser.click(".alert button.main")
        wait_until(lambda: "wartet" in browser.text(".alert"), 10, "the command's state")
        self.obey()
        wait_until(lambda: "ausgeführt" in browser.text(".alert"), 10, "executed on the page")
        browser.picture("page-executed")

        self.server.call("question.ask", participant=self.person["id"], text=HOSTILE, type="yes-no")
        wait_until(lambda: "Wie geht es Ihnen" in browser.text("#questions"), 10, "the question, live")
        self.assertNotEqual(browser.run("return document.title"), "hurt")
        browser.picture("page-question")
        browser.click("#questions form button")
        wait_until(lambda: "Ihre Antwort: Ja" in browser.text("#messages"), 10, "the answer")
        browser.type("#write-form textarea", "Alles gut <b>hier</b>")
        browser.click("#write-form button")
        wait_until(lambda: "Alles gut <b>hier</b>" in browser.text("#messages"), 10, "what was written")
        messages = lambda: self.server.call("message.list", participant=self.person["id"])["items"]
        wait_until(lambda: len(messages()) > 1, 10, "what was written, at the server")  # the page shows it while it waits
        items = messages()
        self.assertEqual([item["answer"] for item in items if item["kind"] == "question"], [{"value": "yes", "text": "yes"}])
        self.assertIn("Alles gut <b>hier</b>", [item["text"] for item in items])
        self.assertLessEqual(browser.run("return document.documentElement.scrollWidth"), 500)

        browser.click("#sign-out")
        browser.type("#sign-in-form [name=username]", "erna")
        browser.type("#sign-in-form [name=password]", "wrong-password")
        browser.click("#sign-in-form .main")
        browser.wait_for("#problem")
        browser.picture("page-wrong-password")

    def test_finding_G23_a_card_says_what_is_so_now(self):
        browser = self.browser
        browser.open(self.base)
        texts = {"urgent": "U", "openAlert": "O", "chose": {"own": "C"}, "cares": {"own": "TAKEN"},
                 "states": {"executed": "done", "failed": "failed", "queued": "waits"}, "resolved": "R", "takeCare": "TAKE", "dismiss": "X"}
        alert = {"id": 1, "severity": "normal", "at": "2026-01-01T00:00:00Z", "text": "T", "location": "", "answers": [], "command": None,
                 "actions": [{"id": 1, "text": "first", "isCommand": True}, {"id": 2, "text": "second", "isCommand": True}]}
        taken, first, second = ({"own": True, **one} for one in ({"answer": "acknowledge"}, {"answer": "act", "action": 1},
                                                                 {"answer": "act", "action": 2}))
        for change, wanted in [
                ({"state": "open"}, ["first", "second", "TAKE", "X"]),
                ({"state": "acknowledged", "answers": [taken]}, ["TAKEN", "first", "second", "X"]),
                ({"state": "open", "answers": [taken]}, ["first", "second", "TAKE", "X"]),  # its snooze is over
                ({"state": "acknowledged", "answers": [first], "command": {"state": "executed"}}, ["C first: done", "second", "X"]),
                ({"state": "open", "answers": [first], "command": {"state": "failed"}}, ["C first: failed", "first", "second", "TAKE", "X"]),
                ({"state": "acknowledged", "answers": [first, taken, second], "command": {"state": "queued"}},
                 ["C second: waits", "TAKEN", "first", "X"])]:
            with self.subTest(change):
                shown = browser.run("const card = alertCard(arguments[0], arguments[1], 'en', () => {});"
                                    "return [...card.querySelectorAll('p, button')].slice(1).map((one) => one.textContent)",
                                    {**alert, **change}, texts)
                self.assertEqual(shown, wanted)
        home = browser.run("return alertCard(arguments[0], arguments[1], 'en', () => {}).firstChild.textContent",
                           {**alert, "state": "open", "location": "Lindenweg 5"}, texts)
        self.assertIn("O · Lindenweg 5 · ", home)

    def test_finding_F34_what_is_written_offline_waits_and_goes_when_the_connection_is_back(self):
        browser = self.browser
        person = self.server.call("participant.create", deployment=self.deployment, language="en",
                                  roles=[{"location": self.location, "role": "resident"}])
        browser.open(f"{self.base}/e/{person['enrolmentCode']}")
        browser.type("#enrol-form [name=username]", "offline-erna")
        browser.type("#enrol-form [name=password]", PASSWORD)
        browser.click("#enrol-form .main")
        browser.wait_for("#nothing")
        written = lambda: [item["text"] for item in
                           self.server.call("message.list", participant=person["id"])["items"]
                           if item["direction"] == "from-participant"]
        browser.run("window.realFetch = window.fetch; window.fetch = () => Promise.reject(new TypeError('offline'))")
        for text in ("first words", "second words"):
            browser.type("#write-form textarea", text)
            browser.click("#write-form button")
        wait_until(lambda: "waiting" in browser.text("#messages") and "second words" in browser.text("#messages"), 10,
                   "what waits is shown")
        self.assertEqual(browser.run("return document.querySelector('#write-form textarea').value"), "")
        self.assertEqual(written(), [])
        browser.run("window.fetch = window.realFetch")
        wait_until(lambda: written() == ["first words", "second words"], 15, "both are sent, once and in order")
        wait_until(lambda: "waiting" not in browser.text("#messages"), 10, "nothing waits any more")

        # Its answer is lost: it is not sent twice.
        browser.run("window.fetch = async (path, options) => { await window.realFetch(path, options);"
                    "if (path === '/inbox/write') throw new TypeError('lost'); return window.realFetch(path); }")
        browser.type("#write-form textarea", "third words")
        browser.click("#write-form button")
        wait_until(lambda: "third words" in written(), 10, "it arrived")
        browser.run("window.fetch = window.realFetch")
        wait_until(lambda: "waiting" not in browser.text("#messages"), 15, "it is seen to have arrived")
        self.assertEqual(written().count("third words"), 1)

    def test_finding_F34_a_tap_without_a_connection_says_to_tap_again_and_the_sentence_goes(self):
        browser = self.browser
        person = self.server.call("participant.create", deployment=self.deployment, language="en",
                                  roles=[{"location": self.location, "role": "resident"}])
        browser.open(f"{self.base}/e/{person['enrolmentCode']}")
        browser.type("#enrol-form [name=username]", "tapping-erna")
        browser.type("#enrol-form [name=password]", PASSWORD)
        browser.click("#enrol-form .main")
        browser.wait_for("#nothing")
        self.server.call("question.ask", participant=person["id"], text="Are you well?", type="yes-no")
        wait_until(lambda: "Are you well?" in browser.text("#questions"), 10, "the question")
        time.sleep(2)  # it was in view for a second, and the page has told so
        browser.run("window.realFetch = window.fetch; window.fetch = () => Promise.reject(new TypeError('offline'))")
        browser.click("#questions form button")
        wait_until(lambda: "tap again" in browser.text("#questions"), 10, "what to do, on the card")
        browser.run("window.fetch = window.realFetch; document.dispatchEvent(new Event('visibilitychange'))")
        browser.click("#questions form button")
        wait_until(lambda: "Your answer" in browser.text("#messages"), 10, "the second tap")
        self.assertNotIn("tap again", browser.text())

    def enrolled(self, name):
        """A person of the page, signed in; and how to read what the server has of him or her."""
        person = self.server.call("participant.create", deployment=self.deployment, language="en",
                                  roles=[{"location": self.location, "role": "resident"}])
        self.browser.open(f"{self.base}/e/{person['enrolmentCode']}")
        self.browser.type("#enrol-form [name=username]", name)
        self.browser.type("#enrol-form [name=password]", PASSWORD)
        self.browser.click("#enrol-form .main")
        self.browser.wait_for("#nothing")
        return lambda: [item["text"] for item in self.server.call("message.list", participant=person["id"])["items"]
                        if item["direction"] == "from-participant"]

    def writes(self, text):
        self.browser.type("#write-form textarea", text)
        self.browser.click("#write-form button")

    def answers(self, script):
        self.browser.run("window.realFetch ??= window.fetch; window.fetch = async (path, options) => {" + script + "}")

    def test_finding_F34_the_same_words_twice_arrive_twice_whichever_answer_is_lost(self):
        written = self.enrolled("twice-erna")
        self.writes("Yes")
        wait_until(lambda: written() == ["Yes"], 10, "the first")
        self.answers("await window.realFetch(path, options); throw new TypeError('lost')")
        self.writes("Yes")
        wait_until(lambda: written() == ["Yes"] * 2, 10, "it arrived, and nobody knows")
        self.writes("Yes")
        time.sleep(4)  # it is tried again meanwhile
        self.browser.run("window.fetch = window.realFetch")
        wait_until(lambda: "waiting" not in self.browser.text("#messages"), 15, "nothing waits any more")
        self.assertEqual(written(), ["Yes"] * 3)

    def test_finding_F34_what_others_answer_on_the_way_takes_nothing(self):
        """A hotel's page, a proxy whose server starts again, a server that is busy."""
        written = self.enrolled("travelling-erna")
        for answer in ("new Response('<html>Welcome, please sign in</html>', {status: 200})",
                       "new Response('<html>Bad Gateway</html>', {status: 502})",
                       "new Response('{}', {status: 503})", "new Response('', {status: 408})"):
            with self.subTest(answer):
                self.answers(f"return {answer}")
                self.writes(answer)
                time.sleep(1)
                self.assertIn("waiting", self.browser.text("#messages"))
                self.browser.run("window.fetch = window.realFetch; window.dispatchEvent(new Event('online'))")
                wait_until(lambda: "waiting" not in self.browser.text("#messages"), 10, "it went")
                self.assertEqual(written().count(answer), 1)

    def test_finding_F34_what_waits_outlives_the_page(self):
        written = self.enrolled("closing-erna")
        self.answers("throw new TypeError('offline')")
        self.writes("before the page was closed")
        time.sleep(0.5)
        self.assertEqual(written(), [])
        self.browser.open(self.base)
        wait_until(lambda: written() == ["before the page was closed"], 15, "sent by the next visit")
        self.answers("window.isOver ||= path === '/inbox/write'; return window.isOver ? new Response("
                     "JSON.stringify({error: {data: {code: 'not-signed-in'}}}), {status: 401}) : window.realFetch(path, options)")
        self.writes("when the session was over")
        self.browser.wait_for("#sign-in-form")
        self.assertEqual(self.browser.run("return document.querySelector('#messages').textContent"), "")
        self.browser.run("window.fetch = window.realFetch")
        self.browser.type("#sign-in-form [name=username]", "closing-erna")
        self.browser.type("#sign-in-form [name=password]", PASSWORD)
        self.browser.click("#sign-in-form .main")
        wait_until(lambda: "when the session was over" in written(), 15, "sent when its writer is back")
        self.assertEqual(len(written()), 2)

    def test_finding_F34_who_signs_out_offline_is_out_for_the_next_person(self):
        self.enrolled("leaving-erna")
        self.answers("throw new TypeError('offline')")
        self.browser.click("#sign-out")
        self.browser.wait_for("#sign-in-form")
        self.browser.open(self.base)  # with the connection back
        self.browser.wait_for("#sign-in-form")
        time.sleep(2)
        self.assertTrue(self.browser.run("return document.getElementById('inbox').hidden"))
        self.assertEqual(self.browser.run("return fetch('/inbox/items').then((answer) => answer.status)"), 401)

    def test_finding_F29_times_are_the_homes_wherever_the_phone_is(self):
        self.enrolled("travelling-anna")
        when = lambda time, zone: self.browser.run(f"return when('{time}', 'en', '{zone}')")
        self.assertRegex(when("2024-01-01T12:00:00Z", "Asia/Tokyo"), r"2024.*09:00\sPM.*Japan Standard Time")
        self.assertRegex(when("2024-12-31T23:30:00Z", "Pacific/Kiritimati"), r"Jan 1, 2025.*01:30\sPM")
        self.assertRegex(when("2024-01-01T12:00:00Z", "Nowhere/Atall"), r"2024")  # an older browser's table
        own = self.browser.run("return Intl.DateTimeFormat().resolvedOptions().timeZone")
        self.assertNotIn("GMT", when(time.strftime("%Y-%m-%dT12:00:00Z", time.gmtime()), own))
        self.assertEqual(self.browser.run("return state.items.participant.timeZone"), "Europe/Madrid")

    def test_pausing_and_changed_roles_reach_the_open_page(self):
        self.enrolled("resting-erna")
        person = self.browser.run("return state.person")
        self.server.call("participant.update", id=person, paused=True)
        self.browser.wait_for("#rests", 5)
        self.browser.run("window.answer = 0; tell('/inbox/dismiss', {alert: 1}).catch((error) => { window.answer = error.message; })")
        wait_until(lambda: self.browser.run("return window.answer") == "participation-rests", 5, "a press is answered")
        self.server.call("participant.update", id=person, paused=False)
        self.browser.wait_for("#nothing", 5)
        other = self.server.call("location.create", deployment=self.deployment, name="Another home", timeZone="Europe/Berlin")["id"]
        self.server.call("participant.update", id=person, roles=[{"location": other, "role": "resident"}])
        wait_until(lambda: self.browser.run("return state.items.participant.locations") == ["Another home"], 5,
                   "the other home stands there")

    def test_a_second_person_in_another_tab_takes_the_first_ones_page(self):
        self.enrolled("first-anna")
        first = self.browser.run("return state.items.participant.code")
        person = self.server.call("participant.create", deployment=self.deployment, language="en",
                                  roles=[{"location": self.location, "role": "resident"}])
        tab = self.browser.ask("GET", "/window")
        other = self.browser.ask("POST", "/window/new", {"type": "tab"})["handle"]
        self.browser.ask("POST", "/window", {"handle": other})
        self.browser.open(f"{self.base}/e/{person['enrolmentCode']}")
        self.browser.wait_for("#already")  # asked first: Anna is signed in
        self.browser.ask("POST", "/window", {"handle": tab})
        self.browser.run("return fetch('/inbox/enrol', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify("
                         "{code: arguments[0], username: 'second-bert', password: arguments[1]})}).then((answer) => answer.status)",
                         person["enrolmentCode"], PASSWORD)  # as a page would that tells nobody; this one does not know of it yet
        self.writes("from Anna")
        wait_until(lambda: person["code"] in self.browser.text("#who"), 10, "who is signed in now")
        texts = lambda who: [one["text"] for one in self.server.call("message.list", participant=who)["items"]]
        time.sleep(1)
        self.assertEqual(texts(person["id"]), [])
        self.assertNotIn(first, self.browser.text("#who"))

    def obey(self):
        import json
        status, body, _ = self.server.http("GET", self.server.device_port, "/deviceio/mljson?id=p-gateway&timeout=20", None,
                                           {"PPCAuthorization": f"esp token={self.token}"}, timeout=30)
        command = json.loads(body)["commands"][0]["commandId"]
        self.server.post(self.token, {"version": 2, "sequenceNumber": 1, "responses": [{"commandId": command, "result": 1}]})


if __name__ == "__main__":
    unittest.main()

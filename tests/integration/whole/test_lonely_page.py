"""The participants' page in a real browser, with answers on order: whose page it is, what was read, what a press becomes."""

import time
import unittest

from lonely_page import LonelyPage, alert, message, question
from web_driver import WebDriver
from whole_server import wait_until

ACTIONS = [{"id": 1, "text": "I am fine", "isCommand": False}, {"id": 2, "text": "Switch it off", "isCommand": True}]
CONTRAST = """
const part = (one) => (one /= 255) <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4;
const light = (rgb) => { const [r, g, b] = rgb.match(/\\d+/g).map(Number).map(part); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const field = getComputedStyle(document.querySelector('#write-form textarea'));
const [a, b] = [light(field.borderTopColor), light(field.backgroundColor)].sort((x, y) => y - x);
return (a + 0.05) / (b + 0.05);"""


class PageOnOrder(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = cls.enterClassContext(WebDriver())

    def setUp(self):
        self.page = self.enterContext(LonelyPage())

    def open(self, path="/", **items):
        if items:
            self.page.items.update(items)
        self.browser.open(self.page.url + path)
        self.addCleanup(self.browser.run, "localStorage.clear()")
        self.wait(lambda: self.run_("return state.person !== null || !document.getElementById('enter').hidden"), "the page")

    def run_(self, script, *arguments):
        return self.browser.run(script, *arguments)

    def wait(self, condition, what="the condition"):
        return wait_until(condition, 10, what)

    def refreshed(self):
        """What the server says now is shown."""
        self.browser.ask("POST", "/execute/async", {"script": "const done = arguments[0]; refresh().then(() => done(1))", "args": []})

    def text(self, css="body"):
        return self.browser.text(css)


class OnePersonsPage(PageOnOrder):
    def test_what_is_sent_says_for_whom_and_another_persons_page_takes_its_place(self):
        self.open(alerts=[alert(1, "Are you well?")])
        self.page.refuse["/inbox/takeCare"] = (409, "other-person")
        self.page.items = {"participant": {**self.page.items["participant"], "id": 8, "code": "P-8", "name": "Bert"}, "alerts": [],
                           "messages": [message(3, "Hello Bert")]}
        self.browser.click(".alert button")
        self.wait(lambda: "Bert" in self.text("#who"), "who is signed in")
        self.assertEqual(self.page.posted("/inbox/takeCare"), [{"alert": 1, "participant": 7}])
        self.assertNotIn("Are you well?", self.text())
        self.assertIn("Somebody else has signed in", self.text("#told"))
        self.browser.type("#write-form textarea", "from Bert")
        self.browser.click("#write-form button")
        self.wait(lambda: self.page.posted("/inbox/write"), "what Bert wrote")
        self.assertEqual(self.page.posted("/inbox/write")[0]["participant"], 8)

    def test_what_waits_is_not_sent_in_another_name(self):
        self.open()
        self.page.refuse["/inbox/write"] = (503, "busy")
        self.browser.type("#write-form textarea", "Anna's words")
        self.browser.click("#write-form button")
        self.wait(lambda: "waiting" in self.text("#messages"))
        self.page.refuse.clear()
        before = len(self.page.asked)
        self.page.items["participant"] = {**self.page.items["participant"], "id": 8, "code": "P-8", "name": "Bert"}
        self.refreshed()
        self.wait(lambda: "Bert" in self.text("#who"))
        time.sleep(4)
        self.assertEqual([body for path, body in self.page.asked[before:] if path == "/inbox/write"], [])
        self.assertNotIn("Anna", self.text())

    def test_finding_F34_what_another_tab_has_waiting_stays(self):
        self.open()
        kept = lambda: self.run_("return localStorage.getItem('outbox ' + state.owner)") or ""
        self.run_("localStorage.setItem('outbox ' + state.owner, JSON.stringify("
                  "[{id: 'other-1', text: 'of the other tab', createdAt: new Date().toISOString()}]))")
        self.refreshed()
        self.browser.type("#write-form textarea", "of this one")
        self.browser.click("#write-form button")
        self.wait(lambda: self.page.posted("/inbox/write"), "what this tab wrote")
        self.wait(lambda: "of this one" not in kept(), "it is sent")
        self.assertIn("of the other tab", kept())
        self.run_("window.asked = []; window.confirm = (words) => { asked.push(words); return asked.length > 1; }")
        self.browser.click("#sign-out")
        self.wait(lambda: self.run_("return asked.length") == 1, "the question before what waits is lost")
        self.assertIn("of the other tab", kept())
        owner = self.run_("return state.owner")
        self.browser.click("#sign-out")
        self.browser.wait_for("#sign-in-form")
        self.assertIsNone(self.run_("return localStorage.getItem('outbox ' + arguments[0])", owner))

    def test_what_was_begun_is_not_lost_without_a_question(self):
        self.open()
        self.browser.type("#write-form textarea", "half a senten")
        self.run_("window.asked = []; window.confirm = (words) => { asked.push(words); return false; }")
        self.browser.click("#sign-out")
        self.wait(lambda: self.run_("return asked.length") == 1, "the question")
        self.assertEqual(self.run_("return document.querySelector('#write-form textarea').value"), "half a senten")

    def test_another_tab_says_that_somebody_signed_in(self):
        self.open(messages=[message(1, "for Anna")])
        self.page.items = {**self.page.items, "participant": {**self.page.items["participant"], "id": 8, "name": "Bert"}, "messages": []}
        self.run_("new BroadcastChannel('cohort-page').postMessage('session')")
        self.wait(lambda: "Bert" in self.text("#who") and "for Anna" not in self.text())

    def test_a_code_asks_first_where_somebody_is_signed_in(self):
        self.open("/e/ABCDE-FGHJK")
        self.browser.wait_for("#already")
        self.assertIn("Anna Berg is signed in here", self.text("#already"))
        self.assertFalse(self.browser.find("#enrol-form"))
        self.browser.click("#already-stay")
        self.wait(lambda: "Anna Berg" in self.text("#who"))
        self.open("/e/ABCDE-FGHJK")
        self.browser.click("#already-leave")
        self.wait(lambda: self.page.posted("/inbox/signOut") == [{"participant": 7}], "the sign-out of whom the page named")
        self.browser.wait_for("#enrol-form")

    def test_it_says_whose_page_and_which_home_it_is(self):
        self.open()
        self.assertEqual(self.text("#who"), "Anna Berg · Lindenweg 5")
        self.page.items["participant"].update(name=None, locations=["Lindenweg 5", "Am Wall 2"])
        self.refreshed()
        self.assertEqual(self.text("#who"), "P-7 · Lindenweg 5, Am Wall 2")

    def test_the_language_is_kept_with_the_person(self):
        self.open()
        self.run_("const one = document.getElementById('language'); one.value = 'de'; one.dispatchEvent(new Event('change'))")
        self.wait(lambda: self.page.posted("/inbox/language") == [{"language": "de", "participant": 7}])
        self.page.items["participant"]["language"] = "de"
        self.refreshed()
        self.run_("localStorage.clear()")
        self.open()
        self.wait(lambda: "Nichts zu tun" in self.text(), "the person's language")


class WhatWasRead(PageOnOrder):
    def test_only_what_was_in_view_for_a_second_is_read_in_one_request(self):
        self.open(messages=[message(one, f"Message {one}") for one in range(1, 101)])
        self.wait(lambda: self.page.posted("/inbox/read"), "what was in view")
        time.sleep(2)
        read = [one for body in self.page.posted("/inbox/read") for one in body["messages"]]
        self.assertEqual(len(read), len(set(read)))
        self.assertLessEqual(len(self.page.posted("/inbox/read")), 2)
        self.assertIn(100, read)
        self.assertTrue(1 <= len(read) < 20, read)
        self.run_("document.querySelector('[data-key=message-1]').scrollIntoView()")
        self.wait(lambda: 1 in [one for body in self.page.posted("/inbox/read") for one in body["messages"]], "the oldest, scrolled to")
        self.assertNotIn(50, [one for body in self.page.posted("/inbox/read") for one in body["messages"]])

    def test_a_page_that_is_not_looked_at_reads_nothing(self):
        self.open()
        self.run_("Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true, writable: true});"
                  "document.dispatchEvent(new Event('visibilitychange'))")
        self.page.items["messages"] = [message(1, "unseen")]
        self.refreshed()
        time.sleep(2.5)
        self.assertEqual(self.page.posted("/inbox/read"), [])
        self.run_("document.visibilityState = 'visible'; document.dispatchEvent(new Event('visibilitychange'))")
        self.wait(lambda: self.page.posted("/inbox/read") == [{"messages": [1], "participant": 7}])

    def test_many_hints_are_few_requests(self):
        self.open(messages=[message(one, f"Message {one}") for one in range(1, 101)])
        time.sleep(2.5)
        before, posts = self.page.fetched, len(self.page.asked)
        self.run_("for (let i = 0; i < 200; ++i) sockets.at(-1).onmessage({data: '{\"changed\":[\"messages\"]}'})")
        time.sleep(2)
        self.assertLessEqual(self.page.fetched - before, 3)
        self.assertEqual(len(self.page.asked), posts)

    def test_questions_that_wait_stand_above_messages(self):
        self.open(messages=[question(1, "Slept well?"), *[message(one, f"Message {one}") for one in range(2, 102)]])
        self.assertIn("Slept well?", self.text("#questions"))
        above = self.run_("return document.querySelector('#questions .card').getBoundingClientRect().top"
                          " < document.querySelector('#messages .card').getBoundingClientRect().top")
        self.assertTrue(above)


    def test_a_question_that_is_over_says_so(self):
        self.open(messages=[question(1, "Do you want tea?", state="expired")])
        self.assertFalse(self.browser.find("#questions .card"))
        self.assertIn("This is over.", self.text("#messages"))


class WhatIsPressed(PageOnOrder):
    def shown(self, change, language="en"):
        return self.run_("const card = alertCard(arguments[0], TEXTS[arguments[1]], arguments[1], () => {});"
                         "return [...card.querySelectorAll('p, button')].slice(1).map((one) => one.textContent)",
                         {**alert(1, "T", actions=ACTIONS), **change}, language)

    def test_who_chose_and_who_takes_care(self):
        self.open()
        act = lambda who, own=False, action=2: {"answer": "act", "action": action, "who": who, "own": own}
        care = lambda who, own=False: {"answer": "acknowledge", "action": None, "who": who, "own": own}
        for change, first in [
                ({"state": "acknowledged", "answers": [act("resident", True)], "command": {"state": "executed", "sent": True}},
                 "You chose: Switch it off: done"),
                ({"state": "acknowledged", "answers": [act("resident")], "command": {"state": "queued", "sent": False}},
                 "The resident chose: Switch it off: waiting for the device …"),
                ({"state": "acknowledged", "answers": [act("caregiver", action=1)]}, "A caregiver chose: I am fine"),
                ({"state": "acknowledged", "answers": [care("caregiver", True)]}, "You take care of it."),
                ({"state": "acknowledged", "answers": [care("caregiver")]}, "A caregiver takes care of it."),
                ({"state": "acknowledged", "answers": [care("coordinator")]}, "Your programme takes care of it.")]:
            with self.subTest(first):
                self.assertEqual(self.shown(change)[0], first)
        answered = self.shown({"state": "acknowledged", "answers": [act("resident", True, 1)]})
        self.assertEqual(answered, ["You chose: I am fine", "Switch it off", "It is fine, close this"])
        self.assertEqual(self.shown({"state": "acknowledged", "answers": [act("resident", True)],
                                     "command": {"state": "executed", "sent": True}}, "de")[0], "Sie haben gewählt: Switch it off: ausgeführt")

    def test_a_press_is_said_on_its_card_and_the_focus_goes_there(self):
        self.open(alerts=[alert(1, "Are you well?", actions=ACTIONS)], messages=[question(2, "Slept well?")])
        self.run_("window.realFetch = window.fetch; window.fetch = (path, options) => path === '/inbox/act'"
                  " ? new Promise((done, fail) => { window.fail = () => fail(new TypeError('offline')); }) : realFetch(path, options)")
        self.browser.click(".alert button")
        self.wait(lambda: "Sending" in self.text(".alert"))
        self.assertTrue(self.run_("return document.querySelector('.alert button').disabled"))
        fetched = self.page.fetched
        self.run_("window.fail()")
        self.wait(lambda: "Not sent. Please tap again." in self.text(".alert"))
        self.wait(lambda: self.page.fetched > fetched, "what is so now, after the error")
        self.assertFalse(self.browser.find("#problem"))
        self.run_("window.fetch = window.realFetch")
        self.page.refuse["/inbox/act"] = (409, "conflict")
        self.page.items["alerts"] = [alert(1, "Are you well?", actions=ACTIONS, state="acknowledged",
                                           answers=[{"answer": "acknowledge", "who": "caregiver", "own": False, "action": None}])]
        self.browser.click(".alert button")
        self.wait(lambda: "This is done already, or it is over." in self.text(".alert") and "A caregiver takes care" in self.text(".alert"))
        self.assertEqual(self.run_("return document.activeElement.dataset.key"), "alert-1")
        self.page.items["alerts"] = [alert(1, "Are you well?", actions=ACTIONS)]
        self.refreshed()
        self.assertNotIn("already", self.text(".alert"))  # it is true no more
        self.page.items["messages"] = [question(2, "Slept well?", answer={"value": "yes", "text": "yes"}, state="answered")]
        self.browser.click("#questions form button")
        self.wait(lambda: "Your answer: Yes" in self.text("#messages"))
        self.wait(lambda: self.run_("return document.activeElement.dataset.key") == "message-2", "the focus on what was answered")

    def test_cards_are_groups_with_a_name_and_fields_have_an_edge(self):
        self.open(alerts=[alert(1, "Are you well?")], messages=[message(2, "Hello")])
        for card, name in ((".alert", "Are you well?"), ("#messages .card", "Hello")):
            got = self.run_("const card = document.querySelector(arguments[0]); return [card.getAttribute('role'),"
                            "document.getElementById(card.getAttribute('aria-labelledby')).textContent]", card)
            self.assertEqual(got, ["group", name])
        self.assertGreaterEqual(self.run_(CONTRAST), 3)

    def test_while_the_participation_rests(self):
        self.open(alerts=[alert(1, "Are you well?")], messages=[question(2, "Slept well?")])
        self.page.refuse["/inbox/takeCare"] = (409, "participation-rests")
        self.browser.click(".alert button")
        self.wait(lambda: "Your participation rests" in self.text(".alert"), "an answer to the press")
        self.page.items["participant"]["rests"], self.page.items["alerts"] = True, []
        self.run_("sockets.at(-1).onmessage({data: '{\"changed\":[\"person\"]}'})")
        self.browser.wait_for("#rests")
        self.assertFalse(self.browser.find("#nothing") or self.browser.find("#questions form"))
        self.page.items["participant"]["rests"], self.page.items["alerts"] = False, [alert(1, "Are you well?")]
        self.run_("sockets.at(-1).onmessage({data: '{\"changed\":[\"person\"]}'})")
        self.browser.wait_for(".alert")
        self.assertFalse(self.browser.find("#nothing") or self.browser.find("#rests"))

    def test_the_tabs_title_tells_an_urgent_alert(self):
        self.open(alerts=[alert(1, "Are you well?")])
        self.assertEqual(self.run_("return document.title"), "⚠ Urgent · Cohort")
        self.page.items["alerts"] = [alert(1, "Are you well?", state="acknowledged")]
        self.refreshed()
        self.assertEqual(self.run_("return document.title"), "Cohort")


class Numbers(PageOnOrder):
    def test_comma_and_point_are_taken_in_each_language(self):
        self.open()
        for typed, language, number in [("7,5", "en", 7.5), ("7.5", "de", 7.5), (" -3 ", "en", -3), ("−3", "de", -3), ("1e5", "en", None),
                                        ("1,000", "en", None), ("1.000", "de", None), ("1,000", "de", 1), ("7,", "de", None),
                                        ("1.000,5", "de", None), ("", "en", None), ("0x1", "en", None)]:
            with self.subTest(typed, language=language):
                self.assertEqual(self.run_("return numberOf(arguments[0], arguments[1])", typed, language), number)

    def test_a_number_is_sent_and_shown_as_it_was_typed(self):
        self.page.items["participant"]["language"] = "de"
        self.open(messages=[question(1, "Wie viel?", "number")])
        self.browser.type("#questions input", "1e5")
        self.browser.click("#questions form button")
        self.wait(lambda: "eine Zahl" in self.text("#questions"), "what is wrong")
        self.assertEqual(self.run_("return document.querySelector('#questions input').inputMode"), "decimal")
        self.run_("document.querySelector('#questions input').value = ''")
        self.browser.type("#questions input", "7,5")
        self.page.items["messages"] = [question(1, "Wie viel?", "number", answer={"value": 7.5, "text": "7.5"}, state="answered")]
        self.browser.click("#questions form button")
        self.wait(lambda: "Ihre Antwort: 7,5" in self.text("#messages"))
        self.assertEqual(self.page.posted("/inbox/answer"), [{"message": 1, "answer": 7.5, "participant": 7}])


class Writing(PageOnOrder):
    def test_what_is_too_long_is_said_and_nothing_is_cut(self):
        self.open()
        self.run_("const field = document.querySelector('#write-form textarea'); field.value = 'x'.repeat(5000);"
                  "field.dispatchEvent(new Event('input', {bubbles: true}))")
        self.assertIn("5,000 characters; at most 2,000", self.text("#write-note"))
        self.browser.click("#write-form button")
        self.assertEqual(self.page.posted("/inbox/write"), [])
        self.assertEqual(self.run_("return document.querySelector('#write-form textarea').value.length"), 5000)

    def test_too_many_messages_are_not_called_a_lost_connection(self):
        self.open()
        self.page.refuse["/inbox/write"] = (429, "too-often")
        self.browser.type("#write-form textarea", "one too many")
        self.browser.click("#write-form button")
        self.wait(lambda: "at most 30 messages can be sent in 10 minutes" in self.text("#messages"))
        self.assertFalse(self.browser.find("#offline"))
        self.refreshed()
        self.assertEqual(len(self.page.posted("/inbox/write")), 1)


class Connection(PageOnOrder):
    def test_a_connection_that_says_nothing_is_taken_up_anew(self):
        self.open()
        self.run_("live.heardAt = Date.now() - 20000; lookAtConnection()")
        self.assertEqual(self.run_("return sockets.length"), 1)
        fetched = self.page.fetched
        self.run_("sockets[0].onmessage({data: '{\"changed\":[]}'}); live.heardAt -= 20000; lookAtConnection()")
        self.assertEqual((self.run_("return sockets.length"), self.page.fetched), (1, fetched))  # a heartbeat says nothing more
        self.run_("live.heardAt -= 10000; lookAtConnection()")
        self.assertTrue(self.run_("return sockets[0].isClosed"))
        self.browser.wait_for("#offline")
        self.wait(lambda: self.run_("return sockets.length") == 2, "another")
        self.wait(lambda: not self.browser.find("#offline"))
        self.run_("sockets[1].readyState = 0; live.heardAt = Date.now() - 11000; lookAtConnection()")
        self.wait(lambda: self.run_("return sockets.length") == 3, "one that never opened")


class Entering(PageOnOrder):
    def signs_in(self, form, **fields):
        for name, value in fields.items():
            self.run_("document.querySelector(arguments[0]).value = arguments[1]", f"#{form} [name={name}]", value)
        self.browser.click(f"#{form} .main")

    def test_what_did_not_work_is_said_as_it_is(self):
        self.page.items = None
        self.open()
        self.page.refuse["/inbox/signIn"] = self.page.refuse["/inbox/enrol"] = (401, "wrong-credentials")
        self.signs_in("sign-in-form", username="anna", password="wrong words")
        self.wait(lambda: "The name or the password is not right" in self.text("#problem"))
        self.assertNotIn("code", self.text("#problem").lower())
        self.browser.type("#sign-in-form [name=username]", "a")
        self.assertFalse(self.browser.find("#problem"))  # it is over
        self.assertTrue(self.browser.find("#sign-in-form summary"))
        self.browser.click("#to-enrol")
        for fields, words in [({"code": "   "}, "type the code"), ({"code": "ABCDE"}, "a name of 3"),
                              ({"username": "anna"}, "a password of 8"), ({"password": "long enough"}, "This code is not right")]:
            with self.subTest(words):
                self.signs_in("enrol-form", **fields)
                self.wait(lambda: words in self.text("#problem"), words)
        self.assertEqual(len(self.page.posted("/inbox/enrol")), 1)

    def test_a_session_that_ends_says_why_that_may_be(self):
        self.open()
        self.page.items = None
        self.run_("sockets.at(-1).onmessage({data: '{\"changed\":[\"person\"]}'})")
        self.browser.wait_for("#sign-in-form")
        self.assertIn("your participation has ended", self.text("#told"))


if __name__ == "__main__":
    unittest.main()

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
        wait_until(lambda: "Wie geht es Ihnen" in browser.text("#messages"), 10, "the question, live")
        self.assertNotEqual(browser.run("return document.title"), "hurt")
        browser.picture("page-question")
        browser.click("#messages form button")
        wait_until(lambda: "Ihre Antwort: Ja" in browser.text("#messages"), 10, "the answer")
        browser.type("#write-form textarea", "Alles gut <b>hier</b>")
        browser.click("#write-form button")
        wait_until(lambda: "Alles gut <b>hier</b>" in browser.text("#messages"), 10, "what was written")
        items = self.server.call("message.list", participant=self.person["id"])["items"]
        self.assertEqual([item["answer"] for item in items if item["kind"] == "question"], [{"value": "yes", "text": "yes"}])
        self.assertIn("Alles gut <b>hier</b>", [item["text"] for item in items])
        self.assertLessEqual(browser.run("return document.documentElement.scrollWidth"), 500)

        browser.click("#sign-out")
        browser.type("#sign-in-form [name=username]", "erna")
        browser.type("#sign-in-form [name=password]", "wrong-password")
        browser.click("#sign-in-form .main")
        browser.wait_for("#problem")
        browser.picture("page-wrong-password")

    def obey(self):
        import json
        status, body, _ = self.server.http("GET", self.server.device_port, "/deviceio/mljson?id=p-gateway&timeout=20", None,
                                           {"PPCAuthorization": f"esp token={self.token}"}, timeout=30)
        command = json.loads(body)["commands"][0]["commandId"]
        self.server.post(self.token, {"version": 2, "sequenceNumber": 1, "responses": [{"commandId": command, "result": 1}]})


if __name__ == "__main__":
    unittest.main()

"""The stove story from outside: on, nobody there, alert, the resident takes "Switch it off", the outlet obeys or is away."""

import json
import threading
import time
import unittest

from stove_kit import DEVICES, MINUTE, StoveKit
from whole_server import PASSWORD, Browser, wait_until


class StoveStory(StoveKit):
    def setUp(self):
        """Each story in a deployment and home of its own, in the clock of its data, beginning a day ago."""
        self.prefix = f"s{time.monotonic_ns()}-"
        self.deployment, self.location = self.server.home("events", deployment=self.prefix)
        self.token = self.server.gateway(self.location, self.prefix, DEVICES)
        self.at = int(time.time() * 1000) - 24 * 60 * MINUTE
        self.server.deploy(self.deployment, self.source, "Stove")
        time.sleep(2)  # Composer takes the home up within a second

    def now(self, minutes, **values):
        """The data's time goes on, then these values are posted; devices by their short names."""
        self.at += int(minutes * MINUTE)
        named = {self.prefix + key: value for key, value in values.items()}
        self.server.measure(self.token, self.at, **named)

    def turn_on_and_leave(self, stove="stove"):
        self.now(1, **{"kitchen:motion": 1})
        self.now(1, **{f"{stove}:power": 1450, f"{stove}:outletStatus": 1})
        self.now(1, **{"kitchen:motion": 0})
        self.now(0.1, **{"living:motion": 1})

    def resident(self):
        made = self.server.call("participant.create", deployment=self.deployment, language="en",
                                roles=[{"location": self.location, "role": "resident"}], name="Erna Muster")
        browser = Browser(self.server)
        browser.ask("/inbox/enrol", {"code": made["enrolmentCode"], "username": self.prefix, "password": PASSWORD})
        return browser

    def outlet(self, answers=True):
        """A gateway's long poll that obeys one command."""
        def obey():
            path = f"/deviceio/mljson?id={self.prefix}gateway&timeout=30"
            status, body, _ = self.server.http("GET", self.server.device_port, path, None,
                                               {"PPCAuthorization": f"esp token={self.token}"}, timeout=40)
            for command in json.loads(body)["commands"]:
                self.server.post(self.token, {"version": 2, "sequenceNumber": 1, "responses": [
                    {"commandId": command["commandId"], "result": 1}]})

        thread = threading.Thread(target=obey, daemon=True)
        thread.start()
        return thread

    def test_switched_off_from_the_residents_page(self):
        browser = self.resident()
        self.turn_on_and_leave()
        posted = time.monotonic()
        self.now(11, **{"living:motion": 1})
        alert = wait_until(lambda: browser.ask("/inbox/items")["alerts"], 10, "the alert on the page")[0]
        print(f"alert on the page after {time.monotonic() - posted:.2f} s")
        self.assertEqual(len(self.alerts()), 1)
        thread = self.outlet()
        time.sleep(0.3)
        browser.ask("/inbox/act", {"alert": alert["id"], "action": alert["actions"][0]["id"]})
        thread.join(20)

        def executed():
            shown = [one for one in browser.ask("/inbox/items")["alerts"] if one["id"] == alert["id"]]
            return shown and (shown[0]["command"] or {}).get("state") == "executed"

        wait_until(executed, 10, "executed on the page")
        commands = self.server.call("command.list", location=self.location)["items"]
        self.assertEqual([command["state"] for command in commands], ["executed"])

    def test_the_device_is_offline(self):
        browser = self.resident()
        self.turn_on_and_leave()
        self.now(11, **{"living:motion": 1})
        alert = wait_until(lambda: browser.ask("/inbox/items")["alerts"], 10, "the alert on the page")[0]
        browser.ask("/inbox/act", {"alert": alert["id"], "action": alert["actions"][0]["id"]})
        command = self.server.call("command.list", location=self.location)["items"][0]
        self.assertEqual(command["state"], "queued")
        ended = wait_until(lambda: (lambda one: one["state"] == "expired" and one)(
            self.server.call("command.get", id=command["id"])), 90, "expired")
        self.assertIsNone(ended["sentAt"], "the device was not reached")

    def test_a_meter_that_posts_every_minute_raises_one_alert(self):
        self.turn_on_and_leave()
        for _ in range(30):
            self.now(1, **{"stove:power": 1450})
        self.settle()
        self.assertEqual(len(self.alerts()), 1)

    def test_a_person_who_stands_in_the_kitchen_for_an_hour(self):
        self.now(1, **{"kitchen:motion": 1})
        self.now(1, **{"stove:power": 1450})
        for _ in range(60):
            self.now(1, **{"stove:power": 1450})
        self.settle()
        self.assertEqual(self.alerts(), [])

    def test_two_stoves_are_one_alert_with_an_action_each(self):
        self.turn_on_and_leave()
        self.now(0.1, **{"stove2:power": 900})
        self.now(11, **{"living:motion": 1})
        alerts = wait_until(self.alerts, 15, "the alert")
        self.settle()
        self.assertEqual(len(self.alerts()), 1)
        self.assertEqual(len(alerts[0]["actions"]), 2)

    def test_nothing_when_the_stove_goes_off_in_time(self):
        self.turn_on_and_leave()
        self.now(5, **{"stove:power": 0})
        self.now(30, **{"living:motion": 1})
        self.settle()
        self.assertEqual(self.alerts(), [])

    def test_again_after_it_was_resolved(self):
        self.turn_on_and_leave()
        self.now(11, **{"living:motion": 1})
        wait_until(lambda: len(self.alerts("open")) == 1, 15, "the first alert")
        self.now(1, **{"stove:power": 0, "stove:outletStatus": 0})  # power alone may be a thermostat
        wait_until(lambda: not self.alerts("open"), 15, "the alert's end")
        self.turn_on_and_leave()
        self.now(11, **{"living:motion": 1})
        wait_until(lambda: (len(self.alerts("open")), len(self.alerts())) == (1, 2), 15, "the second alert")

    def test_finding_F3_a_meter_that_sends_its_numbers_as_text(self):
        """A stove guard whose numbers are texts, and first `unavailable`: one alert, as with numbers."""
        for one in self.server.call("device.list", location=self.location)["items"]:
            if one["use"] == "stove":
                self.server.call("device.update", id=one["id"], type=20016)
        time.sleep(2)  # until the change is known where uploads come in
        self.now(1, **{"stove:power": "unavailable", "stove2:power": "0"})
        self.now(1, **{"kitchen:motion": 1})
        self.now(1, **{"stove:power": "1450", "stove:outletStatus": "on"})
        self.now(1, **{"kitchen:motion": 0})
        self.now(0.1, **{"living:motion": 1})
        self.now(11, **{"stove:power": "1450", "living:motion": 1})
        wait_until(lambda: len(self.alerts("open")) == 1, 15, "the alert")
        self.settle()
        self.assertEqual(len(self.alerts()), 1)


if __name__ == "__main__":
    unittest.main()

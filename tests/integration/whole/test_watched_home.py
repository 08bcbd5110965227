"""While a console follows a home's live data, the answers to its devices say CONT, and before and after it ACK."""

import time
import unittest

from console_channel import Console
from whole_server import WholeServer, wait_until


class WatchedHome(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(WholeServer())
        _, cls.home = cls.server.home()
        _, cls.other = cls.server.home()
        cls.token = cls.server.gateway(cls.home, "a-", [("stove", "stove", "kitchen")])
        cls.elsewhere = cls.server.gateway(cls.other, "b-", [])

    def said(self, token):
        """The word that an upload is answered with."""
        message = {"version": 2, "sequenceNumber": 1, "measures": [
            {"deviceId": "a-stove", "timestamp": int(time.time() * 1000), "params": [{"name": "power", "value": 7}]}]}
        status, answer = self.server.post(token, message if token == self.token else {"version": 2})
        self.assertEqual(status, 200)
        self.assertNotIn("rejected", answer)
        return answer["status"]

    def console(self):
        console = Console(self.server)
        self.addCleanup(console.close)
        console.call("session.resume", token=self.server.token)
        return console

    def test_devices_hear_that_somebody_follows_their_homes_live_data(self):
        self.assertEqual(self.said(self.token), "ACK")
        for topic in ("measurements", "timeline"):
            with self.subTest(topic=topic):
                console = self.console()
                subscription = console.call("subscribe", topic=topic, filter={"location": self.home})["subscription"]
                self.assertEqual((self.said(self.token), self.said(self.elsewhere)), ("CONT", "ACK"))
                console.call("unsubscribe", subscription=subscription)
                self.assertEqual(self.said(self.token), "ACK")

    def test_what_is_not_of_one_home_makes_no_difference(self):
        console = self.console()
        console.call("subscribe", topic="metrics")
        self.assertEqual(self.said(self.token), "ACK")

    def test_it_ends_with_the_last_console_that_looks(self):
        first, second = self.console(), self.console()
        for console in (first, second):
            console.call("subscribe", topic="measurements", filter={"location": self.home})
        first.close()
        time.sleep(0.2)
        self.assertEqual(self.said(self.token), "CONT")
        second.close()
        wait_until(lambda: self.said(self.token) == "ACK", what="ACK after the last console has gone")


if __name__ == "__main__":
    unittest.main()

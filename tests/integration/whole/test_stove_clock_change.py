"""The stove story with texts for numbers, late values and gaps, also where the clocks change: one alert, at its time."""

import time
import unittest
from datetime import datetime, timedelta

from stove_kit import DEVICES, MINUTE, StoveKit
from whole_server import wait_until

# Five minutes before the clocks of Berlin are put back and forward; in the hour that comes twice; on a plain day.
CLOCK_CHANGES = ("2026-10-25T00:55:00+00:00", "2026-03-29T00:55:00+00:00", "2026-10-25T01:30:00+00:00",
                 "2026-10-24T00:55:00+00:00")


class StoveOverAClockChange(StoveKit):
    """A stove guard in Berlin whose numbers are texts, some late, one `unavailable`: one alert, ten minutes after."""

    def begin_at(self, moment):
        """The home's data begins here, long before the server knew of it."""
        self.prefix = f"c{time.monotonic_ns()}-"
        self.deployment, self.location = self.server.home("events", deployment=self.prefix, time_zone="Europe/Berlin")
        self.began = datetime.fromisoformat(moment)
        self.at = self.minute(0)
        early = (self.began - timedelta(days=1)).isoformat().replace("+00:00", "Z")
        made = self.server.call("device.register", location=self.location, key=self.prefix + "gateway", token=True,
                                startDate=early)
        self.token = made["token"]
        for name, use, room in DEVICES:
            self.server.call("device.register", location=self.location, key=self.prefix + name, use=use, roomKind=room,
                             gateway=self.prefix + "gateway", token=False, startDate=early,
                             **({"type": 20016} if use else {}))
        self.server.deploy(self.deployment, self.source, "Stove")
        time.sleep(2)

    def minute(self, minutes):
        return int(self.began.timestamp() * 1000 + minutes * MINUTE)

    def post_at(self, minutes, **values):
        self.server.measure(self.token, self.minute(minutes), **{self.prefix + key: one for key, one in values.items()})

    def assert_one_alert_at(self, minutes):
        wait_until(self.alerts, 15, "the alert")
        self.settle()
        alerts = self.alerts()
        self.assertEqual(len(alerts), 1)
        told = datetime.fromisoformat(alerts[0]["at"].replace("Z", "+00:00"))
        self.assertEqual(told, self.began + timedelta(minutes=minutes))
        self.assertEqual((alerts[0]["timeZone"], alerts[0]["severity"]), ("Europe/Berlin", "urgent"))

    def test_finding_F15_texts_a_gap_and_late_values_are_one_alert_at_its_time(self):
        for moment in CLOCK_CHANGES:
            with self.subTest(moment):
                self.begin_at(moment)
                self.post_at(0, **{"kitchen:motion": 1})
                self.post_at(1, **{"stove:power": "1800", "stove:outletStatus": "On"})
                self.post_at(2, **{"kitchen:motion": 0})
                self.post_at(3, **{"stove:power": "unavailable"})
                self.post_at(9, **{"living:motion": 1})
                for late in (4, 5, 8):
                    self.post_at(late, **{"stove:power": " 1.8e3 "})
                self.post_at(11.5, **{"stove:power": "unknown"})
                self.post_at(13, **{"stove:power": "1800"})
                self.assert_one_alert_at(12)
                for later in range(14, 90, 5):
                    self.post_at(later, **{"stove:power": "1800"})
                self.assert_one_alert_at(12)

    def test_finding_F15_a_stove_whose_whole_story_came_late(self):
        """Its gateway was offline: the beginning is when it was, not when it was heard of."""
        for moment in CLOCK_CHANGES:
            with self.subTest(moment):
                self.begin_at(moment)
                self.post_at(9, **{"living:motion": 1})
                self.post_at(0, **{"kitchen:motion": 1})
                self.post_at(1, **{"stove:power": "1800"})
                self.post_at(2, **{"kitchen:motion": 0})
                self.post_at(13, **{"living:motion": 0})
                self.assert_one_alert_at(12)

    def test_finding_F15_late_values_in_any_order_are_judged_by_the_newest(self):
        self.begin_at(CLOCK_CHANGES[0])
        self.post_at(9, **{"living:motion": 1})
        self.post_at(2, **{"kitchen:motion": 0})
        self.post_at(1, **{"stove:power": "1800"})
        self.post_at(0, **{"kitchen:motion": 1})  # older than the newest: history
        self.post_at(13, **{"living:motion": 0})
        self.assert_one_alert_at(12)

    def test_finding_F15_switched_off_in_a_late_value_is_no_alert(self):
        self.begin_at(CLOCK_CHANGES[1])
        self.post_at(1, **{"stove:power": "1800", "stove:outletStatus": 1})
        self.post_at(9, **{"living:motion": 1})
        self.post_at(5, **{"stove:power": "0", "stove:outletStatus": "OFF"})
        for later in (15, 40, 75):
            self.post_at(later, **{"living:motion": 1})
        self.settle()
        self.assertEqual(self.alerts(), [])


if __name__ == "__main__":
    unittest.main()

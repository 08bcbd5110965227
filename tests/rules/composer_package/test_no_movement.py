"""The library's question in the morning, with what a file of measurements cannot say: answers, and values that come late."""
import json
import unittest

import kit

SCRIPT = kit.pathlib.Path(__file__).resolve().parents[3] / "rules/library/no_movement/script.py"
INSTALLED, SIGN, HOUR, ANSWERED, NO_ANSWER = range(5)
HOURS = 3600
ALERT, RESOLVE, ASK, CANCEL = 1, 2, 4, 7


class Morning(unittest.TestCase):
    def setUp(self):
        """From noon to the next day's ten, when the question is asked."""
        self.home = kit.Home(SCRIPT.read_text())
        self.assertEqual(self.home.faults, [])
        self.home.send(kind="installed", handler=INSTALLED)
        self.assertIn(ASK, self.kinds(kind="timer", name="hour", handler=HOUR, passed=22 * HOURS))

    def kinds(self, **sent):
        done = self.home.send(**sent)
        self.assertEqual(done["error"], "")
        self.state = json.loads(done["state"]) if done["state"] else {}
        return [kind for kind, _ in done["effects"]]

    def test_finding_C11_a_sign_ends_the_waiting(self):
        self.assertEqual(self.kinds(name="motion", device=2, handler=SIGN, passed=600, timers=("hour", "answer")), [CANCEL, RESOLVE])

    def test_finding_C11_a_sign_from_the_night_that_comes_late_does_not(self):
        late = dict(name="motion", device=2, handler=SIGN, passed=600, ago=6 * HOURS, late=True, timers=("hour", "answer"))
        self.assertEqual(self.kinds(**late), [])
        self.assertEqual(self.kinds(kind="timer", name="answer", handler=NO_ANSWER, passed=50 * 60, timers=("hour",)), [ALERT])
        self.assertEqual(self.kinds(**(late | {"ago": 2 * HOURS})), [CANCEL, RESOLVE])  # at nine: that counts

    def test_finding_C11_who_asked_for_help_may_move(self):
        answer = dict(kind="question_answered", name="fine", device=0, handler=ANSWERED, timers=("hour",))
        self.assertIn(ALERT, self.kinds(data='{"answer":"no"}', **answer))
        self.assertNotIn(RESOLVE, self.kinds(name="motion", device=2, handler=SIGN, timers=("hour",)))
        self.assertIn(RESOLVE, self.kinds(data='{"answer":"yes"}', **answer))

    def test_finding_C11_an_hour_that_is_not_later_is_on_the_day_after(self):
        for begin, end, passed in [("22:00", "00:30", 25 * HOURS + 1800), ("11:00", "10:00", 22 * HOURS), ("10:00", "10:00", 22 * HOURS)]:
            for seen in (False, True):
                with self.subTest((begin, end, seen)):
                    self.home = kit.Home(SCRIPT.read_text(), parameters=json.dumps({"from_time": begin, "by_time": end, "patience": 60}))
                    self.kinds(kind="installed", handler=INSTALLED)
                    # At noon; the day after next where signs of the night before noon would not count.
                    days = passed + 24 * HOURS
                    before = HOURS // 2 if end == "00:30" else 12 * HOURS
                    if seen:
                        self.kinds(name="motion", device=2, handler=SIGN, passed=days - before, timers=("hour",))
                    asked = ASK in self.kinds(kind="timer", name="hour", handler=HOUR, passed=before if seen else days)
                    self.assertEqual(asked, not seen)


if __name__ == "__main__":
    unittest.main()

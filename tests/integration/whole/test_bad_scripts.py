"""Scripts that loop, allocate, import or flood: each is stopped with its reason shown, and the others keep their pace."""

import time
import unittest

from whole_server import ApiError, WholeServer, wait_until

HEAD = "from composer import app, on\napp(title={title!r}, reads={{'power': 'to count'}}, notifies=['resident'])\n"
COUNTER = HEAD.format(title="Counter") + """
@on.measurement("power")
def count(home, event):
    home.state["n"] = home.state.get("n", 0) + 1
    home.set_fact("count", home.state["n"])
"""
LOOP = HEAD.format(title="Loop") + """
@on.measurement("power")
def spin(home, event):
    while True:
        pass
"""
GREEDY = HEAD.format(title="Greedy") + """
@on.measurement("power")
def grow(home, event):
    all = []
    while True:
        all.append("x" * 1000000)
"""
FLOOD = HEAD.format(title="Flood") + """
@on.measurement("power")
def shout(home, event):
    home.resolve_alert("flood")
    home.alert("flood", text="again", severity="normal", to=["resident"])
"""


class BadScripts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(WholeServer())

    def setUp(self):
        self.prefix = f"b{time.monotonic_ns()}-"
        self.deployment, self.location = self.server.home(deployment=self.prefix)
        self.token = self.server.gateway(self.location, self.prefix, [("meter", "", "kitchen")])
        self.counted = 0
        self.server.deploy(self.deployment, COUNTER, "Counter")

    def post(self, times, pause=0.0):
        for _ in range(times):
            self.server.measure(self.token, int(time.time() * 1000), **{f"{self.prefix}meter:power": self.counted})
            self.counted += 1
            time.sleep(pause)

    def count(self):
        values = self.server.sql("SELECT COALESCE(max(m.number), 0) FROM measurement m JOIN stream s ON s.id = m.stream_id "
                                 f"WHERE s.location_id = {self.location} AND s.name = 'syn.count'")
        return float(values)

    def runs(self, script):
        return self.server.call("script.runs", id=script, limit=200)["items"]

    def status(self, script):
        return self.server.call("script.get", id=script)["instances"][0]

    def stopped(self, source, name, statuses):
        script = self.server.deploy(self.deployment, source, name)
        time.sleep(2)
        started = time.monotonic()
        self.post(8, 0.2)
        wait_until(lambda: self.count() >= 8, 10, "the other script's pace")
        print(f"{name}: the counter had all 8 after {time.monotonic() - started:.1f} s")
        wait_until(lambda: self.status(script)["status"] == "paused-by-errors", 60, "the pause")
        self.assertTrue(self.status(script)["detail"])
        self.assertTrue({run["status"] for run in self.runs(script)} & statuses, self.runs(script)[:2])
        self.post(3)
        wait_until(lambda: self.count() >= 11, 10, "the other script's pace afterwards")

    def test_an_endless_loop_is_paused(self):
        self.stopped(LOOP, "Loop", {"timeout", "killed"})

    def test_endless_memory_is_paused(self):
        self.stopped(GREEDY, "Greedy", {"memory", "killed", "error"})

    def test_an_import_is_refused_with_its_line(self):
        source = "import os\n" + COUNTER
        fault = self.server.call("script.check", source=source)["faults"][0]
        self.assertEqual(fault["line"], 1)
        self.assertIn("'os' cannot be imported here", fault["message"])
        script = self.server.call("script.create", deployment=self.deployment, name="Import", source=source)["id"]
        with self.assertRaises(ApiError) as refused:
            self.server.call("script.deploy", id=script, locations=None, mode="live")
        self.assertEqual(refused.exception.code, "script-refused")

    def test_a_flood_of_alerts_is_held_back(self):
        script = self.server.deploy(self.deployment, FLOOD, "Flood")
        time.sleep(2)
        self.post(40)
        wait_until(lambda: self.count() >= 40, 20, "the other script's pace")
        wait_until(lambda: len([run for run in self.runs(script) if any(
            effect["refused"] and effect["kind"] == "alert" for effect in run["effects"])]) >= 20, 20, "held back")
        alerts = [alert for alert in self.server.call("alert.list", location=self.location, state="all")["items"]
                  if alert["key"] == "flood"]
        self.assertEqual(len(alerts), 20)


if __name__ == "__main__":
    unittest.main()

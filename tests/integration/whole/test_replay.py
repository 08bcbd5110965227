"""Whole homes through the device protocol, once, again, and with the server and PostgreSQL killed: days that cohort-sim
records, and two real weeks where they lie beside the project."""

import json
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from whole_server import BIN, DATA, SOURCE, Home, WholeServer, simulated_home, wait_until


class Replay:
    """What holds for every home; `home` and `rows` are the case's."""

    def setUp(self):
        self.server = self.enterContext(WholeServer())

    def replay_command(self, location, prefix, *more):
        return self.server.replay_command(self.home, location, prefix, *more)

    def replay(self, location, prefix, *more):
        done = subprocess.run(self.replay_command(location, prefix, *more), capture_output=True, text=True, timeout=240)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout.splitlines()[-1])

    def stored(self, location):
        return int(self.server.sql("SELECT count(*) FROM measurement m JOIN stream s ON s.id = m.stream_id "
                                   f"WHERE s.location_id = {location} AND s.script_id IS NULL"))

    def install(self, deployment):
        source = (SOURCE / "rules/library/night_bathroom/script.py").read_text()
        return self.server.deploy(deployment, source, "Bathroom")

    def settled_facts(self, location):
        """The facts, when Composer has come to the end: no new ones for a while."""
        seen = []

        def is_settled():
            now = self.server.facts(location)
            seen.append(len(now))
            return len(seen) > 20 and len(set(seen[-20:])) == 1 and seen[-1] > 0

        wait_until(is_settled, 60, "settled facts")
        return self.server.facts(location)

    def test_all_rows_once_and_again(self):
        deployment, location = self.server.home("events")
        self.install(deployment)
        report = self.replay(location, "a-")
        self.assertEqual((report["rows"], report["acknowledged"], report["rejected"]), (self.rows, self.rows, 0))
        self.assertEqual(self.stored(location), self.rows)
        facts = self.settled_facts(location)
        self.replay(location, "a-")
        self.assertEqual(self.stored(location), self.rows)
        time.sleep(2)
        self.assertEqual(self.server.facts(location), facts, "a resend makes no facts")
        _, other = self.server.home("events")
        self.replay(other, "b-", "--in-flight", "1", "--measures", "1")
        self.assertEqual(self.settled_facts(other), facts, "the same facts in another location")
        self.compare_with_script_tool(facts)

    def compare_with_script_tool(self, facts):
        done = subprocess.run([BIN / "cohort-script", "run", SOURCE / "rules/library/night_bathroom/script.py", "--devices",
                               self.home.devices, "--data", self.home.data, "--timezone", "Europe/Madrid", "--json"],
                              capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        effects = [json.loads(line) for line in done.stdout.splitlines()]
        alone = [(effect["time"], effect["name"]) for effect in effects if effect["kind"] == "set_fact"]
        self.assertEqual(len(alone), len(facts))
        self.assertEqual(self.utc(time for time, _ in alone), self.utc(time for time, _, _ in facts))

    @staticmethod
    def utc(times):
        from datetime import datetime, timezone
        return sorted(datetime.fromisoformat(time.replace("Z", "+00:00")).astimezone(timezone.utc) for time in times)

    def interrupted(self, kill):
        deployment, location = self.server.home("events")
        self.install(deployment)
        command = self.replay_command(location, "k-", "--in-flight", "1", "--measures", "1")
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        wait_until(lambda: self.stored_or_zero(location) > self.rows // 4, 180, "a quarter of the replay")
        kill()
        output, _ = process.communicate(timeout=240)
        self.assertEqual(process.returncode, 0)
        self.assertEqual(json.loads(output.splitlines()[-1])["acknowledged"], self.rows)
        self.assertEqual(self.stored(location), self.rows)
        facts = self.settled_facts(location)
        _, calm = self.server.home("events")
        self.replay(calm, "c-")
        self.assertEqual(self.settled_facts(calm), facts, "interrupted or not, the same facts")

    def stored_or_zero(self, location):
        try:
            return self.stored(location)
        except subprocess.CalledProcessError:
            return 0

    def test_survives_a_killed_server(self):
        def kill():
            self.server.kill()
            self.server.start()

        self.interrupted(kill)

    def test_survives_a_killed_postgres(self):
        self.interrupted(self.server.kill_postgres)


class SimulatedHome(Replay, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = simulated_home(cls.enterClassContext(tempfile.TemporaryDirectory()), days=1)
        cls.rows = len(Path(cls.home.data).read_text().splitlines()) - 1


@unittest.skipUnless(DATA.exists(), "the recorded home is not beside the project (../shared/data)")
class RecordedHome(Replay, unittest.TestCase):
    home = Home(DATA / "home-a-devices.csv", DATA / "home-a.csv")
    rows = 818


if __name__ == "__main__":
    unittest.main()

"""Every command of every README, pasted as it stands: in a folder that looks like a checkout, with nothing beside it.

Only what a machine cannot have twice is changed: ports, folders under /tmp. Left out, and named below with the reason: what
installs packages or opens a window. A new block of commands is run, or named there.
"""

import os
import re
import signal
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

from whole_server import BIN, PASSWORD, SOURCE, WholeServer, free_port, wait_until

BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.S | re.M)
SECONDS = 110  # for the commands of one README
# A line that begins like this is not run: why.
LEFT_OUT = {
    "packaging/": "installs packages and builds",
    "build/dev/bin/cohort-console --server": "opens a window",
}


def readmes():
    listing = subprocess.run(["git", "-C", SOURCE, "ls-files", "*.md"], capture_output=True, text=True, check=False).stdout
    names = listing.splitlines() or [str(path.relative_to(SOURCE)) for path in SOURCE.glob("[!b]*/README.md")] + ["README.md"]
    return [Path(name) for name in names]


def commands_of(readme):
    """The text of the README's blocks without the lines that are left out; empty when there are none."""
    blocks = BLOCK.findall((SOURCE / readme).read_text())
    lines = [line for block in blocks for line in block.splitlines() if not line.startswith(tuple(LEFT_OUT))]
    return "\n".join(lines) + "\n" if lines else ""


class Checkout:
    """A folder with the tree's files, the built programs, and nothing beside it."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="cohort-test-"))
        self.folder.chmod(0o755)
        self.root = self.folder / "cohort"
        (self.root / "build/dev").mkdir(parents=True)
        (self.root / "build/dev/bin").symlink_to(BIN)
        for entry in SOURCE.iterdir():
            if entry.name != "build":
                (self.root / entry.name).symlink_to(entry)
        self.api_port, self.device_port = free_port(), free_port()

    def adapted(self, text):
        listen = f"serve --api-listen 127.0.0.1:{self.api_port} --deviceio-listen 127.0.0.1:{self.device_port}"
        return text.replace("cohort-server serve", "cohort-server " + listen).replace("8460", str(self.api_port)) \
            .replace("8461", str(self.device_port)).replace("/tmp/", f"{self.folder}/")

    def run(self, text):
        """The commands' output, standard error with it. All that they started ends with them."""
        with open(self.folder / "output", "w+") as output:
            process = subprocess.Popen(["bash", "-euo", "pipefail", "-c", self.adapted(text)], cwd=self.root, stdout=output,
                                       stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
                                       env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
            try:
                code = process.wait(SECONDS)
            finally:
                self.end(process.pid)
        shown = (self.folder / "output").read_text()
        if code != 0:
            raise AssertionError(f"exit code {code}:\n{shown[-4000:]}")
        return shown

    @staticmethod
    def end(group):
        try:
            os.killpg(group, signal.SIGTERM)
            wait_until(lambda: not Checkout.lives(group), 40, "the end of what the commands started")
        except ProcessLookupError:
            pass

    @staticmethod
    def lives(group):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        return True

    def remove(self):
        subprocess.run(["rm", "-rf", self.folder], check=False)


class Readmes(unittest.TestCase):
    def setUp(self):
        self.checkout = Checkout()
        self.addCleanup(self.checkout.remove)

    def test_none_is_forgotten(self):
        tested = {Path(name) for name in ("README.md", "server/README.md", "rules/README.md", "console/README.md")}
        self.assertEqual({readme for readme in readmes() if commands_of(readme)}, tested)

    def test_what_is_left_out_is_there(self):
        text = "".join((SOURCE / readme).read_text() for readme in readmes())
        for start in LEFT_OUT:
            self.assertIn("\n" + start, text)

    def test_nothing_needs_a_folder_beside_the_checkout(self):
        for readme in readmes():
            for block in BLOCK.findall((SOURCE / readme).read_text()):
                self.assertNotRegex(block, r"(^|[\s=])\.\./", readme)

    def test_the_first_page(self):
        """With the demo running, as the page says, and an operator who sends a command from the console."""
        with WholeServer() as server:
            self.checkout.api_port, self.checkout.device_port = server.api_port, server.device_port
            server.add_operator("demo@cohort.example", "admin")
            demo = self.checkout.root / "build/demo"
            demo.mkdir()
            (demo / "demo-operator.password").write_text(PASSWORD)
            subprocess.run([BIN / "cohort-sim", "homes", "--server", f"http://127.0.0.1:{server.api_port}", "--user",
                            "demo@cohort.example", "--password-file", demo / "demo-operator.password", "--homes", "1",
                            "--seconds", "1"], check=True, capture_output=True, timeout=60)
            sender = threading.Thread(target=self.send_a_command, args=(server,))
            sender.start()
            shown = self.checkout.run(commands_of("README.md"))
            sender.join()
        self.assertIn('"ACK"', shown)
        self.assertRegex(shown, r'"commands":\[.*"lightStatus"')
        self.assertRegex(shown, r"2026-11-22T19:30:00\S* +alert")
        self.assertIn("night_visits", shown)

    def send_a_command(self, server):
        def device():
            known = server.call("device.list", location=1)["items"]
            return next((one["id"] for one in known if one["key"] == "my-first-device"), None)

        found = wait_until(device, 60, "the device of the page")
        server.call("device.command", id=found, parameters=[{"name": "lightStatus", "value": 1}])

    def test_the_servers_page(self):
        shown = self.checkout.run(commands_of("server/README.md"))
        self.assertIn("OK", shown)
        self.assertIn("operator 1: me@example.org", shown)
        self.assertIn("location.list", shown)
        self.assertIn("# TYPE cohort_", shown)
        reply = next(line for line in shown.splitlines() if '"ACK"' in line)
        self.assertNotIn("rejected", reply)

    def test_the_rules_page(self):
        shown = self.checkout.run(commands_of("rules/README.md"))
        self.assertIn("night_visits", shown)

    def test_the_consoles_page(self):
        shown = self.checkout.run(commands_of("console/README.md"))
        self.assertIn("--screenshot", shown)

    def test_a_command_that_fails_is_seen(self):
        with self.assertRaisesRegex(AssertionError, "exit code 1"):
            self.checkout.run("false\necho behind\n")


if __name__ == "__main__":
    unittest.main()

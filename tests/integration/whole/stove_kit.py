"""What the stories of the stove have in common: a server, the library's rule, the home's devices."""

import time
import unittest

from whole_server import SOURCE, WholeServer

MINUTE = 60_000
DEVICES = [("stove", "stove", "kitchen"), ("stove2", "stove", "kitchen"), ("kitchen", "", "kitchen"),
           ("living", "", "living")]


class StoveKit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(WholeServer())
        cls.source = (SOURCE / "rules/library/stove_unattended/script.py").read_text()

    def alerts(self, state="all"):
        return self.server.call("alert.list", location=self.location, state=state)["items"]

    def settle(self):
        """Composer has come to the end of what was posted: a marker's fact would do; runs are quick."""
        time.sleep(1.5)

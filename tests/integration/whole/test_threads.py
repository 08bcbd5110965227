"""server/THREADS.md and a running server: the names of its threads, both ways, and the order in which its parts stop."""

import pathlib
import re
import sys
import unittest

from whole_server import SOURCE, WholeServer, wait_until

sys.path.insert(0, str(SOURCE / "tests/layout"))
import threads_page  # noqa: E402

PAGE = (SOURCE / threads_page.PAGE).read_text()


class Threads(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(WholeServer(["--io-threads", "2"]))

    def running(self):
        """The names of all threads now; those of a series without their numbers."""
        names = [task.read_text().strip() for task in pathlib.Path(f"/proc/{self.server.process.pid}/task").glob("*/comm")]
        return {re.sub(r"-\d+$", "-N", name) for name in names}

    def test_a_running_server_has_these_threads_and_no_others_and_stops_in_this_order(self):
        said = {name for _, name in threads_page.names_of(PAGE)}
        wait_until(lambda: said <= self.running(), 20, f"all of {sorted(said)}")
        self.assertEqual(self.running() - said, set(), f"threads that {threads_page.PAGE} does not name")

        self.server.process.terminate()
        self.assertEqual(self.server.process.wait(40), 0)
        log = (self.server.folder / "server.log").read_text()
        steps = [word for _, word in threads_page.stop_order(PAGE)]
        self.assertEqual(re.findall(r" stopping part=([\w-]+)", log), steps)
        self.assertLess(log.rindex(f"part={steps[-1]}"), log.rindex(" stopped"))


if __name__ == "__main__":
    unittest.main()

"""The planted faults fit the tree, and planting one leaves the tree as it was, whatever the build and the tests do."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import mutate  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
FAULT = mutate.Fault(1, "app", "what", "server/app/a.cpp", "a < b", "a <= b")
TESTS = ["tst_server_app_options", "tst_server_sim_resident", "whole_threads"]


class Faults(unittest.TestCase):
    def test_each_has_tests_that_should_notice(self):
        for fault in mutate.all_faults():
            self.assertIn(str(Path(fault.file).parent), mutate.TESTS, fault.what)

    def test_each_stands_once_and_changes_something(self):
        for fault in mutate.all_faults():
            with self.subTest(number=fault.number, what=fault.what):
                text = (ROOT / fault.file).read_text()
                self.assertNotEqual(mutate.plant(text, fault), text)

    def test_sixty_ten_or_more_in_each_of_five_areas(self):
        self.assertEqual(len(mutate.all_faults()), 60)
        self.assertEqual(len(mutate.FAULTS), 5)
        for area, faults in mutate.FAULTS.items():
            self.assertGreaterEqual(len(faults), 10, area)


class Outcome(unittest.TestCase):
    def setUp(self):
        self.root = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.file = self.root / FAULT.file
        self.file.parent.mkdir(parents=True)
        self.file.write_text("if (a < b)\n")
        self.commands, self.seen = [], []

    def run_with(self, *answers):
        given = iter(answers)

        def run(command):
            self.commands.append(command)
            self.seen.append(self.file.read_text())
            answer = next(given)
            if isinstance(answer, BaseException):
                raise answer
            return answer

        try:
            return mutate.outcome(self.root, Path("/build"), FAULT, TESTS, run)
        finally:
            self.assertEqual(self.file.read_text(), "if (a < b)\n")

    def test_a_red_test_kills_and_a_green_one_does_not(self):
        self.assertEqual(self.run_with(True, False), "killed")
        self.assertEqual(self.seen, ["if (a <= b)\n"] * 2)
        self.assertEqual(self.run_with(True, True, True, False), "killed")
        self.assertEqual(self.run_with(True, True, True, True), "survived")

    def test_only_its_folders_tests_are_built_and_run_the_quick_ones_first(self):
        self.run_with(True, True, True, True)
        self.assertEqual([command[4:] for command in self.commands[::2]], [["tst_server_app_options"], mutate.PROGRAMS])
        self.assertEqual([command[-1] for command in self.commands[1::2]], ["^(tst_server_app_options)$", "^(whole_threads)$"])

    def test_what_does_not_compile_or_end_kills_nothing(self):
        self.assertEqual(self.run_with(False), "stillborn")
        self.assertEqual(self.run_with(True, subprocess.TimeoutExpired("ctest", 1)), "unknown")
        self.assertEqual(mutate.outcome(self.root, Path("/build"), FAULT, ["tst_server_sim_resident"]), "unknown")

    def test_a_crash_of_the_run_leaves_the_file_whole(self):
        with self.assertRaises(KeyboardInterrupt):
            self.run_with(KeyboardInterrupt())

    def test_a_place_that_is_not_there_once_is_named(self):
        self.file.write_text("a < b; a < b;\n")
        with self.assertRaisesRegex(ValueError, "2 times"):
            mutate.outcome(self.root, Path("/build"), FAULT, TESTS, lambda command: True)


if __name__ == "__main__":
    unittest.main()

"""Faults stand at what is meant by them: the argument, the name inside a class, a lambda or a function."""
import unittest

import kit

HEAD = "from composer import app, on\n"
APP = "app(title='T', reads=['power'])\n"
LOOK = "@on.installed()\ndef look(home, event): pass\n"
DEQUE = "from collections import deque\n"


class Places(unittest.TestCase):
    def said(self, body, line, column, wanted):
        found, _ = kit.runtime().check(HEAD + APP + body, {})
        self.assertTrue(found, "nothing was said")
        self.assertEqual(found[0][:3], ("script", line, column), found[0])
        self.assertIn(wanted, found[0][3])

    def test_finding_C8_what_is_kept_stands_where_it_was_made(self):
        for body, line, column, wanted in [
                ("class Outer:\n    class Inner:\n        a = 1\n        b = deque()\n", 7, 9, "'Outer.Inner.b' is a deque"),
                ("pick = lambda a, kept=deque(): a\n", 4, 23, "'pick.kept' is a deque"),
                ("def make():\n    kept = deque()\n    return lambda: kept\nadd = make()\n", 5, 5, "'kept' is a deque"),
                # Two functions have the name: which one cannot be seen, so it stays with what holds it.
                ("def other():\n    kept = 1\ndef make():\n    kept = deque()\n    return lambda: kept\nadd = make()\n", 9, 1,
                 "'kept' is a deque")]:
            with self.subTest(body):
                self.said(DEQUE + body + LOOK, line, column, wanted)

    def test_finding_C8_a_name_that_is_not_covered_stands_at_its_argument(self):
        self.said("@on.measurement('power')\nasync def look(home, event):\n    await home.history(event.device,\n"
                  "                       name='motion')\n", 6, 29, "'motion' is not covered")
        self.said("@on.installed()\ndef look(home, event):\n    return [one.latest('motion') for one in home.devices()]\n", 5, 24,
                  "'motion' is not covered")

    def test_finding_G10_what_a_module_does_not_have_is_not_there_by_getattr_either(self):
        start = "import composer\nimport math as m\n@on.installed()\ndef look(home, event):\n    "
        self.said(start + "getattr(composer, 'model')('m')\n", 7, 23, "'model' cannot be used yet")
        self.said(start + "getattr(m, 'sqr')(2)\n", 7, 16, "'math' has no 'sqr' here; did you mean 'sqrt'?")
        for fine in ("getattr(m, 'sqr', None)", "getattr(m, 'sqrt')(2)", "getattr(home, 'id')", "getattr(m, event.name)"):
            with self.subTest(fine):
                self.assertEqual(kit.runtime().check(HEAD + APP + start + fine + "\n", {})[0], [])


if __name__ == "__main__":
    unittest.main()

"""What is accepted anywhere has an effect: every operation, parameter, option, trigger, call of scripts, topic and state.

The names come from the tables themselves (walk/names.py); for each stands a function that does it and looks from outside what
came of it. A name for which nobody wrote one is red, and so is a word that answers could say and none ever said. The names are
compared in every run; doing all of it takes minutes and waits for COHORT_LONG.
"""

import json
import os
import unittest

from walk import commands, connections, devices, imports, options, people, places, programs, readings, scripts, servers  # noqa: F401
from walk import topics, triggers, undone  # noqa: F401
from walk.names import all_names
from walk.registry import SHOWN
from walk.words import REST
from walk.world import World, words_of
from whole_server import WholeServer


class Walk(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(WholeServer())
        cls.document = json.loads(cls.server.http("GET", cls.server.api_port, "/api/v1")[1])
        cls.world = World(cls.server, cls.document)

    def test_1_each_name_has_what_shows_its_effect(self):
        names = set(all_names(self.document))
        self.assertEqual(sorted(names - SHOWN.keys()), [], "accepted, and nothing shows an effect")
        self.assertEqual(sorted(SHOWN.keys() - names), [], "shown, and not accepted any more")

    @unittest.skipUnless(os.environ.get("COHORT_LONG"), "takes over two minutes: packaging/test.sh --long")
    def test_2_each_has_its_effect(self):
        functions = {}
        for name, function in SHOWN.items():
            functions.setdefault(function, []).append(name)
        for function, names in functions.items():
            with self.subTest(function=function.__name__, names=names):
                function(self.world)

    @unittest.skipUnless(os.environ.get("COHORT_LONG"), "needs what test_2 has done")
    def test_3_each_word_of_answers_has_been_said(self):
        for function in REST:
            with self.subTest(function=function.__name__):
                function(self.world)
        words = {word for schema in self.world.schemas.values() for word in words_of(schema)}
        self.assertEqual(sorted(words - self.world.said), [], "no state of the server says it")


if __name__ == "__main__":
    unittest.main(verbosity=2)

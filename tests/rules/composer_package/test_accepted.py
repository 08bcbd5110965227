"""Ordinary Python that people expect to work: accepted by the check, and doing what Python does."""
import pathlib
import unittest

import kit

STOVE = (pathlib.Path(__file__).parent / "stove.py").read_text()

# (body of a handler that puts what it found into home.state["x"], what it should be, what stands above)
ORDINARY = [
    ("home.state['x'] = [n * n for n in range(5) if n % 2]", [1, 9], ""),
    ("home.state['x'] = {k: v for k, v in zip('ab', [1, 2])}", {"a": 1, "b": 2}, ""),
    ("home.state['x'] = sorted({len(w) for w in ['a', 'bb', 'cc']})", [1, 2], ""),
    ("home.state['x'] = sum(x for x in gen(4))", 6, "def gen(n):\n    yield from range(n)"),
    ("home.state['x'] = f'{event.value:.1f} {event.name!r} {\"a\":>3}'", "1.0 'power'   a", ""),
    ("home.state['x'] = '{:>5}|{name}'.format('ab', name='n')", "   ab|n", ""),
    ("home.state['x'] = '%s-%03d' % ('a', 7)", "a-007", ""),
    ("try:\n    {}['x']\nexcept (KeyError, ValueError) as error:\n    home.state['x'] = error.args[0]\n"
     "else:\n    pass\nfinally:\n    home.state['y'] = 1", "x", ""),
    ("try:\n    raise Own('why') from None\nexcept Own as error:\n    home.state['x'] = str(error)", "why",
     "class Own(Exception):\n    pass"),
    ("_, second, *rest = [1, 2, 3, 4]\nhome.state['x'] = [second, rest]", [2, [3, 4]], ""),
    ("home.state['x'] = _helper(2)", 4, "def _helper(n):\n    return n * 2"),
    ("home.state['x'] = (lambda a, *b, c=3, **d: a + sum(b) + c + d['e'])(1, 2, e=4)", 10, ""),
    ("if (n := 10) > 5:\n    home.state['x'] = n", 10, ""),
    ("match event.name:\n    case 'power' | 'motion':\n        home.state['x'] = 1\n    case _:\n        pass", 1, ""),
    ("match [1, 2, 3]:\n    case [first, *others] if first == 1:\n        home.state['x'] = others", [2, 3], ""),
    ("match {'a': 1, 'b': 2}:\n    case {'a': 1, **rest}:\n        home.state['x'] = rest", {"b": 2}, ""),
    ("c = Counted(3)\nc.add(4)\nhome.state['x'] = [c.n, len(c), str(c), c.double, Counted.zero().n, c == Counted(7)]",
     [7, 7, "c7", 14, 0, True], '''
class Counted:
    """A simple class."""
    kind = "c"
    def __init__(self, n):
        self.n = n
    def add(self, more):
        self.n += more
    def __len__(self):
        return self.n
    def __str__(self):
        return self.kind + str(self.n)
    def __eq__(self, other):
        return isinstance(other, Counted) and self.n == other.n
    @property
    def double(self):
        return self.n * 2
    @classmethod
    def zero(cls):
        return cls(0)
    @staticmethod
    def one():
        return 1'''),
    ("home.state['x'] = Lower(2).total()", 5, "class Upper:\n    def __init__(self, n):\n        self.n = n\n"
     "    def total(self):\n        return self.n\nclass Lower(Upper):\n    def __init__(self, n):\n"
     "        super().__init__(n + 1)\n        self.m = 2\n    def total(self):\n        return super().total() + self.m"),
    ("p = Point(1)\nq = replace(p, y=5)\nhome.state['x'] = [p.x, q.y, p == Point(1), repr(p), asdict(q), p.tags]",
     [1, 5, True, "Point(x=1, y=2, tags=[])", {"x": 1, "y": 5, "tags": []}, []],
     "from dataclasses import dataclass, field, asdict, replace\n@dataclass\nclass Point:\n    x: int\n    y: int = 2\n"
     "    tags: list = field(default_factory=list)"),
    ("a, b = V(1), V(2)\nhome.state['x'] = [a < b, a >= b]", [True, False],
     "from dataclasses import dataclass\n@dataclass(frozen=True, order=True)\nclass V:\n    n: 'int'"),
    ("home.state['x'] = [Colour.RED.value, Colour('g').name, [c.name for c in Colour]]", ["r", "GREEN", ["RED", "GREEN"]],
     "from enum import Enum\nclass Colour(Enum):\n    RED = 'r'\n    GREEN = 'g'"),
    ("home.state['x'] = [int(Level.HIGH), Level.LOW < Level.HIGH]", [2, True],
     "import enum\nclass Level(enum.IntEnum):\n    LOW = 1\n    HIGH = enum.auto()"),
    ("p = Pair(1, b=2)\nhome.state['x'] = [p.a, p.b, list(p)]", [1, 2, [1, 2]],
     "from collections import namedtuple\nPair = namedtuple('Pair', 'a b')"),
    ("p = Pair(1)\nhome.state['x'] = [p.a, p.b]", [1, 5],
     "from typing import NamedTuple\nclass Pair(NamedTuple):\n    a: int\n    b: int = 5"),
    ("home.state['x'] = [math.floor(2.5), round(math.pi, 2)]", [2, 3.14], "import math"),
    ("home.state['x'] = [statistics.mean([1, 2, 3]), statistics.median([1, 5, 2]), stdev([2, 2])]", [2, 2, 0.0],
     "import statistics\nfrom statistics import stdev"),
    ("home.state['x'] = (home.now - timedelta(minutes=5)).strftime('%H:%M')", "11:55", "from datetime import timedelta"),
    ("home.state['x'] = datetime.strptime('2026-01-02', '%Y-%m-%d').date().isoformat()", "2026-01-02",
     "from datetime import datetime"),
    ("home.state['x'] = [isinstance(home.now, datetime), isinstance(home.now.date(), date), home.now.date() == "
     "date(2026, 1, 1), isinstance(date(2026, 1, 1) + timedelta(1), date)]", [True] * 4,
     "from datetime import datetime, date, timedelta"),
    ("home.state['x'] = home.now.astimezone(ZoneInfo('America/New_York')).hour", 6, "from zoneinfo import ZoneInfo"),
    ("home.state['x'] = dict(Counter('abca').most_common(1))", {"a": 2}, "from collections import Counter"),
    ("groups = defaultdict(list)\ngroups['a'].append(1)\nhome.state['x'] = dict(groups)", {"a": [1]},
     "from collections import defaultdict"),
    ("d = deque([1, 2, 3], maxlen=2)\nd.append(9)\nhome.state['x'] = list(d)", [3, 9], "from collections import deque"),
    ("home.state['x'] = [list(itertools.chain.from_iterable([[1], [2]])), list(itertools.pairwise('abc'))[0][1]]",
     [[1, 2], "b"], "import itertools"),
    ("home.state['x'] = functools.reduce(lambda a, b: a * b, [1, 2, 3]) + add(4)", 11,
     "import functools\nadd = functools.partial(lambda a, b: a + b, 1)"),
    ("home.state['x'] = [re.findall(r'\\d+', 'a1b22'), NUMBER.match('12').group(1)]", [["1", "22"], "1"],
     "import re\nNUMBER = re.compile(r'(?P<first>\\d)\\d')"),
    ("home.state['x'] = json.loads(json.dumps({'a': [1, None]}))", {"a": [1, None]}, "import json"),
    ("h = [3, 1, 2]\nheapq.heapify(h)\nheapq.heappush(h, 0)\nhome.state['x'] = [heapq.heappop(h), heapq.nlargest(1, h)]",
     [0, [3]], "import heapq"),
    ("home.state['x'] = bisect.bisect_left([1, 3, 5], 3)", 1, "import bisect"),
    ("home.state['x'] = [0 <= random.random() < 1, random.choice([7]), random.Random(1).randint(1, 6)]", [True, 7, 2],
     "import random"),
    ("home.state['x'] = [str(Decimal('1.10') + 1), str(Fraction(1, 3))]", ["2.10", "1/3"],
     "from decimal import Decimal\nfrom fractions import Fraction"),
    ("home.state['x'] = total([1, None])", 1, "from typing import Optional, List\n"
     "def total(values: List[Optional[int]], start: 'int | None' = 0) -> int:\n    return start + sum(v or 0 for v in values)"),
    ("home.state['x'] = LEVELS['high'] + LIMITS[0] + (5 in ALLOWED)", 12,
     "LEVELS = {'high': 10}\nLIMITS = [1, 2]\nALLOWED = {5}"),
    ("own = list(LIMITS)\nown.append(3)\nhome.state['x'] = own", [1, 2, 3], "LIMITS = [1, 2]"),
    ("home.state['x'] = twice(3)", 12, "import functools\ndef doubled(f):\n    @functools.wraps(f)\n    def inner(*a):\n"
     "        return 2 * f(*a)\n    return inner\n@doubled\ndef twice(n):\n    return n * 2"),
    ("home.state['x'] = [getattr(event, 'value'), hasattr(event, 'nothing'), getattr(event, 'nothing', 4)]",
     [1.0, False, 4], ""),
    ("with Held() as n:\n    home.state['x'] = n", 3, "class Held:\n    def __enter__(self):\n        return 3\n"
     "    def __exit__(self, kind, error, trace):\n        return False"),
    ("values = [1, 2, 3]\nvalues[0] = 9\ndel values[1]\nvalues[-1] += 1\nhome.state['x'] = values", [9, 4], ""),
    ("def inner():\n    nonlocal n\n    n += 1\nn = 1\ninner()\nhome.state['x'] = n", 2, ""),
    ("assert event.value == 1, 'wrong'\nwhile True:\n    break\nelse:\n    pass\nhome.state['x'] = 1 if True else 2", 1, ""),
    ("home.state['x'] = [bool(type(1) is int), type('a') == str, callable(len)]", [True] * 3, ""),
    ("home.state['x'] = ''.join(reversed('abc')).upper().center(5, '*')", "*CBA*", ""),
    ("def f(home: Home, event: Event) -> bool:\n    return isinstance(home, Home) and isinstance(event.device, Device)\n"
     "home.state['x'] = f(home, event)", True, "from composer import Home, Event, Device"),
    ("home.state['x'] = [composer.Minutes is Minutes]", [True], "import composer"),
    ("home.state['x'] = max([1, 5, 2], key=lambda v: -v)\nprint('x', 1, sep='-')", 1, ""),
    ("home.state['x'] = list(map(str.upper, ['a']))", ["A"], ""),
    ("total = 0\nfor at, value in enumerate([5, 6]):\n    total += at * value\nelse:\n    total += 1\n"
     "home.state['x'] = total", 7, ""),
]


class Accepted(unittest.TestCase):
    def test_the_stove_script_of_the_design(self):
        home = kit.Home(STOVE)
        self.assertEqual(home.faults, [])
        self.assertEqual(home.manifest["handlers"], ["look", "unattended"])
        self.assertEqual(home.manifest["parameters"]["patience"],
                         {"type": "minutes", "default": 10, "min": 1, "max": 120,
                          "help": "how long the kitchen may be empty"})
        kinds = {(trigger["kind"], trigger["name"]) for trigger in home.manifest["triggers"]}
        self.assertEqual(kinds, {("measurement", "power"), ("measurement", "motion"), ("timer", "unattended")})
        on = home.send(1200.0)
        self.assertEqual(on["effects"], [(6, {"name": "unattended", "after_ms": 600_000, "data": None})])
        asked = home.send(kind="timer", name="unattended", device=0, value=None, handler=1, changes=[(2, "motion", "", 0.0, 1, False)])
        self.assertEqual(asked["asked"][3:5], (1, "power"))
        done = home.answer(1, [1, 2], [0.0, None])
        (kind, alert), = done["effects"]
        self.assertEqual((kind, alert["key"], alert["severity"]), (1, "stove-on", "urgent"))
        self.assertEqual(alert["to"], [{"role": "resident", "after_ms": 0}, {"role": "caregiver", "after_ms": 300_000}])
        self.assertEqual(alert["actions"][0]["parameters"], [{"name": "outletStatus", "index": "", "value": 0}])

    def test_ordinary_python_is_accepted_and_works(self):
        for body, wanted, head in ORDINARY:
            with self.subTest(body):
                home = kit.Home(kit.script(body, head))
                self.assertEqual([fault[1:] for fault in home.faults], [])
                done = home.send()
                self.assertEqual(done["error"], "")
                self.assertEqual(kit.json.loads(done["state"])["x"], wanted)
                again = home.send()  # nothing is worn out by a run
                self.assertEqual((again["error"], again["state"]), ("", None))

    def test_helpers_are_modules_of_their_own(self):
        helpers = {"sums": "from . import numbers\nTWICE = 2\ndef double(n):\n    return n * TWICE + numbers.ZERO\n",
                   "numbers": "ZERO = 0\n"}
        home = kit.Home(kit.script("home.state['x'] = [sums.double(4), double(1), sums.TWICE]",
                                   "from . import sums\nfrom .sums import double"), helpers)
        self.assertEqual(home.faults, [])
        self.assertEqual(home.send()["state"], '{"x":[8,2,2]}')

    def test_helpers_that_import_each_other_are_refused(self):
        faults = kit.messages(kit.script("a.x", "from . import a"), {"a": "from . import b\nx = 1", "b": "from . import a"})
        self.assertIn("imports itself", faults[0])


if __name__ == "__main__":
    unittest.main()

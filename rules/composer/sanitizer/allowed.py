"""The allow-lists: nodes of the syntax tree, methods with a meaning, attributes."""
import ast
import datetime
import decimal
import fractions
import functools
import json
import random
import re
import statistics
import zoneinfo
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque

from composer import curated, declare, event, home, names, series

NODES = frozenset(getattr(ast, name) for name in (
    "Module Expr Assign AnnAssign AugAssign Delete Pass Break Continue Return If For While Try ExceptHandler Raise "
    "Assert With withitem Import ImportFrom alias FunctionDef AsyncFunctionDef ClassDef Lambda arguments arg Nonlocal "
    "Match match_case MatchValue MatchSingleton MatchSequence MatchMapping MatchStar MatchAs MatchOr "
    "BoolOp NamedExpr BinOp UnaryOp IfExp Dict Set List Tuple ListComp SetComp DictComp GeneratorExp comprehension "
    "Await Yield YieldFrom Compare Call keyword FormattedValue JoinedStr Constant Attribute Subscript Starred Name "
    "Slice Load Store Del And Or Add Sub Mult MatMult Div Mod Pow LShift RShift BitOr BitXor BitAnd FloorDiv Invert "
    "Not UAdd USub Eq NotEq Lt LtE Gt GtE Is IsNot In NotIn").split())

# What the others are, and what to do instead.
REFUSED_NODES = {
    ast.Global: "'global' cannot be used here: values that outlive a run belong in home.state",
    ast.AsyncFor: "'async for' cannot be used here: use 'for'",
    ast.AsyncWith: "'async with' cannot be used here: use 'with'",
    ast.TryStar: "'except*' cannot be used here: use 'except'",
    ast.MatchClass: "a class in a 'case' cannot be used here: match on literals, or use isinstance(…)",
}

METHODS = frozenset((
    "__init__ __post_init__ __repr__ __str__ __bool__ __len__ __iter__ __next__ __contains__ __reversed__ __call__ "
    "__getitem__ __setitem__ __delitem__ __missing__ __enter__ __exit__ __hash__ __eq__ __ne__ __lt__ __le__ __gt__ "
    "__ge__ __add__ __radd__ __iadd__ __sub__ __rsub__ __isub__ __mul__ __rmul__ __imul__ __truediv__ __rtruediv__ "
    "__itruediv__ __floordiv__ __rfloordiv__ __mod__ __rmod__ __divmod__ __pow__ __rpow__ __neg__ __pos__ __abs__ "
    "__invert__ __and__ __rand__ __iand__ __or__ __ror__ __ior__ __xor__ __rxor__ __lshift__ __rshift__ __int__ "
    "__float__ __index__ __round__ __floor__ __ceil__ __trunc__ __format__").split())

TRIGGERS = frozenset(name for name in dir(declare.On) if not name.startswith("_"))
DECORATORS = frozenset("on composer dataclass dataclasses property staticmethod classmethod functools wraps "
                       "total_ordering enum unique".split())

CHANGING = {
    "list": frozenset("append extend insert pop remove clear sort reverse".split()),
    "dict": frozenset("update setdefault pop popitem clear".split()),
    "set": frozenset("add discard remove pop clear update difference_update intersection_update "
                     "symmetric_difference_update".split()),
    "bytearray": frozenset("append extend insert pop remove clear reverse".split()),
}

_KINDS = (int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset, range, slice, property,
          StopIteration, json.JSONDecodeError, KeyError, UnicodeDecodeError, datetime.datetime, datetime.date,
          datetime.time, datetime.timedelta, datetime.timezone, zoneinfo.ZoneInfo, re.Pattern, re.Match,
          decimal.Decimal, fractions.Fraction, deque, Counter, OrderedDict, defaultdict, ChainMap,
          statistics.NormalDist, random.Random, functools.partial, type((lambda: (yield))()), home.Home, home.Device,
          home.Point, home.Room, event.Event, series.Series, curated.FieldInfo)


def _public(kind):
    return (name for name in dir(kind) if names.refused(name) is None)


ATTRIBUTES = frozenset(name for kind in _KINDS for name in _public(kind)) | {
    "name", "value", "setter", "getter", "deleter"} | TRIGGERS - {"format"}
API = frozenset(name for kind in (home.Home, home.Device, event.Event) for name in _public(kind))

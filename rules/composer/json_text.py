"""JSON as scripts' values are kept: only what comes back the same."""
import json
import math

from composer.errors import ScriptError


def _refuse(value):
    raise TypeError(f"a {type(value).__name__} is no JSON value: use dict, list, str, int, float, bool or None")


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_refuse)
# The encoder in C itself, made once: home.state goes through it after every run.
_pieces = json.encoder.c_make_encoder(
    None, _refuse, json.encoder.encode_basestring, None, ":", ",", False, False, False)
_DEEP = 200  # levels: less is no nesting that was too deep; the search for what contains itself goes down twice as far
decode = json.JSONDecoder().decode
_scan = json.JSONDecoder().scan_once  # for our own text, which has no white space around it


def encode(value, what):
    """Its text; ScriptError that names `what` when it is no JSON value."""
    try:
        text = _encode.encode(value)
        if "\\u0000" in text:
            raise ValueError("a text has a zero character")
        text.encode()
        return text
    except (TypeError, ValueError, RecursionError) as error:
        raise ScriptError(_said(value, what, error)) from None


def round_trip(value, what):
    """(text, the value as it comes back); ScriptError when it is not JSON or does not come back the same."""
    try:
        text = "".join(_pieces(value, 0))
        copy, _ = _scan(text, 0)
    except (TypeError, ValueError, RecursionError) as error:
        raise ScriptError(_said(value, what, error)) from None
    if copy != value:
        raise ScriptError(f"{what} would not come back the same: {difference(value, copy, what)}")
    if not text.isascii() or "\\u0000" in text:
        encode(value, what)
    return text, copy


def largest(value):
    """The key of a dict of JSON values that takes most room."""
    return max(value, key=lambda key: len(_encode.encode(value[key])))


def _said(value, what, error):
    """With the place in the value, where there is one."""
    knotted = isinstance(error, RecursionError) or "Circular" in str(error)
    try:
        found = _knot(value, what) if knotted else _fault_in(value, what)
    except RecursionError:  # the fault is deeper than the search
        found = _knot(value, what)
    return found or f"{what}: {_plain(error)}"


def _knot(value, what):
    """Where a value contains itself; else below which of its members it is nested deepest."""
    place, path, around, seen, under, most = [], [id(value)], {id(value)}, {id(value)}, None, _DEEP
    inner = [_members(value)]
    while inner:
        key, one = next(inner[-1], (None, None))
        if key is None:
            inner.pop()
            around.discard(path.pop())
            del place[-1:]
        elif id(one) in around:
            return f"{what}{''.join(place[-_DEEP:])}{key} contains itself: keep what is meant of it, without what holds it"
        elif isinstance(one, (dict, list, tuple)) and id(one) not in seen and len(place) < 2 * _DEEP:
            seen.add(id(one))
            place.append(key)
            path.append(id(one))
            around.add(id(one))
            inner.append(_members(one))
            if len(place) > most:
                most, under = len(place), place[0]
    return under and f"{what}{under} is nested too deep: keep it flatter"


def _members(value):
    """(where, member) of a dict or list; of others none."""
    if isinstance(value, dict):
        return ((f"[{key!r:.60}]", one) for key, one in value.items())
    return ((f"[{at}]", one) for at, one in enumerate(value)) if isinstance(value, (list, tuple)) else iter(())


def _fault_in(value, place):
    """The first place that is no JSON value, and what to do."""
    if value is None or isinstance(value, (bool, int)):
        return None
    if isinstance(value, str):
        return _fault_in_text(value, place)
    if isinstance(value, float):
        return None if math.isfinite(value) else f"{place} is not finite (nan or infinity): leave it out, or use None"
    if isinstance(value, dict):
        items = (pair for key, one in value.items() for pair in (
            (key if isinstance(key, str) else None, f"a key of {place}"), (one, f"{place}[{key!r:.60}]")))
    elif isinstance(value, (list, tuple)):
        items = ((one, f"{place}[{at}]") for at, one in enumerate(value))
    else:
        return f"{place} is a {type(value).__name__}, which is no JSON value: use dict, list, str, int, float, bool or None"
    for one, where in items:
        found = _fault_in(one, where)
        if found:
            return found
    return None


def _fault_in_text(text, place):
    if "\0" in text:
        return f"{place}: a text has a zero character"
    try:
        text.encode()
    except UnicodeError as error:
        return f"{place}: {_plain(error)}"
    return None


def _plain(error):
    if isinstance(error, RecursionError) or "Circular" in str(error):
        return "it contains itself or is nested too deep"
    if isinstance(error, UnicodeError):
        return "a text has a half of a surrogate pair"
    if "Out of range" in str(error):
        return "a number is not finite (nan or infinity)"
    return str(error)


def difference(value, copy, place):
    """The first place where they differ, and what to do."""
    if type(value) is tuple:
        return f"{place} is a tuple: use a list"
    if isinstance(value, dict):
        for key in value:
            if type(key) is not str:
                return f"{place} has the key {key!r:.60}: use a text, str({key!r:.60})"
            if value[key] != copy.get(key):
                return difference(value[key], copy.get(key), f"{place}[{key!r}]")
    if isinstance(value, list) and isinstance(copy, list):
        for at, (one, other) in enumerate(zip(value, copy)):
            if one != other:
                return difference(one, other, f"{place}[{at}]")
    return f"{place} is a {type(value).__name__}"

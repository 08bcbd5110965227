"""The types of a script's parameters, as `app(parameters={…})` takes them and the console's form shows them."""
import re
from datetime import time, timedelta

from composer.durations import LONGEST_MS
from composer.errors import DeclarationError

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_MOST_TEXT = 1_000


def _number(value, what):
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value or abs(value) == float("inf"):
        raise DeclarationError(f"{what} must be a number, not {value!r:.60}")
    return value


def _whole(value, what):
    if isinstance(value, bool) or not isinstance(value, int):
        raise DeclarationError(f"{what} must be a whole number, not {value!r:.60}")
    return value


def _kept(value, what):
    if not -2 ** 63 <= _whole(value, what) < 2 ** 63:
        raise DeclarationError(f"{what} must be a whole number from {-2 ** 63} to {2 ** 63 - 1}, not {value!r:.60}")
    return value


def _span(most, unit):
    def check(value, what):
        if abs(_number(value, what)) > most:
            raise DeclarationError(f"{what} must be a number of {unit} up to {most} (366 days), not {value!r:.60}")
        return value
    return check


def _text(value, what):
    if not isinstance(value, str) or len(value) > _MOST_TEXT:
        raise DeclarationError(f"{what} must be a text of at most {_MOST_TEXT} characters, not {value!r:.60}")
    return value


def _boolean(value, what):
    if not isinstance(value, bool):
        raise DeclarationError(f"{what} must be True or False, not {value!r:.60}")
    return value


def minutes_of_day(value, what):
    """Minutes since midnight of "07:30"; DeclarationError when it is no such text."""
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise DeclarationError(f'{what} must be a time of day such as "07:30", not {value!r:.60}')
    return int(match[1]) * 60 + int(match[2])


def _time_of_day(value, what):
    minutes_of_day(value, what)
    return value


class Parameter:
    """One parameter: how it is called in the manifest, what it takes, what a handler gets."""

    __slots__ = ("_spec",)
    kind = ""
    check = staticmethod(_text)
    ranged = False

    def __init__(self, default, *, min=None, max=None, help=""):  # noqa: A002 - the names scripts write
        spec = {"type": self.kind, "default": self.check(default, "the default"), "help": _text(help, "help")}
        for name, limit in (("min", min), ("max", max)):
            if limit is not None:
                if not self.ranged:
                    raise DeclarationError(f"a parameter of this type takes no {name}")
                spec[name] = self.check(limit, name)
        self._spec = spec
        self.accept(default)

    def accept(self, value):
        """Checks a value against type and range."""
        self.check(value, "the value")
        least, most = self._spec.get("min"), self._spec.get("max")
        if least is not None and value < least:
            raise DeclarationError(f"the value must be at least {least}, not {value!r:.60}")
        if most is not None and value > most:
            raise DeclarationError(f"the value must be at most {most}, not {value!r:.60}")

    def given(self, value):
        """What `home.parameters` has for a stored value."""
        return value


class Number(Parameter):
    __slots__ = ()
    kind, check, ranged = "number", staticmethod(_number), True


class Integer(Parameter):
    __slots__ = ()
    kind, check, ranged = "integer", staticmethod(_kept), True

    def given(self, value):
        return int(value)


class Minutes(Number):
    __slots__ = ()
    kind, check = "minutes", staticmethod(_span(LONGEST_MS // 60_000, "minutes"))

    def given(self, value):
        return timedelta(minutes=value)


class Hours(Number):
    __slots__ = ()
    kind, check = "hours", staticmethod(_span(LONGEST_MS // 3_600_000, "hours"))

    def given(self, value):
        return timedelta(hours=value)


class Text(Parameter):
    __slots__ = ()
    kind = "text"


class Boolean(Parameter):
    __slots__ = ()
    kind, check = "boolean", staticmethod(_boolean)


class TimeOfDay(Parameter):
    __slots__ = ()
    kind, check = "time", staticmethod(_time_of_day)

    def given(self, value):
        minutes = minutes_of_day(value, "the value")
        return time(minutes // 60, minutes % 60)


class Choice(Parameter):
    """One of some texts: Choice("low", choices=["low", "high"])."""

    __slots__ = ()
    kind = "choice"

    def __init__(self, default, choices=(), *, help=""):  # noqa: A002
        if isinstance(choices, str) or not choices or len(choices) > 100:
            raise DeclarationError('a Choice needs choices=["…", "…"], from 1 to 100 texts')
        listed = [_text(choice, "a choice") for choice in choices]
        super().__init__(default, help=help)
        self._spec["choices"] = listed
        self.accept(default)

    def accept(self, value):
        self.check(value, "the value")
        choices = self._spec.get("choices")
        if choices is not None and value not in choices:
            raise DeclarationError(f"{value!r:.60} is none of {', '.join(choices)}")


TYPES = {kind.__name__: kind for kind in (Minutes, Hours, Number, Integer, Text, Choice, Boolean, TimeOfDay)}

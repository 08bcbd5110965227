"""Durations as scripts write them ("10m", timedelta) ⇄ whole milliseconds."""
import re
from datetime import timedelta

_UNITS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
_PATTERN = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)(ms|s|m|h|d)", re.ASCII)
LONGEST_MS = 366 * 86_400_000


def to_ms(value, what, least=0, most=LONGEST_MS):
    """Whole milliseconds of a duration, or ValueError that names `what` and says how to write one."""
    if isinstance(value, timedelta):
        result = value // timedelta(milliseconds=1)
    elif isinstance(value, str) and (match := _PATTERN.fullmatch(value.strip())):
        result = round(float(match[1]) * _UNITS[match[2]])
    else:
        raise ValueError(f'{what} must be a duration: "90s", "10m", "1h", "7d" or a timedelta, not {value!r:.60}')
    if not least <= result <= most:
        raise ValueError(f"{what} must be from {in_words(least)} to {in_words(most)}, not {in_words(result)}")
    return result


def in_words(ms):
    """The shortest exact way to write it: 600000 is "10m"."""
    for unit in ("d", "h", "m", "s"):
        if ms and ms % _UNITS[unit] == 0:
            return f"{ms // _UNITS[unit]}{unit}"
    return f"{ms}ms"

"""Moments as scripts see them: aware datetimes in the home's zone, and a datetime module that has no clock."""
import _strptime  # noqa: F401 - datetime.strptime imports it at its first call
import datetime as real
import difflib
import io
import os
import zoneinfo

_EPOCH = real.datetime(1970, 1, 1, tzinfo=real.timezone.utc)
_MILLISECOND = real.timedelta(milliseconds=1)
_LONGEST_ABBREVIATION, _SEASONS_OF = 5, 2026
_NO_NAMES = {"localtime", "posixrules", "Factory"}  # files beside those of the IANA database's names
_zone_files = {}
_zones = {}


def no_clock(*_, **__):
    """Stands where the standard library has a clock."""
    raise RuntimeError("there is no clock here, so that a backtest and a live run agree: use home.now")


class _AnyDate(type):
    """isinstance(x, date) holds for the plain dates that arithmetic of the standard library makes, too."""

    def __instancecheck__(cls, value):
        plain = _PLAIN.get(cls)
        return isinstance(value, plain) if plain else type.__instancecheck__(cls, value)


class date(real.date, metaclass=_AnyDate):  # noqa: N801 - the name scripts know
    """datetime.date without today()."""

    __slots__ = ()
    today = staticmethod(no_clock)


class datetime(real.datetime, metaclass=_AnyDate):  # noqa: N801
    """datetime.datetime without now(), utcnow() and today()."""

    __slots__ = ()
    now = utcnow = today = staticmethod(no_clock)

    def date(self):
        return date(self.year, self.month, self.day)


_PLAIN = {date: real.date, datetime: real.datetime}
date.min, date.max = date(1, 1, 1), date(9999, 12, 31)
datetime.min, datetime.max = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999)


def preload_zones(folder="/usr/share/zoneinfo"):
    """Reads every zone file, since nothing can be opened once the worker is locked down."""
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in ("posix", "right")]
        for name in sorted(set(files) - _NO_NAMES):
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                content = file.read()
            if content[:4] == b"TZif":
                _zone_files[os.path.relpath(path, folder)] = content


def zone(key):
    """The zone of this IANA name; ZoneInfoNotFoundError when there is none."""
    found = _zones.get(key)
    if found is None:
        if type(key) is not str or key not in _zone_files:
            near = ", ".join(map(repr, _near(key))) if type(key) is str else ""
            raise zoneinfo.ZoneInfoNotFoundError(
                f"no time zone {key!r:.80}; {'near it: ' + near if near else 'names are such as ' + repr('Europe/Berlin')}")
        found = _zones[key] = zoneinfo.ZoneInfo.from_file(io.BytesIO(_zone_files[key]), key=key)
    return found


def _near(key):
    """At most five names that may be meant: the same letters, the same town, the abbreviation that clocks show there, alike."""
    text = key.strip()[:100].lower().replace(" ", "_")
    names = sorted(_zone_files, key=lambda name: (not name.startswith("Europe/"), name))
    found = [name for name in names if text in (name.lower(), name.lower().rpartition("/")[2])]
    if 2 <= len(text) <= _LONGEST_ABBREVIATION:
        found += [name for name in names if "/" in name and not name.startswith("Etc/") and text.upper() in _shown_in(name)]
    alike = {name.lower(): name for name in names} | {name.lower().rpartition("/")[2]: name for name in reversed(names)}
    found += [alike[name] for name in difflib.get_close_matches(text, alike, 3, 0.8)]
    return list(dict.fromkeys(found))[:5]


def _shown_in(name):
    return {zone(name).tzname(real.datetime(_SEASONS_OF, month, 1)) for month in (1, 7)}


def zone_names():
    return _zone_files.keys()


def from_ms(ms, tz):
    """The moment `ms` after 1970 in the zone `tz`."""
    return datetime.fromtimestamp(ms / 1000, tz)


def to_ms(value, what):
    """Milliseconds since 1970 of an aware datetime, or ValueError that says what to do."""
    if not isinstance(value, real.datetime):
        raise ValueError(f"{what} must be a moment such as home.now, not {value!r:.60}")
    if value.tzinfo is None:
        raise ValueError(f"{what} has no time zone: make it from home.now, or give tzinfo=home.timezone")
    return (value - _EPOCH) // _MILLISECOND


def to_iso(ms):
    """2026-01-31T12:00:00.000Z, as the server reads it."""
    return from_ms(ms, real.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.") + f"{ms % 1000:03d}Z"

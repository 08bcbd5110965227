"""What handlers get: the home, its devices, and what they ask for. One Home per (script, home), one run at a time."""
from datetime import timedelta

from composer import times
from composer.declare import FACT_PREFIX, checked_name, fact_name
from composer.durations import to_ms
from composer.effects import Effects
from composer.errors import ScriptError
from composer.query import Query

LONGEST_SPAN = 3_660 * 86_400_000  # that history looks back


class Point:
    """The newest sample of something."""

    __slots__ = ("value", "_ms", "_home", "device")

    def __init__(self, value, ms, home, device):
        self.value, self._ms, self._home, self.device = value, ms, home, device

    @property
    def time(self):
        return times.from_ms(self._ms, self._home._config.zone)

    @property
    def age(self):
        return timedelta(milliseconds=max(0, self._home._run.now_ms - self._ms))

    def __repr__(self):
        return f"<point {self.value!r}>"


class Room:
    __slots__ = ("kind", "name")

    def __init__(self, kind, name):
        self.kind, self.name = kind, name

    def __repr__(self):
        return f"<room {self.kind}>"


class Device:
    __slots__ = ("id", "type", "use", "room", "description", "_home", "_number")

    def __init__(self, home, row):
        self._number, self.id, self.type, self.use, self.room, self.description = row
        self._home = home

    def latest_point(self, name, *, index=""):
        """The newest sample of this measurement, or None."""
        self._home._may_read(name)
        found = self._home._latest.get((self._number, name, _index(index)))
        return Point(*found, self._home, self) if found else None

    def latest(self, name, *, index="", default=None):
        """The newest value of this measurement."""
        home = self._home
        if type(name) is not str or name not in home._script.reads:
            home._may_read(name)
        found = home._latest.get((self._number, name, index if index == "" else _index(index)))
        return found[0] if found else default

    def fact(self, name, default=None):
        return self._home._fact(self._number, name, default)

    # By id, so that a set of devices has the same order in every process.
    def __eq__(self, other):
        return type(other) is Device and other.id == self.id

    def __hash__(self):
        return hash(self.id)

    def __repr__(self):
        return f"<device {self.id}>"


def _index(index):
    """As it is stored: scripts may write 1 for "1", as in commands."""
    return index if type(index) is str else str(index)


class HomeConfig:
    """A home as its configuration is now, shared by all scripts."""

    __slots__ = ("handle", "id", "name", "zone", "rooms", "rows")

    def __init__(self, handle, number, name, zone, rooms, rows):
        self.handle, self.id, self.name = handle, number, name
        self.zone = times.zone(zone if zone in times.zone_names() else "UTC")
        self.rooms = tuple(Room(kind, name) for kind, name in rooms)
        self.rows = sorted(rows, key=lambda row: row[1])


class Home(Effects):
    """The home a handler was called for. Its values are those of the run's moment."""

    __slots__ = ("parameters", "_config", "_script", "_latest", "_facts", "_state", "_state_text", "_devices", "_by_number",
                 "_run")

    def __init__(self, script, config):
        self._script, self._latest, self._facts = script, {}, {}
        self._state, self._state_text, self._run, self.parameters = {}, "{}", None, None
        self._configure(config)

    def _configure(self, config):
        self._config = config
        self._devices = [Device(self, row) for row in config.rows]
        self._by_number = {device._number: device for device in self._devices}

    @property
    def id(self):
        return self._config.id

    @property
    def name(self):
        return self._config.name

    @property
    def timezone(self):
        return self._config.zone

    @property
    def rooms(self):
        return self._config.rooms

    @property
    def now(self):
        return times.from_ms(self._run.now_ms, self._config.zone)

    @property
    def state(self):
        self._run.state_used = True
        return self._state

    def devices(self, *, use=None, type=None, room=None):  # noqa: A002
        """The devices that match, in the order of their ids."""
        return [device for device in self._devices
                if (use is None or device.use == use) and (type is None or device.type == type)
                and (room is None or device.room == room)]

    def device(self, id):  # noqa: A002
        """The device with this id; LookupError when the home has none."""
        for device in self._devices:
            if device.id == id:
                return device
        raise LookupError(f"this home has no device {id!r:.60}")

    def latest_point(self, name, *, use=None, type=None, room=None, device=None, index=""):  # noqa: A002
        """The newest sample of this measurement of any device that matches, or None."""
        self._may_read(name)
        index = _index(index)
        chosen = self.devices(use=use, type=type, room=room) if device is None else [self._device_of(device)]
        best = None
        for one in chosen:
            found = self._latest.get((one._number, name, index))
            if found and (best is None or found[1] > best[0][1]):
                best = found, one
        return Point(*best[0], self, best[1]) if best else None

    def latest(self, name, *, use=None, type=None, room=None, device=None, index="", default=None):  # noqa: A002
        point = self.latest_point(name, use=use, type=type, room=room, device=device, index=index)
        return default if point is None else point.value

    def fact(self, name, default=None, *, device=None):
        """The newest value of a fact of the home or of a device; what this run has set counts."""
        return self._fact(0 if device is None else self._device_of(device)._number, name, default)

    def history(self, device, name, *, since="1d", until=None, every=None, aggregate=None):
        """To be awaited: the stored values of a device's measurement, as a series."""
        self._may_read(name)
        return self._query(self._device_of(device)._number, name, False, since, until, every, aggregate)

    def facts_history(self, name, *, device=None, since="1d", until=None, every=None, aggregate=None):
        """To be awaited: the stored values of a fact of the home or of a device, as a series."""
        number = 0 if device is None else self._device_of(device)._number
        return self._query(number, name, True, since, until, every, aggregate)

    def _fact(self, number, name, default):
        if type(name) is not str or name.startswith(FACT_PREFIX):
            name = fact_name(name)
        own = self._run.facts
        if own and (number, name) in own:
            return own[(number, name)]
        found = self._facts.get((number, name))
        return found[0] if found else default

    def _query(self, number, name, is_fact, since, until, every, aggregate):
        name = fact_name(name) if is_fact else checked_name(name, "the name")
        now = self._run.now_ms
        start, end = self._moment(since, now, "since"), now if until is None else self._moment(until, now, "until")
        if end > now:
            raise ScriptError("until is after home.now")
        if start > end:
            raise ScriptError("since is after until")
        every_ms = 0 if every is None else to_ms(every, "every", 1_000)
        return Query(self, self._run, (number, name, is_fact, start, end, every_ms, aggregate))

    @staticmethod
    def _moment(value, now, what):
        if hasattr(value, "utcoffset"):
            return times.to_ms(value, what)
        return now - to_ms(value, what, most=LONGEST_SPAN)

    def _may_read(self, name):
        if type(name) is not str or name not in self._script.reads:
            raise ScriptError(f"{name!r:.60} is not in app(reads=…): add it there with the reason")

    def _device_of(self, device):
        if type(device) is Device:
            found = self._by_number.get(device._number)
            if found is not None:
                return found
            raise ScriptError(f"{device!r} is no device of this home now")
        if isinstance(device, str):
            return self.device(device)
        raise ScriptError(f"give a device of home.devices(…), not {device!r:.60}")

    def __repr__(self):
        return f"<home {self._config.id}>"

"""Stand-ins for the parts of curated modules that would lead out, keep values between runs, or have a clock."""
import dataclasses
import datetime
import functools
import random
import zoneinfo

from composer import times
from composer.guards import SCRIPT_MODULE


def time_names():
    names = "time time_ns monotonic monotonic_ns perf_counter perf_counter_ns process_time sleep localtime gmtime"
    return dict.fromkeys(names.split(), times.no_clock)


def datetime_names():
    return {"date": times.date, "datetime": times.datetime, "time": datetime.time, "timedelta": datetime.timedelta,
            "timezone": datetime.timezone, "tzinfo": datetime.tzinfo, "UTC": datetime.timezone.utc,
            "MINYEAR": datetime.MINYEAR, "MAXYEAR": datetime.MAXYEAR}


class _AnyZone(type):
    def __call__(cls, key):
        return times.zone(key)

    def __instancecheck__(cls, value):
        return isinstance(value, zoneinfo.ZoneInfo)


class ZoneInfo(metaclass=_AnyZone):
    """ZoneInfo("Europe/Berlin"), from the zones read before the worker was locked down."""


def zoneinfo_names():
    return {"ZoneInfo": ZoneInfo, "ZoneInfoNotFoundError": zoneinfo.ZoneInfoNotFoundError,
            "available_timezones": lambda: set(times.zone_names())}


class SeededRandom(random.Random):
    """random.Random that never takes its seed from the machine."""

    def seed(self, a=None, version=2):
        if type(a) not in (int, float, str, bytes):
            raise TypeError("a seed must be a number or a text")
        super().seed(a, version)


def random_names(present):
    """The module's functions, on a generator of the run's own seed."""

    def function(name):
        def call(*arguments, **named):
            return getattr(generator(), name)(*arguments, **named)

        call.__name__ = name
        return call

    def generator():
        if present.run is None:
            raise RuntimeError("random has no values while the script loads: use it in a handler")
        return present.run.random()

    def new(seed=None):
        """random.Random(seed); without one it goes on from the run's own."""
        if seed is None:
            seed = generator().getrandbits(64)
        return SeededRandom(seed)

    names = ("betavariate choice choices expovariate gammavariate gauss getrandbits lognormvariate normalvariate "
             "paretovariate randbytes randint random randrange sample seed shuffle triangular uniform vonmisesvariate "
             "weibullvariate")
    return {**{name: function(name) for name in names.split()}, "Random": new}


def total_ordering(kind):
    """functools.total_ordering, for classes of the script only."""
    if not isinstance(kind, type) or type.__getattribute__(kind, "__module__") != SCRIPT_MODULE:
        raise TypeError("total_ordering stands above a class of the script")
    return functools.total_ordering(kind)


def wraps(wrapped):
    """functools.wraps with its usual attributes only."""

    def decorate(wrapper):
        if not callable(wrapped) or type(wrapper) is not type(wraps) or wrapper.__module__ != SCRIPT_MODULE:
            raise TypeError("wraps(function) stands above a function of the script")
        wrapper.__name__ = str(getattr(wrapped, "__name__", "function"))
        wrapper.__doc__ = getattr(wrapped, "__doc__", None)
        return wrapper

    return decorate


def writing_to_lists(module, names):
    """Functions written in C that change a list without asking it: here they ask."""

    def asking(function):
        def call(items, *arguments, **named):
            if type(items) is not list:
                raise TypeError("module-level values are read-only after loading: use home.state"
                                if isinstance(items, list) else f"{function.__name__} needs a list")
            return function(items, *arguments, **named)

        call.__name__ = function.__name__
        return call

    return {name: asking(getattr(module, name)) for name in names.split()}


class FieldSpec:
    """What field(…) gives in a class body; made into a dataclasses.Field when the class is."""

    __slots__ = ("_named",)

    def __init__(self, named):
        self._named = named


class FieldInfo:
    """One field of a dataclass, for reading: name, type, default."""

    __slots__ = ("name", "type", "default")

    def __init__(self, field):
        self.name, self.type = field.name, field.type
        self.default = None if field.default is dataclasses.MISSING else field.default


def _field(*, default=dataclasses.MISSING, default_factory=dataclasses.MISSING, init=True, repr=True,  # noqa: A002
           hash=None, compare=True, kw_only=dataclasses.MISSING):  # noqa: A002
    named = {"default": default, "default_factory": default_factory, "init": init, "repr": repr, "hash": hash,
             "compare": compare, "kw_only": kw_only}
    return FieldSpec(named)


def _dataclass(cls=None, *, init=True, repr=True, eq=True, order=False, frozen=False, kw_only=False,  # noqa: A002
               unsafe_hash=False):
    def decorate(kind):
        if not isinstance(kind, type) or type.__getattribute__(kind, "__module__") != SCRIPT_MODULE:
            raise TypeError("dataclass stands above a class of the script")
        for name, value in list(vars(kind).items()):
            if type(value) is FieldSpec:
                setattr(kind, name, dataclasses.field(**value._named))
        return dataclasses.dataclass(kind, init=init, repr=repr, eq=eq, order=order, frozen=frozen, kw_only=kw_only,
                                     unsafe_hash=unsafe_hash)

    return decorate if cls is None else decorate(cls)


def _names(value):
    if not dataclasses.is_dataclass(value):
        raise TypeError("this needs a dataclass")
    return [field.name for field in dataclasses.fields(value)]


def _as_dict(value):
    """dataclasses.asdict for dataclasses, lists, tuples and dicts inside one another."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: _as_dict(getattr(value, name)) for name in _names(value)}
    if type(value) in (list, tuple):
        return type(value)(_as_dict(one) for one in value)
    if type(value) is dict:
        return {key: _as_dict(one) for key, one in value.items()}
    return value


def _as_tuple(value):
    return tuple(_as_dict(value).values())


def _replace(value, **changes):
    _names(value)
    return dataclasses.replace(value, **changes)


def dataclass_names():
    return {"dataclass": _dataclass, "field": _field, "asdict": _as_dict, "astuple": _as_tuple, "replace": _replace,
            "fields": lambda value: tuple(FieldInfo(field) for field in dataclasses.fields(value)),
            "is_dataclass": dataclasses.is_dataclass, "FrozenInstanceError": dataclasses.FrozenInstanceError,
            "KW_ONLY": dataclasses.KW_ONLY}

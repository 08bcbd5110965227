"""Home, Device, Event and Series as scripts can name them: for annotations and isinstance, nothing else."""
from composer import event, home, series


class _Marker(type):
    def __call__(cls, *_, **__):
        raise TypeError(f"a {cls.__name__} is made by Composer, not by scripts")

    def __setattr__(cls, name, _):
        raise TypeError(f"{cls.__name__} cannot be changed")

    def __instancecheck__(cls, value):
        return isinstance(value, _REAL[cls])


def _no_subclass(cls, **_):
    raise TypeError("a class of Composer cannot be a base class")


def _marker(name):
    return _Marker(name, (), {"__slots__": (), "__module__": __name__, "__init_subclass__": classmethod(_no_subclass)})


Home, Device, Event, Series = (_marker(name) for name in ("Home", "Device", "Event", "Series"))
_REAL = {Home: home.Home, Device: home.Device, Event: event.Event, Series: series.Series}
STAND_INS = {real: marker for marker, real in _REAL.items()}

"""The curated modules: read-only namespaces of documented names, so that no module leads to another."""
import bisect
import collections
import collections.abc
import decimal
import enum
import fractions
import functools
import heapq
import itertools
import json
import math
import re
import statistics
import typing

from composer import curated

_NAMES = {
    math: "acos acosh asin asinh atan atan2 atanh cbrt ceil comb copysign cos cosh degrees dist e erf erfc exp exp2 "
          "expm1 fabs factorial floor fmod frexp fsum gamma gcd hypot inf isclose isfinite isinf isnan isqrt lcm ldexp "
          "lgamma log log10 log1p log2 modf nan nextafter perm pi pow prod radians remainder sin sinh sqrt tan tanh "
          "tau trunc ulp",
    statistics: "NormalDist StatisticsError correlation covariance fmean geometric_mean harmonic_mean "
                "linear_regression mean median median_grouped median_high median_low mode multimode pstdev pvariance "
                "quantiles stdev variance",
    collections: "ChainMap Counter OrderedDict defaultdict deque namedtuple",
    collections.abc: "Callable Collection Container Generator Hashable ItemsView Iterable Iterator KeysView Mapping "
                     "MutableMapping MutableSequence MutableSet Reversible Sequence Set Sized ValuesView",
    itertools: "accumulate chain combinations combinations_with_replacement compress count cycle dropwhile "
               "filterfalse groupby islice pairwise permutations product repeat starmap takewhile tee zip_longest",
    re: "A ASCII I IGNORECASE M MULTILINE Match Pattern S DOTALL U UNICODE VERBOSE X compile error escape findall "
        "finditer fullmatch match search split sub subn",
    json: "JSONDecodeError dumps loads",
    bisect: "bisect bisect_left bisect_right",
    heapq: "merge nlargest nsmallest",
    functools: "cmp_to_key partial reduce",
    enum: "Enum Flag IntEnum IntFlag StrEnum auto unique",
    decimal: "Decimal DecimalException DivisionByZero InvalidOperation ROUND_CEILING ROUND_DOWN ROUND_FLOOR "
             "ROUND_HALF_DOWN ROUND_HALF_EVEN ROUND_HALF_UP ROUND_UP",
    fractions: "Fraction",
    typing: "Any Callable ClassVar DefaultDict Deque Dict Final FrozenSet Generator Iterable Iterator List Literal "
            "Mapping MutableMapping NamedTuple NoReturn Optional Sequence Set Tuple Type Union cast",
}


class Namespace:
    """A curated module: its names and nothing else."""

    def __init__(self, name, names):
        object.__setattr__(self, "__dict__", {"__name__": name, **names})

    def __setattr__(self, name, _):
        raise TypeError(f"{self.__name__}.{name} cannot be changed")

    __delattr__ = lambda self, name: self.__setattr__(name, None)  # noqa: E731

    def __getattr__(self, name):
        # Without obj=, so that the error does not lead anywhere.
        raise AttributeError(f"'{self.__name__}' has no '{name}' here")

    def __repr__(self):
        return f"<{self.__name__}>"


def curated_modules(present, numpy=False):
    """Name → Namespace of all modules scripts can import; random follows the run at work in `present`."""
    tables = {module.__name__: {name: getattr(module, name) for name in names.split()}
              for module, names in _NAMES.items()}
    tables["datetime"] = curated.datetime_names()
    tables["zoneinfo"] = curated.zoneinfo_names()
    tables["dataclasses"] = curated.dataclass_names()
    tables["random"] = curated.random_names(present)
    tables["functools"].update(wraps=curated.wraps, total_ordering=curated.total_ordering)
    tables["heapq"].update(curated.writing_to_lists(
        heapq, "heapify heappop heappush heappushpop heapreplace"))
    tables["bisect"].update(curated.writing_to_lists(bisect, "insort insort_left insort_right"))
    tables["time"] = curated.time_names()
    if numpy:
        from composer import curated_numpy

        tables.update(curated_numpy.tables())
    spaces = {name: Namespace(name, names) for name, names in tables.items()}
    for name in [name for name in spaces if "." in name]:
        above, _, last = name.rpartition(".")
        spaces[above].__dict__[last] = spaces[name]
    statistics.random = spaces["random"]  # NormalDist.samples() follows the run's seed, too
    return spaces

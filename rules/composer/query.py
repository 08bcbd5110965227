"""A question for stored data, between `home.history(…)` and its await."""
from composer.errors import ScriptError

AGGREGATES = ("mean", "min", "max", "last", "count", "sum")


def wrong_aggregate(aggregate, every):
    """What is wrong with an aggregate that is given, or nothing."""
    if aggregate not in AGGREGATES:
        return f"aggregate must be one of {', '.join(AGGREGATES)}, not {aggregate!r:.40}"
    return None if every else 'aggregate= needs every=, such as every="1h"'


class Query:
    """Awaiting it suspends the run until the host has answered."""

    __slots__ = ("_home", "_run", "_request")

    def __init__(self, home, run, request):
        aggregate = request[-1]
        if aggregate is None:
            request = request[:-1] + ("mean" if request[-2] else "",)
        elif wrong := wrong_aggregate(aggregate, request[-2]):
            raise ScriptError(wrong)
        self._home, self._run, self._request = home, run, request

    def __await__(self):
        if self._home._run is not self._run:
            raise ScriptError("this question for history is of another run: ask again")
        return (yield self)

    def __getattr__(self, name):
        raise ScriptError("history has to be awaited, in an async function: week = await home.history(…)")

    __iter__ = __len__ = __bool__ = lambda self: self.values

    def __repr__(self):
        return "<a question for history: await it>"

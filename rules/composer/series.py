"""What `await home.history(…)` gives: times and values, oldest first, gaps as None."""
from composer import times


class Series:
    __slots__ = ("_values", "_times_ms", "_zone", "_times")

    def __init__(self, times_ms, values, zone):
        self._times_ms, self._values, self._zone, self._times = times_ms, values, zone, None

    @property
    def times(self):
        if self._times is None:
            self._times = tuple(times.from_ms(ms, self._zone) for ms in self._times_ms)
        return self._times

    @property
    def values(self):
        return tuple(self._values)

    def _known(self):
        return [value for value in self._values if value is not None]

    def count(self):
        """How many values are known: gaps do not count."""
        return len(self._known())

    def mean(self):
        known = self._known()
        return sum(known) / len(known) if known else None

    def min(self):
        return min(self._known(), default=None)

    def max(self):
        return max(self._known(), default=None)

    def sum(self):
        return sum(self._known())

    def share_above(self, limit):
        """The share of the known values over `limit`: 0.0 to 1.0; 0.0 when none is known."""
        known = self._known()
        return sum(value > limit for value in known) / len(known) if known else 0.0

    def between(self, start, end):
        """The part whose times t have start <= t < end."""
        first, last = times.to_ms(start, "start"), times.to_ms(end, "end")
        chosen = [at for at, ms in enumerate(self._times_ms) if first <= ms < last]
        return Series([self._times_ms[at] for at in chosen], [self._values[at] for at in chosen], self._zone)

    def __len__(self):
        return len(self._values)

    def __iter__(self):
        return iter(zip(self.times, self._values))

    def __repr__(self):
        return f"<series of {len(self._values)} values>"

"""One run at work: what it has asked for so far, and its limits."""
from composer.curated import SeededRandom
from composer.errors import ScriptError, TooManyEffects
from composer.json_text import encode

MOST_EFFECTS = 100
MOST_LINES = 20
MOST_LINE = 1_000
MOST_QUERIES = 100
MOST_PAYLOAD = 32 * 1024


class RunLog:
    """What a run said, at most MOST_LINES lines of it."""

    __slots__ = ("lines", "dropped", "hear")

    def __init__(self, hear):
        self.lines, self.dropped, self.hear = [], 0, hear

    def add(self, text):
        if len(self.lines) < MOST_LINES:
            line = text if len(text) <= MOST_LINE else text[:MOST_LINE - 1] + "…"
            self.lines.append(line)
            self.hear(line)
            return
        # The last line says that there were more.
        self.dropped += 1
        self.lines[-1] = f"… {self.dropped + 1} more lines: a run keeps {MOST_LINES}"


class Run:
    """What one call of a handler is and did. Ends when the handler returns."""

    __slots__ = ("number", "now_ms", "seed", "effects", "log", "reason", "timers", "facts", "generator",
                 "queries", "state_used", "broken", "home", "event", "coroutine")

    def __init__(self, number, now_ms, seed, timers, hear):
        self.number, self.now_ms, self.seed, self.timers = number, now_ms, seed, timers
        self.effects, self.log, self.reason, self.facts = [], RunLog(hear), "", None
        self.generator = self.broken = None
        self.queries, self.state_used = 0, False

    def add(self, kind, payload):
        if len(self.effects) >= MOST_EFFECTS:
            self.broken = TooManyEffects(f"over {MOST_EFFECTS} effects in one run")
            raise self.broken
        text = encode(payload, kind)
        if len(text) > MOST_PAYLOAD:
            raise ScriptError(f"{kind} is too large: {len(text)} of at most {MOST_PAYLOAD} characters")
        self.effects.append((kind, text))

    def random(self):
        if self.generator is None:
            self.generator = SeededRandom(self.seed)
        return self.generator

    def query(self):
        """The number of the next query."""
        self.queries += 1
        if self.queries > MOST_QUERIES:
            raise ScriptError(f"over {MOST_QUERIES} questions for history in one run: ask for longer spans")
        return self.queries


class Present:
    """Which run is at work; nothing while a script loads. The worker program is told of what a kill would else take
    along: each line of log (`hear`), and between watch(True) and watch(False) the line of the script that runs."""

    __slots__ = ("run", "hear", "watch")

    def __init__(self):
        self.run, self.hear, self.watch = None, _nobody, _nobody


def _nobody(_):
    """Outside of the worker program nobody asks."""

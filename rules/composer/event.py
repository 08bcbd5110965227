"""What happened: the second argument of a handler."""
from composer import times
from composer.json_text import decode

KINDS = ("measurement", "fact", "timer", "schedule", "every", "device_connected", "device_disconnected",
         "device_reporting", "device_silent", "alert_answered", "question_answered", "participant_message", "signal",
         "command_finished", "installed")

# What event.data holds at triggers that are about an answer or an end; a timer's and a signal's is what the script gave.
DATA = {"alert_answered": ("answer", "action", "actor", "alert", "answerId", "script"),
        "question_answered": ("answer", "text", "participant", "message", "script"),
        "participant_message": ("participant", "message"),
        "command_finished": ("state", "result", "command", "script"), "installed": ("script",)}

# The words that stand there, where they are always the same.
ANSWERS = {"alert_answered": {"answer": ("act", "dismiss", "acknowledge", "resolve", "comment")},
           "command_finished": {"state": ("executed", "failed", "expired", "cancelled", "superseded")}}


class Event:
    """Made for every run, so it only keeps the row; what is looked at is made then."""

    __slots__ = ("_home", "_kind", "_ms", "name", "index", "_device", "value", "previous", "_data", "late")

    def __init__(self, home, row):
        self._home = home
        (self._kind, self._ms, self.name, self.index, self._device, self.value, self.previous, self._data,
         self.late) = row

    @property
    def kind(self):
        return KINDS[self._kind]

    @property
    def time(self):
        return times.from_ms(self._ms, self._home._config.zone)

    @property
    def device(self):
        """The device it is about, or None."""
        return self._home._by_number.get(self._device)

    @property
    def data(self):
        return decode(self._data) if self._data else None

    def __repr__(self):
        return f"<{self.kind} {self.name}>"

"""A runtime with one home, for the tests: load a script, send it events, look at what it did."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "rules"))

from composer.runtime import Runtime  # noqa: E402

NOON = 1_767_265_200_000  # 2026-01-01 12:00 in Berlin
HEAD = '''from composer import *
'''
KINDS = {"measurement": 0, "fact": 1, "timer": 2, "question_answered": 10, "installed": 14}
_shared = []


def runtime():
    """One for all tests of a process: the time zones are read only once."""
    if not _shared:
        _shared.append(Runtime())
    return _shared[0]


def script(body, head="", app=""):
    """A whole script around the body of its one handler."""
    lines = "\n".join("    " + line for line in body.strip("\n").splitlines())
    return (f"from composer import action, app, on, Minutes, Choice, TimeOfDay\n{head}\n"
            f"app(title='T', reads={{'power': ''}}, controls={{'outletStatus': ''}}, notifies=['resident', 'caregiver', 'coordinator']"
            f"{', ' + app if app else ''})\n"
            f"@on.measurement('power')\ndef look(home, event):\n{lines}\n"
            "def runs(home, name):\n    return home.timer_running(name)  # else a timer without a handler is a fault\n")


class Home:
    """A script in a home with a stove, a motion sensor and a bed."""

    def __init__(self, source, helpers=None, parameters="{}", state="{}"):
        self.runtime = runtime()
        self.faults, manifest = self.runtime.load(1, source, helpers or {})
        self.manifest = json.loads(manifest) if manifest else None
        self.number, self.now = 0, NOON
        self.runtime.set_home(1, 77, "Home", "Europe/Berlin", [("kitchen", "Küche"), ("bedroom", "")], [
            (1, "S1", 5, "stove", "kitchen", "a stove"), (2, "M1", 6, "", "kitchen", ""),
            (3, "B1", 7, "bed", "bedroom", "")])
        if not self.faults:
            self.runtime.set_instance(1, 1, parameters, state, True)

    def send(self, value=1.0, *, kind="measurement", name="power", device=1, handler=0, changes=(), timers=(), data="",
             previous=None, late=False, passed=1, ago=0):
        """The outcome of one run, as a dictionary; a question has 'asked'. Its time is `passed` seconds after the last one's;
        the event's own is `ago` seconds before."""
        self.number += 1
        self.now += passed * 1000
        changes = list(changes) or [(device, name, "", value, self.now, kind == "fact")]
        row = (KINDS[kind], self.now - ago * 1000, name, "", device, value, previous, data, late)
        return shown(self.runtime.run(1, 1, self.number, handler, self.now, self.number, row, changes, list(timers)))

    def answer(self, query, times=(), values=(), error=""):
        return shown(self.runtime.answer(self.number, query, error, list(times), list(values)))


def shown(outcome):
    if outcome is None:
        return None
    if len(outcome) == 10:
        return {"asked": outcome}
    number, status, error, because, log, effects, state = outcome
    return {"number": number, "status": status, "error": error, "because": because, "log": list(log), "state": state,
            "effects": [(kind, json.loads(text)) for kind, text in effects]}


def messages(source, helpers=None):
    """The faults of a script as 'line: message'."""
    faults, _ = runtime().check(source, helpers or {})
    return [f"{line}: {message}" for _, line, _, message in faults]

"""Imports and touches all that is otherwise loaded late: after the lock-down no file can be opened."""
import calendar  # noqa: F401
import codecs
import datetime
import encodings.ascii  # noqa: F401
import encodings.cp1252  # noqa: F401
import encodings.latin_1  # noqa: F401
import encodings.utf_16  # noqa: F401
import encodings.utf_32  # noqa: F401
import linecache  # noqa: F401
import unicodedata  # noqa: F401
import warnings

from composer.runtime import Runtime


def start(numpy):
    """The runtime, warmed up: one script has been checked, loaded and run."""
    warnings.simplefilter("ignore")
    runtime = Runtime(numpy)
    codecs.lookup("utf-8-sig")
    datetime.datetime.strptime("2026", "%Y").strftime("%A")
    runtime.load(0, _WARM_UP, {})
    runtime.set_home(0, 0, "", "UTC", [], [])
    runtime.set_instance(0, 0, "{}", "{}", True)
    runtime.run(0, 0, 0, 0, 0, 0, (14, 0, "", "", 0, None, None, "", False), (), ())
    runtime.forget()
    return runtime


_WARM_UP = '''"""Nothing."""
from composer import app, on
import random

app(title="Warm-up")

@on.installed()
def start(home, event):
    home.state["n"] = random.random()
    raise ValueError(f"{home.now}")
'''

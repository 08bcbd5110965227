#!/usr/bin/python3
"""How long the check of an honest script of almost 64 KiB takes, of one CPU: made of what the library has, under other names.
Prints one JSON object: milliseconds of the check, of parsing and compiling alone, and their ratio."""
import json
import pathlib
import re
import resource
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOST = 64 * 1024


def honest_source(most=MOST):
    """The longest library script, and copies of its functions that are no handlers, up to the limit."""
    script = max((path.read_text() for path in (ROOT / "rules/library").glob("*/script.py")), key=len)
    functions = [one for one in re.split(r"\n(?=@on|def |async def )", script)[1:] if one.startswith(("def ", "async def "))]
    parts, size, turn = [script], len(script.encode()), 0
    while True:
        turn += 1
        for function in functions:
            copy = re.sub(r"def (\w+)", lambda found: f"def {found[1]}_{turn}", function, 1)
            if size + len(copy.encode()) + 1 > most:
                return "\n".join(parts)
            parts.append(copy)
            size += len(copy.encode()) + 1


def milliseconds(work, rounds=5):
    """The least CPU time of some rounds."""
    least = float("inf")
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        work()
        least = min(least, resource.getrusage(resource.RUSAGE_SELF).ru_utime - before)
    return round(least * 1000, 1)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "rules"))
    from composer.runtime import Runtime

    source = honest_source()
    runtime = Runtime()
    if runtime.check(source, {})[0]:
        sys.exit("the source is not accepted")
    whole = milliseconds(lambda: runtime.check(source, {}))
    bare = milliseconds(lambda: compile(source, "script", "exec"))
    print(json.dumps({"bytes": len(source.encode()), "check_ms": whole, "compile_ms": bare, "ratio": round(whole / bare, 2)}))

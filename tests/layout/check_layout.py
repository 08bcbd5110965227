"""Holds the shape of the tree: who may include whom, how large files, functions, classes and structs may be, where SQL
lives, and what server/THREADS.md says of the server's threads.

Run: /usr/bin/python3 check_layout.py ROOT (ctest does). Prints one line a fault and exits 1 when there is one.
"""

import re
import subprocess
import sys
from pathlib import Path

import arrows
import sizes
import threads_page
from not_yet import NOT_YET

SOURCES = {".cpp", ".h", ".py", ".js", ".css", ".html", ".sh", ".sql", ".cmake"}
CPP = {".cpp", ".h"}
CLOCKED = {"server", "shared"}


def sql_faults(path, text):
    if path.parts[0] == "server" and path.parts[1] != "store":
        statement = r'"\s*(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\s'
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(statement, line):
                yield number, "sql", "SQL belongs under server/store/sql"
            if '"server/store/sql_names.h"' in line:
                yield number, "sql", "the store's repositories are the only road to the database"


def page_faults(path, text):
    if path.parts[:2] == ("console", "pages"):
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(r"#include <(QWebSocket|QJson\w+|QTcpSocket|QNetwork\w+)>", line):
                yield number, "page", "pages hold no sockets and no JSON: that is the models' work"


# Who asks the machine for the time, and who makes the clock that all others are given: programs, and the log's lines.
REAL_CLOCK = {"shared/base/system_clock.h", "shared/base/system_clock.cpp"}
MAKES_A_CLOCK = REAL_CLOCK | {"server/app/main.cpp", "server/app/node.cpp", "server/sim/main.cpp", "shared/base/log.cpp"}
ASKS_THE_MACHINE = re.compile(r"\b(?:\w*_clock|SteadyClock)::now\(|\bcurrent(?:DateTime|DateTimeUtc|Date|Time|MSecs\w+|Secs\w+)\("
                              r"|\bQElapsedTimer\b|\btime\((?:nullptr|NULL|0)\)|\bgettimeofday\b"
                              r"|\bCLOCK_(?:REALTIME|MONOTONIC)")
MAKES_ONE = re.compile(r"\bSystemClock\b")


def clock_faults(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        code = line.split("//")[0]
        if ASKS_THE_MACHINE.search(code) and str(path) not in REAL_CLOCK:
            yield number, "clock", "the time comes from the Clock that was handed down"
        if MAKES_ONE.search(code) and str(path) not in MAKES_A_CLOCK:
            yield number, "clock", "a program makes its clock once and hands it down"


def faults_of(path, text):
    """Faults of one file for itself, as (line, rule, message)."""
    yield from sizes.file_faults(text)
    if path.suffix in CPP:
        yield from arrows.faults(path, text)
        if path.parts[0] in arrows.TOPS:
            yield from sql_faults(path, text)
            yield from page_faults(path, text)
            if path.parts[0] in CLOCKED:
                yield from clock_faults(path, text)
        yield from sizes.cpp_function_faults(text)
        if path.suffix == ".h" and "#pragma once" not in text:
            yield 1, "pragma", "a header without #pragma once"
    if path.suffix == ".py":
        yield from sizes.python_faults(text)


def texts_of(root):
    """Every file that is looked at: path → text."""
    listing = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard"], capture_output=True,
                             text=True, check=True)
    paths = [Path(name) for name in listing.stdout.splitlines()]
    return {path: (root / path).read_text(encoding="utf-8", errors="replace") for path in paths
            if path.suffix in SOURCES | {".md"} and (root / path).is_file()}


def all_faults(texts):
    """Every fault as (path, line, rule, message), those that are known and not yet mended among them."""
    for path, text in texts.items():
        if path.suffix in SOURCES:
            for line, rule, message in faults_of(path, text):
                yield path, line, rule, message
    cpp = [(path, text) for path, text in texts.items() if path.suffix in CPP]
    yield from sizes.type_faults(cpp)
    if Path(threads_page.PAGE) in texts:
        yield from threads_page.faults(texts[Path(threads_page.PAGE)], cpp)


def held_back(faults, not_yet):
    """The faults that `not_yet` does not know, and one for each of its entries that says more than there are."""
    found = {}
    for fault in faults:
        found.setdefault((Path(fault[0]).name, fault[2]), []).append(fault)
    for key, those in found.items():
        known = not_yet.get(key, (0, ""))[0]
        if len(those) > known:
            yield from those
    for (name, rule), (known, _) in not_yet.items():
        left = len(found.get((name, rule), []))
        if left < known:
            yield "tests/layout/not_yet.py", 1, "not-yet", f"{name} has {left} faults of the rule {rule}, not {known}"


def main(root):
    found = sorted(held_back(all_faults(texts_of(root)), NOT_YET), key=lambda fault: (str(fault[0]), fault[1]))
    for path, line, rule, message in found:
        print(f"{path}:{line}: {message} [{rule}]")
    print(f"{len(found)} faults; {sum(known for known, _ in NOT_YET.values())} known ones not yet mended")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))

"""Holds that headers compile alone: those that differ from the commit in tests/layout/tidy-base, and those that include one
of them. With COHORT_LONG, or where that commit is not known, all of them.

Run: /usr/bin/python3 check_headers.py ROOT BUILD, after a build. Exits with what the compiler exits with.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from check_tidy import differing

INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)


def headers_of(root):
    """{header: what it includes}, as paths from the root."""
    files = [path for folder in ("server", "console", "shared", "tests") for path in (root / folder).rglob("*.h")]
    return {str(path.relative_to(root)): set(INCLUDE.findall(path.read_text())) for path in files}


def touched(headers, changed):
    """The changed headers and all that include one of them, by however many steps."""
    found, more = set(), set(changed) & headers.keys()
    while more:
        found |= more
        more = {header for header, included in headers.items() if header not in found and included & more}
    return found


def objects(build):
    """{identifier of a header: the object of the source that includes only it}."""
    told = subprocess.run(["ninja", "-C", build, "-t", "targets", "all"], capture_output=True, text=True, check=True).stdout
    return {match[2]: match[1] for match in re.finditer(r"^(\S+/alone/(\w+)\.cpp\.o): ", told, re.MULTILINE)}


def main(root, build):
    headers = headers_of(root)
    changed = None if os.environ.get("COHORT_LONG") else differing(root)
    chosen = headers.keys() if changed is None else touched(headers, changed)
    known = objects(build)
    targets = [known[name] for name in sorted(re.sub(r"\W", "_", header) for header in chosen) if name in known]
    print(f"{len(targets)} of {len(known)} headers", flush=True)
    if not known or not targets:
        return 0 if known else 1
    return subprocess.run(["ninja", "-C", build, *targets], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*(Path(text).resolve() for text in sys.argv[1:3])))

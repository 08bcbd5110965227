"""What the tests are worth: plants faults one by one, builds the tests that should notice, and tells which turn red.

Run: /usr/bin/python3 mutate.py ROOT BUILD [--area A] [--only N[,N…]] [--list]. ROOT is a git worktree without changes in the
files concerned; each fault is written into its file, and taken out again whatever happens. Nothing else is copied or changed.
Of the tests only those are built and run that faults.TESTS names for the fault's folder, stage by stage until one is red.
"""

import argparse
import fnmatch
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from faults import FAULTS, TESTS

PROGRAMS = ["cohort-server", "cohort-worker", "cohort-script", "cohort-sim"]  # what whole_* start
SECONDS = 900


@dataclass(frozen=True)
class Fault:
    number: int
    area: str
    what: str
    file: str
    before: str
    after: str


def all_faults():
    numbered = [(area, *fault) for area in FAULTS for fault in FAULTS[area]]
    return [Fault(number, *fault) for number, fault in enumerate(numbered, 1)]


def plant(text, fault):
    """The file's text with the fault in it. Raises ValueError when the place is not there once."""
    if text.count(fault.before) != 1:
        raise ValueError(f"{fault.file}: stands {text.count(fault.before)} times, not once: {fault.before!r}")
    return text.replace(fault.before, fault.after)


def succeeds(command):
    """Whether the command ends well; its output is kept back, as a red test is what is hoped for."""
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=SECONDS,
                          check=False).returncode == 0


def known_tests(build):
    shown = subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1"], capture_output=True, text=True, check=True)
    return [test["name"] for test in json.loads(shown.stdout)["tests"]]


def stages_of(fault, tests):
    """The tests that should notice, the quick ones first: a list of names for each stage that has any."""
    patterns = TESTS[str(Path(fault.file).parent)]
    stages = [[name for name in tests if any(fnmatch.fnmatch(name, pattern) for pattern in stage)] for stage in patterns]
    return [stage for stage in stages if stage]


def stage_outcome(build, stage, run):
    targets = [name for name in stage if name.startswith("tst_")]
    targets += PROGRAMS if len(targets) < len(stage) else []
    if not run(["cmake", "--build", build, "--target", *targets]):
        return "stillborn"
    green = run(["ctest", "--test-dir", build, "--stop-on-failure", "-R", "^(" + "|".join(stage) + ")$"])
    return "survived" if green else "killed"


def outcome(root, build, fault, tests, run=succeeds):
    """killed: a test turned red; survived: none did; stillborn: it does not compile; unknown: too slow, or no test."""
    file = root / fault.file
    original = file.read_bytes()
    became = "unknown"
    try:
        file.write_text(plant(original.decode(), fault))
        for stage in stages_of(fault, tests):
            became = stage_outcome(build, stage, run)
            if became != "survived":
                break
        return became
    except subprocess.TimeoutExpired:
        return "unknown"
    finally:
        file.write_bytes(original)


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=lambda text: Path(text).resolve())
    parser.add_argument("build", type=lambda text: Path(text).resolve())
    parser.add_argument("--area", choices=sorted(FAULTS))
    parser.add_argument("--only", type=lambda text: {int(part) for part in text.split(",")}, metavar="N[,N…]")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args(arguments)
    chosen = [fault for fault in all_faults()
              if options.area in (None, fault.area) and (options.only is None or fault.number in options.only)]
    if options.list:
        for fault in chosen:
            print(f"{fault.number:3} {fault.area:10} {fault.file}: {fault.what}")
        return 0
    files = sorted({fault.file for fault in chosen})
    if subprocess.run(["git", "-C", options.root, "diff", "--quiet", "HEAD", "--", *files], check=False).returncode != 0:
        print("commit first: files that faults are planted in have changes")
        return 2
    tests, counted = known_tests(options.build), {}
    for fault in chosen:
        became = outcome(options.root, options.build, fault, tests)
        counted[became] = counted.get(became, 0) + 1
        print(f"{fault.number:3} {fault.area:10} {became:9} {fault.file}: {fault.what}", flush=True)
    print(f"{counted.get('killed', 0)} of {len(chosen)} killed; " + ", ".join(f"{n} {k}" for k, n in sorted(counted.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

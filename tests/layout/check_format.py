"""Holds the format: every tracked .cpp and .h is as clang-format writes it.

Run: /usr/bin/python3 check_format.py ROOT (ctest does). Prints one line a file and exits 1 when there is one. To mend one:
clang-format -i FILE.
"""

import subprocess
import sys
from pathlib import Path

AT_ONCE = 50  # files a process


def unformatted(root):
    listing = subprocess.run(["git", "-C", root, "ls-files", "*.cpp", "*.h"], capture_output=True, text=True, check=True)
    names = [name for name in listing.stdout.splitlines() if (root / name).is_file()]
    for first in range(0, len(names), AT_ONCE):
        told = subprocess.run(["clang-format", "--dry-run", *names[first:first + AT_ONCE]], cwd=root, capture_output=True,
                              text=True, check=True)
        lines = [line.split(":") for line in told.stderr.splitlines() if "[-Wclang-format-violations]" in line]
        yield from dict.fromkeys(line[0] for line in lines)


def main(root):
    found = list(unformatted(root))
    for name in found:
        print(f"{name}: clang-format would change it")
    print(f"{len(found)} files to format")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))

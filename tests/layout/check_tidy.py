"""Holds clang-tidy clean: looks at the sources that differ from the commit in tests/layout/tidy-base.

Run: /usr/bin/python3 check_tidy.py ROOT BUILD [--all] [--jobs N] [FILE…], after a build, as what moc and the SQL's names
make must be there. A header that differs stands for the source beside it, or else for one that includes it. Exits 1 when
clang-tidy finds anything, and 77 (ctest: skipped) where that commit is not known, as in a shallow clone or an archive.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BASE = "tests/layout/tidy-base"
PRECOMPILED = re.compile(r" -Winvalid-pch| -include \S+/cmake_pch\.hxx| -Xclang (-include-pch|-emit-pch|-include) -Xclang \S+")


def git(root, *words):
    return subprocess.run(["git", "-C", root, *words], capture_output=True, text=True, check=False)


def differing(root):
    """The tracked and new files that differ from the base; None when the base is not in this clone."""
    base = (root / BASE).read_text().strip()
    if git(root, "cat-file", "-e", base + "^{commit}").returncode != 0:
        return None
    changed = git(root, "diff", "--name-only", "--diff-filter=d", base).stdout
    new = git(root, "ls-files", "--others", "--exclude-standard").stdout
    return sorted(set(changed.splitlines() + new.splitlines()))


def sources_for(root, names, compiled):
    """The compiled sources that show these files to clang-tidy, and the headers that no source includes."""
    chosen, alone = set(), []
    for name in names:
        if name in compiled:
            chosen.add(name)
        elif name.endswith(".h"):
            beside = name[:-2] + ".cpp"
            including = [beside] if beside in compiled else [
                source for source in sorted(compiled) if f'#include "{name}"' in (root / source).read_text()]
            chosen.update(including[:1])
            alone.extend([] if including else [name])
    return sorted(chosen), alone


def compiled_sources(root, build):
    entries = json.loads((build / "compile_commands.json").read_text())
    paths = (Path(os.path.normpath(Path(entry["directory"]) / entry["file"])) for entry in entries)
    return {str(path.relative_to(root)) for path in paths
            if path.is_relative_to(root) and not path.is_relative_to(build)}


def without_precompiled(build, folder):
    """Writes the compile commands to a folder of their own, without GCC's precompiled header: a source is looked at with
    what it includes itself, so one that forgot an include is named."""
    entries = json.loads((build / "compile_commands.json").read_text())
    for entry in entries:
        entry["command"] = PRECOMPILED.sub(" ", entry["command"])
    (folder / "compile_commands.json").write_text(json.dumps(entries))


def tidy(root, commands, source):
    """What clang-tidy finds in one source: lines of text."""
    told = subprocess.run(["clang-tidy", "-p", commands, "--quiet", source], cwd=root, capture_output=True, text=True, check=False)
    lines = [line.replace(f"{root}/", "") for line in told.stdout.splitlines()
             if re.match(r"\S+:\d+:\d+: (error|warning):", line)]
    if told.returncode != 0 and not lines:
        lines = [f"{source}: clang-tidy ended with {told.returncode}: {told.stderr.strip()[-500:]}"]
    return lines


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=lambda text: Path(text).resolve())
    parser.add_argument("build", type=lambda text: Path(text).resolve())
    parser.add_argument("files", nargs="*")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args(arguments)
    compiled = compiled_sources(options.root, options.build)
    names = options.files or (sorted(compiled) if options.all else differing(options.root))
    if names is None:
        print(f"the commit in {BASE} is not in this clone: give files, or --all")
        return 77
    chosen, alone = sources_for(options.root, names, compiled)
    print(f"{len(chosen)} of {len(compiled)} sources", flush=True)
    for name in alone:
        print(f"{name}: no source includes it, so it is not looked at")
    found = {}
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(options.jobs) as pool:
        without_precompiled(options.build, Path(folder))
        for lines in pool.map(lambda source: tidy(options.root, folder, source), chosen):
            for line in lines:
                if found.setdefault(line, True) is True:
                    print(line, flush=True)
                    found[line] = False
    print(f"{len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

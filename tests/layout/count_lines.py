"""Counts the lines of test for each line of code: prints both for each top folder and for each folder of the source.

Run: /usr/bin/python3 count_lines.py ROOT. Left out: blank lines, comments, corpora and recorded data, and tables of data
(a line that holds nothing but literals, names and punctuation inside a braced list counts as data, not as code). A test
counts for the folder that its path mirrors. Aim: 0.6.
"""

import io
import re
import subprocess
import sys
import tokenize
from collections import Counter
from pathlib import Path

import cpp_text

AIM = 0.6
C_LIKE = {".cpp", ".h", ".js", ".css", ".sql"}
HASHED = {".sh", ".cmake"}
PROGRAMS = C_LIKE | HASHED | {".py", ".ui", ".html"}
# Written as code, read as data: texts for people, and tables whose lines are entries.
DATA = re.compile(r"(^|/)(corpus|data|migrations)/|(^|/)(words_values|peer_data|composer_words|composer_apis)\.|_table\.(h|cpp)$")
ENTRY = re.compile(r"""^\s*\{.*\},?\s*$""")


def _without(pattern, text):
    return re.sub(pattern, lambda found: re.sub(r"[^\n]", " ", found[0]), text, flags=re.S | re.M)


def _python_lines(text):
    """The lines with a token that is neither a comment nor a docstring."""
    lines, first = set(), True
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in (tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT):
            first = first or token.type == tokenize.NEWLINE
        elif token.type == tokenize.STRING and first:
            continue  # a text that stands alone is a docstring
        elif token.type not in (tokenize.COMMENT, tokenize.ENCODING, tokenize.ENDMARKER):
            lines.update(range(token.start[0], token.end[0] + 1))
            first = False
    return len(lines)


def code_lines(path, text):
    """How many lines of the file are code."""
    if path.suffix == ".py":
        return _python_lines(text)
    if path.suffix in {".cpp", ".h"}:
        text = re.sub(r"R\"(\w*)\(.*?\)\1\"", lambda raw: "raw" + "\n" * raw[0].count("\n"), text, flags=re.S)
        kept = [line for line in cpp_text.without_comments(text).splitlines() if line.strip()]
        return len([line for line in kept if not (ENTRY.match(line) and ";" not in line and "(" not in line)])
    if path.suffix in C_LIKE:
        text = _without(r"--[^\n]*" if path.suffix == ".sql" else r"//[^\n]*|/\*.*?\*/", text)
    elif path.suffix in HASHED:
        text = _without(r"^\s*#[^\n]*", text)
    elif path.suffix in {".html", ".ui"}:
        text = _without(r"<!--.*?-->", text)
    return sum(1 for line in text.splitlines() if line.strip())


def place_of(path):
    """(is a test, the folder of the source that the file belongs to)."""
    parts = path.parts
    if parts[0] != "tests":
        return False, "/".join(parts[:2]) if len(parts) > 2 else parts[0]
    if parts[1] == "unit" and len(parts) > 4:
        return True, "/".join(parts[2:4])
    if parts[1] == "integration" and parts[2] != "whole":
        return True, "server/" + parts[2]
    return True, {"console": "console", "rules": "rules"}.get(parts[1], "tests/" + parts[1])


def count(root):
    """(lines of code, lines of test), each a Counter by folder."""
    listing = subprocess.run(["git", "-C", root, "ls-files"], capture_output=True, text=True, check=True).stdout
    code, test = Counter(), Counter()
    for name in listing.splitlines():
        path = Path(name)
        if path.suffix not in PROGRAMS or DATA.search(name) or path.parts[0] in {"translations", "packaging"} or \
                not (root / path).is_file():
            continue
        is_test, folder = place_of(path)
        (test if is_test else code)[folder] += code_lines(path, (root / path).read_text(encoding="utf-8", errors="replace"))
    return code, test


def main(root):
    code, test = count(root)
    tops = {}
    for folder in code.keys() | test.keys():
        top = tops.setdefault(folder.split("/")[0], [0, 0])
        top[0] += code[folder]
        top[1] += test[folder]
    rows = [(folder, code[folder], test[folder]) for folder in sorted(code.keys() | test.keys())]
    rows += [("= " + top, *both) for top, both in sorted(tops.items())]
    rows += [("= all", sum(code.values()), sum(test.values()))]
    for name, lines, tests in rows:
        print(f"{name:24} {lines:7} code {tests:7} test {tests / lines if lines else 0:7.2f}")
    print(f"aim: {AIM}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))

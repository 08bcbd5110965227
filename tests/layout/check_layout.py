"""Holds the shape of the tree: who may include whom, how large files, functions and classes may be, where SQL lives.

Run: /usr/bin/python3 check_layout.py ROOT (ctest does). Prints one line a fault and exits 1 when there is one.
"""

import ast
import re
import subprocess
import sys
from pathlib import Path

FILE_LINES = 500
FUNCTION_LINES = 60
CLASS_METHODS = 25
CLASS_FIELDS = 12
SOURCES = {".cpp", ".h", ".py", ".js", ".css", ".html", ".sh", ".sql", ".cmake"}

# architecture.md, "Layout": module -> what it may include besides itself, shared, and (in the server) metrics.
SERVER_ARROWS = {
    "metrics": set(),
    "net": set(),
    "store": set(),
    "bus": {"store"},  # a notice carries the rows of a batch, which store declares
    "engine": set(),
    "ingest": {"store", "bus"},
    "directory": {"store", "bus"},
    "actions": {"store", "bus"},
    "edge": {"net", "store", "bus", "ingest", "directory", "actions"},
    "scripts": {"store", "engine", "worker/host"},
    "composer": {"store", "bus", "actions", "engine", "scripts", "worker/host"},
    "api": {"net", "store", "bus", "directory", "actions", "composer", "scripts", "engine"},
    "worker": {"engine"},
    "sim": {"net"},
    "app": {"*"},
}
CONSOLE_ARROWS = {
    "net": set(),
    "models": {"net"},
    "charts": {"models", "net", "resources"},
    "editor": {"models", "net", "resources"},
    "resources": {"models"},
    "pages": {"models", "net", "charts", "editor", "resources"},
    "app": {"*"},
}
SHARED_ARROWS = {"base": set(), "model": {"base"}, "protocol": {"base", "model"}}


def tracked(root):
    listing = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard"], capture_output=True,
                             text=True, check=True)
    return [Path(name) for name in listing.stdout.splitlines() if (root / name).is_file()]


def arrow_faults(path, text):
    top, folder = path.parts[0], path.parts[1] if len(path.parts) > 2 else ""
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r'\s*#\s*include\s+"((?:server|console|shared)/[^"]+)"', line)
        if not found:
            continue
        to = Path(found[1]).parts
        if to[0] == "shared":
            if top == "shared" and to[1] != folder and to[1] not in SHARED_ARROWS.get(folder, set()):
                yield number, f"shared/{folder} may not include shared/{to[1]}"
            continue
        if to[0] != top:
            yield number, f"{top} may not include {to[0]}"
            continue
        arrows = (SERVER_ARROWS if top == "server" else CONSOLE_ARROWS).get(folder)
        if arrows is None:
            yield number, f"{top}/{folder} is no folder of the design"
            continue
        allowed = to[1] == folder or to[1] in arrows or "*" in arrows or "/".join(to[1:3]) in arrows
        if not allowed and not (top == "server" and to[1] == "metrics"):
            yield number, f"{top}/{folder} may not include {top}/{to[1]}"


def without_comments(text):
    """The C++ text with comments and literals blanked, so that braces count."""
    pattern = r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\''
    return re.sub(pattern, lambda found: re.sub(r"[^\n]", " ", found[0]), text, flags=re.S)


def cpp_blocks(text):
    """Every braced block as (first line, last line, the text before its brace since the last ; { or })."""
    clean = without_comments(text)
    stack, start, line = [], 0, 1
    for at, char in enumerate(clean):
        if char == "\n":
            line += 1
        elif char == "{":
            stack.append((line, clean[start:at].strip(), at))
            start = at + 1
        elif char == "}" and stack:
            first, head, opened = stack.pop()
            yield first, line, head, clean[opened + 1:at]
            start = at + 1
        elif char == ";":
            start = at + 1


def cpp_faults(text):
    for first, last, head, body in cpp_blocks(text):
        kind = re.search(r"\b(class|struct|union|enum|namespace)\b(?!.*\))", head)
        if kind is None and ")" in head and last - first - 1 > FUNCTION_LINES:
            yield first, f"a function of {last - first - 1} lines (at most {FUNCTION_LINES})"
        if kind is not None and kind[1] == "class":
            flat = body
            while re.search(r"\{[^{}]*\}", flat):
                flat = re.sub(r"\{[^{}]*\}", ";", flat)
            fields = len(re.findall(r"\bm_\w+\s*(?:;|=)", flat))
            methods = len(re.findall(r"\b\w+\s*\([^;]*\)[^;()]*;", flat))
            if fields > CLASS_FIELDS:
                yield first, f"a class with {fields} fields (at most {CLASS_FIELDS})"
            if methods > CLASS_METHODS:
                yield first, f"a class with {methods} methods (at most {CLASS_METHODS})"


def python_faults(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = node.end_lineno - node.lineno
            if lines > FUNCTION_LINES:
                yield node.lineno, f"{node.name} has {lines} lines (at most {FUNCTION_LINES})"


def sql_faults(path, text):
    if path.parts[0] == "server" and path.parts[1] != "store":
        statement = r'"\s*(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\s'
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(statement, line):
                yield number, "SQL belongs under server/store/sql"


def page_faults(path, text):
    if path.parts[:2] == ("console", "pages"):
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(r"#include <(QWebSocket|QJson\w+|QTcpSocket|QNetwork\w+)>", line):
                yield number, "pages hold no sockets and no JSON: that is the models' work"


def faults(root, path):
    text = (root / path).read_text(encoding="utf-8", errors="replace")
    lines = text.count("\n")
    if path.suffix in SOURCES and lines > FILE_LINES:
        yield 1, f"{lines} lines (at most {FILE_LINES})"
    if path.suffix in {".cpp", ".h"}:
        if path.parts[0] in {"server", "console", "shared"}:
            yield from arrow_faults(path, text)
            yield from sql_faults(path, text)
            yield from page_faults(path, text)
        yield from cpp_faults(text)
        if path.suffix == ".h" and "#pragma once" not in text:
            yield 1, "a header without #pragma once"
    if path.suffix == ".py":
        yield from python_faults(text)


def main(root):
    count = 0
    for path in tracked(root):
        if path.suffix not in SOURCES:
            continue
        for line, message in faults(root, path):
            print(f"{path}:{line}: {message}")
            count += 1
    print(f"{count} faults")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))

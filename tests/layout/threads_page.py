"""Compares server/THREADS.md with the code: the threads' names, the bounds of their queues, the order of stopping.

In the page's table the first column names threads as /proc/PID/task/*/comm shows them; `io-1 … io-N` stands for as many as
an option says. In the third each number is followed, in brackets, by the constant that holds it: `5 s (`Options::holdFor`)`.
The numbered list behind "Order of stopping" begins each step with the word that the server logs for it.
"""

import re

import cpp_text

PAGE = "server/THREADS.md"
MAIN = "cohort-server"
OTHER_PROGRAMS = ("server/sim/", "server/worker/main", "server/worker/script/", "server/worker/loop")
_NUMBER = re.compile(r"(?<![\w.`-])(\d[\d,]*)(?:\s(s|ms|min)\b)?")
_BOUND = re.compile(r"(?<![\w.`-])(\d[\d,]*)(?:\s(s|ms|min)\b)?[^`\d;|()]*\(`([\w:]+)`\)")
_UNIT_MS = {"ms": 1, "s": 1000, "min": 60_000, "Milliseconds": 1, "milliseconds": 1, "seconds": 1000, "minutes": 60_000}


def rows(page):
    """The table's rows as (line, [thread names], third column)."""
    for number, line in enumerate(page.splitlines(), 1):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and cells[0].startswith("`"):
            yield number, re.findall(r"`([^`]+)`", cells[0]), cells[2]


def names_of(page):
    """Every name of the first column; io-N for a series, whose other members are left out."""
    for number, names, _ in rows(page):
        series = [name for name in names if name.endswith("-N")]
        for name in series or names:
            yield number, name


def stop_order(page):
    """The steps' words, in order, as (line, word)."""
    in_list = False
    for number, line in enumerate(page.splitlines(), 1):
        in_list = in_list or line.startswith("Order of stopping")
        found = re.match(r"\d+\. `([\w-]+)`", line)
        if in_list and found:
            yield number, found[1]


def is_of_the_server(path):
    return path.startswith("server/") and not path.startswith(OTHER_PROGRAMS)


def names_in_code(sources):
    """The names that the server's code gives to threads: name → (path, line). "api-" + a number is api-N."""
    found = {}
    for path, text in sources:
        if not is_of_the_server(path):
            continue
        pattern = r'(?:pthread_setname_np\([^"]*|thread\.setObjectName\([^"]*)"([\w-]+)"(\s*\+)?'
        for call in re.finditer(pattern, text):
            found[call[1] + ("N" if call[2] else "")] = (path, text.count("\n", 0, call.start()) + 1)
    return found


def stops_in_code(sources):
    """The words of Node's steps of stopping, in the order in which they stand."""
    for path, text in sources:
        if path == "server/app/node.cpp":
            return re.findall(r'\bstopPart\("([\w-]+)"', text)
    return []


def _value(text, name):
    """The numbers that constants called `name` have in the text, durations in milliseconds."""
    clean = re.sub(r"//[^\n]*", "", text)
    for found in re.finditer(rf"([\w:]+)\s+{name}\s*(?:=|\{{)\s*([\d'][\d' *]*)(?:[uUlLzZ]*)\s*[;,)}}]", clean):
        value = 1
        for factor in found[2].replace("'", "").split("*"):
            value *= int(factor)
        yield value * _UNIT_MS.get(found[1].split("::")[-1], 1)
    for found in re.finditer(rf"\b\w+ = [\d']+, {name} = ([\d']+)", clean):
        yield int(found[1].replace("'", ""))


def values_in_code(sources, constant):
    """Every value that the code gives to a constant: `name` of a namespace, `Type::name` of a class or its constructor."""
    *owner, name = constant.split("::")
    values = set()
    for path, text in sources:
        if not (is_of_the_server(path) or path.startswith("shared/")) or name not in text:
            continue
        for body in (cpp_text.bodies(text, owner[-1]) if owner else [text]):
            values.update(_value(body, name))
    return values


def bound_faults(page, sources):
    for line, names, queue in rows(page):
        numbers, bounds = _NUMBER.findall(re.sub(r"`[^`]*`", "``", queue)), _BOUND.findall(queue)
        if len(numbers) != len(bounds):
            yield line, f"{names[0]}: a number without its constant's name behind it, as in: 1,000 jobs (`Options::jobs`)"
        for number, unit, constant in bounds:
            said = int(number.replace(",", "")) * _UNIT_MS.get(unit, 1)
            values = values_in_code(sources, constant)
            if values != {said}:
                yield line, f"{names[0]}: {number} is said of {constant}, which is {sorted(values) or 'nowhere'} in the code"


def faults(page, sources):
    """Yields (path, line, rule, message). `sources`: (path, text) of all C++."""
    sources = [(str(path), text) for path, text in sources]
    said, code = {name: line for line, name in names_of(page)}, names_in_code(sources)
    for name in sorted(said.keys() - code.keys() - {MAIN}):
        yield PAGE, said[name], "threads", f"no thread is called {name}"
    for name in sorted(code.keys() - said.keys()):
        yield *code[name], "threads", f"the thread {name} is not in {PAGE}"
    for line, message in bound_faults(page, sources):
        yield PAGE, line, "threads", message
    steps, stops = [word for _, word in stop_order(page)], stops_in_code(sources)
    if not steps or steps != stops:
        yield PAGE, 1, "threads", f"stops as {', '.join(steps) or 'nothing'}; the code as {', '.join(stops) or 'nothing'}"

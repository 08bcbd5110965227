"""How large files, functions, classes and structs may be."""

import ast
import re
from pathlib import PurePath

import cpp_text

FILE_LINES = 500
FUNCTION_LINES = 60
METHODS = 25
FIELDS = 12


def file_faults(text):
    lines = text.count("\n")
    if lines > FILE_LINES:
        yield 1, "file", f"{lines} lines (at most {FILE_LINES})"


def cpp_function_faults(text):
    for first, last, head in cpp_text.blocks(text):
        if re.search(r"\b(class|struct|union|enum|namespace)\b(?!.*\))", head) or ")" not in head:
            continue
        if last - first - 1 > FUNCTION_LINES:
            yield first, "function", f"a function of {last - first - 1} lines (at most {FUNCTION_LINES})"


def _bounds(line, what, fields, methods):
    if fields > FIELDS:
        yield line, "fields", f"{what} has {fields} fields (at most {FIELDS})"
    if methods > METHODS:
        yield line, "methods", f"{what} has {methods} methods (at most {METHODS})"


def type_faults(sources):
    """Yields (path, line, rule, message). `sources`: (path, text) of all C++, as an owner and its inner state may stand in
    two files of one folder: what a struct `Owner::Private` has counts as the owner's."""
    found = {}
    for path, text in sources:
        folder = PurePath(path).parent
        for one in cpp_text.types(text):
            found.setdefault((folder, one.name), []).append((path, one))
    counted = {(folder, f"{name}::{held}") for (folder, name), ones in found.items() for _, one in ones
               for held in one.pointers.values()}
    for (folder, name), ones in found.items():
        if (folder, name) in counted:
            continue
        for path, one in ones:
            inner = [found[folder, f"{name}::{held}"][0][1] for held in one.pointers.values()
                     if (folder, f"{name}::{held}") in found]
            fields = len(one.fields) - len(inner) + sum(len(part.fields) for part in inner)
            methods = len(one.methods) + sum(len(part.methods) for part in inner)
            what = f"{one.kind} {name}" + "".join(f" with its {part.name.split('::')[-1]}" for part in inner)
            for line, rule, message in _bounds(one.line, what, fields, methods):
                yield path, line, rule, message


def _own_fields(node):
    """The names that a Python class gives to its objects: self.x = …, and a dataclass's annotated names."""
    names = {one.target.id for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)}
    for one in ast.walk(node):
        if isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store) and isinstance(one.value, ast.Name) and \
                one.value.id == "self":
            names.add(one.attr)
    return names


def python_faults(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = node.end_lineno - node.lineno
            if lines > FUNCTION_LINES:
                yield node.lineno, "function", f"{node.name} has {lines} lines (at most {FUNCTION_LINES})"
        if isinstance(node, ast.ClassDef):
            methods = [one for one in node.body if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))]
            yield from _bounds(node.lineno, f"class {node.name}", len(_own_fields(node)), len(methods))

"""One thing wrong with a script: where, and what to do instead."""
import ast

MOST_FAULTS = 50  # of a check: it ends when so much was said


class Fault:
    __slots__ = ("file", "line", "column", "message")

    def __init__(self, file, line, column, message):
        self.file, self.line, self.column, self.message = file, line, column, message

    def __repr__(self):
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


def lines_of(source):
    """The lines as the parser counts them, which knows fewer ends of lines than str.splitlines()."""
    return source.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def column_of(lines, line, offset):
    """The column, from 1, of a byte offset that the parser gives."""
    if not 0 < line <= len(lines):
        return 1
    return len(lines[line - 1].encode()[:max(offset, 0)].decode("utf-8", "ignore")) + 1


def place_of(tree, name, otherwise=(1, 0)):
    """(line, byte offset) where a module last gives this name a value; "Class.name" and "function.argument" are inside. Of a
    name that only functions have, where the one of them does that gives it a value."""
    first, _, inner = name.partition(".")
    place, holder, value = otherwise, None, None
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found = [node] if node.name == first else []
        else:
            found = [one for one in ast.walk(node)
                     if isinstance(one, ast.Name) and one.id == first and isinstance(one.ctx, ast.Store)]
        if found:
            holder, value = found[-1], getattr(node, "value", None)
            place = holder.lineno, holder.col_offset
    if holder is None and not inner:
        inside = [one for one in ast.walk(tree)
                  if isinstance(one, ast.Name) and one.id == first and isinstance(one.ctx, ast.Store)]
        return (inside[0].lineno, inside[0].col_offset) if len(inside) == 1 else otherwise
    if inner and isinstance(value, ast.Lambda):
        return _place_of_default(value.args, inner, place)
    if inner and isinstance(holder, ast.ClassDef):
        return place_of(holder, inner, place)
    if inner and isinstance(holder, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return _place_of_default(holder.args, inner, place)
    return place


def _place_of_default(taken, name, otherwise):
    plain = taken.posonlyargs + taken.args
    for argument, default in [*zip(plain[len(plain) - len(taken.defaults):], taken.defaults),
                              *zip(taken.kwonlyargs, taken.kw_defaults)]:
        if argument.arg == name and default is not None:
            return default.lineno, default.col_offset
    return otherwise


def place_in_call(nodes, line, argument, said):
    """(line, byte offset) of the text in this argument of a call that `said` names first; where none, of the argument."""
    for node in nodes:
        if type(node) is ast.Call and node.lineno == line:
            for keyword in node.keywords:
                if keyword.arg == argument:
                    named = [one for one in ast.walk(keyword.value)
                             if isinstance(one, ast.Constant) and isinstance(one.value, str) and f"{one.value!r:.60}" in said]
                    found = min(named, key=lambda one: said.index(f"{one.value!r:.60}"), default=keyword.value)
                    return found.lineno, found.col_offset
    return None

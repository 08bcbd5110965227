"""One thing wrong with a script: where, and what to do instead."""
import ast


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


def place_of(tree, name):
    """(line, byte offset) where a module last gives this name a value."""
    place = 1, 0
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found = [node] if node.name == name else []
        else:
            found = [one for one in ast.walk(node)
                     if isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Store)]
        if found:
            place = found[-1].lineno, found[-1].col_offset
    return place

"""One thing wrong with a script: where, and what to do instead."""


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

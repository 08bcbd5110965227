"""Calls as the checks look at them: what is called, of whom, with which arguments; and where a fault is said."""
import ast

from composer.sanitizer.fault import MOST_FAULTS, Fault, column_of

HOME = "home"


def homes_of(nodes):
    """What the file calls a home: what its handlers call it."""
    names = {HOME}
    for node in nodes:
        if type(node) in (ast.FunctionDef, ast.AsyncFunctionDef) \
                and any(isinstance(one, ast.Call) and Call(one).owner == "on" for one in node.decorator_list):
            names.update(one.arg for one in (node.args.posonlyargs + node.args.args)[:1])
    return names


class Said:
    """Gathers the faults of one file."""

    def __init__(self, file, lines, faults):
        self._file, self._lines, self._faults = file, lines, faults

    def is_full(self):
        return len(self._faults) >= MOST_FAULTS

    def fault(self, node, message):
        column = column_of(self._lines, node.lineno, node.col_offset)
        self._faults.append(Fault(self._file, node.lineno, column, message))


class Call:
    """A call, by the last part of what is called."""

    __slots__ = ("node", "name", "owner")

    def __init__(self, node, homes=()):
        self.node, self.name, self.owner = node, None, None
        if isinstance(node.func, ast.Attribute):
            self.name = node.func.attr
            owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
            self.owner = HOME if owner in homes else owner
        elif isinstance(node.func, ast.Name):
            self.name = node.func.id

    def is_on(self, name):
        return self.owner == "on" and self.name == name

    def of_home(self, name):
        return self.owner == HOME and self.name == name

    def argument(self, place, name):
        for keyword in self.node.keywords:
            if keyword.arg == name:
                return keyword.value
        positional = self.node.args
        if place < len(positional) and not any(isinstance(one, ast.Starred) for one in positional[:place + 1]):
            return positional[place]
        return None

    def literal(self, place, name):
        value = self.argument(place, name)
        return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None

"""Keywords that app(…), a trigger or a parameter does not take: said with the nearest name before the script runs."""
import ast
import inspect

from composer import parameters, texts
from composer.declare import Declaration, On
from composer.sanitizer.fault import MOST_FAULTS, Fault, column_of, lines_of


def _taken(function):
    return tuple(name for name in inspect.signature(function).parameters if name != "self")


# What each takes, by its name after "composer.".
_TAKEN = {"app": _taken(Declaration.app),
          **{f"on.{name}": _taken(getattr(On, name)) for name in dir(On) if not name.startswith("_")},
          **{name: _taken(kind.__init__) for name, kind in parameters.TYPES.items()}}


def misspelt(files):
    """Faults of all files together; `files` is {file: (nodes of its tree, source)}."""
    faults = []
    for file, (nodes, source) in files.items():
        lines, names = lines_of(source), _names_of_composer(nodes)
        for node in nodes:
            if type(node) is not ast.Call or not node.keywords:
                continue
            if len(faults) >= MOST_FAULTS:
                return faults
            called = _called(node.func, names)
            for keyword in node.keywords:
                if called in _TAKEN and keyword.arg is not None and keyword.arg not in _TAKEN[called]:
                    faults.append(Fault(file, keyword.lineno, column_of(lines, keyword.lineno, keyword.col_offset),
                                        texts.unknown_argument(called, keyword.arg, _TAKEN[called], None)))
    return faults


def _names_of_composer(nodes):
    """{name in the file: what of composer it is}; the module itself is ""."""
    names = {}
    for node in nodes:
        if type(node) is ast.ImportFrom and node.module == "composer" and not node.level:
            names.update({alias.asname or alias.name: alias.name for alias in node.names})
        elif type(node) is ast.Import:
            names.update({alias.asname or alias.name: "" for alias in node.names if alias.name == "composer"})
    return names


def _called(function, names):
    """"on.measurement" of on.measurement or composer.on.measurement; None of what is not composer's."""
    if type(function) is ast.Name:
        return names.get(function.id)
    if type(function) is not ast.Attribute:
        return None
    owner = _called(function.value, names)
    return owner if owner is None else f"{owner}.{function.attr}".lstrip(".")

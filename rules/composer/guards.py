"""The builtins scripts have: a dictionary of our own, with getattr and its kin guarded where the check cannot see."""
import builtins
import typing

from composer.names import refused

_PLAIN = (
    "abs all any ascii bin bool bytearray bytes callable chr classmethod complex dict divmod enumerate filter float "
    "format frozenset hash hex int isinstance issubclass iter len list map max min next object oct ord pow property "
    "range repr reversed round set slice sorted staticmethod str sum super tuple zip True False None NotImplemented "
    "Ellipsis "
    "ArithmeticError AssertionError AttributeError EOFError Exception FloatingPointError IndexError KeyError "
    "LookupError NameError NotImplementedError OverflowError RecursionError RuntimeError StopIteration "
    "TimeoutError TypeError UnicodeError ValueError ZeroDivisionError Warning UserWarning DeprecationWarning"
).split()
GUARDED = ("getattr", "setattr", "hasattr", "delattr", "type", "print")
NAMES = frozenset(_PLAIN) | frozenset(GUARDED)

# What people try, and what to do instead.
INSTEAD = {
    "open": "files cannot be opened here", "input": "nobody can answer here: use home.ask(…)",
    "eval": "eval cannot be used here", "exec": "exec cannot be used here", "compile": "compile cannot be used here",
    "globals": "module-level values are read-only here: use home.state", "locals": "locals cannot be used here",
    "vars": "vars cannot be used here: name the attributes", "dir": "dir cannot be used here: name the attributes",
    "id": "id differs from run to run: compare with 'is', or keep a key of your own",
    "breakpoint": "there is no debugger here: use home.log(…)", "help": "help cannot be used here",
    "exit": "use return", "quit": "use return", "memoryview": "use bytes",
    "BaseException": "use Exception", "SystemExit": "use return", "KeyboardInterrupt": "use Exception",
    "GeneratorExit": "use Exception", "MemoryError": "use Exception",
}
_MISSING = object()


class Guards:
    """The guarded builtins of one worker: what may be written to depends on what is frozen."""

    def __init__(self, present):
        self._present = present
        self._frozen = {}  # id → object at module level, kept so that the id stays its own
        self._stand_ins = {}

    def watch(self, on):
        self._present.watch(on)

    def builtins(self, importer):
        table = {name: getattr(builtins, name) for name in _PLAIN}
        for name in GUARDED:
            table[name] = getattr(self, "_" + name)
        table["__build_class__"] = _build_class
        table["__import__"] = importer
        return table

    def stand_in(self, kind, shown):
        """type(x) of our own `kind` gives `shown`, which can be compared and nothing else."""
        self._stand_ins[kind] = shown

    def freeze(self, value):
        self._frozen[id(value)] = value

    def thaw(self, values):
        for value in values:
            self._frozen.pop(id(value), None)

    def writable(self, value):
        """`value` itself when its attributes may be set; stands around every attribute that a script writes to."""
        kind = type(value)
        if not _of_script(kind):
            if _of_script(value):
                if self._present.run is None:
                    return value
                raise TypeError("values of a class are read-only after loading: use home.state")
            raise TypeError(f"attributes of a {kind.__name__} cannot be set here")
        if id(value) in self._frozen:
            raise TypeError("module-level values are read-only after loading: use home.state")
        return value

    def _getattr(self, value, name, default=_MISSING):
        _check(name)
        return getattr(value, name) if default is _MISSING else getattr(value, name, default)

    def _hasattr(self, value, name):
        _check(name)
        return hasattr(value, name)

    def _setattr(self, value, name, new):
        _check(name)
        setattr(self.writable(value), name, new)

    def _delattr(self, value, name):
        _check(name)
        delattr(self.writable(value), name)

    def _type(self, value):
        kind = type(value)
        return self._stand_ins.get(kind, kind) if _may_be_known(kind) else self._stand_ins.get(kind, object)

    def _print(self, *values, sep=" ", end="\n", file=None, flush=False):
        if self._present.run is not None:
            self._present.run.log.add((" " if sep is None else sep).join([str(value) for value in values]))


def _check(name):
    if type(name) is not str:
        raise TypeError("an attribute's name must be a text")
    reason = refused(name) or ("use f-strings" if name == "format" else None)
    if reason:
        raise AttributeError(reason)


def _of_script(value):
    """Whether `value` is a class that a script made."""
    return isinstance(value, type) and type.__getattribute__(value, "__module__") == SCRIPT_MODULE


SCRIPT_MODULE = "script"
_KNOWN_MODULES = frozenset({"datetime", "collections", "decimal", "fractions", "re", SCRIPT_MODULE})


def _may_be_known(kind):
    module, name = type.__getattribute__(kind, "__module__"), type.__getattribute__(kind, "__name__")
    return module in _KNOWN_MODULES or kind is type(None) or \
        (module == "builtins" and name in NAMES and getattr(builtins, name) is kind)


def _build_class(body, name, *bases):
    """As the builtin, of classes only: the type of an object used as a base would be called with the class's body."""
    for base in bases:
        if not isinstance(base, type) and base is not typing.NamedTuple:
            raise TypeError(f"{base!r:.60} is no class, so it cannot be a base class")
    return builtins.__build_class__(body, name, *bases)

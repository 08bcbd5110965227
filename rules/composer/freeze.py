"""Makes everything that outlives a run read-only after loading: module-level values, class attributes, defaults,
closures. What cannot be made so is refused, so that a home never sees what another home's run left behind."""
import collections
import dis
import enum
import functools
import sys
import types

from composer import guards
from composer.errors import DeclarationError, ScriptError

_SAY = "module-level values are read-only after loading: use home.state"


def _refuse(*_, **__):
    raise TypeError(_SAY)


def _read_only(kind, methods):
    body = {name: _refuse for name in methods.split()}
    return type("ReadOnly" + kind.__name__.capitalize(), (kind,), body | {"__slots__": ()})


_ITEMS = "__setitem__ __delitem__ clear pop "
_READ_ONLY = {
    list: _read_only(list, _ITEMS + "__iadd__ __imul__ append extend insert remove reverse sort"),
    dict: _read_only(dict, _ITEMS + "__ior__ popitem setdefault update"),
    set: _read_only(set, "__iand__ __ior__ __isub__ __ixor__ add clear difference_update discard "
                         "intersection_update pop remove symmetric_difference_update update"),
    collections.OrderedDict: _read_only(collections.OrderedDict, _ITEMS + "__ior__ popitem setdefault move_to_end"),
    collections.Counter: _read_only(collections.Counter, _ITEMS + "__iadd__ __isub__ __iand__ __ior__ popitem "
                                                                  "setdefault subtract"),
    bytearray: _read_only(bytearray, _ITEMS + "__iadd__ __imul__ append extend insert remove reverse"),
}
# Their own constructors fill them through the methods refused above, so they are filled from below.
_FILL = {collections.OrderedDict: lambda made, old: [dict.__setitem__(made, k, v) for k, v in old.items()],
         collections.Counter: lambda made, old: [dict.__setitem__(made, k, v) for k, v in old.items()]}
_PLAIN_TYPES = frozenset({
    type(None), bool, int, float, complex, str, bytes, frozenset, range, slice, type(...), type(NotImplemented),
    types.MethodDescriptorType, types.WrapperDescriptorType, types.ClassMethodDescriptorType, types.GenericAlias,
    types.UnionType})
# Classes of the curated modules whose objects never change.
_PLAIN_MODULES = frozenset({"datetime", "decimal", "fractions", "re", "zoneinfo", "composer.times", "typing",
                            "composer.parameters", "composer.effects", "composer.markers", "statistics",
                            "composer.modules", "composer.declare"})

_TUPLE_FIELD = type(collections.namedtuple("_", "field").field)  # what reads a field of a namedtuple


class Freezer:
    """Walks what a script's module holds and replaces or refuses. One for each script."""

    def __init__(self, registry, files):
        self._registry = registry  # guards.Guards: what may be written to
        self._files = files        # code of these files is the script's own
        self._done = {}            # id → (original, replacement)
        self.objects = []          # instances marked as frozen

    def frozen(self, value, name):
        """The read-only stand-in for `value`, or itself; ScriptError when it cannot be read-only."""
        kind = type(value)
        if kind is types.BuiltinFunctionType:
            return self._builtin(value, name)
        if kind in _PLAIN_TYPES:
            return value
        known = self._done.get(id(value))
        if known is not None:
            return known[1]
        self._done[id(value)] = (value, value)
        result = self._replacement(value, kind, name)
        self._done[id(value)] = (value, result)
        return result

    def _replacement(self, value, kind, name):
        if kind in _READ_ONLY:
            return self._container(value, kind, name)
        if kind is tuple:
            return tuple(self.frozen(one, name) for one in value)
        if kind is types.FunctionType:
            return self._function(value, name)
        if isinstance(value, type):
            return self._class(value)
        if kind in (staticmethod, classmethod):
            self.frozen(value.__func__, name)
            return value
        if kind is property:
            for function in (value.fget, value.fset, value.fdel):
                self.frozen(function, name)
            return value
        if isinstance(value, enum.Enum):
            self._registry.freeze(value)
            self.objects.append(value)
            value._value_ = self.frozen(value._value_, name)
            return value
        if kind is types.MethodType:
            self.frozen(value.__self__, name)
            self.frozen(value.__func__, name)
            return value
        if kind is functools.partial:
            return functools.partial(self.frozen(value.func, name), *(self.frozen(one, name) for one in value.args),
                                     **{key: self.frozen(one, name) for key, one in value.keywords.items()})
        if kind.__module__ == guards.SCRIPT_MODULE or isinstance(value, tuple):
            return self._instance(value, kind, name)
        if kind.__module__ in _PLAIN_MODULES and _really_of(kind):
            return value
        if kind.__module__ == "numpy":
            return _read_only_array(value)
        raise DeclarationError(f"'{name}' is a {kind.__name__}, which would keep values between runs: make it inside the "
                               "function that uses it, or use home.state", name)

    def _container(self, value, kind, name):
        readonly = _READ_ONLY[kind]
        if isinstance(value, dict):
            items = {self.frozen(key, name): self.frozen(one, name) for key, one in value.items()}
        else:
            items = [self.frozen(one, name) for one in value]
        if kind in _FILL:
            made = readonly()
            _FILL[kind](made, items)
            return made
        return readonly(items)

    def _builtin(self, value, name):
        owner = value.__self__
        if owner is None or isinstance(owner, (types.ModuleType, type, str, bytes, tuple)) or type(owner) in _PLAIN_TYPES:
            return value
        raise DeclarationError(f"'{name}' is a method of a {type(owner).__name__}, which would keep values between runs: "
                               "call the method where it is needed", name)

    def _function(self, function, name):
        if function.__code__.co_filename not in self._files:
            return function
        if function.__code__.co_freevars and _writes_outside(function.__code__):
            raise ScriptError(f"the function {function.__name__} keeps a value between runs (nonlocal): "
                              "use home.state")
        if function.__defaults__:
            given = function.__code__.co_varnames[:function.__code__.co_argcount][-len(function.__defaults__):]
            function.__defaults__ = tuple(self.frozen(one, f"{name}.{argument}")
                                          for argument, one in zip(given, function.__defaults__))
        for key, one in (function.__kwdefaults__ or {}).items():
            function.__kwdefaults__[key] = self.frozen(one, f"{name}.{key}")
        for key, one in function.__dict__.items():
            function.__dict__[key] = self.frozen(one, key)
        for free, cell in zip(function.__code__.co_freevars, function.__closure__ or ()):
            try:
                cell.cell_contents = self.frozen(cell.cell_contents, free)
            except ValueError:  # an empty cell
                pass
        return function

    def _class(self, kind):
        if issubclass(kind, enum.Enum):
            for name, member in kind.__members__.items():
                self.frozen(member, f"{kind.__qualname__}.{name}")
        if kind.__module__ != guards.SCRIPT_MODULE:
            return kind
        for name, value in list(vars(kind).items()):
            # What Python and the library put there themselves begins with an underscore; functions do matter.
            functions = type(value) in (types.FunctionType, staticmethod, classmethod)
            if (functions or not name.startswith("_")) and not _is_slot(value):
                self._class_value(kind, name, value)
        return kind

    def _class_value(self, kind, name, value):
        new = self.frozen(value, f"{kind.__qualname__}.{name}")
        if new is not value:
            type.__setattr__(kind, name, new)

    def _instance(self, value, kind, name):
        if hasattr(kind, "__next__"):
            raise DeclarationError(f"'{name}' is an iterator, which would keep its place between runs: make it inside the "
                                   "function that uses it", name)
        self._class(kind)
        if isinstance(value, (list, dict, set, bytearray, collections.deque)):
            raise DeclarationError(f"'{name}' is a {kind.__name__}, which could change between runs: make it inside the "
                                   "function that uses it", name)
        if isinstance(value, tuple):
            return tuple.__new__(kind, [self.frozen(one, name) for one in value])
        for key, one in getattr(value, "__dict__", {}).items():
            value.__dict__[key] = self.frozen(one, f"{name}.{key}")
        self._registry.freeze(value)
        self.objects.append(value)
        return value


def _really_of(kind):
    """Whether the module that a class names has it: scripts can name any for a namedtuple or an enum."""
    return getattr(sys.modules.get(kind.__module__), kind.__name__, None) is kind


def _read_only_array(value):
    """A copy that cannot be written to, so that no view of the old one can either; numbers are themselves."""
    if not hasattr(value, "setflags"):
        return value
    if value.dtype.hasobject:
        raise ScriptError("an array at module level must be of numbers")
    made = value.copy()
    made.setflags(write=False)
    return made


def _is_slot(value):
    kind = type(value)
    return isinstance(value, (types.MemberDescriptorType, types.GetSetDescriptorType, types.DynamicClassAttribute)) \
        or kind is _TUPLE_FIELD or (kind.__module__ in ("enum", "dataclasses") and _really_of(kind))


def _writes_outside(code):
    """The names of enclosing functions that this code, or a function in it, writes to."""
    free = set(code.co_freevars)
    names = {step.argval for step in dis.get_instructions(code)
             if step.opname in ("STORE_DEREF", "DELETE_DEREF") and step.argval in free}
    for inner in code.co_consts:
        if type(inner) is types.CodeType:
            names |= _writes_outside(inner) & free
    return names

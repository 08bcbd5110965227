"""One version of a script: checked, compiled, run once to hear what it declares, then frozen."""
import sys
import types

from composer import effects, markers, parameters
from composer.declare import Declaration
from composer.errors import ScriptError
from composer.freeze import Freezer
from composer.guards import SCRIPT_MODULE
from composer.modules import Namespace
from composer.sanitizer import Fault, Known, check, coverage, gather, keywords
from composer.sanitizer.checker import WRITE_GUARD, parse
from composer.sanitizer.fault import column_of, lines_of, place_in_call, place_of
from composer.sanitizer.walk import nodes_of

MAIN = "script"


class Refused(Exception):
    """The script was not accepted; `faults` says why."""

    def __init__(self, faults):
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


class Script:
    """A loaded version. `handlers` are called with (home, event)."""

    def __init__(self, source, helpers, modules, guards):
        """Raises Refused."""
        # Some editors write the mark of UTF-8 in front.
        helpers = {name: text.removeprefix("\ufeff") for name, text in helpers.items()}
        self._sources = {MAIN: source.removeprefix("\ufeff"), **helpers}
        self._helpers, self._modules, self._guards = helpers, modules, guards
        self._loaded, self._loading = {}, []  # helper → Namespace; those on the way
        self.declaration = Declaration()
        self._composer = Namespace("composer", {
            **parameters.TYPES, "app": self.declaration.app, "on": self.declaration.on, "action": effects.action,
            "Home": markers.Home, "Device": markers.Device, "Event": markers.Event,
            "Series": markers.Series})
        self._nodes = {}  # file → all nodes of its tree
        self._trees = self._checked()
        self._freezer = Freezer(guards, frozenset(self._sources))
        self.manifest = self._run_once()
        self.reads, self.controls = self.declaration.reads, self.declaration.controls
        self.notifies, self.texts = self.declaration.notifies, self.declaration.texts
        self.handlers = self.declaration.handlers
        self._trees = self._nodes = None

    def unload(self):
        self._guards.thaw(self._freezer.objects)

    def line_of(self, error):
        """(file, line, column) of the innermost place in the script where `error` came from; nothing: elsewhere."""
        found = None
        trace = error.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            if code.co_filename in self._sources:
                position = next(iter(list(code.co_positions())[trace.tb_lasti // 2:]), (None,) * 4)
                line = position[0] or trace.tb_lineno
                lines = lines_of(self._sources[code.co_filename])
                found = code.co_filename, line, column_of(lines, line, position[2] or 0)
            trace = trace.tb_next
        return found

    def message_of(self, error):
        """What the author reads: the line and what went wrong."""
        place = self.line_of(error)
        kind = "" if isinstance(error, (ScriptError, SyntaxError)) else type(error).__name__ + ": "
        text = f"{kind}{_text_of(error)}"[:1_000]
        if place is None:
            return text
        return f"line {place[1]}: {text}" if place[0] == MAIN else f"{place[0]}, line {place[1]}: {text}"

    def _checked(self):
        table = {name: vars(space) for name, space in self._modules.items()}
        known = Known(table, vars(self._composer), self._helpers)
        if "numpy" in table:
            from composer import curated_numpy  # noqa: PLC0415 - it is only there where it is allowed

            known.attributes.update(curated_numpy.attributes())
        faults, trees = [], {}
        for file, source in self._sources.items():
            tree, fault = parse(source, file)
            if fault:
                faults.append(fault)
            else:
                trees[file] = tree
                self._nodes[file] = nodes_of(tree)
                gather(self._nodes[file], known)
        for file, nodes in self._nodes.items():
            faults += check(nodes, self._sources[file], file, known)
        faults = faults or keywords.misspelt(self._files())
        if faults:
            raise Refused(faults)
        return trees

    def _files(self):
        return {file: (nodes, self._sources[file]) for file, nodes in self._nodes.items()}

    def _run_once(self):
        try:
            self._guards.watch(True)
            try:
                values = self._execute(MAIN)
            finally:
                self._guards.watch(False)
            self.declaration.seal()
            manifest = self.declaration.manifest(values.get("__doc__"))
            self._freeze(MAIN, values)
            for name, space in self._loaded.items():
                self._freeze(name, vars(space))
        except Refused:
            raise
        except Exception as error:  # whatever the script does while it loads is its author's to hear
            said_at = self.line_of(error) or (MAIN, 1, 1)
            message = self.message_of(error).partition(f"line {said_at[1]}: ")
            raise Refused([Fault(*self._meant(error, said_at), message[2] or message[0])]) from None
        faults = coverage.uncovered(self._files(), self.declaration)
        if faults:
            raise Refused(faults)
        return manifest

    def _meant(self, error, place):
        """(file, line, column) of what a wrong declaration means: an argument inside app(…), or a function."""
        meant = getattr(error, "meant", None)
        if isinstance(meant, types.FunctionType):
            return meant.__code__.co_filename, meant.__code__.co_firstlineno, 1
        found = place_in_call(self._nodes[place[0]], place[1], meant, str(error)) if meant else None
        return (place[0], *self._column(place[0], found)) if found else place

    def _column(self, file, place):
        """(line, column) of the parser's (line, byte offset)."""
        return place[0], column_of(lines_of(self._sources[file]), *place)

    def _freeze(self, file, values):
        """Makes a module's values read-only, in place."""
        for name, value in list(values.items()):
            if name == "__builtins__":
                continue
            try:
                values[name] = self._freezer.frozen(value, name)
            except ScriptError as error:
                place = place_of(self._trees[file], getattr(error, "meant", None) or name,
                                 place_of(self._trees[file], name))
                raise Refused([Fault(file, *self._column(file, place), str(error))]) from None

    def _execute(self, file):
        table = self._guards.builtins(self._import)
        table[WRITE_GUARD] = self._guards.writable
        values = {"__builtins__": table, "__name__": SCRIPT_MODULE}
        try:
            code = compile(self._trees[file], file, "exec", dont_inherit=True, optimize=0)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            line = getattr(error, "lineno", None) or 1
            raise Refused([Fault(file, line, getattr(error, "offset", None) or 1, f"syntax: {_text_of(error)}")]) \
                from None
        exec(code, values)
        return values

    def _import(self, name, values=None, _locals=None, wanted=(), level=0):
        """What `import` means in a script; the check has said already what is not allowed."""
        if type(wanted) is list and name in sys.modules:
            return None  # C code that a script called imports so (a script has a tuple), and takes it from sys.modules
        if level:
            return self._import_helpers(name, wanted or ())
        if name == "composer":
            return self._composer
        space = self._modules.get(name)
        if space is None:
            raise ImportError(f"'{name}' cannot be imported here")
        return space if wanted else self._modules[name.partition(".")[0]]

    def _import_helpers(self, name, wanted):
        if name:
            return self._helper(name)
        return Namespace("helpers", {one: self._helper(one) for one in wanted})

    def _helper(self, name):
        if name in self._loading or name not in self._helpers:
            raise ImportError(f"the helper '{name}' is not there, or imports itself")
        if name not in self._loaded:
            self._loading.append(name)
            try:
                values = self._execute(name)
            finally:
                self._loading.remove(name)
            space = Namespace(name, {})
            # The namespace is the module's own dictionary, so that both are frozen as one.
            object.__setattr__(space, "__dict__", values)
            self._loaded[name] = space
        return self._loaded[name]


def _text_of(error):
    try:
        return "".join((str(error),)) if not isinstance(error, SyntaxError) else str(error.msg)
    except Exception:
        return "an error whose text cannot be made"


def install_module():
    """A module that classes of scripts can be said to come from; dataclasses look it up."""
    sys.modules.setdefault(SCRIPT_MODULE, types.ModuleType(SCRIPT_MODULE))

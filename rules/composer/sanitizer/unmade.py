"""Names of alerts, questions and timers that are waited for, ended or looked for, and that nothing in the script can bring
about: such a handler would never run. A script hears of its own alone; signals and facts may be another's."""
import ast

from composer import texts
from composer.sanitizer.calls import Said
from composer.sanitizer.fault import MOST_FAULTS, Fault, lines_of

# What brings it about, and where its name stands.
_MAKERS = {"start_timer": ("timer", 0, "name"), "alert": ("alert_answered", 0, "key"), "ask": ("question_answered", 1, "key"),
           "command": ("command_finished", 99, ""), "action": ("command_finished", 99, "")}
_ENDERS = {"cancel_timer": ("timer", "name"), "timer_running": ("timer", "name"), "resolve_alert": ("alert_answered", "key")}
_MISSING = {"timer": "no start_timer({0!r}) starts this timer",
            "alert_answered": "no home.alert({0!r}) raises this alert: a script hears of answers to its own alerts alone",
            "question_answered": "no home.ask(…, {0!r}) asks this: a script hears of answers to its own questions alone"}
_NONE = {"alert_answered": "the script raises no alert, and hears of answers to its own alone: this would never run",
         "question_answered": "the script asks nothing, and hears of answers to its own questions alone: this would never run",
         "command_finished": "the script sends no command and offers no action with one, and hears of its own alone: this would "
                             "never run"}
_MOST_SHAPES = 16     # of one name: over it the name may be any
_MOST_PATTERNS = 200  # of one kind
_ANY = (None,)


def unheard(files, calls, declaration, faults):
    """Faults of all files together; `files` is {file: (nodes of its tree, source)}, `calls` {file: its calls}."""
    made = _Made(files, calls)
    _triggers(files, calls, declaration, made, faults)
    heard = {trigger["name"] for _, trigger in declaration.triggers if trigger["kind"] == "timer"}
    asked = any(call.name == "timer_running" for listed in calls.values() for call in listed)
    for file, (_, source) in files.items():
        said = Said(file, lines_of(source), faults)
        for call in calls[file]:
            if said.is_full():
                return
            name = call.literal(0, "name") if call.name == "start_timer" and not asked else None
            if name is not None and name not in heard:
                said.fault(call.node, f"no @on.timer({name!r}) hears of this timer: nothing happens when it ends" +
                           texts.meant(name, sorted(heard)))
            kind, argument = _ENDERS.get(call.name, (None, None))
            name = call.literal(0, argument) if kind else None
            if name is not None and not made.has(kind, name):
                # An alert may be of an earlier version of the script; a timer ends with the version that had it.
                meant = texts.meant(name, made.names(kind), 0.75)
                if meant or kind == "timer":
                    said.fault(call.node, _MISSING[kind].format(name).partition(":")[0] + meant)


def _triggers(files, calls, declaration, made, faults):
    places = {}  # (kind, name) → the decorators that say it
    for file, (_, source) in files.items():
        said = Said(file, lines_of(source), faults)
        for call in calls[file]:
            if call.name in _NONE or call.name in _MISSING:
                name = call.literal(0, "name" if call.name == "timer" else "key")
                places.setdefault((call.name, name or ""), []).append((said, call.node))
    for function, trigger in declaration.triggers:
        kind, name = trigger["kind"], trigger.get("name", "")
        if kind not in _NONE and kind not in _MISSING or made.has(kind, name):
            continue
        if len(faults) >= MOST_FAULTS:
            return
        why = _MISSING[kind].format(name) + texts.meant(name, made.names(kind)) if name else _NONE[kind]
        found = places.get((kind, name))
        if found is None:  # a name that is worked out: the handler's place
            faults.append(Fault(function.__code__.co_filename, function.__code__.co_firstlineno, 1, why))
        elif found:
            said, node = found.pop(0)
            said.fault(node, why)


class _Made:
    """The names that the script can bring about, by kind; those that are partly worked out as patterns."""

    def __init__(self, files, calls):
        self._names, self._patterns, self._any = {}, {}, set()
        for file, (nodes, _) in files.items():
            constants = _constants(nodes)
            self._hidden(nodes, calls[file])
            for call in calls[file]:
                kind, place, argument = _MAKERS.get(call.name, (None, 0, ""))
                if kind:
                    self._add(kind, call, place, argument, constants)

    def has(self, kind, name):
        """Whether it can come; without a name, whether any can."""
        if kind in self._any:
            return True
        if not name:
            return bool(self._names.get(kind) or self._patterns.get(kind))
        return name in self._names.get(kind, ()) or any(_fits(one, name) for one in self._patterns.get(kind, ()))

    def names(self, kind):
        return sorted(self._names.get(kind, ()))

    def _hidden(self, nodes, calls):
        """A method that is handed on, or looked up by its name, may be called with anything."""
        called = {id(call.node.func) for call in calls}
        for node in nodes:
            if type(node) is ast.Attribute and node.attr in _MAKERS and id(node) not in called:
                self._any.add(_MAKERS[node.attr][0])
            elif type(node) is ast.Name and node.id == "getattr":
                self._any.update(kind for kind, _, _ in _MAKERS.values())

    def _add(self, kind, call, place, argument, constants):
        if kind == "command_finished":
            # An action without a device only shows a text.
            device = call.argument(1, "device") if call.name == "action" else call.node
            if device is not None or any(one.arg is None for one in call.node.keywords):
                self._any.add(kind)
            return
        for shape in _shapes(call.argument(place, argument), constants):
            if None not in shape:
                self._names.setdefault(kind, set()).add("".join(shape))
            else:
                self._patterns.setdefault(kind, set()).add(shape)
                if shape == _ANY or len(self._patterns[kind]) > _MOST_PATTERNS:
                    self._any.add(kind)


def _constants(nodes):
    """{name: text} of what the module says once and nothing else in the file is called."""
    bound, said = {}, {}
    for node in nodes:
        kind = type(node)
        if kind is ast.Name and type(node.ctx) is not ast.Load:
            bound[node.id] = bound.get(node.id, 0) + 1
        elif kind is ast.arg:
            bound[node.arg] = 2
        elif kind is ast.alias:
            bound[node.asname or node.name] = 2
    for node in nodes[0].body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name) \
                and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            said[node.targets[0].id] = node.value.value
    return {name: text for name, text in said.items() if bound.get(name) == 1}


def _shapes(node, constants):
    """What a text may be: tuples of its parts, None for one that is worked out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [(node.value,)]
    if isinstance(node, ast.Name) and node.id in constants:
        return [(constants[node.id],)]
    if isinstance(node, ast.JoinedStr):
        return _joined([_shapes(one, constants) for one in node.values])
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _joined([_shapes(node.left, constants), _shapes(node.right, constants)])
    if isinstance(node, ast.IfExp):
        both = _shapes(node.body, constants) + _shapes(node.orelse, constants)
        return both if len(both) <= _MOST_SHAPES else [_ANY]
    return [_ANY]


def _joined(parts):
    shapes = [()]
    for alternatives in parts:
        shapes = [before + after for before in shapes for after in alternatives]
        if len(shapes) > _MOST_SHAPES:
            return [_ANY]
    return [_tidy(shape) for shape in shapes]


def _tidy(shape):
    """Texts that follow each other as one, and what is worked out once in a row."""
    tidied = []
    for part in shape:
        if not tidied or (part is None) != (tidied[-1] is None):
            tidied.append(part)
        elif part is not None:
            tidied[-1] += part
    return tuple(tidied)


def _fits(shape, name):
    """Whether a name can be of this shape; each part is looked for once, from the left."""
    first, last = shape[0], shape[-1]
    if first is not None and not name.startswith(first):
        return False
    if last is not None and not name.endswith(last):
        return False
    at, end = len(first or ""), len(name) - (len(last or "") if len(shape) > 1 else 0)
    for part in shape[1:-1]:
        if part is not None:
            found = name.find(part, at, end)
            if found < 0:
                return False
            at = found + len(part)
    return at <= end

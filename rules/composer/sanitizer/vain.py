"""What is written and does nothing: answers that never come, values that an event does not have, coroutines that nobody
awaits, and lines that only look at something."""
import ast

from composer import texts
from composer.effects import Effects
from composer.event import ANSWERS, DATA
from composer.sanitizer.calls import Call, Said
from composer.sanitizer.fault import MOST_FAULTS, lines_of

_OF_VALUES = ("measurement", "fact")
_DOING = frozenset(name for name in vars(Effects) if not name.startswith("_"))


def vain(files, calls, faults):
    """Faults of all files together; `files` is {file: (nodes of its tree, source)}, `calls` {file: its calls}."""
    asked = _asked(calls)
    for file, (nodes, source) in files.items():
        said = Said(file, lines_of(source), faults)
        coroutines = {node.name for node in nodes if type(node) is ast.AsyncFunctionDef}
        for node in nodes:
            if said.is_full():
                return
            if type(node) is ast.Expr:
                _idle(node.value, coroutines, said)
            elif type(node) in (ast.FunctionDef, ast.AsyncFunctionDef):
                _handler(node, asked, said)


def _idle(value, coroutines, said):
    """A line that is an expression alone."""
    if isinstance(value, ast.Compare):
        said.fault(value, "this compares and does nothing with it: one '=' gives a value, 'if' acts on it")
    elif isinstance(value, ast.Attribute) and value.attr in _DOING:
        said.fault(value, f"{value.attr} is not called here: write {value.attr}(…)")
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in coroutines:
        said.fault(value, f"{value.func.id} is async and would never run: await {value.func.id}(…), in an async function")


def _handler(node, asked, said):
    """One with triggers: what its event is looked at for."""
    taken = node.args.posonlyargs + node.args.args
    triggers = [Call(one) for one in node.decorator_list if isinstance(one, ast.Call) and Call(one).owner == "on"]
    if not triggers or len(triggers) < len(node.decorator_list) or len(taken) != 2:
        return
    event, kinds = taken[1].arg, [one.name for one in triggers]
    rebound = any(type(one) is ast.Name and one.id == event and type(one.ctx) is not ast.Load for one in ast.walk(node))
    words = {name: _words(name, triggers, asked) for name in ("answer", "state")}
    for one in ast.walk(node):
        if said.is_full() or rebound:
            return
        if type(one) is ast.Attribute and one.attr in ("value", "previous") and _is(one.value, event) \
                and not any(kind in _OF_VALUES for kind in kinds):
            where = "; what came is in event.data" if any(kind in DATA or kind in ("timer", "signal") for kind in kinds) else ""
            said.fault(one, f"event.{one.attr} is always None in a handler of on.{kinds[0]}(…){where}")
        elif type(one) is ast.Compare and len(one.ops) == 1 and isinstance(one.ops[0], (ast.Eq, ast.NotEq)):
            for looked, other in ((one.left, one.comparators[0]), (one.comparators[0], one.left)):
                name = _looked_up(looked, event)
                if words.get(name) and isinstance(other, ast.Constant) and other.value not in words[name] and other.value is not None:
                    said.fault(other, f"event.data[{name!r}] of on.{kinds[0]}(…) is never {other.value!r}; it is "
                                      f"{', '.join(sorted(words[name]))}{texts.meant(str(other.value), sorted(words[name]))}")


def _words(name, triggers, asked):
    """What event.data[name] may be, or nothing where that cannot be seen."""
    words = set()
    for trigger in triggers:
        if name == "answer" and trigger.name == "question_answered":
            key = trigger.literal(0, "key")
            found = asked.get(key) if asked is not None and key is not None else None
        else:
            found = ANSWERS.get(trigger.name, {}).get(name)
        if not found:
            return None
        words.update(found)
    return words


def _asked(calls):
    """{key of a question: the keys of its choices}, without those that cannot be seen; None where no key can be."""
    asked = {}
    for listed in calls.values():
        for call in listed:
            if call.name != "ask":
                continue
            key, choices = call.literal(1, "key"), call.argument(99, "choices")
            if key is None or any(one.arg is None for one in call.node.keywords):
                return None
            asked[key] = None if key in asked and asked[key] is None else (asked.get(key) or set()) | (_keys(choices) or set())
            if _keys(choices) is None:
                asked[key] = None
    return asked


def _keys(choices):
    if choices is None:
        return {"yes", "no"}
    if isinstance(choices, ast.Dict):
        keys = choices.keys
    elif isinstance(choices, (ast.List, ast.Tuple)):
        keys = [one.elts[0] if isinstance(one, ast.Tuple) and one.elts else one for one in choices.elts]
    else:
        return None
    if not all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in keys):
        return None
    return {one.value for one in keys}


def _is(node, name):
    return isinstance(node, ast.Name) and node.id == name


def _looked_up(node, event):
    """The literal name in event.data["name"] or event.data.get("name")."""
    if isinstance(node, ast.Subscript):
        owner, name = node.value, node.slice
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get" and len(node.args) == 1:
        owner, name = node.func.value, node.args[0]
    else:
        return None
    isdata = isinstance(owner, ast.Attribute) and owner.attr == "data" and _is(owner.value, event)
    return name.value if isdata and isinstance(name, ast.Constant) and isinstance(name.value, str) else None


def unread(files, declaration, faults):
    """Parameters that nothing reads: the console would offer a setting without effect."""
    if not declaration.parameters:
        return
    nodes = [node for listed, _ in files.values() for node in listed]
    read = {node.attr for node in nodes if type(node) is ast.Attribute}
    places = {}  # name → where a text says it: in app(…), and where it may be looked up by its name
    for file, (listed, source) in files.items():
        for node in listed:
            if type(node) is ast.Constant and type(node.value) is str and node.value in declaration.parameters:
                places.setdefault(node.value, []).append((Said(file, lines_of(source), faults), node))
    for name in declaration.parameters:
        said = places.get(name, ())
        if name in read or len(said) != 1:
            continue
        if len(faults) >= MOST_FAULTS:
            return
        said[0][0].fault(said[0][1], f"nothing reads the parameter {name!r}: use home.parameters.{name}, or take it out")

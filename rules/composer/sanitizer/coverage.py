"""What can be seen without running: effects that app(…) does not cover, texts that do not exist, actions that nobody
offers, questions for history that nobody awaits; what a handler waits for in vain is in unmade."""
import ast
import difflib
import inspect

from composer import texts
from composer.declare import ROLES
from composer.durations import LONGEST_MS, to_ms
from composer.effects import (HALF_AN_ACTION, LONGEST_DELAY, MOST_CHOICES, NAMED_TWICE, NO_DELAY_OF, NO_DELAYS,
                              NO_SETTINGS, NOT_ASKED, SEVERITIES, TWO_CHOICES, WRONG_CHOICES, is_servers,
                              wrong_severity)
from composer.event import DATA
from composer.home import LONGEST_SPAN, Home
from composer.places import misspelt_room
from composer.query import wrong_aggregate
from composer.sanitizer import unmade, vain
from composer.sanitizer.calls import HOME, Call, Said, homes_of
from composer.sanitizer.fault import MOST_FAULTS, Fault, lines_of

_MOST_COMPARED = 50  # texts that are looked for among the keys: comparing takes time, and this is enough said
_PLACE_OF_NAME = {"latest": 0, "latest_point": 0, "history": 1}
_PLACE_OF_TEXT = {"alert": 1, "notify": 1, "ask": 2}
_PLACE_OF_ROLES = {"notify": 0, "ask": 0}
_NO_SETTING = {"command": ("device", "expires"), "action": ("key", "device")}
# The durations that each method takes: (name, place, the shortest, the longest).
_SPANS = [("every", 99, 1_000, LONGEST_MS), ("since", 99, 0, LONGEST_SPAN), ("until", 99, 0, LONGEST_SPAN)]
_DURATIONS = {"start_timer": [("after", 1, 1, LONGEST_MS)], "alert": [("repeat", 99, 60_000, LONGEST_MS)],
              "command": [("expires", 99, 1_000, LONGEST_DELAY)], "history": _SPANS, "facts_history": _SPANS}
# What each method of home takes by name, and whether others are placeholders (or settings, of command).
_SIGNATURES = {name: inspect.signature(method)
               for name, method in vars(Home).items() | inspect.getmembers(Home, inspect.isfunction)
               if inspect.isfunction(method) and not name.startswith("_")}
_ARGUMENTS = {name: (tuple(one for one, given in signature.parameters.items()
                           if given.kind is not inspect.Parameter.VAR_KEYWORD and one != "self"),
                     any(given.kind is inspect.Parameter.VAR_KEYWORD for given in signature.parameters.values()))
              for name, signature in _SIGNATURES.items()}


def uncovered(files, declaration):
    """Faults of all files together; `files` is {file: (nodes of its tree, source)}."""
    faults = []
    homes = {file: homes_of(nodes) for file, (nodes, _) in files.items()}
    calls = {file: [Call(node, homes[file]) for node in nodes if type(node) is ast.Call]
             for file, (nodes, _) in files.items()}
    _uncovered_triggers(calls, files, declaration, faults)
    unmade.unheard(files, calls, declaration, faults)
    vain.vain(files, calls, faults)
    vain.unread(files, declaration, faults)
    compared = set()
    for file, (nodes, source) in files.items():
        said = Said(file, lines_of(source), faults)
        for call in calls[file]:
            if len(faults) >= MOST_FAULTS:
                return faults  # enough said, and looking for what was meant takes time
            _grants(call, declaration, said)
            _text_keys(call, declaration, compared, said)
            _keywords(call, declaration, said)
            _arguments(call, said)
            _values(call, said)
            _durations(call, said)
        _data_names(nodes, said)
        _loose_triggers(nodes, said)
        _unawaited(nodes, homes[file], said)
        _unused_actions(nodes, said)
    return faults


def _uncovered_triggers(calls, files, declaration, faults):
    missing = declaration.uncovered()
    names, said = {name for _, name in missing}, set()
    for file, (_, source) in files.items():
        for call in calls[file]:
            name = call.literal(0, "name") if call.is_on("measurement") else None
            if name in names:
                said.add(name)
                Said(file, lines_of(source), faults).fault(call.node, _not_read(name))
    for function, name in missing:
        if name not in said:  # a name that is worked out: the handler's place
            faults.append(Fault(function.__code__.co_filename, function.__code__.co_firstlineno, 1, _not_read(name)))


def _not_read(name):
    return f"on.measurement({name!r}) is not covered: add it to app(reads=…)"


def _keywords(call, declaration, said):
    """Arguments that home's methods do not have: misspelt ones would be taken for placeholders."""
    if call.owner != HOME or call.name not in _ARGUMENTS or call.name == "command":
        return
    known, more = _ARGUMENTS[call.name]
    shown, hidden = _shown(call) if more else ([], False)
    for wrong in filter(None, (texts.misused(one, declaration.texts) for one in shown)):
        return said.fault(call.node, wrong)
    places = None if hidden else set().union(*(texts.placeholders(one, declaration.texts) for one in shown))
    for keyword in call.node.keywords:
        if keyword.arg is None or keyword.arg in known:
            continue
        if places is None:
            wrong = keyword.arg not in declaration.placeholders and difflib.get_close_matches(keyword.arg, known, 1, 0.75)
        else:
            wrong = keyword.arg not in places
        if wrong:
            said.fault(keyword, texts.unknown_argument("home." + call.name, keyword.arg, known,
                                                       places or set() if more else None))
            return
    _missing(call, shown, known, declaration, said)


def _missing(call, shown, known, declaration, said):
    """Placeholders that no value is given for: the run would end there."""
    given = {keyword.arg for keyword in call.node.keywords} - set(known)
    for text in shown:
        if said.is_full():
            return
        for name in sorted(texts.placeholders(text, declaration.texts) - given if None not in given else ()):
            said.fault(call.node, f"the text {text!r:.60} has the placeholder {{{name}}}: give {name}=…")


def _arguments(call, said):
    """Arguments that are missing or too many: the run would end there, perhaps at the one moment that matters."""
    given = call.node.keywords
    if call.owner != HOME or call.name not in _SIGNATURES or any(one.arg is None for one in given) \
            or any(isinstance(one, ast.Starred) for one in call.node.args):
        return
    known = _ARGUMENTS[call.name][0]
    try:
        _SIGNATURES[call.name].bind(HOME, *call.node.args, **{one.arg: one for one in given if one.arg in known})
    except TypeError as error:
        placed = [one.name for one in _SIGNATURES[call.name].parameters.values() if one.kind is one.POSITIONAL_OR_KEYWORD][1:]
        named = [f"{one}=…" for one in known if one not in placed]
        many = len(call.node.args) > len(placed)
        said.fault(call.node, f"home.{call.name}({', '.join(placed)}): " + (
            f"too many arguments without a name{'; with one: ' + ', '.join(named) if named else ''}" if many else str(error)))
        return
    if call.name == "command" and all(one.arg in known for one in given):
        said.fault(call.node, NO_SETTINGS)


def _values(call, said):
    """Severities, kinds of rooms and choices that are none: the run would end there, or find nothing."""
    if call.of_home("alert"):
        severity = call.argument(99, "severity")
        if isinstance(severity, ast.Constant) and severity.value not in SEVERITIES:
            said.fault(severity, wrong_severity(severity.value))
        _actions(call.argument(99, "actions"), said)
    if call.owner is None and call.name == "action" and not any(one.arg is None for one in call.node.keywords):
        settings = [one for one in call.node.keywords if one.arg not in ("key", "device")]
        if (call.argument(1, "device") is None) != (not settings) and not any(
                isinstance(one, ast.Starred) for one in call.node.args):
            said.fault(call.node, HALF_AN_ACTION)
    if call.owner == HOME and call.name in ("history", "facts_history"):
        _aggregate(call, said)
    if call.owner == HOME and call.name in ("devices", "latest", "latest_point"):
        room = call.argument(99, "room")
        wrong = misspelt_room(room.value) if isinstance(room, ast.Constant) else None
        if wrong:
            said.fault(room, wrong)
    if not call.of_home("ask"):
        return
    choices = call.argument(99, "choices")
    if isinstance(choices, ast.Constant):
        said.fault(choices, WRONG_CHOICES.format(choices.value))
    elif isinstance(choices, (ast.List, ast.Tuple)) and not any(isinstance(one, ast.Starred) for one in choices.elts):
        keys = [one.elts[0] if isinstance(one, ast.Tuple) and one.elts else one for one in choices.elts]
        literal = [one.value for one in keys if isinstance(one, ast.Constant)]
        if not 0 < len(keys) <= MOST_CHOICES:
            said.fault(choices, f"a question needs 1 to {MOST_CHOICES} choices")
        elif len(set(literal)) < len(literal):
            said.fault(choices, TWO_CHOICES)


def _actions(offered, said):
    """Literals among them, which are no actions."""
    for one in offered.elts if isinstance(offered, (ast.List, ast.Tuple)) else [offered]:
        if isinstance(one, ast.Constant):
            said.fault(one, f"actions must be a list of action(…), not {one.value!r:.60}")


def _aggregate(call, said):
    aggregate = call.argument(99, "aggregate")
    if isinstance(aggregate, ast.Constant) and aggregate.value is not None:
        wrong = wrong_aggregate(aggregate.value, call.argument(99, "every") is not None or any(
            one.arg is None for one in call.node.keywords))
        if wrong:
            said.fault(aggregate, wrong)


def _shown(call):
    """(the texts that the call shows, whether there may be others, or other values for them)."""
    place = _PLACE_OF_TEXT[call.name]
    shown = [call.argument(place, "text") or call.argument(place - 1, "key")]
    hidden = any(keyword.arg is None for keyword in call.node.keywords)
    if call.name == "alert":
        offered = call.argument(99, "actions")
        hidden |= not isinstance(offered, (ast.List, ast.Tuple, type(None)))
        for one in getattr(offered, "elts", ()):
            shown.append(Call(one).argument(0, "key") if isinstance(one, ast.Call) else None)
    if call.name == "ask":
        choices = call.argument(99, "choices")
        hidden |= not isinstance(choices, (ast.List, ast.Tuple, type(None)))
        shown += [one.elts[-1] if isinstance(one, ast.Tuple) and one.elts else one for one in getattr(choices, "elts", ())]
    literal = [node.value for node in shown if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return literal, hidden or len(literal) < len(shown)


def _grants(call, declaration, said):
    if call.name in _PLACE_OF_NAME and call.owner is not None:
        name = call.literal(_PLACE_OF_NAME[call.name], "name")
        if name is not None and name not in declaration.reads:
            said.fault(call.argument(_PLACE_OF_NAME[call.name], "name"),
                       f"{name!r} is not covered: add it to app(reads=…) with the reason")
    if call.of_home("command") or (call.name == "action" and call.owner in (None, "composer")):
        for keyword in call.node.keywords:
            if keyword.arg and keyword.arg not in (*_NO_SETTING[call.name], *declaration.controls):
                said.fault(keyword, f"{keyword.arg!r} is not covered: add it to app(controls=…) with the reason" + texts.meant(
                    keyword.arg, [*_NO_SETTING[call.name], *declaration.controls]))
    if call.of_home("alert") or call.of_home("resolve_alert"):
        key = call.literal(0, "key")
        if key is not None and is_servers(key):
            said.fault(call.argument(0, "key"), f"the key {key!r} is the server's own: choose another")
    if call.owner == HOME and call.name in ("alert", "notify", "ask"):
        to = call.argument(_PLACE_OF_ROLES.get(call.name, 99), "to")
        for node in _roles(to):
            if node.value not in ROLES:
                said.fault(node, f"there is no role {node.value!r}; roles are {', '.join(ROLES)}")
            elif call.name == "ask" and node.value == "coordinator":
                said.fault(node, NOT_ASKED)
            elif node.value not in declaration.notifies:
                said.fault(node, f"{node.value!r} is not covered: add it to app(notifies=…)")


def _durations(call, said):
    """Durations that are none: the run would end there, and with it what it was to tell."""
    if call.owner != HOME:
        return
    for name, place, least, most in _DURATIONS.get(call.name, ()):
        _duration(call.argument(place, name), name, least, most, said)
    if call.name in _PLACE_OF_TEXT:
        to = call.argument(_PLACE_OF_ROLES.get(call.name, 99), "to")
        if isinstance(to, ast.Dict):
            said.fault(to, NO_DELAYS)
        for node in _delays(to):
            _duration(node, "the delay", 0, LONGEST_DELAY, said)
        _told(to, said)


def _told(to, said):
    """Coordinators who are told later, and roles that are named twice: both would be told once, and at once."""
    named = set()
    for node in _roles(to):
        if node.value in named:
            said.fault(node, NAMED_TWICE.format(node.value))
        named.add(node.value)
    for one in ast.walk(to) if to else ():
        pair = one.elts if isinstance(one, (ast.Tuple, ast.List)) else []
        if len(pair) == 2 and pair[1] in _delays(to) and _is_later(pair[1]) \
                and isinstance(pair[0], ast.Constant) and pair[0].value == "coordinator":
            said.fault(pair[0], NO_DELAY_OF)


def _is_later(delay):
    try:
        return not isinstance(delay, ast.Constant) or (delay.value is not None and to_ms(delay.value, "the delay") > 0)
    except ValueError:
        return False  # said already


def _duration(node, name, least, most, said):
    if isinstance(node, ast.Constant) and node.value is not None:
        try:
            to_ms(node.value, name, least, most)
        except ValueError as error:
            said.fault(node, str(error))


def _delays(to):
    """The second of each ("role", "5m") in to=."""
    if isinstance(to, ast.Tuple) and len(to.elts) == 2 and isinstance(to.elts[1], ast.Constant) \
            and str(to.elts[1].value)[:1].isdigit():
        return [to.elts[1]]
    listed = to.elts if isinstance(to, (ast.List, ast.Tuple)) else []
    return [one.elts[1] for one in listed if isinstance(one, (ast.Tuple, ast.List)) and len(one.elts) == 2]


def _roles(node):
    """The literal role names in to="…" and to=["…", ("…", "5m")]."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    elif isinstance(node, (ast.List, ast.Tuple)):
        delayed = isinstance(node, ast.Tuple) and len(node.elts) == 2 and \
            isinstance(node.elts[1], ast.Constant) and str(node.elts[1].value)[:1].isdigit()
        for one in node.elts[:1] if delayed else node.elts:
            yield from _roles(one)


def _text_keys(call, declaration, compared, said):
    """A text that is nearly a key of texts is a slip; `compared` holds those that were looked for."""
    if call.owner == HOME and call.name in _PLACE_OF_TEXT and declaration.texts:
        text = call.literal(_PLACE_OF_TEXT[call.name], "text")
        if text is not None and " " not in text and text not in declaration.texts and text not in compared \
                and len(compared) < _MOST_COMPARED:
            compared.add(text)
            close = difflib.get_close_matches(text, declaration.texts, 1, 0.7)
            if close:
                said.fault(call.node, f"there is no text {text!r} in app(texts=…); did you mean {close[0]!r}?")


def _data_names(nodes, said):
    """Names that event.data does not have: the first answer would end the run, and be lost."""
    for node in nodes:
        if type(node) not in (ast.FunctionDef, ast.AsyncFunctionDef) or len(node.args.posonlyargs + node.args.args) != 2:
            continue
        kinds = [Call(one).name for one in node.decorator_list if isinstance(one, ast.Call) and Call(one).owner == "on"]
        if not kinds or not all(kind in DATA for kind in kinds):
            continue
        known = list(dict.fromkeys(name for kind in kinds for name in DATA[kind]))
        event = (node.args.posonlyargs + node.args.args)[1].arg
        for one in ast.walk(node):
            name = _looked_up(one, event)
            if said.is_full():
                return
            if name is not None and name not in known:
                said.fault(one, f"event.data of on.{kinds[0]}(…) has no {name!r}; it has {', '.join(known)}"
                                f"{texts.meant(str(name), known)}")


def _looked_up(node, event):
    """The literal name in event.data["name"] or event.data.get("name")."""
    if isinstance(node, ast.Subscript):
        owner, name = node.value, node.slice
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get" and node.args:
        owner, name = node.func.value, node.args[0]
    else:
        return None
    isdata = isinstance(owner, ast.Attribute) and owner.attr == "data" and isinstance(owner.value, ast.Name)
    return name.value if isdata and owner.value.id == event and isinstance(name, ast.Constant) else None


def _loose_triggers(nodes, said):
    """A trigger without its @ is made and put on nothing: its function would never run."""
    for node in nodes:
        if type(node) is ast.Expr and isinstance(node.value, ast.Call) and Call(node.value).owner == "on":
            said.fault(node, f"on.{node.value.func.attr}(…) stands on no function: write @ in front of it")


def _unawaited(nodes, homes, said):
    # One that is returned may be awaited by the caller.
    awaited = {id(node.value) for node in nodes if type(node) in (ast.Await, ast.Return)}
    awaited |= {id(node.body) for node in nodes if type(node) is ast.Lambda}
    for node in nodes:
        if type(node) is ast.Call and Call(node, homes).owner == HOME and id(node) not in awaited \
                and node.func.attr in ("history", "facts_history"):
            said.fault(node, f"home.{node.func.attr}(…) has to be awaited, in an async function: "
                             f"await home.{node.func.attr}(…)")


def _unused_actions(nodes, said):
    loaded = {node.id for node in nodes if type(node) is ast.Name and type(node.ctx) is ast.Load}
    for node in nodes:
        if type(node) not in (ast.Expr, ast.Assign):
            continue
        value = node.value
        if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Name) or value.func.id != "action":
            continue
        targets = getattr(node, "targets", [])
        if all(isinstance(target, ast.Name) and target.id not in loaded for target in targets):
            said.fault(node, "this action is offered nowhere: give it to home.alert(actions=[…])")

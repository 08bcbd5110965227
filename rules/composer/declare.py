"""What a script declares while it loads: app(…) and the triggers on its handlers. The result is its manifest."""
import functools
import inspect
import json
import types

from composer import texts as text_rules
from composer.durations import to_ms
from composer.errors import DeclarationError
from composer.parameters import Parameter, minutes_of_day
from composer.places import misspelt_room

ROLES = ("resident", "caregiver", "supporter", "student", "coordinator")
SCOPES = ("home", "deployment")
MOST_TRIGGERS = 200
FACT_PREFIX = "syn."  # of facts where they are stored and shown; engine::scriptName
_EVERY_DAY = ("daily", "all")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _days(days):
    """Bits of "mon-fri", "sat,sun", "daily" or a list of such: bit 0 is Monday."""
    parts = days.replace(",", " ").split() if isinstance(days, str) else days
    parts = list(parts) if isinstance(parts, (list, tuple)) else [parts]
    bits = 0
    for part in parts:
        first, _, last = part.lower().partition("-") if isinstance(part, str) else ("", "", "")
        if first in _EVERY_DAY and not last and len(parts) == 1:
            return 0x7F
        if first in _EVERY_DAY and not last:
            raise DeclarationError(f"days: {part!r} stands alone, it is every day already")
        if first not in _DAYS or (last and last not in _DAYS):
            raise DeclarationError(f'days must be such as "mon-fri", "sat,sun" or "daily", not {part!r:.40}')
        day, end = _DAYS.index(first), _DAYS.index(last or first)
        while True:
            bits |= 1 << day
            if day == end:
                break
            day = (day + 1) % 7
    if not bits:
        raise DeclarationError('days must name at least one day, such as "mon-fri"')
    return bits


def checked_name(value, what):
    """A measurement's, fact's, timer's, … name: 1 to 100 printable characters."""
    if type(value) is not str or not 0 < len(value) <= 100 or not value.isprintable():
        raise DeclarationError(f"{what} must be a text of 1 to 100 printable characters, not {value!r:.60}")
    return value


def fact_name(name):
    """A fact's name as scripts have it: the "syn." under which charts and exports show it may stand in front."""
    return checked_name(checked_name(name, "the fact's name").removeprefix(FACT_PREFIX), "the fact's name")


def measurement_name(name, what, instead):
    """A measurement's name; facts are none."""
    if checked_name(name, what).startswith(FACT_PREFIX):
        raise DeclarationError(f"{name!r} is a fact, no measurement: {instead.format(name.removeprefix(FACT_PREFIX))}")
    return name


def _filters(trigger, use, type_, room, device):
    for key, value in (("use", use), ("room", room), ("device", device)):
        if value is not None:
            trigger[key] = checked_name(value, key)
    wrong = misspelt_room(room)
    if wrong:
        raise DeclarationError(wrong)
    if type_ is not None:
        if isinstance(type_, bool) or not isinstance(type_, int) or not 0 <= type_ <= 2_000_000_000:
            raise DeclarationError(f"type must be the number of a device type, not {type_!r:.60}")
        trigger["type"] = type_


def _conditions(trigger, changed, above, below, lasting):
    if not isinstance(changed, bool):
        raise DeclarationError(f"changed must be True or False, not {changed!r:.60}")
    if changed:
        trigger["changed"] = True
    for key, value in (("above", above), ("below", below)):
        if value is not None:
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not -1e300 < value < 1e300:
                raise DeclarationError(f"{key} must be a number, not {value!r:.60}")
            trigger[key] = value
    if above is not None and below is not None and above >= below:
        raise DeclarationError(f"no value is above {above!r} and below {below!r}; for either of them put two triggers on the "
                               "function")
    if lasting is not None:
        trigger["lasting_ms"] = _duration(lasting, "lasting", 1)
        if above is None and below is None:
            raise DeclarationError("lasting= needs above= or below=, so that it is known what has to last")


def _duration(value, what, least):
    try:
        return to_ms(value, what, least)
    except ValueError as error:
        raise DeclarationError(str(error)) from None


class On:
    """The decorators that say when a handler runs."""

    __slots__ = ("_add",)

    def __init__(self, add):
        self._add = add

    def measurement(self, name, *, use=None, type=None, room=None, device=None, changed=False,  # noqa: A002
                    above=None, below=None, lasting=None, late=None, unavailable=False):
        trigger = {"kind": "measurement",
                   "name": measurement_name(name, "the measurement's name", "put @on.fact({0!r}) on the function")}
        _filters(trigger, use, type, room, device)
        _conditions(trigger, changed, above, below, lasting)
        if not isinstance(unavailable, bool) or (unavailable and lasting is not None):
            raise DeclarationError("unavailable must be True or False, and goes without lasting=: what says that it has no "
                                   "value neither begins nor ends a condition")
        if unavailable:
            trigger["unavailable"] = True
        return self._add(trigger, late)

    def fact(self, name, *, use=None, type=None, room=None, device=None, changed=False,  # noqa: A002
             above=None, below=None, lasting=None, late=None):
        trigger = {"kind": "fact", "name": fact_name(name)}
        _filters(trigger, use, type, room, device)
        _conditions(trigger, changed, above, below, lasting)
        return self._add(trigger, late)

    def timer(self, name):
        return self._add({"kind": "timer", "name": checked_name(name, "the timer's name")})

    def schedule(self, at, days="daily", *, late=None):
        trigger = {"kind": "schedule", "minute_of_day": minutes_of_day(at, "the schedule's time"), "days": _days(days)}
        return self._add(trigger, late)

    def every(self, interval, *, late=None):
        return self._add({"kind": "every", "every_ms": _duration(interval, "the interval", 1_000)}, late)

    def device_connected(self, *, use=None, type=None, room=None, device=None):  # noqa: A002
        return self._device("device_connected", use, type, room, device)

    def device_disconnected(self, *, use=None, type=None, room=None, device=None):  # noqa: A002
        return self._device("device_disconnected", use, type, room, device)

    def device_reporting(self, *, use=None, type=None, room=None, device=None):  # noqa: A002
        return self._device("device_reporting", use, type, room, device)

    def device_silent(self, *, use=None, type=None, room=None, device=None):  # noqa: A002
        return self._device("device_silent", use, type, room, device)

    def command_finished(self, *, use=None, type=None, room=None, device=None):  # noqa: A002
        return self._device("command_finished", use, type, room, device)

    def alert_answered(self, key=None):
        return self._keyed("alert_answered", key)

    def question_answered(self, key=None):
        return self._keyed("question_answered", key)

    def participant_message(self):
        return self._add({"kind": "participant_message"})

    def signal(self, name):
        return self._add({"kind": "signal", "name": checked_name(name, "the signal's name")})

    def installed(self):
        return self._add({"kind": "installed"})

    def _device(self, kind, use, type_, room, device):
        trigger = {"kind": kind}
        _filters(trigger, use, type_, room, device)
        return self._add(trigger)

    def _keyed(self, kind, key):
        trigger = {"kind": kind}
        if key is not None:
            trigger["name"] = checked_name(key, "the key")
        return self._add(trigger)


def _reasons(value, what):
    """{name: why}; a list of names is taken with empty reasons."""
    if value is None:
        return {}
    if isinstance(value, (list, tuple, set, frozenset)):
        value = {name: "" for name in value}
    if not isinstance(value, dict):
        raise DeclarationError(f'{what} must be {{"name": "why"}}')
    for name, why in value.items():
        measurement_name(name, f"a name in {what}", "facts need no grant; read it with home.fact({0!r})")
        if not isinstance(why, str) or len(why) > 500:
            raise DeclarationError(f"{what}: the reason for {name!r} must be a text of at most 500 characters")
    return dict(value)


def _needs(needs, reads):
    """{what, in words: one or more of "parameter" or "use:parameter", any of which will do}."""
    if not isinstance(needs or {}, dict) or len(needs or {}) > 20:
        raise DeclarationError('needs must be {"a power meter on the stove": "stove:power"}, 20 at most')
    checked = {}
    for what, alternatives in (needs or {}).items():
        if not isinstance(what, str) or not 0 < len(what) <= 200:
            raise DeclarationError(f"needs: {what!r:.60} must be a text of 1 to 200 characters")
        listed = [alternatives] if isinstance(alternatives, str) else alternatives
        if not isinstance(listed, (list, tuple)) or not 0 < len(listed) <= 20:
            raise DeclarationError(f"needs: {what!r:.60} must name parameters, such as 'motion' or ['motion', 'presence']")
        for one in listed:
            if not isinstance(one, str) or len(one) > 200 or one.rpartition(":")[2] not in reads:
                raise DeclarationError(f"needs: {one!r:.60} must be 'parameter' or 'use:parameter', with a parameter of reads")
        checked[what] = list(dict.fromkeys(listed))
    return checked


def _roles(notifies):
    listed = [notifies] if isinstance(notifies, str) else list(notifies or ())
    for role in listed:
        if role not in ROLES:
            raise DeclarationError(f"notifies has {role!r:.60}; roles are {', '.join(ROLES)}")
    return list(dict.fromkeys(listed))


def _parameters(parameters):
    if not isinstance(parameters or {}, dict):
        raise DeclarationError('parameters must be {"name": Minutes(10)}')
    for name, parameter in (parameters or {}).items():
        if not isinstance(name, str) or not name.isidentifier() or name.startswith("_"):
            raise DeclarationError(f"the parameter {name!r:.60} must be named such as 'patience'")
        if not isinstance(parameter, Parameter):
            raise DeclarationError(f"the parameter {name!r} must be made with Minutes, Hours, Number, Integer, Text, "
                                   f"Choice, Boolean or TimeOfDay, not {parameter!r:.60}")
    return dict(parameters or {})


class Declaration:
    """Gathers what one script declares. Sealed when it has loaded."""

    def __init__(self):
        self.on = On(self._trigger)
        self.app_called = False
        self.sealed = False
        self.title, self.scope, self.fresh_state = "", "home", False
        self.parameters, self.reads, self.controls, self.texts, self.needs = {}, {}, {}, {}, {}
        self.notifies = []
        self.triggers = []  # (function, trigger)
        self.handlers = []  # functions, in the order of the source

    def app(self, title, *, parameters=None, reads=None, controls=None, notifies=(), texts=None, scope="home",
            fresh_state=False, needs=None):
        if self.sealed or self.app_called:
            raise DeclarationError("call app() once, at the top of the script")
        if not isinstance(title, str) or not 0 < len(title) <= 200:
            raise DeclarationError("title must be a text of 1 to 200 characters", "title")
        if scope not in SCOPES:
            raise DeclarationError(f'scope must be "home" or "deployment", not {scope!r:.60}', "scope")
        if scope != "home":
            raise DeclarationError('scope="deployment" cannot be used yet: such a script would never run; leave scope out, '
                                   "and it runs in each home")
        if not isinstance(fresh_state, bool):
            raise DeclarationError("fresh_state must be True or False", "fresh_state")
        self.app_called, self.title, self.scope, self.fresh_state = True, title, scope, fresh_state
        for name, checked, value in (
                ("parameters", _parameters, parameters), ("notifies", _roles, notifies),
                ("reads", lambda value: _reasons(value, "reads"), reads),
                ("controls", lambda value: _reasons(value, "controls"), controls),
                ("texts", lambda value: text_rules.checked(value or {}, DeclarationError), texts),
                ("needs", lambda value: _needs(value, self.reads), needs)):
            try:
                setattr(self, name, checked(value))
            except DeclarationError as error:
                error.meant = name
                raise

    def _trigger(self, trigger, late=None):
        if late is not None and not isinstance(late, bool):
            raise DeclarationError("late must be True (history, too), False (nothing late) or left out, "
                                   f"not {late!r:.60}")
        if self.sealed:
            raise DeclarationError("triggers stand on functions of the script, not inside them")
        if late is not None:
            trigger["late"] = late
        if len(self.triggers) >= MOST_TRIGGERS:
            raise DeclarationError(f"a script may have at most {MOST_TRIGGERS} triggers")

        def decorate(function):
            if not isinstance(function, types.FunctionType):
                raise DeclarationError("put the trigger directly above a function: def name(home, event)")
            code = function.__code__
            required = code.co_argcount - len(function.__defaults__ or ())
            if required > 2 or (code.co_argcount < 2 and not code.co_flags & inspect.CO_VARARGS):
                raise DeclarationError(f"{function.__name__} must take (home, event)")
            if code.co_flags & (inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR):
                raise DeclarationError(f"{function.__name__} must not have 'yield': a handler is run to its end")
            self.triggers.append((function, trigger))
            return function

        return decorate

    def seal(self):
        """Ends the declaration and orders the handlers; DeclarationError when something is missing."""
        self.sealed = True
        if not self.app_called:
            raise DeclarationError('app(title="…") is missing')
        functions = {id(function): function for function, _ in self.triggers}.values()
        self.handlers = sorted(functions, key=lambda function: function.__code__.co_firstlineno)
        names = set()
        for function in self.handlers:
            if function.__name__ in names:
                raise DeclarationError(f"there are two handlers called {function.__name__}: name them differently", function)
            names.add(function.__name__)
        if not self.handlers:
            raise DeclarationError("no function has a trigger: put @on.measurement(…) or another above one")

    @functools.cached_property
    def placeholders(self):
        """Those of all texts."""
        return set().union(*(text_rules.placeholders(key, self.texts) for key in self.texts))

    def uncovered(self):
        """(function, name) of each on.measurement that reads= does not name."""
        return [(function, trigger["name"]) for function, trigger in self.triggers
                if trigger["kind"] == "measurement" and trigger["name"] not in self.reads]

    def manifest(self, description):
        """JSON text in the form of engine::Manifest."""
        index = {id(function): number for number, function in enumerate(self.handlers)}
        triggers = [{"handler": index[id(function)], **trigger} for function, trigger in self.triggers]
        return json.dumps({
            "title": self.title, "description": description or "", "scope": self.scope,
            "handlers": [function.__name__ for function in self.handlers],
            "triggers": sorted(triggers, key=lambda trigger: trigger["handler"]),
            "parameters": {name: parameter._spec for name, parameter in self.parameters.items()},
            "reads": self.reads, "controls": self.controls, "notifies": self.notifies, "texts": self.texts,
            "fresh_state": self.fresh_state, "needs": self.needs,
        }, allow_nan=False)

"""What a run asks for: each call checks its arguments and the script's grants, and adds one effect to the run."""
from composer import texts, times
from composer.declare import checked_name, fact_name
from composer.durations import to_ms
from composer.errors import ScriptError

SEVERITIES = ("low", "normal", "urgent")
_DAY = 86_400_000
# These are rows of shared/base/limits.h, too, by which the server judges; tests/rules holds them together.
MOST_VALUE = 1_024     # bytes
MOST_TIMERS = 256      # of one script in one home
MOST_ACTIONS = 10      # of one alert
MOST_RECIPIENTS = 10   # of one alert, message or question
MOST_SETTINGS = 50     # of one command
MOST_INDEX = 64        # bytes
MOST_CHOICES = 20      # of one question
LEAST_EXPIRY, LONGEST_DELAY = 1_000, 7 * _DAY  # until a command ends, or until somebody is told
# These are of scripts alone.
MOST_REASON = 500
OLDEST_FACT = 400 * _DAY
_EXACT = 2 ** 53
NO_DELAYS = 'to must be a role or a list such as ["resident", ("caregiver", "5m")]'
WRONG_CHOICES = "choices must be a list such as ['yes', 'no'], not {!r:.60}"
TWO_CHOICES = "two choices of the question have one key: their answers could not be told apart"
HALF_AN_ACTION = "an action sets parameters of a device: action(key, device, name=value)"
NO_SETTINGS = "a command sets at least one parameter: home.command(device, outletStatus=0)"
NOT_ASKED = "coordinators cannot be asked, since they have no page to answer on: tell them with home.notify() or home.alert()"
NO_DELAY_OF = ("coordinators see every alert and message at once: leave the delay out, or start a timer and tell them when it "
               "ends")
NAMED_TWICE = "{!r} is named twice, and each person is told once: to remind of an alert give it repeat=…"


def alert_key(key):
    """The key of a script's own alert, as it is; what the server says of a script has keys that no script may use."""
    checked_name(key, "the alert's key")
    if is_servers(key):
        raise ScriptError(f"the key {key!r} is the server's own, for what it tells coordinators of a script: choose another")
    return key


def is_servers(key):
    return key in ("held-back", "script-paused") or (key.startswith("message-") and key[8:].isdecimal())


def wrong_severity(severity):
    return f"severity must be one of {', '.join(SEVERITIES)}, not {severity!r:.40}"


class Action:
    """What an alert offers: a text and a command. Made by action(), used in home.alert(actions=[…])."""

    __slots__ = ("_key", "_device", "_parameters")

    def __init__(self, key, device, parameters):
        self._key, self._device, self._parameters = key, device, parameters

    def __repr__(self):
        return f"<action {self._key}>"


def action(key, device=None, **parameters):
    """An action for home.alert: its text by key, the device, and the parameters to set."""
    if (device is None) != (not parameters):
        raise ScriptError(HALF_AN_ACTION)
    return Action(checked_name(key, "the action's key"), device, parameters)


def value_of(value, what):
    """A measured value as it is kept: a number (booleans 1 and 0) or a text of at most 1 KiB."""
    # Of a subclass only the plain value counts, not what its methods say.
    if isinstance(value, int):
        value = int.__add__(value, 0)
        if not -_EXACT <= value <= _EXACT and not -2 ** 63 <= value < 2 ** 63 and not _is_double(value):
            raise ScriptError(f"{what} has more digits than can be kept: whole numbers from {-2 ** 63} to {2 ** 63 - 1} are "
                              "kept exactly; give a float(…) or a text")
    elif isinstance(value, float):
        value = float.__add__(value, 0.0)
    elif isinstance(value, str):
        value = str.__str__(value)
        if len(value.encode("utf-8", "surrogatepass")) <= MOST_VALUE:
            return value
    if type(value) in (int, float) and -1e300 < value < 1e300:
        return value
    raise ScriptError(f"{what} must be a finite number, True, False or a text of at most 1 KiB, not {value!r:.60}")


def _is_double(value):
    """Whether a double has every digit of this integer."""
    return -10 ** 300 < value < 10 ** 300 and int(float(value)) == value


class Effects:
    """The half of Home that asks for something."""

    __slots__ = ()

    def set_fact(self, name, value, *, device=None, time=None):
        """`time`: since when it is so, where that is before home.now."""
        name = fact_name(name)
        number, payload = 0, {"name": name, "value": value_of(value, "a fact's value")}
        if time is not None:
            ms = times.to_ms(time, "a fact's time")
            if ms > self._run.now_ms:
                raise ScriptError("a fact's time is after home.now")
            if ms < self._run.now_ms - OLDEST_FACT:
                raise ScriptError(f"a fact's time may be at most {OLDEST_FACT // _DAY} days before home.now, not {time!r:.60}")
            payload["time"] = times.to_iso(ms)
        if device is not None:
            found = self._device_of(device)
            number, payload["device"] = found._number, found.id
        run = self._run
        run.add("set_fact", payload)
        if run.facts is None:
            run.facts = {}
        kept = payload["value"]
        run.facts[(number, name)] = kept if isinstance(kept, str) or not _is_double(kept) else float(kept)

    def alert(self, key, text=None, *, severity="normal", to=(), actions=(), repeat=None, **placeholders):
        if type(severity) is not str or severity not in SEVERITIES:
            raise ScriptError(wrong_severity(severity))
        actions = list(actions)
        if len(actions) > MOST_ACTIONS:
            raise ScriptError(f"an alert offers at most {MOST_ACTIONS} actions, not {len(actions)}")
        self._no_others("alert", placeholders, [key if text is None else text, *(
            one._key for one in actions if type(one) is Action)])
        payload = {"key": alert_key(key),
                   "text": self._text(key if text is None else text, placeholders), "severity": severity, "to": self._recipients(to),
                   "actions": [self._offered(one, placeholders) for one in actions]}
        if repeat is not None:
            payload["repeat_ms"] = to_ms(repeat, "repeat", 60_000)
        self._run.add("alert", payload)

    def resolve_alert(self, key):
        self._run.add("resolve_alert", {"key": alert_key(key)})

    def notify(self, to, text, **placeholders):
        self._no_others("notify", placeholders, [text])
        self._run.add("notify", {"to": self._recipients(to, True), "text": self._text(text, placeholders)})

    def ask(self, to, key, text=None, *, choices=("yes", "no"), **placeholders):
        checked_name(key, "the question's key")
        if isinstance(choices, str):
            raise ScriptError(WRONG_CHOICES.format(choices))
        items = choices.items() if isinstance(choices, dict) else [
            one if isinstance(one, tuple) else (one, one) for one in choices]
        items = list(items)
        self._no_others("ask", placeholders, [key if text is None else text, *(shown for _, shown in items)])
        listed = [{"key": checked_name(choice, "a choice"), "text": self._text(shown, placeholders)}
                  for choice, shown in items]
        if not 0 < len(listed) <= MOST_CHOICES:
            raise ScriptError(f"a question needs 1 to {MOST_CHOICES} choices")
        if len({one["key"] for one in listed}) < len(listed):
            raise ScriptError(TWO_CHOICES)
        recipients = self._recipients(to, True)
        if any(one["role"] == "coordinator" for one in recipients):
            raise ScriptError(NOT_ASKED)
        self._run.add("ask", {"to": recipients, "key": key, "choices": listed,
                              "text": self._text(key if text is None else text, placeholders)})

    def command(self, device, *, expires="60s", **parameters):
        found = self._device_of(device)
        if not parameters:
            raise ScriptError(NO_SETTINGS)
        self._run.add("command", {"device": found.id, "parameters": self._settings(parameters),
                                  "expires_ms": to_ms(expires, "expires", LEAST_EXPIRY, LONGEST_DELAY)})

    def start_timer(self, name, after, data=None):
        payload = {"name": checked_name(name, "the timer's name"), "after_ms": to_ms(after, "after", 1), "data": data}
        timers = self._run.timers
        if name not in timers and len(timers) >= MOST_TIMERS:
            raise ScriptError(f"over {MOST_TIMERS} timers run in this home: cancel some, or keep what is due in home.state and "
                              "start one timer for what comes first")
        self._run.add("start_timer", payload)
        timers.add(name)

    def cancel_timer(self, name):
        self._run.add("cancel_timer", {"name": checked_name(name, "the timer's name")})
        self._run.timers.discard(name)

    def timer_running(self, name):
        return name in self._run.timers

    def emit(self, name, data=None):
        self._run.add("emit", {"name": checked_name(name, "the signal's name"), "data": data})

    def log(self, *parts):
        self._run.log.add(" ".join([str(part) for part in parts]))

    def because(self, text):
        """Why this run did nothing; shown to the author."""
        reason = "".join((str(text),))
        self._run.reason = reason if len(reason) <= MOST_REASON else reason[:MOST_REASON - 1] + "…"

    def _text(self, text, placeholders):
        return texts.resolve(text, self._script.texts, placeholders)

    def _no_others(self, method, placeholders, shown):
        """Keywords that no text has a place for are misspelt arguments."""
        for wrong in filter(None, (texts.misused(one, self._script.texts) for one in shown)):
            raise ScriptError(wrong)
        if not placeholders:
            return
        places = set().union(*(texts.placeholders(one, self._script.texts) for one in shown))
        for name in placeholders:
            if name not in places:
                known = ("key", "text", "severity", "to", "actions", "repeat", "choices")
                raise ScriptError(texts.unknown_argument("home." + method, name, known, places))

    def _recipients(self, to, needed=False):
        if isinstance(to, dict):
            raise ScriptError(NO_DELAYS)
        listed = []
        for one in [to] if isinstance(to, str) or _is_delayed(to) else to:
            role, after = one if isinstance(one, (tuple, list)) else (one, None)
            if type(role) is not str or role not in self._script.notifies:
                raise ScriptError(f"{role!r:.60} is not in app(notifies=…): add it there")
            after_ms = 0 if after is None else to_ms(after, "the delay", most=LONGEST_DELAY)
            if after_ms and role == "coordinator":
                raise ScriptError(NO_DELAY_OF)
            listed.append({"role": role, "after_ms": after_ms})
        if needed and not listed:
            raise ScriptError('to must name at least one role, such as to="resident"')
        if len(listed) > MOST_RECIPIENTS:
            raise ScriptError(f"to may name at most {MOST_RECIPIENTS} recipients, not {len(listed)}")
        return listed

    def _settings(self, parameters):
        listed = []
        for name, value in parameters.items():
            if type(name) is not str or name not in self._script.controls:
                raise ScriptError(f"{name!r:.60} is not in app(controls=…): add it there with the reason" + texts.meant(
                    str(name), ["expires", *self._script.controls]))
            for index, one in value.items() if isinstance(value, dict) else (("", value),):
                index = str.__str__(str(index))
                if len(index.encode("utf-8", "surrogatepass")) > MOST_INDEX:
                    raise ScriptError(f"an index of {name!r:.60} may have at most {MOST_INDEX} bytes")
                listed.append({"name": name, "index": index, "value": value_of(one, name)})
        if len(listed) > MOST_SETTINGS:
            raise ScriptError(f"one command sets at most {MOST_SETTINGS} values, not {len(listed)}")
        return listed

    def _offered(self, one, placeholders):
        if type(one) is not Action:
            raise ScriptError(f"actions must be a list of action(…), not {one!r:.60}")
        return {"key": one._key, "text": self._text(one._key, placeholders),
                "device": "" if one._device is None else self._device_of(one._device).id,
                "parameters": self._settings(one._parameters)}


def _is_delayed(to):
    """("caregiver", "5m") alone, not a list of roles."""
    return isinstance(to, tuple) and len(to) == 2 and isinstance(to[1], str) and to[1][:1].isdigit()

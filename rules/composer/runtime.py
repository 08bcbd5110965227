"""What the worker program drives: loads versions, keeps homes, runs handlers. Speaks in plain tuples.

An outcome is (number, status, error, because, log, effects, state) of a run that ended, or a question
(run, query, home, device, name, is_fact, since, until, every, aggregate) of one that waits for history."""
from composer import markers, times
from composer.context import Present, Run
from composer.errors import ScriptError, StateTooLarge, TooManyEffects
from composer.event import Event
from composer.guards import Guards
from composer.home import Home, HomeConfig
from composer.json_text import decode, largest, round_trip
from composer.modules import curated_modules
from composer.query import Query
from composer.script import Refused, Script, install_module
from composer.series import Series

# As engine::RunStatus counts them.
OK, ERROR, TIMEOUT, MEMORY, KILLED, LOOPING, TOO_MANY_EFFECTS, STATE_TOO_LARGE = range(8)
MOST_STATE = 64 * 1024
_EFFECTS = {name: number for number, name in enumerate(
    "set_fact alert resolve_alert notify ask command start_timer cancel_timer emit".split())}


class Parameters:
    """home.parameters: one attribute each."""

    __slots__ = ("__dict__",)

    def __init__(self, values):
        self.__dict__.update(values)

    def __getattr__(self, name):
        raise ScriptError(f"there is no parameter {name!r:.60} in app(parameters=…)")

    def __repr__(self):
        return "<parameters>"


class Runtime:
    """All that one worker holds."""

    def __init__(self, numpy=False):
        install_module()
        times.preload_zones()
        self._present = Present()
        self._guards = Guards(self._present)
        for real, marker in markers.STAND_INS.items():
            self._guards.stand_in(real, marker)
        self._modules = curated_modules(self._present, numpy)
        self._scripts, self._configs, self._homes = {}, {}, {}
        self._waiting = {}  # run's number → (script, run, query's number)

    def attach(self, hear, watch):
        """Who is told of lines of log, and to follow the lines of a script that loads."""
        self._present.hear, self._present.watch = hear, watch

    # ---- configuration -------------------------------------------------------------------------------------------
    def load(self, handle, source, helpers):
        """(faults, manifest): faults as (file, line, column, message), and no manifest when there are any."""
        self._present.run = None
        old = self._scripts.pop(handle, None)
        if old:
            old.unload()
            self._homes = {key: home for key, home in self._homes.items() if key[0] != handle}
        try:
            script = Script(source, helpers, self._modules, self._guards)
        except Refused as refused:
            return [(one.file, one.line, one.column, one.message) for one in refused.faults], ""
        self._scripts[handle] = script
        return [], script.manifest

    def check(self, source, helpers):
        faults, manifest = self.load(-1, source, helpers)
        self._scripts.pop(-1, None)
        return faults, manifest

    def forget(self):
        """Drops everything that was loaded."""
        for script in self._scripts.values():
            script.unload()
        self._scripts, self._configs, self._homes, self._waiting = {}, {}, {}, {}

    def set_home(self, handle, number, name, zone, rooms, devices):
        config = HomeConfig(handle, number, name, zone, rooms, devices)
        self._configs[handle] = config
        for (_, home_handle), home in self._homes.items():
            if home_handle == handle:
                home._configure(config)

    def set_instance(self, handle, home_handle, parameters, state, drop_latest):
        script, config = self._scripts[handle], self._configs[home_handle]
        home = self._homes.get((handle, home_handle))
        if home is None:
            home = self._homes[(handle, home_handle)] = Home(script, config)
        values, given = decode(parameters or "{}"), {}
        for name, parameter in script.declaration.parameters.items():
            value = values.get(name, parameter._spec["default"])
            try:
                parameter.accept(value)
            except ScriptError:
                value = parameter._spec["default"]
            given[name] = parameter.given(value)
        home.parameters = Parameters(given)
        home._state_text = state or "{}"
        home._state = decode(home._state_text)
        if drop_latest:
            home._latest, home._facts = {}, {}

    # ---- runs ----------------------------------------------------------------------------------------------------
    def run(self, handle, home_handle, number, handler, now_ms, seed, row, changes, timers):
        """The outcome of a run, or a question when it waits."""
        home = self._homes.get((handle, home_handle))
        if home is None:
            return number, ERROR, "the home is not known to this worker", "", (), (), None
        latest = home._latest
        for device, name, index, value, ms, is_fact in changes:
            if is_fact:
                home._facts[(device, name)] = (value, ms)
            else:
                latest[(device, name, index)] = (value, ms)
        run = Run(number, now_ms, seed, set(timers) if timers else set(), self._present.hear)
        script = home._script
        home._run = self._present.run = run
        run.home = home
        try:
            answer = script.handlers[handler](home, Event(home, row))
            if answer is not None and type(answer) is _Coroutine:
                run.coroutine = answer
                return self._step(script, run, answer.send, None)
            return self._finish(run, home)
        except BaseException as error:  # every one is the script's
            return self._fail(script, run, error)

    def answer(self, number, query, error, times_ms, values):
        """The outcome of the run that waited for this answer; nothing when none did."""
        waiting = self._waiting.get(number)
        if waiting is None or waiting[2] != query:
            return None
        script, run, _ = self._waiting.pop(number)
        run.home._run = self._present.run = run
        for line in run.log.lines:  # other runs were heard meanwhile
            run.log.hear(line)
        if error:
            return self._step(script, run, run.coroutine.throw, ScriptError(error))
        return self._step(script, run, run.coroutine.send, Series(times_ms, values, run.home._config.zone))

    def abandon(self, number, status, error):
        """The outcome of a waiting run that may not go on."""
        waiting = self._waiting.pop(number, None)
        if waiting is None:
            return None
        run = waiting[1]
        try:
            run.coroutine.close()
        except BaseException:  # what its `finally` did comes to nothing
            pass
        _restore(run)
        return number, status, error, run.reason, tuple(run.log.lines), (), None

    def _step(self, script, run, resume, value):
        try:
            asked = resume(value)
            if type(asked) is not Query:
                raise ScriptError("only home.history(…) and home.facts_history(…) can be awaited")
            query = run.query()
        except StopIteration:
            try:
                return self._finish(run, run.home)
            except BaseException as error:
                return self._fail(script, run, error)
        except BaseException as error:
            return self._fail(script, run, error)
        self._waiting[run.number] = script, run, query
        self._present.run = run.home._run = None
        return (run.number, query, run.home._config.handle) + asked._request

    def _finish(self, run, home):
        if run.broken is not None:
            raise run.broken
        text = None
        if run.state_used:
            text, home._state = round_trip(home._state, "home.state")
            if len(text) > MOST_STATE or (not text.isascii() and len(text.encode()) > MOST_STATE):
                raise StateTooLarge(f"home.state is over {MOST_STATE // 1024} KiB; most of it is "
                                    f"home.state[{largest(home._state)!r:.60}]")
            if text == home._state_text:
                text = None
            else:
                home._state_text = text
        home._run = self._present.run = None
        if run.effects:
            return (run.number, OK, "", run.reason, run.log.lines, [(_EFFECTS[kind], text_) for kind, text_ in run.effects],
                    text)
        return run.number, OK, "", run.reason, run.log.lines, (), text

    def _fail(self, script, run, error):
        status = (TOO_MANY_EFFECTS if run.broken or isinstance(error, TooManyEffects) else
                  STATE_TOO_LARGE if isinstance(error, StateTooLarge) else
                  MEMORY if isinstance(error, MemoryError) else ERROR)
        message = "the worker has no more memory for this run" if status == MEMORY else script.message_of(error)
        error.__traceback__ = None
        self._present.run = None
        _restore(run)
        return run.number, status, message, run.reason, run.log.lines, (), None


def _restore(run):
    """What a run that failed did to home.state comes to nothing."""
    home = run.home
    home._run = None
    if run.state_used:
        home._state = decode(home._state_text)


async def _nothing():
    pass


_probe = _nothing()
_Coroutine = type(_probe)
_probe.close()

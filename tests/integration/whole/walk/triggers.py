"""What scripts can ask for: triggers with their conditions, what a home can do, app() and the kinds of parameters.

Each handler counts its runs in a fact of its own, so that a condition that is accepted and not looked at is a wrong number.
"""

import time

from walk.registry import shows
from walk.world import OUTLET
from whole_server import wait_until

MINUTE = 60_000
KEEP = '''

def fired(home, name):
    home.state[name] = home.state.get(name, 0) + 1
    home.set_fact(name, home.state[name])

'''
# Of these rows, as (minute, device, value): the stove at 0 and 2, off at 4, on from 12; the lamp at 1. Motion moves the clock on.
POWER = [(0, "stove", 100), (1, "lamp", 100), (2, "stove", 100), (4, "stove", 0), (12, "stove", 100)]
FILTERS = [("", 5), ('use="stove"', 4), (f"type={OUTLET}", 4), ('room="kitchen"', 4), ('device="{stove}"', 4),
           ("changed=True", 4), ("above=50", 4), ("below=50", 1), ('above=50, lasting="10m"', 2)]


def handlers(kind, name):
    """A handler for each filter: source, and what its fact says in the end."""
    source, expected = "", {}
    for number, (filters, count) in enumerate(FILTERS):
        fact = f"{kind}-{number}"
        source += (f'@on.{kind}("{name}"{", " if filters else ""}{filters})\ndef {kind}_{number}(home, event):\n'
                   f'    fired(home, "{fact}")\n\n\n')
        expected[fact] = count
    return source, expected


@shows("on.measurement", "on.measurement use=", "on.measurement type=", "on.measurement room=", "on.measurement device=",
       "on.measurement changed=", "on.measurement above=", "on.measurement below=", "on.measurement lasting=",
       "on.fact", "on.fact use=", "on.fact type=", "on.fact room=", "on.fact device=", "on.fact changed=", "on.fact above=",
       "on.fact below=", "on.fact lasting=", "home.set_fact", "home.set_fact device=", "app reads=")
def measurements_and_facts(world):
    deployment, home = world.home(clock="events")
    devices = {"stove": world.device(home, use="stove", type=OUTLET, roomKind="kitchen"), "lamp": world.device(home, use="lamp", roomKind="hall")}
    of_rows, rows = handlers("measurement", "power")
    of_facts, facts = handlers("fact", "copy")
    source = ('from composer import app, on\napp(title="W", reads=["power", "motion"])\n' + KEEP +
              '@on.measurement("power")\ndef copy(home, event):\n    home.set_fact("copy", event.value, device=event.device)\n\n\n' +
              of_rows + of_facts).replace("{stove}", devices["stove"][1])
    world.script(deployment, source)
    time.sleep(2)
    start = int(time.time() * 1000) - 120 * MINUTE
    for minute, device, value in POWER:
        world.post_at(devices[device][2], devices[device][1], start + minute * MINUTE, power=value)
    world.post_at(devices["lamp"][2], devices["lamp"][1], start + 40 * MINUTE, motion=1)
    world.wait_for_facts(home, rows | facts)


@shows("on.measurement late=", "on.fact late=", "on.timer", "home.start_timer", "home.start_timer data=", "home.cancel_timer",
       "home.timer_running", "on.schedule", "on.schedule days=", "on.every", "home.now", "home.set_fact time=")
def times(world):
    deployment, home = world.home(clock="events", timeZone="Europe/Madrid")
    _, key, token = world.device(home)
    world.script(deployment, 'from composer import app, on\napp(title="T", reads=["power"])\n' + KEEP + '''
@on.measurement("power")
def prompt(home, event):
    fired(home, "prompt")
    if not home.timer_running("t"):
        home.start_timer("t", "5m", data={"x": 7})
    home.start_timer("never", "10m")
    home.cancel_timer("never")


@on.measurement("power", late=True)
def all_of_them(home, event):
    fired(home, "with-late")


@on.timer("t")
def timer(home, event):
    home.set_fact("timer", event.data["x"])
    home.set_fact("at", (home.now.hour, home.now.minute)[1])
    home.set_fact("then", 1, time=event.time)


@on.timer("never")
def never(home, event):
    fired(home, "never")


@on.schedule("12:00")
def noon(home, event):
    fired(home, "noon")


@on.schedule("12:00", days="sat,sun")
def weekend(home, event):
    fired(home, "weekend")


@on.every("6h")
def quarter(home, event):
    fired(home, "quarter")
''')
    time.sleep(2)
    start = 1_772_409_600_000  # Monday, 2 March 2026, 01:00 in Madrid
    for hours in (0, 3 * 24, 7 * 24):
        world.post_at(token, key, start + hours * 60 * MINUTE, power=hours)
    world.post_at(token, key, start + 60 * MINUTE, power=1)  # out of order
    world.wait_for_facts(home, {"prompt": 3, "with-late": 4, "timer": 7, "at": 5, "noon": 7, "weekend": 2, "quarter": 28})
    assert "never" not in world.facts(home)


@shows("on.device_connected", "on.device_connected use=", "on.device_disconnected", "on.device_disconnected use=", "on.command_finished",
       "on.command_finished use=", "on.alert_answered", "on.alert_answered key=", "on.question_answered", "on.question_answered key=",
       "on.participant_message", "on.signal", "on.installed", "home.emit", "home.emit data=", "home.command", "home.command expires=",
       "home.ask", "home.ask choices=", "home.ask text=", "home.notify", "home.alert", "home.alert text=", "home.alert to=",
       "home.alert actions=", "action", "action device=", "app controls=", "app texts=", "app notifies=", "app notifies=resident")
def what_happens_in_a_home(world):
    deployment, home = world.home()
    _, key, token = world.device(home, use="outlet", type=OUTLET)
    person = world.person(deployment, home)
    page = world.page(person)
    world.script(deployment, 'from composer import app, on\napp(title="Hears")\n' + KEEP + '''
@on.signal("go")
def go(home, event):
    home.set_fact("signal", event.data["x"])
''')
    world.script(deployment, '''from composer import action, app, on
app(title="Happens", reads={"power": ""}, controls={"outletStatus": "to try"}, notifies=["resident"],
    texts={"hello": {"en": "Hello {who}"}, "which": {"en": "Which?"}, "off": {"en": "Off"}})
''' + KEEP + "".join(f'@on.{trigger}\ndef h{number}(home, event):\n    fired(home, "{fact}")\n\n\n' for number, (trigger, fact) in enumerate([
        ("device_connected()", "connected"), ('device_connected(use="lamp")', "lamp"), ("device_disconnected()", "gone"),
        ('device_disconnected(use="lamp")', "lamp-gone"), ("command_finished()", "finished"), ('command_finished(use="lamp")', "lamp-finished"),
        ("alert_answered()", "answered"), ('alert_answered("a")', "answered-a"), ('alert_answered("b")', "answered-b"),
        ("question_answered()", "said"), ('question_answered("q")', "said-q"), ('question_answered("r")', "said-r"),
        ("participant_message()", "written")])) + '''
@on.installed()
def begin(home, event):
    outlet = home.devices(use="outlet")[0]
    home.emit("go", {"x": 7})
    home.command(outlet, expires="1h", outletStatus=1)
    home.notify("resident", "hello", who="you")
    home.ask("resident", "q", text="which", choices=["x", "y"])
    home.alert("a", text="hello", to=["resident"], actions=[action("off", outlet, outletStatus=0)], who="all")


def never(home):
    home.alert("b", text="which")
    home.ask("resident", "r", text="which")
''')
    items = lambda: page.ask("/inbox/items")
    wait_until(lambda: len(items()["messages"]) == 2 and items()["alerts"], 30, "the message, the question and the alert on the page")
    question = next(one for one in items()["messages"] if one["question"])
    assert {one["text"] for one in items()["messages"]} == {"Hello you", "Which?"}
    assert [choice["text"] for choice in question["question"]["choices"]] == ["x", "y"], question
    page.ask("/inbox/answer", {"message": question["id"], "answer": "x"})
    page.ask("/inbox/write", {"text": "hello"})
    alert = items()["alerts"][0]
    assert (alert["text"], [one["text"] for one in alert["actions"]]) == ("Hello all", ["Off"])
    page.ask("/inbox/act", {"alert": alert["id"], "action": alert["actions"][0]["id"]})
    handed = []
    wait_until(lambda: handed.extend(world.poll(key, token)) or len({one["commandId"] for one in handed}) == 2, 30, "both commands")
    assert sorted({one["parameters"][0]["value"] for one in handed}) == ["0", "1"], handed
    world.server.post(token, {"version": 2, "proxyId": key, "responses": [
        {"commandId": one, "result": 1} for one in {one["commandId"] for one in handed}]})
    world.wait_for_facts(home, {"signal": 7, "connected": 1, "gone": 1, "finished": 2, "answered": 1, "answered-a": 1, "said": 1, "said-q": 1,
                                "written": 1}, 90)
    assert not {"lamp", "lamp-gone", "lamp-finished", "answered-b", "said-r"} & world.facts(home).keys()


@shows("home.alert severity=", "home.alert severity=low", "home.alert severity=normal", "home.alert severity=urgent", "home.resolve_alert",
       "home.alert repeat=", "home.because", "home.log", "home.state", "app fresh_state=", "app scope=", "app scope=home", "app needs=",
       "app parameters=", "app notifies=caregiver", "app notifies=supporter", "app notifies=student", "app notifies=coordinator")
def alerts_of_scripts(world):
    deployment, home = world.home()
    _, key, token = world.device(home)
    roles = ("caregiver", "supporter", "student")
    people = {role: world.person(deployment, home, role) for role in roles}
    source = f'''from composer import Number, app, on
app(title="A", reads=["power"], notifies=["caregiver", "supporter", "student", "coordinator"], texts={{"t": {{"en": "t"}}}}, scope="home",
    needs={{"a meter": "power"}}, fresh_state=FRESH, parameters={{"n": Number(1)}})


@on.measurement("power")
def go(home, event):
    home.state["n"] = home.state.get("n", 0) + 1
    home.set_fact("n", home.state["n"])
    if event.value == 0:
        for severity in ("low", "normal", "urgent"):
            home.resolve_alert(severity)
        home.log("resolved")
        return home.because("it is over")
    for severity in ("low", "normal", "urgent"):
        home.alert(severity, text="t", severity=severity, repeat="1m", to={roles!r} + ("coordinator",))
    for role in {roles!r} + ("coordinator",):
        home.notify(role, "t")
'''
    script = world.script(deployment, source.replace("FRESH", "False"))
    assert world.call("script.check", source=source.replace("FRESH", "False"))["manifest"]["needs"]
    time.sleep(2)
    world.post(token, key, power=1)
    listed = lambda: world.call("alert.list", location=home, state="open")["items"]
    open_ones = lambda: sorted(one["severity"] for one in listed() if one["key"] == one["severity"])
    wait_until(lambda: open_ones() == ["low", "normal", "urgent"], 20, "three alerts")
    told = [one["text"] for one in listed() if one["key"].startswith("message-")]
    assert told == ["t"], listed()  # what notifies the coordinator is an alert of its own
    for person in people.values():
        assert [one["text"] for one in world.call("message.list", participant=person["id"])["items"]] == ["t"], person
    for fresh, expected in ((False, 2), (True, 1)):
        world.call("script.saveVersion", id=script, source=source.replace("FRESH", str(fresh)) + f"# {fresh}\n")
        world.call("script.deploy", id=script, mode="live")
        time.sleep(2)
        world.post(token, key, power=0)
        world.wait_for_facts(home, {"n": expected})
    wait_until(lambda: open_ones() == [], 20, "all resolved")
    runs = world.call("script.runs", id=script)["items"]
    assert any((one["because"], one["log"]) == ("it is over", ["resolved"]) for one in runs), runs

"""What scripts can look at: the home, its rooms and devices, newest values and facts, stored history, and their parameters.

Each script keeps what it saw as facts, so that it is read from outside.
"""

import json
import time

from walk.registry import shows
from walk.world import HOUR, OUTLET
from whole_server import wait_until

LAMP = 20017


def wait_for_kept(world, home, expected, seconds=30):
    """Until the facts, JSON texts, say this."""
    def kept():
        return {name: json.loads(value) for name, value in world.facts(home).items() if name in expected}

    try:
        wait_until(lambda: kept() == expected, seconds, "what the script kept")
    except AssertionError:
        raise AssertionError(f"found {kept()}, expected {expected}") from None


KEEP = '''import json
from composer import app, on


def keep(home, name, value):
    home.set_fact(name, json.dumps(value))


'''


@shows("home.id", "home.name", "home.timezone", "home.rooms", "home.device", "home.devices", "home.devices use=", "home.devices type=",
       "home.devices room=", "device.id", "device.use", "device.type", "device.room", "device.description", "app")
def what_a_home_is(world):
    deployment, home = world.home(timeZone="Asia/Tokyo", rooms=[{"kind": "kitchen", "name": "K"}, {"kind": "hall", "name": "H"}])
    whole = world.call("location.get", id=home)["location"]
    rooms = {room["kind"]: room["id"] for room in whole["rooms"]}
    _, stove, _ = world.device(home, use="stove", type=OUTLET, room=rooms["kitchen"], description="the stove")
    _, lamp, _ = world.device(home, use="lamp", type=LAMP, room=rooms["hall"])
    source = KEEP + f'''app(title="What it is")


def ids(devices):
    return [one.id for one in devices]


@on.installed()
def look(home, event):
    keep(home, "home", [home.id, home.name, str(home.timezone), sorted([room.kind, room.name] for room in home.rooms)])
    keep(home, "all", ids(home.devices()))
    keep(home, "found", [ids(home.devices(use="stove")), ids(home.devices(type={LAMP})), ids(home.devices(room="hall"))])
    one = home.device("{stove}")
    keep(home, "device", [one.id, one.use, one.type, one.room, one.description])
    try:
        home.device("nobody's")
    except LookupError as error:
        keep(home, "none", str(error))
'''
    world.script(deployment, source)
    wait_for_kept(world, home, {
        "home": [home, whole["name"], "Asia/Tokyo", [["hall", "H"], ["kitchen", "K"]]], "all": sorted([stove, lamp]),
        "found": [[stove], [lamp], [lamp]], "device": [stove, "stove", OUTLET, "kitchen", "the stove"],
        "none": "this home has no device \"nobody's\""})


@shows("home.latest", "home.latest use=", "home.latest type=", "home.latest room=", "home.latest device=", "home.latest index=",
       "home.latest default=", "home.latest_point", "home.latest_point use=", "home.latest_point type=", "home.latest_point room=",
       "home.latest_point device=", "home.latest_point index=", "device.latest", "device.latest index=", "device.latest default=",
       "device.latest_point", "device.latest_point index=", "home.fact", "home.fact default=", "home.fact device=", "device.fact",
       "device.fact default=")
def newest_values(world):
    deployment, home = world.home(clock="events")
    devices = {use: world.device(home, use=use, type=number, roomKind=room)
               for use, number, room in (("stove", OUTLET, "kitchen"), ("lamp", LAMP, "hall"), ("clock", 0, "bathroom"))}
    stove, lamp = devices["stove"][1], devices["lamp"][1]
    source = KEEP + f'''app(title="Newest", reads=["level", "go"])


@on.measurement("go")
def look(home, event):
    keep(home, "of all", [home.latest("level"), home.latest("level", use="stove"), home.latest("level", type={LAMP}),
                          home.latest("level", room="kitchen"), home.latest("level", device="{lamp}"),
                          home.latest("level", use="stove", index="2"), home.latest("level", use="nothing", default=9)])
    point = home.latest_point
    keep(home, "points", [point("level").device.id, point("level", use="stove").value, point("level", type={LAMP}).value,
                          point("level", room="kitchen").value, point("level", device="{lamp}").value,
                          point("level", index="2").value, point("level", use="nothing")])
    one = home.device("{stove}")
    keep(home, "of one", [one.latest("level"), one.latest("level", index="2"), one.latest("level", index="3", default=8),
                          one.latest_point("level").age.total_seconds(), one.latest_point("level", index="2").value])
    home.set_fact("plain", 1)
    home.set_fact("plain", 2, device=one)
    keep(home, "facts", [home.fact("plain"), home.fact("none", 7), home.fact("plain", device=one), one.fact("plain"), one.fact("none", 6),
                         home.fact("before", 5)])
    home.set_fact("before", 4)
'''
    world.script(deployment, source)
    time.sleep(2)
    start = int(time.time() * 1000) - HOUR
    post = lambda use, at, *values: world.server.post(devices[use][2], {"version": 2, "measures": [
        {"deviceId": devices[use][1], "timestamp": start + at * 1000, "params": list(values)}]})
    post("stove", 0, {"name": "level", "value": 10}, {"name": "level", "index": "2", "value": 12})
    post("lamp", 30, {"name": "level", "value": 20})
    post("clock", 60, {"name": "go", "value": 1})
    expected = {"of all": [20, 10, 20, 10, 20, 12, 9], "points": [lamp, 10, 20, 10, 20, 12, None], "of one": [10, 12, 8, 60.0, 12]}
    wait_for_kept(world, home, expected | {"facts": [1, 7, 2, 2, 6, 5]})
    post("clock", 61, {"name": "go", "value": 2})
    wait_for_kept(world, home, {"facts": [1, 7, 2, 2, 6, 4]})  # a fact of the run before


@shows("home.history", "home.history since=", "home.history until=", "home.history every=", "home.history aggregate=",
       "home.history aggregate=mean", "home.history aggregate=min", "home.history aggregate=max", "home.history aggregate=last",
       "home.history aggregate=count", "home.history aggregate=sum", "home.facts_history", "home.facts_history device=",
       "home.facts_history since=", "home.facts_history until=", "home.facts_history every=", "home.facts_history aggregate=")
def history(world):
    """Ten values, a minute apart; then one that asks, half an hour after the first."""
    deployment, home = world.home(clock="events")
    _, key, token = world.device(home)
    source = KEEP + '''app(title="History", reads=["level", "go"])


@on.measurement("level")
def copy(home, event):
    home.set_fact("copy", event.value)
    home.set_fact("own", event.value * 2, device=event.device)


@on.measurement("go")
async def look(home, event):
    one = event.device
    whole = await home.history(one, "level")
    part = await home.history(one, "level", since="1530s", until="1290s")
    keep(home, "rows", [list(whole.values), list(part.values), whole.count(), whole.mean(), whole.min(), whole.max(), whole.sum(),
                        whole.share_above(5), len(whole.between(whole.times[2], whole.times[5]))])
    steps = {}
    for aggregate in ("mean", "min", "max", "last", "count", "sum"):
        series = await home.history(one, "level", since="30m", until="20m", every="10m", aggregate=aggregate)
        steps[aggregate] = [value for value in series.values if value is not None]
    keep(home, "steps", steps)
    facts = await home.facts_history("copy")
    own = await home.facts_history("own", device=one, since="1530s", until="1290s")
    sums = await home.facts_history("copy", since="30m", until="20m", every="10m", aggregate="sum")
    keep(home, "facts", [list(facts.values), list(own.values), [value for value in sums.values if value is not None]])
'''
    world.script(deployment, source)
    time.sleep(2)
    start = (int(time.time() * 1000) - 2 * HOUR) // 600_000 * 600_000
    for minute in range(10):
        world.post_at(token, key, start + minute * 60_000, level=minute)
    wait_until(lambda: world.facts(home).get("copy") == 9, 30, "the copies")
    world.post_at(token, key, start + 30 * 60_000, go=1)
    all_ = list(range(10))
    wait_for_kept(world, home, {
        "rows": [all_, [5, 6, 7, 8], 10, 4.5, 0, 9, 45, 0.4, 3],
        "steps": {"mean": [4.5], "min": [0], "max": [9], "last": [9], "count": [10], "sum": [45]},
        "facts": [all_, [10, 12, 14, 16], [45]]})


KINDS = '''import json
from composer import Boolean, Choice, Hours, Integer, Minutes, Number, Text, TimeOfDay, app, on
app(title="Parameters", parameters={
    "number": Number(1.5, min=1, max=2, help="a number"), "integer": Integer(3, min=2, max=4, help="an integer"),
    "minutes": Minutes(10, min=5, max=20, help="minutes"), "hours": Hours(2, min=1, max=3, help="hours"),
    "text": Text("a", help="a text"), "boolean": Boolean(False, help="a boolean"), "time": TimeOfDay("07:30", help="a time"),
    "choice": Choice("low", choices=["low", "high"], help="a choice")})


@on.installed()
@on.every("1s")
def look(home, event):
    p = home.parameters
    home.set_fact("all", json.dumps([p.number, p.integer, p.minutes.total_seconds(), p.hours.total_seconds(), p.text, p.boolean,
                                     [p.time.hour, p.time.minute], p.choice]))
'''


@shows("home.parameters", "Number", "Number min=", "Number max=", "Number help=", "Integer", "Integer min=", "Integer max=",
       "Integer help=", "Minutes", "Minutes min=", "Minutes max=", "Minutes help=", "Hours", "Hours min=", "Hours max=", "Hours help=",
       "Text", "Text help=", "Boolean", "Boolean help=", "TimeOfDay", "TimeOfDay help=", "Choice", "Choice choices=", "Choice help=")
def kinds_of_parameters(world):
    """What a handler gets before and after values are set; what is out of range, of another kind or no choice is refused."""
    deployment, home = world.home()
    script = world.script(deployment, KINDS)
    shows_all = lambda expected: wait_for_kept(world, home, {"all": expected})
    shows_all([1.5, 3, 600.0, 7200.0, "a", False, [7, 30], "low"])
    form = world.call("script.get", id=script)["manifest"]["parameters"]
    helps = {"number": "a number", "integer": "an integer", "minutes": "minutes", "hours": "hours", "text": "a text",
             "boolean": "a boolean", "time": "a time", "choice": "a choice"}
    assert {name: one["help"] for name, one in form.items()} == helps and form["choice"]["choices"] == ["low", "high"], form
    assert {name: one["type"] for name, one in form.items()} == {name: name for name in helps}, form
    refused = {"number": (0.5, 2.5, "x"), "integer": (1, 5, 2.5), "minutes": (4, 21, "x"), "hours": (0.5, 4, "x"), "text": (5,),
               "boolean": (1,), "time": ("25:00", 7), "choice": ("middle",)}
    for name, values in refused.items():
        for value in values:
            assert world.refused("script.setParameters", id=script, values={name: value}) == "wrong-value", (name, value)
    world.call("script.setParameters", id=script, values={"number": 2, "integer": 4, "minutes": 5, "hours": 3, "text": "b", "boolean": True,
                                                          "time": "22:05", "choice": "high"})
    shows_all([2, 4, 300.0, 10800.0, "b", True, [22, 5], "high"])


@shows("Text min=", "Text max=", "Boolean min=", "Boolean max=", "TimeOfDay min=", "TimeOfDay max=", "app scope=deployment",
       "import numpy", "from composer import model")
def what_is_refused_with_a_sentence(world):
    """Said, not taken without effect."""
    body = '\n\n\n@on.installed()\ndef go(home, event):\n    home.log("here")\n'
    head = 'from composer import Boolean, Text, TimeOfDay, app, on\n'
    refused = {head + f'app(title="X", parameters={{"p": {kind}({default}, {limit}={default})}})' + body: f"takes no {limit}"
               for kind, default in (("Text", '"a"'), ("Boolean", "True"), ("TimeOfDay", '"07:30"')) for limit in ("min", "max")}
    refused[head + 'app(title="X", scope="deployment")' + body] = 'scope="deployment" cannot be used yet'
    refused["import numpy\n" + head + 'app(title="X")' + body] = "'numpy' cannot be imported here yet"
    refused["from composer import model\n" + head + 'app(title="X")' + body] = "'model' cannot be used yet"
    for source, sentence in refused.items():
        checked = world.call("script.check", source=source)
        assert not checked["accepted"] and sentence in json.dumps([one["message"] for one in checked["faults"]]).replace('\\"', '"'), \
            (sentence, checked)

"""Devices, their commands, and what they measured."""

import time

from walk.registry import shows
from walk.world import HOUR, OUTLET
from whole_server import wait_until

ON = [{"name": "outletStatus", "value": 1}]


def iso(ms):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(ms / 1000))


def now_ms():
    return int(time.time() * 1000)


@shows("device.types", "device.register", "device.register description", "device.register room", "device.register roomKind",
       "device.register roomName", "device.register type", "device.register use", "device.register gateway", "device.get")
def registered_devices(world):
    _, home = world.home()
    room = world.call("room.create", location=home, kind="hall", name="Hall")["id"]
    _, gateway, token = world.device(home)
    assert OUTLET in {one["number"] for one in world.call("device.types")["items"]}
    first = world.call("device.get", id=world.device(home, room=room, description="by the door", type=OUTLET, use="lamp")[0])
    assert (first["room"]["id"], first["description"], first["type"], first["use"]) == (room, "by the door", OUTLET, "lamp")
    behind = world.call("device.register", location=home, key=world.name("behind"), gateway=gateway, token=False,
                        roomKind="kitchen", roomName="Cucina")
    assert (behind["room"]["kind"], behind["room"]["name"], behind["gatewayKey"]) == ("kitchen", "Cucina", gateway)
    assert "rejected" not in world.post(token, behind["key"], power=1)  # the gateway speaks for it


@shows("device.register token", "device.newToken", "device.revokeTokens")
def tokens(world):
    _, home = world.home(world.deployment(allowTokenlessDevices=True))
    assert world.call("device.register", location=home, key=world.name("none"), token=False)["token"] is None
    device, key, first = world.device(home)
    second = world.call("device.newToken", id=device)["token"]
    answered = lambda token: world.server.post(token, {"version": 2, "proxyId": key})[0]
    assert [answered(token) for token in (first, second)] == [200, 200]  # the overlap
    world.call("device.revokeTokens", id=device)
    wait_until(lambda: [answered(token) for token in (first, second)] == [401, 401], 5, "both tokens refused")


@shows("device.register startDate")
def first_days(world):
    _, home = world.home()
    _, key, token = world.device(home, startDate="2026-01-01T00:00:00Z")
    assert "rejected" not in world.post_at(token, key, 1767312000000, power=1)
    assert world.post_at(token, key, 1767139200000, power=1)["rejected"][0]["code"] == "before-start"


@shows("device.list", "device.list after", "device.list limit", "device.list location", "device.list deployment", "device.list search")
def lists_of_devices(world):
    deployment, home = world.home()
    _, other = world.home(deployment)
    here, there = world.device(home), world.device(other)
    ids = lambda **which: [one["id"] for one in world.call("device.list", **which)["items"]]
    assert ids(location=home) == [here[0]] and ids(location=other) == [there[0]]
    assert ids(deployment=deployment, search=there[1]) == [there[0]]
    page = world.call("device.list", deployment=deployment, limit=1)
    assert page["more"]
    assert [page["items"][0]["id"], *ids(deployment=deployment, after=page["items"][0]["id"])] == [here[0], there[0]]


@shows("device.list state=connected", "device.list state=disconnected", "device.list state=reporting", "device.list state=silent",
       "device.list state=never", "device.list state=retired", "device.retire")
def states_of_devices(world):
    _, home = world.home()
    new, posting, old, retired = (world.device(home, startDate="2026-01-01T00:00:00Z") for _ in range(4))
    world.post(posting[2], posting[1], power=1)
    world.post_at(old[2], old[1], now_ms() - 10 * 24 * HOUR, power=1)
    world.call("device.retire", id=retired[0])
    listed = lambda state: {one["id"] for one in world.call("device.list", location=home, state=state)["items"]}
    assert listed("retired") == {retired[0]} and listed("reporting") == {posting[0]} and listed("never") == {new[0]}
    assert listed("silent") == {old[0]}
    world.poll(posting[1], posting[2])
    wait_until(lambda: posting[0] in listed("connected"), 10, "connected")
    assert posting[0] not in listed("disconnected") and new[0] in listed("disconnected")
    assert world.server.post(retired[2], {"version": 2, "proxyId": retired[1]})[0] in (401, 404)


@shows("device.update", "device.update description", "device.update room", "device.update type", "device.update use")
def changed_devices(world):
    _, home = world.home()
    room = world.call("room.create", location=home, kind="kitchen", name="K")["id"]
    device, _, _ = world.device(home)
    world.call("device.update", id=device, description="new", room=room, type=OUTLET, use="stove")
    shown = world.call("device.get", id=device)
    assert (shown["description"], shown["room"]["id"], shown["type"], shown["use"]) == ("new", room, OUTLET, "stove")


@shows("stream.update", "stream.update kind=number", "stream.update kind=text")
def changed_kinds(world):
    """Texts to numbers and back; what was stored stays, and what the type says is not changed."""
    _, home = world.home()
    device, key, token = world.device(home, type=OUTLET)
    world.post(token, key, power=1, outletStatus=1, mode="eco", nothing=None)
    streams = lambda: {one["name"]: one for one in world.call("device.get", id=device)["streams"]}
    kinds = {name: one["kind"] for name, one in streams().items()}
    assert kinds == {"power": "number", "outletStatus": "on-off", "mode": "text", "nothing": "undecided"}, kinds
    mode = streams()["mode"]["id"]
    latest = lambda: streams()["mode"]["latest"]["value"]
    takes = lambda value: "rejected" not in world.post(token, key, mode=value)
    assert world.call("stream.update", id=mode, kind="number")["kind"] == "number" and latest() == "eco"
    wait_until(lambda: not takes("eco"), 10, "a text to be refused")
    assert takes("21.5") and latest() == 21.5
    world.call("stream.update", id=mode, kind="text")
    wait_until(lambda: takes("eco"), 10, "a text to be taken")
    assert takes(7) and latest() == "7"
    assert world.refused("stream.update", id=streams()["power"]["id"], kind="text") == "wrong-value"


@shows("device.command requestId")
def commanded_once(world):
    _, home = world.home()
    device, _, _ = world.device(home, type=OUTLET)
    ids = {world.call("device.command", id=device, parameters=ON, requestId="switch-it-on")["id"] for _ in range(2)}
    assert [one["id"] for one in world.call("command.list", location=home)["items"]] == list(ids)


@shows("device.command", "device.command comment", "device.command expiresMs", "device.command parameters.index", "command.get",
       "command.list", "command.list after", "command.list limit")
def commands(world):
    _, home = world.home()
    device, key, token = world.device(home, type=OUTLET)
    world.call("device.command", id=device, parameters=[{**ON[0], "index": "1"}], comment="a trial", expiresMs=30_000)
    handed = world.poll(key, token)[0]
    assert handed["parameters"][0]["index"] == "1" and handed["deviceId"] == key
    state = lambda: world.call("command.get", id=handed["commandId"])
    wait_until(lambda: state()["state"] == "sent", 10, "sent")
    assert state()["comment"] == "a trial"
    for result, word in ((0, "received"), (1, "executed")):
        world.server.post(token, {"version": 2, "proxyId": key, "responses": [{"commandId": handed["commandId"], "result": result}]})
        wait_until(lambda: state()["state"] == word, 10, word)
    failed = world.call("device.command", id=device, parameters=ON)["id"]
    world.poll(key, token)
    world.server.post(token, {"version": 2, "proxyId": key, "responses": [{"commandId": failed, "result": 7}]})
    short = world.call("device.command", id=device, parameters=ON, expiresMs=1_000)
    assert short["state"] == "queued"
    wait_until(lambda: world.call("command.get", id=short["id"])["state"] == "expired", 10, "expired")
    page = world.call("command.list", location=home, limit=2)
    rest = world.call("command.list", location=home, after=page["items"][-1]["id"])
    assert page["more"] and {one["state"] for one in page["items"] + rest["items"]} == {"executed", "failed", "expired"}


@shows("command.cancel")
def commands_that_make_room(world):
    """A gateway has 100 open commands at most: a newer one takes the place of one that sets the same, or is refused."""
    _, home = world.home()
    device, _, _ = world.device(home, type=OUTLET)
    send = lambda index: world.call("device.command", id=device, parameters=[{**ON[0], "index": str(index)}], expiresMs=600_000)["id"]
    state = lambda command: world.call("command.get", id=command)["state"]
    first = [send(index) for index in range(100)]
    assert world.refused("device.command", id=device, parameters=[{**ON[0], "index": "100"}]) == "too-many-commands"
    newer = send(3)
    assert (state(first[3]), state(newer)) == ("superseded", "queued")
    assert world.call("command.cancel", id=first[0])["state"] == "cancelled" == state(first[0])
    assert world.refused("command.cancel", id=first[0]) == "conflict"
    assert state(send(100)) == "queued"


@shows("measurement.query", "measurement.query points", "measurement.export")
def measurements(world):
    _, home = world.home()
    device, key, token = world.device(home, startDate="2026-01-01T00:00:00Z")
    start = now_ms() // 1000 * 1000 - 60_000
    for second in range(40):
        world.post_at(token, key, start + second * 1000, power=second)
    stream = world.call("device.get", id=device)["streams"][0]["id"]
    span = {"stream": stream, "from": iso(start), "to": iso(start + 60_000)}
    assert world.call("measurement.query", **span)["values"] == list(range(40))
    few = world.call("measurement.query", **span, points=4)
    assert len(few["times"]) <= 5 and max(few["max"]) == 39 and min(few["min"]) == 0 and sum(few["count"]) == 40
    assert len(world.call("measurement.export", **span)["csv"].splitlines()) == 41


@shows("measurement.import")
def imported_measurements(world):
    _, home = world.home()
    _, key, _ = world.device(home)
    line = f"2026-01-01T00:00:00Z,{key},power,5\n"
    counts = lambda: {name: value for name, value in world.call(
        "measurement.import", location=home, csv="time,device_id,parameter,value\n" + line).items() if name in ("stored", "already")}
    assert [counts(), counts()] == [{"stored": 1, "already": 0}, {"stored": 0, "already": 1}]


@shows("fact.query", "fact.query from", "fact.query to", "fact.query limit", "fact.query name")
def facts(world):
    deployment, home = world.home(clock="events")
    device, key, token = world.device(home)
    world.script(deployment, 'from composer import app, on\napp(title="F", reads=["power"])\n@on.measurement("power")\n'
                             'def keep(home, event):\n    home.set_fact("a", event.value)\n    home.set_fact("b", event.value)\n')
    time.sleep(2)
    start = now_ms() // 1000 * 1000 - HOUR
    for minute in range(3):
        world.post_at(token, key, start + minute * 60_000, power=minute)
    count = lambda **which: len(world.call("fact.query", location=home, **which)["items"])
    wait_until(lambda: count() == 6, 20, "six facts")
    assert (count(limit=4), count(name="a")) == (4, 3)
    assert (count(**{"from": iso(start + 60_000)}), count(to=iso(start + 60_000))) in ((4, 2), (4, 4))


@shows("timeline.query", "timeline.query limit")
def the_timeline(world):
    deployment, home = world.home()
    device, key, token = world.device(home, type=OUTLET)
    person = world.person(deployment, home)
    world.script(deployment, 'from composer import app, on\napp(title="L", reads=["power"], notifies=["resident"], texts={"t": {"en": "t"}})\n'
                             '@on.installed()\n@on.measurement("power")\ndef keep(home, event):\n    home.set_fact("a", 1)\n'
                             '    home.alert("k", text="t", to=["resident"])\n')
    time.sleep(2)
    world.post(token, key, power=1, outletStatus=1)
    world.call("device.command", id=device, parameters=ON)
    world.call("message.send", participant=person["id"], text="hello")
    alerts = lambda: world.call("alert.list", location=home)["items"]
    wait_until(alerts, 20, "the alert")
    world.call("alert.acknowledge", id=alerts()[0]["id"])
    world.poll(key, token)
    span = {"location": home, "from": iso(now_ms() - HOUR), "to": iso(now_ms() + 60_000)}
    kinds = {"measurement", "fact", "alert", "alert-answer", "command", "message", "run", "script", "event"}
    shown = lambda: {one["kind"] for one in world.call("timeline.query", **span)["items"]}
    wait_until(lambda: shown() == kinds, 20, f"{kinds - shown()} in the timeline")
    assert len(world.call("timeline.query", **span, limit=2)["items"]) == 2

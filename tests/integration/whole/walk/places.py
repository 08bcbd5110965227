"""Deployments, homes and rooms."""

import time

from walk.registry import shows
from walk.world import HOUR, OUTLET
from whole_server import wait_until


def listed(world, operation, key, **parameters):
    """The one of a list that has the id; None when it is not there."""
    items = world.call(operation, **parameters)["items"]
    return next((item for item in items if item["id"] == key), None)


@shows("deployment.create", "deployment.list", "deployment.create language=de", "deployment.create language=en")
def deployments(world):
    for language in ("de", "en"):
        made = world.deployment(language=language)
        assert listed(world, "deployment.list", made)["language"] == language
        _, home = world.home(made)
        person = world.call("participant.create", deployment=made, roles=[{"location": home, "role": "resident"}])
        assert person["language"] == language  # what the setting is for


@shows("deployment.update", "deployment.update name", "deployment.update timeZone")
def deployment_names_and_zones(world):
    made = world.deployment()
    world.call("deployment.update", id=made, name=world.name("New"), timeZone="Asia/Tokyo")
    _, home = world.home(made)
    assert world.call("location.get", id=home)["location"]["timeZone"] == "Asia/Tokyo"


@shows("deployment.update language=de", "deployment.update language=en")
def deployment_languages(world):
    made = world.deployment()
    for language in ("de", "en"):
        world.call("deployment.update", id=made, language=language)
        _, home = world.home(made)
        person = world.call("participant.create", deployment=made, roles=[{"location": home, "role": "resident"}])
        assert person["language"] == language


@shows("deployment.create allowTokenlessDevices", "deployment.update allowTokenlessDevices")
def devices_without_tokens(world):
    made = world.deployment(allowTokenlessDevices=True)
    _, home = world.home(made)
    key = world.name("tokenless")
    world.call("device.register", location=home, key=key, token=False)
    message = '{"version":2,"proxyId":"%s","measures":[{"deviceId":"%s","params":[{"name":"power","value":1}]}]}' % (key, key)
    post = lambda: world.server.http("POST", world.server.device_port, "/deviceio/mljson", message)[0]
    assert post() == 200
    world.call("deployment.update", id=made, allowTokenlessDevices=False)
    until = time.monotonic() + 10
    while post() != 401:
        assert time.monotonic() < until, "still posts without a token"
        time.sleep(0.1)


@shows("deployment.update serverTtlS")
def how_long_a_device_keeps_its_server(world):
    made = world.deployment()
    _, home = world.home(made)
    _, key, _ = world.device(home)
    world.call("deployment.update", id=made, serverTtlS=120)
    assert world.cloud(f"settingsServer/deviceio?deviceId={key}")[1]["ttl"] == 120


@shows("location.create", "location.create timeZone", "location.list", "location.list after", "location.list limit", "location.get",
       "location.create rooms")
def homes(world):
    made = world.deployment()
    first = world.call("location.create", deployment=made, name="A", timeZone="Asia/Tokyo",
                       rooms=[{"kind": "kitchen", "name": "K"}])["id"]
    second = world.call("location.create", deployment=made, name="B")["id"]
    whole = world.call("location.get", id=first)["location"]
    assert (whole["timeZone"], [room["kind"] for room in whole["rooms"]]) == ("Asia/Tokyo", ["kitchen"])
    page = world.call("location.list", deployment=made, limit=1)
    rest = world.call("location.list", deployment=made, after=page["items"][0]["id"])
    assert page["more"] and [item["id"] for item in page["items"] + rest["items"]] == [first, second]


@shows("location.create clock=real", "location.create clock=events")
def clocks(world):
    old = int(time.time() * 1000) - 400 * 24 * HOUR
    for clock, code in (("real", "before-start"), ("events", None)):
        _, home = world.home(clock=clock)
        assert world.call("location.get", id=home)["location"]["clock"] == clock
        _, key, token = world.device(home)
        rejected = world.post_at(token, key, old, power=1).get("rejected", [])
        assert [one["code"] for one in rejected] == ([code] if code else []), rejected


@shows("location.update", "location.update name", "location.update timeZone")
def changed_homes(world):
    deployment, home = world.home()
    world.script(deployment, 'from composer import app, on\napp(title="Z")\n@on.installed()\ndef zone(home, event):\n'
                             '    home.set_fact("zone", str(home.timezone))\n    home.set_fact("name", home.name)\n')
    world.call("location.update", id=home, name="Renamed", timeZone="Asia/Tokyo")
    assert listed(world, "location.list", home, deployment=deployment)["name"] == "Renamed"
    assert world.call("location.get", id=home)["location"]["timeZone"] == "Asia/Tokyo"


@shows("room.create", "room.update", "room.update kind", "room.update name")
def rooms(world):
    _, home = world.home()
    room = world.call("room.create", location=home, kind="hall", name="Hall")["id"]
    world.call("room.update", id=room, kind="kitchen")
    world.call("room.update", id=room, name="Cucina")
    shown = world.call("location.get", id=home)["location"]["rooms"]
    assert [(one["kind"], one["name"]) for one in shown] == [("kitchen", "Cucina")]


SENDS = '''from composer import app, on
app(title="Sends", reads={"power": ""}, controls={"outletStatus": "to try"}, notifies=["resident"], texts={"t": {"en": "t"}})


@on.measurement("power")
def send(home, event):
    for number in range(3):
        home.notify("resident", "t")
        home.alert(f"{event.value}-{number}", text="t", to=["resident"])
        home.command(event.device, outletStatus=1)
    home.set_fact("sent", event.value)
'''


@shows("deployment.update messagesPerHour", "deployment.update alertsPerHour", "deployment.update commandsPerHour")
def what_scripts_may_send_in_an_hour(world):
    """Each run sends three of each: as many come through as may be."""
    deployment, home = world.home()
    _, key, token = world.device(home, type=OUTLET)
    person = world.person(deployment, home)["id"]
    script = world.script(deployment, SENDS)
    time.sleep(2)
    alerts = lambda: [one for one in world.call("alert.list", location=home)["items"] if one["key"] != "held-back"]
    counts = lambda: (len(world.call("message.list", participant=person)["items"]), len(alerts()),
                      len(world.call("command.list", location=home)["items"]))
    for value, limits, expected in ((1, (2, 1, 2), (2, 1, 2)), (2, (3, 3, 4), (3, 3, 4))):
        world.call("deployment.update", id=deployment, messagesPerHour=limits[0], alertsPerHour=limits[1], commandsPerHour=limits[2])
        world.post(token, key, power=value)
        world.wait_for_facts(home, {"sent": value})
        wait_until(lambda: counts() == expected, 20, f"{expected} of each")
        time.sleep(1)
        assert counts() == expected, (counts(), expected)
    assert any(one["key"] == "held-back" for one in world.call("alert.list", location=home)["items"])  # the coordinator hears of it
    held = {effect["refused"] for run in world.call("script.runs", id=script)["items"] for effect in run["effects"]}
    assert sum("held back" in one for one in held) >= 3, held

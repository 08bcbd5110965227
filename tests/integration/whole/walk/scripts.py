"""Scripts, their versions, runs and alerts, as operators handle them."""

import time

from walk.devices import ON
from walk.registry import shows
from walk.world import OUTLET
from whole_server import wait_until

COUNT = '''from composer import Number, app, on
app(title="Count", parameters={{"step": Number({step}, min=0, max=100)}}, reads={{"power": "to count"}})


@on.measurement("power")
def count(home, event):
    home.state["n"] = home.state.get("n", 0) + home.parameters.step
    home.set_fact("n", home.state["n"])
    home.log("counted")
'''
HELPED = 'from composer import app, on\nfrom . import steps\napp(title="H")\n\n\n@on.installed()\ndef go(home, event):\n    home.set_fact("step", steps.STEP)\n'
WET = '''from composer import action, app, on
app(title="Wet", reads={"power": ""}, controls={"outletStatus": "to close"}, notifies=["resident"],
    texts={"wet": {"en": "wet"}, "close": {"en": "close"}})


@on.measurement("power")
def wet(home, event):
    valve = home.devices(use="valve")[0]
    home.alert(f"k{event.value}", text="wet", to=["resident"], actions=[action("close", valve, outletStatus=0)])
'''


class Counting:
    """A home whose device posts to a script that counts."""

    def __init__(self, world, homes=1):
        self.world = world
        self.deployment, self.home = world.home()
        self.homes = [self.home] + [world.home(self.deployment)[1] for _ in range(homes - 1)]
        self.devices = {home: world.device(home) for home in self.homes}
        self.value = 0

    def post(self, home=None):
        self.value += 1
        _, key, token = self.devices[home or self.home]
        self.world.post(token, key, power=self.value)

    def n(self, home=None):
        return self.world.facts(home or self.home).get("n")

    def counts_to(self, expected, home=None):
        wait_until(lambda: self.n(home) == expected, 20, f"n to be {expected}, which is {self.n(home)}")

    def rests(self, expected, home=None):
        time.sleep(2)
        assert self.n(home) == expected, (self.n(home), expected)


@shows("script.create", "script.create source", "script.create comment", "script.get", "script.list", "script.list after",
       "script.list limit", "script.deploy", "script.deploy mode=live", "script.deploy locations")
def a_script_that_counts(world):
    c = Counting(world, homes=2)
    source = COUNT.format(step=1)
    script = world.call("script.create", deployment=c.deployment, name="Count", source=source, comment="first")["id"]
    other = world.call("script.create", deployment=c.deployment, name="Empty")["id"]
    assert world.call("script.get", id=script)["source"] == source
    assert world.call("script.version", id=world.call("script.versions", id=script)["items"][0]["id"])["comment"] == "first"
    page = world.call("script.list", deployment=c.deployment, limit=1)
    rest = world.call("script.list", deployment=c.deployment, after=page["items"][0]["id"])
    assert page["more"] and {one["id"] for one in page["items"] + rest["items"]} == {script, other}
    world.call("script.deploy", id=script, mode="live", locations=[c.homes[0]])
    time.sleep(2)
    for home in c.homes:
        c.post(home)
    c.counts_to(1)
    c.rests(None, c.homes[1])


@shows("script.deploy mode=shadow")
def a_shadow(world):
    c = Counting(world)
    script = world.script(c.deployment, COUNT.format(step=1), mode="shadow")
    time.sleep(2)
    c.post()
    runs = lambda: world.call("script.runs", id=script)["items"]
    wait_until(runs, 20, "a run in the shadow")
    assert runs()[0]["mode"] == "shadow" and runs()[0]["effects"]
    c.rests(None)


@shows("script.saveVersion", "script.saveVersion baseVersion", "script.saveVersion comment", "script.versions", "script.version",
       "script.deploy version", "script.rollback")
def versions(world):
    c = Counting(world)
    script = world.script(c.deployment, COUNT.format(step=1))
    saved = world.call("script.saveVersion", id=script, source=COUNT.format(step=10), baseVersion=1, comment="tens")
    assert world.refused("script.saveVersion", id=script, source=COUNT.format(step=5), baseVersion=1) == "conflict"
    newest = max(world.call("script.versions", id=script)["items"], key=lambda one: one["number"])
    assert (newest["number"], newest["comment"], saved["number"]) == (2, "tens", 2)
    time.sleep(2)
    c.post()
    c.counts_to(1)
    world.call("script.deploy", id=script, mode="live", version=2)
    time.sleep(2)
    c.post()
    c.counts_to(11)
    world.call("script.rollback", id=script, version=1)
    time.sleep(2)
    c.post()
    c.counts_to(12)


@shows("script.saveVersion helpers", "script.check", "script.check helpers")
def helper_modules(world):
    deployment, home = world.home()
    helpers = {"steps": "STEP = 7\n"}
    assert not world.call("script.check", source=HELPED)["accepted"]
    checked = world.call("script.check", source=HELPED, helpers=helpers)
    assert checked["accepted"], checked
    script = world.call("script.create", deployment=deployment, name="Helped")["id"]
    assert world.call("script.saveVersion", id=script, source=HELPED, helpers=helpers)["accepted"]
    world.call("script.deploy", id=script, mode="live")
    world.wait_for_facts(home, {"step": 7})


@shows("script.pause", "script.pause locations", "script.resume", "script.resume locations")
def pauses(world):
    c = Counting(world, homes=2)
    one, two = c.homes
    script = world.script(c.deployment, COUNT.format(step=1))
    time.sleep(2)
    world.call("script.pause", id=script, locations=[one])
    time.sleep(1)
    for home in c.homes:
        c.post(home)
    c.counts_to(1, two)
    c.rests(None, one)
    world.call("script.resume", id=script, locations=[one])
    time.sleep(2)
    c.post(one)
    c.counts_to(1, one)  # what came meanwhile is not told later either
    world.call("script.pause", id=script)
    time.sleep(2)
    for home in c.homes:
        c.post(home)
    c.rests(1, two)
    c.rests(1, one)
    world.call("script.resume", id=script)
    time.sleep(2)
    for home in c.homes:
        c.post(home)
        c.counts_to(2, home)


@shows("script.setParameters", "script.setParameters location")
def parameters(world):
    c = Counting(world, homes=2)
    script = world.script(c.deployment, COUNT.format(step=1))
    world.call("script.setParameters", id=script, values={"step": 10})
    world.call("script.setParameters", id=script, values={"step": 50}, location=c.homes[1])
    time.sleep(2)
    for home in c.homes:
        c.post(home)
    c.counts_to(10, c.homes[0])
    c.counts_to(50, c.homes[1])


@shows("script.setParameters base")
def parameters_of_two(world):
    c = Counting(world, homes=1)
    script = world.script(c.deployment, COUNT.format(step=1))
    world.call("script.setParameters", id=script, values={"step": 10}, base={})
    assert world.refused("script.setParameters", id=script, values={"step": 20}, base={}) == "conflict"
    world.call("script.setParameters", id=script, values={"step": 20}, base={"step": 10})
    assert world.call("script.get", id=script)["parameters"]["all"] == {"step": 20}


@shows("script.runs", "script.runs before", "script.runs limit", "script.runs location")
def runs(world):
    c = Counting(world, homes=2)
    script = world.script(c.deployment, COUNT.format(step=1))
    time.sleep(2)
    for count in (1, 2):
        for home in c.homes:
            c.post(home)
            c.counts_to(count, home)
    here = wait_until(lambda: [one for one in world.call("script.runs", id=script, location=c.home)["items"] if one["log"]], 20, "runs")
    assert {one["location"] for one in here} == {c.home} and here[0]["log"] == ["counted"]

    def kept(lines, **where):  # finding G14: how many lines there are, and how many are kept of each home
        return wait_until(lambda: [one for one in [world.call("script.runs", id=script, **where)] if one["logLines"] == lines], 20, "lines")[0]

    assert kept(2, location=c.home)["logLinesMost"] == kept(4)["logLinesMost"] == 1000
    page = world.call("script.runs", id=script, limit=1)
    assert page["more"]
    older = world.call("script.runs", id=script, before=page["items"][0]["id"], limit=1)["items"]
    assert older[0]["id"] < page["items"][0]["id"]


@shows("library.list", "library.list deployment", "library.install", "library.install deploy", "library.install locations",
       "library.install parameters", "library.install scriptName")
def the_library(world):
    deployment, home = world.home()
    _, other = world.home(deployment)
    assert {one["name"] for one in world.call("library.list")["items"]} >= {"no_movement"}
    fits = next(one for one in world.call("library.list", deployment=deployment)["items"] if one["name"] == "no_movement")["homes"]
    assert {one["location"] for one in fits} == {home, other}
    still = world.call("library.install", deployment=deployment, name="no_movement", deploy=False, scriptName="Quiet")
    assert (still["name"], still["status"]) == ("Quiet", "draft")
    key, value = next((key, one) for key, one in next(
        one for one in world.call("library.list")["items"] if one["name"] == "room_temperature")["parameters"].items())
    made = world.call("library.install", deployment=deployment, name="room_temperature", deploy=True, locations=[home], parameters={key: value["default"]})
    shown = world.call("script.get", id=made["id"])
    assert [one["location"] for one in shown["deployments"]] == [home], shown["deployments"]
    assert shown["parameters"]["all"] == {key: value["default"]}, (shown["parameters"], key, value)


class Alerted:
    """A home with a script that alerts for each value that is posted, and a resident."""

    def __init__(self, world):
        self.world = world
        self.deployment, self.home = world.home()
        _, self.key, self.token = world.device(self.home, use="valve", type=OUTLET)
        self.person = world.person(self.deployment, self.home)
        world.script(self.deployment, WET)
        time.sleep(2)
        self.count = 0

    def alert(self):
        self.count += 1
        self.world.post(self.token, self.key, power=self.count)
        listed = lambda: self.world.call("alert.list", location=self.home, state="all")["items"]
        wait_until(lambda: len(listed()) == self.count, 20, "the alert")
        return max(one["id"] for one in listed())


@shows("alert.get", "alert.acknowledge", "alert.acknowledge snoozeMinutes", "alert.comment", "alert.act", "alert.resolve", "alert.dismiss",
       "alert.dismiss comment")
def answered_alerts(world):
    a = Alerted(world)
    first, second = a.alert(), a.alert()
    get = lambda alert: world.call("alert.get", id=alert)
    page = world.page(a.person)
    world.call("alert.acknowledge", id=first, snoozeMinutes=30)
    assert get(first)["state"] == "acknowledged" and get(first)["snoozedUntil"] and get(first)["stateBy"]
    world.call("alert.comment", id=first, comment="on the way")
    world.call("alert.act", id=first, action=get(first)["actions"][0]["id"])
    assert [one["parameters"][0]["name"] for one in world.poll(a.key, a.token)] == ["outletStatus"]
    world.call("alert.resolve", id=first)
    assert [one["answer"] for one in get(first)["answers"]] == ["acknowledge", "comment", "act", "resolve"]
    assert "on the way" in [one["comment"] for one in get(first)["answers"]]
    world.call("alert.dismiss", id=second, comment="false")
    assert (get(second)["state"], get(second)["answers"][-1]["comment"]) == ("dismissed", "false")
    assert not [one for one in page.ask("/inbox/items")["alerts"] if one["state"] == "open"]


@shows("alert.list", "alert.list after", "alert.list deployment", "alert.list limit", "alert.list location", "alert.list state=open",
       "alert.list state=all", "alert.list state=acknowledged", "alert.list state=resolved", "alert.list state=dismissed")
def lists_of_alerts(world):
    a = Alerted(world)
    alerts = [a.alert() for _ in range(4)]
    for operation, alert in zip(("alert.acknowledge", "alert.resolve", "alert.dismiss"), alerts):
        world.call(operation, id=alert)
    ids = lambda **which: {one["id"] for one in world.call("alert.list", deployment=a.deployment, **which)["items"]}
    assert [ids(state=state) for state in ("acknowledged", "resolved", "dismissed")] == [{one} for one in alerts[:3]]
    assert ids(state="all", location=a.home) == set(alerts) and alerts[3] in ids(state="open") and alerts[2] not in ids(state="open")
    page = world.call("alert.list", deployment=a.deployment, state="all", limit=1)
    assert page["more"]
    assert ids(state="all", after=page["items"][0]["id"]) == set(alerts) - {page["items"][0]["id"]}

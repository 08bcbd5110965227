"""What is ended, taken off or removed again, and what stays of it."""

import time
import urllib.error

from walk.devices import iso
from walk.registry import shows
from walk.scripts import COUNT, Counting
from whole_server import wait_until

BUSY = '''from composer import app, on
app(title="Busy", notifies=["resident"], texts={"t": {"en": "t"}})


@on.installed()
def go(home, event):
    home.alert("a", text="t", to=["resident"])
    home.ask("resident", "q", text="t")
    home.start_timer("late", "1h")
    home.state["kept"] = True


@on.timer("late")
def late(home, event):
    home.log("late")
'''


class Busy:
    """Homes with a script that has an alert, a question and a timer open."""

    def __init__(self, world, homes=1, **deploy):
        self.world = world
        self.deployment = world.deployment()
        self.homes = [world.home(self.deployment)[1] for _ in range(homes)]
        self.people = [world.person(self.deployment, home) for home in self.homes]
        self.script = world.script(self.deployment, BUSY, **deploy)
        if deploy.get("mode", "live") == "live":
            for home in self.homes:
                wait_until(lambda: self.alerts(home), 30, "the alert")
            wait_until(lambda: all(self.open_questions(at) for at in range(homes)), 30, "the questions")

    def alerts(self, home):
        return self.world.call("alert.list", location=home, state="open")["items"]

    def places(self):
        return self.world.call("script.get", id=self.script)["deployments"]

    def open_questions(self, at):
        return self.world.call("participant.get", id=self.people[at]["id"])["openQuestions"]


@shows("script.undeploy", "script.undeploy locations")
def scripts_taken_off(world):
    b = Busy(world, homes=2)
    world.call("script.undeploy", id=b.script, locations=[b.homes[0]])
    assert (b.alerts(b.homes[0]), len(b.alerts(b.homes[1]))) == ([], 1)
    assert (b.open_questions(0), b.open_questions(1)) == (0, 1)
    assert [one["location"] for one in b.places() if one["takenOff"]] == [b.homes[0]]
    world.call("script.undeploy", id=b.script)
    assert b.alerts(b.homes[1]) == [] and b.open_questions(1) == 0 and b.places() == []
    instances = lambda: world.call("script.get", id=b.script)["instances"]
    wait_until(lambda: instances() == [], 20, "no instance any more")
    assert world.refused("script.undeploy", id=b.script) == "conflict"


@shows("script.undeploy mode=live", "script.undeploy mode=shadow")
def modes_taken_off(world):
    c = Counting(world, homes=2)
    script = world.call("script.create", deployment=c.deployment, name="Both", source=COUNT.format(step=1))["id"]
    world.call("script.deploy", id=script, mode="live", locations=[c.homes[0]])
    world.call("script.deploy", id=script, mode="shadow", locations=[c.homes[1]])
    modes = lambda: [one["mode"] for one in world.call("script.get", id=script)["deployments"]]
    assert sorted(modes()) == ["live", "shadow"]
    world.call("script.undeploy", id=script, mode="shadow")
    assert modes() == ["live"]
    time.sleep(2)
    c.post()
    c.counts_to(1)
    world.call("script.undeploy", id=script, mode="live")
    assert modes() == []
    time.sleep(2)
    c.post()
    c.rests(1)


@shows("script.retire")
def retired_scripts(world):
    b = Busy(world)
    name = world.call("script.get", id=b.script)["name"]
    world.call("script.retire", id=b.script)
    assert b.script not in {one["id"] for one in world.call("script.list", deployment=b.deployment)["items"]}
    assert b.alerts(b.homes[0]) == [] and b.open_questions(0) == 0
    assert world.call("script.create", deployment=b.deployment, name=name)["id"] != b.script  # its name is free


@shows("script.diff")
def compared_versions(world):
    deployment, _ = world.home()
    script = world.call("script.create", deployment=deployment, name="Two", source="a\nb\nd\n")["id"]
    world.call("script.saveVersion", id=script, source="a\nc\nd\n", helpers={"steps": "x = 1\n"})
    lines = world.call("script.diff", id=script, **{"from": 1, "to": 2})["lines"]
    by_kind = {kind: [(one["file"], one["text"]) for one in lines if one["kind"] == kind] for kind in ("same", "removed", "added")}
    assert by_kind == {"same": [("script", "a"), ("script", "d")], "removed": [("script", "b")],
                       "added": [("script", "c"), ("steps", "x = 1")]}, lines
    back = world.call("script.diff", id=script, **{"from": 2, "to": 1})["lines"]
    assert [one["text"] for one in back if one["kind"] == "added"] == ["b"], back


@shows("room.remove")
def removed_rooms(world):
    _, home = world.home()
    room = world.call("room.create", location=home, kind="hall", name="Hall")["id"]
    device, _, _ = world.device(home, room=room)
    world.call("room.remove", id=room)
    assert world.call("location.get", id=home)["location"]["rooms"] == []
    assert world.call("device.get", id=device)["room"] is None


@shows("location.retire")
def retired_homes(world):
    deployment, home = world.home()
    device, _, _ = world.device(home)
    person = world.person(deployment, home)["id"]
    listed = lambda: [one["id"] for one in world.call("location.list", deployment=deployment)["items"]]
    assert world.refused("location.retire", id=home) == "conflict"
    world.call("device.retire", id=device)
    assert world.refused("location.retire", id=home) == "conflict"
    world.call("participant.end", id=person, how="completed")
    world.call("location.retire", id=home)
    assert listed() == []
    world.call("location.create", deployment=deployment, name=world.name("Another"))
    assert len(listed()) == 1


@shows("participant.end", "participant.end how=completed", "participant.end how=withdrawn")
def ended_participations(world):
    """Either has no role and no open question any more, and is signed out for good; how it ended is told."""
    deployment, home = world.home()
    for how in ("completed", "withdrawn"):
        person = world.person(deployment, home)
        page = world.page(person)
        world.call("message.send", participant=person["id"], text="hello")
        world.call("question.ask", participant=person["id"], text="?", type="yes-no")
        assert reads(page)
        ended = world.call("participant.end", id=person["id"], how=how)
        assert (ended["status"], ended["roles"], ended["openQuestions"]) == (how, [], 0), ended
        assert not reads(page), how
        assert world.refused("participant.enrolmentCode", id=person["id"]) == "conflict"


def reads(page):
    try:
        return "hello" in [one["text"] for one in page.ask("/inbox/items")["messages"]]
    except urllib.error.HTTPError as error:
        if error.code == 401:
            return False
        raise


@shows("participant.create roles.until", "participant.update roles.until")
def roles_for_a_while(world):
    deployment, home = world.home()
    there = lambda: {one["id"] for one in world.call("participant.list", deployment=deployment, location=home)["items"]}
    soon = lambda: iso((int(time.time()) + 4) * 1000)
    first = world.call("participant.create", deployment=deployment, roles=[{"location": home, "role": "resident", "until": soon()}])["id"]
    second = world.person(deployment, home)["id"]
    world.call("participant.update", id=second, roles=[{"location": home, "role": "student", "until": soon()}])
    assert there() == {first, second}
    wait_until(lambda: there() == set(), 15, "both roles to end")
    assert world.call("participant.get", id=first)["roles"] == []
    past = {"location": home, "role": "resident", "until": iso((int(time.time()) - 60) * 1000)}
    assert world.refused("participant.create", deployment=deployment, roles=[past]) == "wrong-value"


@shows("participant.update", "participant.update name", "participant.update email", "participant.update phone",
       "participant.update language=de", "participant.update language=en", "participant.update roles",
       "participant.update roles.role=resident", "participant.update roles.role=caregiver", "participant.update roles.role=supporter",
       "participant.update roles.role=student", "participant.update roles.callingOrder")
def changed_people(world):
    deployment, home = world.home()
    _, other = world.home(deployment)
    person = world.person(deployment, home)["id"]
    get = lambda: world.call("participant.get", id=person)
    kept = {"name": "Erna Muster", "email": "erna@example.org", "phone": "+34 600 000 000"}
    for name, value in kept.items():
        world.call("participant.update", id=person, **{name: value})
    assert {name: get()[name] for name in kept} == kept
    world.call("participant.update", id=person, phone="")
    assert (get()["phone"], get()["name"]) == (None, kept["name"])
    for language in ("de", "en"):
        world.call("participant.update", id=person, language=language)
        assert get()["language"] == language
    for role in ("caregiver", "supporter", "student", "resident"):
        world.call("participant.update", id=person, roles=[{"location": other, "role": role, "callingOrder": 3}])
        assert [(one["location"], one["role"], one["callingOrder"]) for one in get()["roles"]] == [(other, role, 3)]
    assert world.call("participant.list", deployment=deployment, location=home)["items"] == []


NOTIFIES = '''from composer import app, on
app(title="Tells", reads=["power"], notifies=["resident"], texts={"t": {"en": "t"}})


@on.measurement("power")
def tell(home, event):
    home.notify("resident", "t")
    home.set_fact("told", event.value)
'''


@shows("participant.update paused")
def resting_people(world):
    deployment, home = world.home()
    _, key, token = world.device(home)
    person = world.person(deployment, home)
    world.page(person)
    world.script(deployment, NOTIFIES)
    time.sleep(2)
    messages = lambda: len(world.call("message.list", participant=person["id"])["items"])
    for value, paused, count in ((1, None, 1), (2, True, 1), (3, False, 2)):
        if paused is not None:
            shown = world.call("participant.update", id=person["id"], paused=paused)
            assert shown["status"] == ("paused" if paused else "active"), shown
        world.post(token, key, power=value)
        world.wait_for_facts(home, {"told": value})
        wait_until(lambda: messages() >= count, 10, "the message")
        time.sleep(1)
        assert messages() == count, (value, messages())


@shows("message.read")
def read_messages(world):
    deployment, home = world.home()
    person = world.person(deployment, home)
    page = world.page(person)
    for text in ("one", "two", "three"):
        page.ask("/inbox/write", {"text": text})
    unread = lambda: [one["unread"] for one in world.call("message.conversations", deployment=deployment)["items"]]
    ids = {one["text"]: one["id"] for one in world.call("message.list", participant=person["id"])["items"]}
    assert unread() == [3]
    assert world.call("message.read", participant=person["id"], upTo=ids["two"])["count"] == 2
    assert unread() == [1]
    assert world.call("message.read", participant=person["id"], upTo=ids["two"])["count"] == 0


@shows("device.update gateway")
def moved_devices(world):
    """A device speaks through its gateway alone, until it has another one or a connection of its own."""
    deployment, home = world.home()
    _, other = world.home(deployment)
    _, first, first_token = world.device(home)
    _, second, second_token = world.device(other)
    key = world.name("behind")
    device = world.call("device.register", location=home, key=key, gateway=first, token=False)["id"]
    takes = lambda token: "rejected" not in world.post(token, key, power=1)
    assert (takes(first_token), takes(second_token)) == (True, False)
    moved = world.call("device.update", id=device, gateway=second)
    assert (moved["gatewayKey"], moved["location"]) == (second, other), moved
    wait_until(lambda: (takes(first_token), takes(second_token)) == (False, True), 10, "the other gateway to speak for it")
    assert world.call("device.update", id=device, gateway="")["gatewayKey"] == ""
    wait_until(lambda: not takes(second_token), 10, "no gateway to speak for it")

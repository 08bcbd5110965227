"""Participants, what is written to them and by them, operators and their sessions."""

import time

from walk.registry import shows
from walk.world import OUTLET
from whole_server import PASSWORD, ApiError, wait_until


@shows("participant.create", "participant.list", "participant.list after", "participant.list limit", "participant.list location",
       "participant.get", "participant.create language=de", "participant.create language=en")
def people(world):
    deployment, home = world.home()
    _, other = world.home(deployment)
    first = world.person(deployment, home, language="de")["id"]
    second = world.person(deployment, other, language="en")["id"]
    assert [world.call("participant.get", id=one)["language"] for one in (first, second)] == ["de", "en"]
    page = world.call("participant.list", deployment=deployment, limit=1)
    rest = world.call("participant.list", deployment=deployment, after=page["items"][0]["id"])
    assert page["more"] and [one["id"] for one in page["items"] + rest["items"]] == [first, second]
    there = world.call("participant.list", deployment=deployment, location=other)["items"]
    assert [one["id"] for one in there] == [second]


@shows("participant.create name", "participant.create email", "participant.create phone")
def names_and_contacts(world):
    deployment, home = world.home()
    kept = {"name": "Erna Muster", "email": "erna@example.org", "phone": "+34 600 000 000"}
    person = world.person(deployment, home, **kept)["id"]
    shown = world.call("participant.get", id=person)
    assert {key: shown[key] for key in kept} == kept


@shows("participant.enrolmentCode", "participant.create roles.role=resident", "participant.create roles.role=caregiver",
       "participant.create roles.role=supporter", "participant.create roles.role=student")
def roles_of_people(world):
    """Who may see a home's latest values, register a device there, and have a new token of one, by the table of roles."""
    deployment, home = world.home()
    sees, registers, takes = {}, {}, {}
    for role in ("resident", "caregiver", "supporter", "student"):
        person = world.person(deployment, home, role)
        code = world.call("participant.enrolmentCode", id=person["id"])
        user = world.name(role)
        world.page(code, user)
        key = world.cloud(f"login?username={user}", PASSWORD=PASSWORD)[1]["key"]
        wanted = f"devices?locationId={home}&deviceId={world.name('theirs')}&deviceType={OUTLET}&authToken=true"
        registers[role] = world.cloud(wanted, key, "POST")[1]["resultCode"] == 0
        _, known, token = world.device(home)
        world.post(token, known, power=1)
        sees[role] = world.cloud(f"devices/{known}/parameters", key)[1]["resultCode"] == 0
        takes[role] = world.cloud(f"devices?locationId={home}&deviceId={known}&authToken=true", key, "POST")[1]["resultCode"] == 0
    assert registers == {"resident": True, "caregiver": False, "supporter": False, "student": True}, registers
    assert sees == {"resident": True, "caregiver": False, "supporter": False, "student": False}, sees
    assert takes == sees, takes


@shows("participant.create roles.callingOrder")
def the_order_of_calling(world):
    deployment, home = world.home()
    later, first = (world.call("participant.create", deployment=deployment,
                               roles=[{"location": home, "role": "caregiver", "callingOrder": order}])["id"] for order in (2, 1))
    world.script(deployment, 'from composer import app, on\napp(title="C", notifies=["caregiver"], texts={"t": {"en": "t"}})\n'
                             '@on.installed()\ndef go(home, event):\n    home.alert("a", text="t", to=[("caregiver", "0s")])\n')
    alerts = lambda: world.call("alert.list", location=home)["items"]
    wait_until(alerts, 20, "the alert")
    assert [one["participant"] for one in alerts()[0]["recipients"]] == [first, later]


@shows("message.send requestId", "question.ask requestId")
def said_once(world):
    deployment, home = world.home()
    person = world.person(deployment, home)["id"]
    for method, more in (("message.send", {}), ("question.ask", {"type": "yes-no"})):
        wanted = dict(participant=person, text=method, requestId=f"once-{method}", **more)
        first = world.call(method, **wanted)
        assert world.call(method, **wanted)["id"] == first["id"]
        assert world.refused(method, **{**wanted, "text": "another"}) == "conflict"
    assert len(world.call("message.list", participant=person)["items"]) == 2


@shows("message.send", "message.list", "message.list after", "message.list limit", "message.conversations")
def messages(world):
    deployment, home = world.home()
    person = world.person(deployment, home)
    page = world.page(person)
    for text in ("one", "two"):
        world.call("message.send", participant=person["id"], text=text)
    wait_until(lambda: [one["text"] for one in page.ask("/inbox/items")["messages"]] == ["one", "two"], 10, "messages on the page")
    page.ask("/inbox/read", {"messages": [page.ask("/inbox/items")["messages"][0]["id"]]})
    page.ask("/inbox/write", {"text": "three"})
    newest = world.call("message.list", participant=person["id"], limit=2)
    assert newest["more"]
    older = world.call("message.list", participant=person["id"], after=newest["items"][-1]["id"])
    assert {one["text"] for one in newest["items"] + older["items"]} == {"one", "two", "three"}
    talk = world.call("message.conversations", deployment=deployment)["items"]
    assert [(one["participant"], one["lastText"]) for one in talk] == [(person["id"], "three")]


@shows("question.ask", "question.answers", "question.answers after", "question.answers limit", "question.ask choices",
       "question.ask type=yes-no", "question.ask type=one-of", "question.ask type=text", "question.ask type=number")
def questions(world):
    deployment, home = world.home()
    person = world.person(deployment, home)
    page = world.page(person)
    answers = {"yes-no": "yes", "one-of": "tea", "text": "well", "number": 7}
    for kind, answer in answers.items():
        more = {"choices": ["tea", "coffee"]} if kind == "one-of" else {}
        asked = world.call("question.ask", participant=person["id"], text=f"What? {kind}", type=kind, **more)["id"]
        page.ask("/inbox/answer", {"message": asked, "answer": answer})
    first = world.call("question.answers", deployment=deployment, limit=3)
    rest = world.call("question.answers", deployment=deployment, after=first["items"][-1]["id"])
    assert first["more"] and {one["question"]["type"]: one["answer"]["value"] for one in first["items"] + rest["items"]} == answers


@shows("operator.add", "operator.list", "operator.add maySeeNames", "operator.add roles.role=admin",
       "operator.add roles.role=coordinator", "operator.add roles.role=analyst")
def operators(world):
    deployment, home = world.home()
    person = world.person(deployment, home, name="Erna")["id"]
    _, elsewhere = world.home()
    may = {}
    for role, where, names in (("admin", None, True), ("coordinator", deployment, True), ("analyst", deployment, False)):
        email = f"{world.name('op')}@example.org"
        made = world.call("operator.add", email=email, name=email, password=PASSWORD, maySeeNames=names,
                          roles=[{"role": role, "deployment": where}])["id"]
        assert any(one["id"] == made for one in world.call("operator.list")["items"])
        with as_operator(world, email):
            may[role] = (can(world, "deployment.create", name=world.name("D"), timeZone="Europe/Madrid"),
                         can(world, "location.get", id=elsewhere), can(world, "room.create", location=home, kind="hall", name=world.name("Hall")),
                         world.call("participant.get", id=person).get("name"))
    assert may == {"admin": (True, True, True, "Erna"), "coordinator": (False, False, True, "Erna"),
                   "analyst": (False, False, False, None)}, may


@shows("operator.update", "operator.update active", "operator.update name", "operator.update maySeeNames", "operator.update password",
       "operator.update roles", "operator.update roles.role=admin",
       "operator.update roles.role=coordinator", "operator.update roles.role=analyst")
def changed_operators(world):
    deployment, home = world.home()
    person = world.person(deployment, home, name="Erna")["id"]
    email = f"{world.name('op')}@example.org"
    made = world.call("operator.add", email=email, name="Before", password=PASSWORD, maySeeNames=True,
                      roles=[{"deployment": deployment, "role": "coordinator"}])["id"]
    world.call("operator.update", id=made, name="After", maySeeNames=False, password=PASSWORD + "2")
    with as_operator(world, email, PASSWORD + "2"):
        assert world.call("participant.get", id=person).get("name") is None
    for role, where, may in (("analyst", deployment, (False, False)), ("coordinator", None, (True, False)), ("admin", None, (True, True))):
        world.call("operator.update", id=made, roles=[{"role": role, "deployment": where}])
        with as_operator(world, email, PASSWORD + "2"):
            shown = (can(world, "room.create", location=home, kind="hall", name=world.name("Hall")),
                     can(world, "deployment.create", name=world.name("D"), timeZone="Europe/Madrid"))
            assert shown == may, (role, shown)
    world.call("operator.update", id=made, active=False)
    shown = next(one for one in world.call("operator.list")["items"] if one["id"] == made)
    assert (shown["name"], shown["active"]) == ("After", False)
    assert world.refused("session.signIn", email=email, password=PASSWORD + "2") == "account-locked"
    assert world.refused("session.signIn", email=email, password=PASSWORD + "3") == "wrong-credentials"


@shows("session.signIn", "session.signOut", "session.resume", "session.changePassword")
def sessions(world):
    email = f"{world.name('op')}@example.org"
    world.call("operator.add", email=email, name=email, password=PASSWORD, roles=[{"role": "analyst", "deployment": None}])
    with as_operator(world, email):
        token = world.server.token
        assert world.call("session.resume", token=token)["operator"]["email"] == email
        world.call("session.changePassword", old=PASSWORD, new=PASSWORD + "3")
        world.call("session.signOut")
        assert world.refused("deployment.list") == "not-signed-in"
    with as_operator(world, email, PASSWORD + "3"):
        world.call("deployment.list")


class as_operator:
    """Calls go out as this operator meanwhile."""

    def __init__(self, world, email, password=PASSWORD):
        self.world, self.email, self.password = world, email, password

    def __enter__(self):
        self.before, self.world.server.token = self.world.server.token, None
        self.world.server.token = self.world.call("session.signIn", email=self.email, password=self.password)["token"]

    def __exit__(self, *failure):
        self.world.server.token = self.before


def can(world, operation, **parameters):
    try:
        world.call(operation, **parameters)
        return True
    except ApiError as error:
        if error.code in ("access-denied", "wrong-location", "not-found"):
            return False
        raise

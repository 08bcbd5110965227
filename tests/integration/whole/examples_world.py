"""The requests of the document's examples, in the order in which they are sent, and the home in which they make sense."""

import re
import time

from whole_server import PASSWORD, USER, wait_until

ANALYST = "analyst"
SCRIPT = '''from composer import action, app, on

app(title="Water", reads={"leak": "to see water"}, controls={"outletStatus": "to close the valve"}, notifies=["resident"],
    texts={"wet": {"en": "There is water on the floor.", "de": "Auf dem Boden ist Wasser."},
           "close": {"en": "Close the valve", "de": "Ventil schließen"}})


@on.measurement("leak")
def wet(home, event):
    home.set_fact("wet", event.value)
    if event.value:
        valve = home.devices(use="valve")[0]
        home.alert("water", text="wet", severity="urgent", to=["resident"], actions=[action("close", valve, outletStatus=0)])
'''
CSV = ("time,device_id,parameter,value,unit\n2026-01-01T00:00:00Z,valve,power,12.5,W\n"
       "2026-01-01T00:10:00Z,valve,power,13,W\nyesterday,valve,power,1,W\n2026-01-01T00:00:00Z,valve,state,auto,\n")
PEOPLE = {"deployment": 1, "language": "de", "roles": [{"location": 1, "role": "resident"}], "name": "Erna Muster"}
HOUR = {"from": "2026-01-01T00:00:00Z", "to": "2026-01-01T01:00:00Z"}
COMMAND = [{"name": "outletStatus", "value": 1}]
# As many commands to the valve as its gateway may have open.
FULL = """INSERT INTO command (deployment_id, location_id, device_id, gateway_id, parameters, comment, requested_by, expires_at)
SELECT deployment_id, location_id, id, id, jsonb_build_array(jsonb_build_object('name', 'level', 'index', n::text, 'value', 1)), 'full',
       'operator:1', now() + interval '1 hour' FROM device, generate_series(1, 100) n WHERE id = 1"""
FIRST = {"email": USER, "name": "Ada", "password": PASSWORD}
NEW_OPERATOR = {"email": "c@cohort.example", "name": "Carla", "password": PASSWORD,
                "roles": [{"deployment": 1, "role": "coordinator"}]}

# Operation, what the example shows, parameters; where it differs: name, whose token.
TABLE = [
    ("server.info", "What server is this?", {}, "done", ""),
    ("session.firstAdmin", "The first admin", {"code": "<first code>", **FIRST}, "done", ""),
    ("session.firstAdmin", "There is an admin already", {"code": "ABCD-EFGH", **FIRST}, "wrong-credentials", ""),
    ("session.signIn", "Signs in", {"email": USER, "password": PASSWORD}, "done", ""),
    ("session.signIn", "A wrong password", {"email": USER, "password": "not the password"}, "wrong-credentials", ""),
    ("session.resume", "Goes on with a session", {"token": "<token>"}, "done", ""),
    ("session.resume", "A token that nobody has", {"token": "x"}, "not-signed-in", ""),
    ("deployment.create", "Makes a deployment", {"name": "Lindenhof", "timeZone": "Europe/Berlin", "language": "de"}),
    ("deployment.list", "Lists them", {}),
    ("deployment.update", "Renames it", {"id": 1, "name": "Lindenhof II"}),
    ("location.create", "Makes a home with two rooms",
     {"deployment": 1, "name": "Lindenweg 4", "rooms": [{"kind": "bathroom", "name": "Bath"}, {"kind": "kitchen", "name": "Kitchen"}]}),
    ("location.list", "Lists them", {"deployment": 1}),
    ("location.update", "Renames it", {"id": 1, "name": "Lindenweg 4, left"}),
    ("room.create", "Makes a room", {"location": 1, "kind": "hall", "name": "Hall"}),
    ("room.update", "Renames it", {"id": 3, "name": "Entrance"}),
    ("participant.create", "Enrols a resident", PEOPLE),
    ("participant.list", "Lists the people", {"deployment": 1}),
    ("participant.get", "Tells of one", {"id": 1}),
    ("participant.enrolmentCode", "A new code", {"id": 1}),
    ("device.types", "Lists the types", {}),
    ("device.register", "Registers a valve", {"location": 1, "key": "valve", "type": 10014, "use": "valve", "room": 1}),
    ("device.register", "The same again", {"location": 1, "key": "valve"}, "already-exists"),
    ("device.register", "Behind a gateway that is not there", {"location": 1, "key": "leak", "gateway": "bridge"},
     "no-such-gateway"),
    ("device.list", "Those of a home", {"location": 1}),
    ("device.get", "Tells of one", {"id": 1}),
    ("device.update", "Moves it into the kitchen", {"id": 1, "room": 2}),
    ("device.newToken", "A new token", {"id": 1}),
    ("device.revokeTokens", "Ends all tokens", {"id": 1}),
    ("location.get", "Tells of one home", {"id": 1}),
    ("device.command", "Opens the valve", {"id": 1, "parameters": COMMAND}),
    ("device.command", "Its gateway has 100 open ones, none sets the same",
     {"id": 1, "parameters": [{"name": "outletStatus", "index": "2", "value": 1}]}, "too-many-commands"),
    ("command.list", "Those of a home", {"location": 1}),
    ("command.get", "Tells of one", {"id": 1}),
    ("command.cancel", "Takes it back", {"id": 1}),
    ("command.cancel", "It has ended already", {"id": 1}, "conflict"),
    ("measurement.import", "Three lines are stored, one is refused", {"location": 1, "csv": CSV}),
    ("measurement.import", "A cell that does not end", {"location": 1, "csv": 'time,device_id,parameter,value\n"'},
     "cannot-parse"),
    ("measurement.query", "An hour", {"stream": 1, **HOUR}),
    ("measurement.export", "An hour as CSV", {"stream": 1, **HOUR}),
    ("stream.update", "Its values are numbers from now on", {"id": 2, "kind": "number"}),
    ("stream.update", "The device's type says what it is", {"id": 1, "kind": "text"}, "typed"),
    ("library.list", "What fits the homes of a deployment", {"deployment": 1}),
    ("library.install", "Installs one without starting it", {"deployment": 1, "name": "no_movement", "deploy": False}),
    ("script.check", "A good script", {"source": SCRIPT}),
    ("script.check", "A script that is refused", {"source": "import os\n"}, "refused"),
    ("script.create", "Makes a script", {"deployment": 1, "name": "Water", "source": SCRIPT}),
    ("script.saveVersion", "Saves a second version", {"id": 2, "source": SCRIPT + "\n", "baseVersion": 1}),
    ("script.saveVersion", "Somebody saved meanwhile", {"id": 2, "source": SCRIPT, "baseVersion": 1}, "conflict"),
    ("script.versions", "Lists them", {"id": 2}),
    ("script.version", "Tells of one", {"id": 2}),
    ("script.deploy", "Starts it in all homes", {"id": 2, "mode": "live"}),
    ("script.create", "A script that is refused is kept, too", {"deployment": 1, "name": "Draft", "source": "import os\n"},
     "refused"),
    ("script.deploy", "It does not run", {"id": 3, "mode": "live"}, "script-refused"),
    ("script.pause", "Pauses it in one home", {"id": 2, "locations": [1]}),
    ("script.resume", "Goes on", {"id": 2, "locations": [1]}),
    ("script.rollback", "Back to the first version", {"id": 2, "version": 1}),
    ("script.diff", "What the second version changed", {"id": 2, "from": 1, "to": 2}),
    ("script.setParameters", "It has no parameters", {"id": 2, "values": {}}),
    ("script.saveVersion", "A version that is refused is kept, too", {"id": 2, "source": "import os\n", "baseVersion": 2},
     "refused"),
    ("script.rollback", "That version does not run", {"id": 2, "version": 3}, "script-refused"),
    ("script.get", "Tells of one", {"id": 2}),
    ("script.list", "Lists them", {"deployment": 1}),
    ("alert.list", "Those that are open", {"location": 1}),
    ("fact.query", "Those of a home", {"location": 1}),
    ("script.runs", "The newest", {"id": 2, "limit": 3}),
    ("alert.get", "Tells of one", {"id": 1}),
    ("alert.acknowledge", "Puts it off", {"id": 1, "snoozeMinutes": 30}),
    ("alert.comment", "Notes something", {"id": 1, "comment": "The plumber comes at three."}),
    ("alert.act", "Its gateway has 100 open ones, none sets the same", {"id": 1, "action": 1}, "too-many-commands"),
    ("alert.act", "Closes the valve", {"id": 1, "action": 1}),
    ("alert.resolve", "It is over", {"id": 1}),
    ("alert.resolve", "It was over already", {"id": 1}, "conflict"),
    ("alert.acknowledge", "It is over", {"id": 1}, "conflict"),
    ("alert.dismiss", "It is over", {"id": 1}, "conflict"),
    ("alert.dismiss", "A false alarm", {"id": 2, "comment": "The sensor was washed."}),
    ("alert.act", "It is over", {"id": 2, "action": 2}, "conflict"),
    ("timeline.query", "What happened last", {"location": 1, "from": "2026-01-01T00:00:00Z", "to": "2199-01-01T00:00:00Z", "limit": 3}),
    ("message.send", "Writes to a resident", {"participant": 1, "text": "Good morning!"}),
    ("message.list", "The conversation", {"participant": 1}),
    ("message.read", "Marks what was written as read", {"participant": 1, "upTo": 1}),
    ("message.conversations", "All conversations", {"deployment": 1}),
    ("question.ask", "Asks a resident", {"participant": 1, "text": "Did you sleep well?", "type": "yes-no"}),
    ("question.answers", "The answers", {"deployment": 1}),
    ("script.undeploy", "Off one home", {"id": 2, "locations": [1]}),
    ("script.undeploy", "It is not there any more", {"id": 2, "locations": [1]}, "conflict"),
    ("script.retire", "Takes it out of use", {"id": 2}),
    ("script.rollback", "A draft runs nowhere", {"id": 1, "version": 1}, "conflict"),
    ("participant.update", "Another language", {"id": 1, "language": "en", "roles": [{"location": 1, "role": "resident"}]}),
    ("participant.end", "The study is over", {"id": 1, "how": "completed"}),
    ("participant.end", "It was over already", {"id": 1, "how": "completed"}, "conflict"),
    ("participant.update", "It is over", {"id": 1, "roles": [{"location": 1, "role": "resident"}]}, "conflict"),
    ("participant.enrolmentCode", "It is over", {"id": 1}, "conflict"),
    ("room.remove", "Removes the entrance", {"id": 3}),
    ("operator.add", "Adds a coordinator", NEW_OPERATOR),
    ("operator.add", "The same again", NEW_OPERATOR, "already-exists"),
    ("operator.list", "Lists them", {}),
    ("operator.update", "Takes a right away", {"id": 3, "maySeeNames": False}),
    ("server.list", "Lists the servers", {}),
    ("metrics.query", "The last hour", {}),
    ("audit.query", "The newest row", {"limit": 1}),
    ("overview.get", "Of all deployments", {}),
    ("device.retire", "Takes it out of use", {"id": 1}),
    ("device.newToken", "It is out of use", {"id": 1}, "conflict"),
    ("location.create", "A second home", {"deployment": 1, "name": "Lindenweg 6"}, "second"),
    ("location.retire", "Something is in it", {"id": 1}, "conflict"),
    ("location.retire", "It is empty", {"id": 2}),
    ("session.changePassword", "Changes it", {"old": PASSWORD, "new": PASSWORD + "2"}, "done", ANALYST),
    ("session.changePassword", "A wrong password", {"old": PASSWORD, "new": PASSWORD + "3"}, "wrong-credentials", ANALYST),
    ("session.signOut", "Ends the session", {}, "done", ANALYST),
]


def example(operation, summary, parameters, name="done", who="admin"):
    return {"operation": operation, "name": name, "summary": summary, "as": who, "parameters": parameters}


EXAMPLES = [example(*row) for row in TABLE]


class World:
    """Who sends the examples, and what happens between them: a device posts, a participant answers."""

    def __init__(self, server):
        self.server = server
        self.alerted = False
        self.is_full = False
        self.tokens = {}
        log = (server.folder / "server.log").read_text()
        self.first_code = re.search(r"first-admin code=(\S+)", log)[1]

    def first_admin_came(self, token):
        self.server.token = self.tokens["admin"] = token
        self.server.add_operator("analyst@cohort.example", ANALYST)
        session = self.server.call("session.signIn", email="analyst@cohort.example", password=PASSWORD)
        self.tokens[ANALYST] = session["token"]

    def filled(self, value):
        """The parameters as they are sent; words in angle brackets are what only a running server knows."""
        words = {"<token>": self.tokens.get("admin"), "<first code>": self.first_code}
        if isinstance(value, dict):
            return {key: self.filled(member) for key, member in value.items()}
        return words.get(value, value) if isinstance(value, str) else value

    def before(self, example):
        is_full = example["name"] == "too-many-commands"
        if is_full != self.is_full:
            self.is_full = is_full
            self.server.sql(FULL if is_full else "DELETE FROM command WHERE comment = 'full'")
        if example["operation"] == "alert.list" and not self.alerted:
            self.alerted = True
            self.raise_two_alerts()

    def raise_two_alerts(self):
        token = self.server.call("device.register", location=1, key="leak", use="floor")["token"]
        time.sleep(2)  # Composer takes a script's change up within a second
        for count in (1, 2):
            self.server.measure(token, int(time.time() * 1000), **{"leak:leak": count})
            wait_until(lambda: int(self.server.sql("SELECT count(*) FROM alert")) == count, 20, "the alert")
            if count == 1:
                self.server.sql("UPDATE alert SET key = 'first' WHERE id = 1")

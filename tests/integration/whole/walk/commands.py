"""The commands of cohort-server beside serve, what each says of itself, and schedules that a server missed."""

import json
import time

from walk.options import database_of, serving
from walk.programs import run
from walk.registry import shows
from walk.world import OUTLET
from whole_server import PASSWORD, ApiError, WholeServer, wait_until

OPERATOR = ("--role", "analyst", "--password-stdin")


def server_command(*words, code=0):
    return run("cohort-server", *words, code=code, input=PASSWORD + "\n")


@shows("cohort-server --help", "cohort-script --help", "cohort-script --version")
def what_programs_say_of_themselves(world):
    """--help of a command has its options and no others."""
    assert "--tls-key" in server_command("--help") and "--layout" in server_command("import", "--help")
    assert "--layout" not in server_command("serve", "--help") and "--tls-key" not in server_command("import", "--help")
    assert "no effect on import" in server_command("import", "file", "--location", "1", "--email", "x@example.org", code=2)
    assert "--verbose" in run("cohort-script", "--help") and "--verbose" not in run("cohort-script", "check", "--help")
    assert world.call("server.info")["version"] in run("cohort-script", "--version")


@shows("cohort-server operator first-code", "cohort-server operator first-code --data", "cohort-server operator first-code --database",
       "cohort-server operator first-code --config", "session.firstAdmin")
def codes_of_the_first_admin(world):
    """The newest code works, once; where there is an administrator there is none."""
    with serving(is_ready=WholeServer.is_ready) as server:
        config = world.server.folder / "first.conf"
        config.write_text(f"data = {server.folder / 'data'}\n")
        codes = [server_command("operator", "first-code", *where).strip().rpartition(" ")[2] for where in (
            ("--data", server.folder / "data"), ("--database", database_of(server)), ("--config", config))]
        assert len(set(codes)) == 3, codes
        first = {"email": "first@example.org", "name": "First", "password": PASSWORD}
        try:
            server.call("session.firstAdmin", code=codes[0], **first)
            raise AssertionError("an older code works")
        except ApiError as error:
            assert error.code == "wrong-credentials", error
        server.token = server.call("session.firstAdmin", code=codes[2], **first)["token"]
        assert [one["email"] for one in server.call("operator.list")["items"]] == ["first@example.org"]
    assert "administrator already" in server_command("operator", "first-code", "--data", world.server.folder / "data", code=1)


@shows("cohort-server operator add --database", "cohort-server operator add --config")
def operators_added_elsewhere(world):
    config = world.server.folder / "operator.conf"
    config.write_text(f"data = {world.server.folder / 'data'}\n")
    for where in (("--database", database_of(world.server), "--data", world.server.folder / "empty"), ("--config", config)):
        email = f"{world.name('op')}@example.org"
        server_command("operator", "add", *where, "--email", email, *OPERATOR)
        assert email in [one["email"] for one in world.call("operator.list")["items"]], where


@shows("cohort-server import", "cohort-server import --data", "cohort-server import --database", "cohort-server import --config",
       "cohort-server import --location", "cohort-server import --layout", "cohort-server import --preview")
def imported_files(world):
    _, home = world.home()
    device, key, _ = world.device(home)
    folder = world.server.folder
    file, layout, config = (folder / world.name(name) for name in ("file", "layout", "config"))
    file.write_text(f"when;who;what;how much\n01/02/2026 10:00;{key};level;1,5\n")
    layout.write_text(json.dumps({"timeFormat": "dd/MM/yyyy HH:mm", "timeZone": "UTC", "columns": [
        {"name": "when", "role": "time"}, {"name": "who", "role": "device"}, {"name": "what", "role": "parameter"},
        {"name": "how much", "role": "value"}]}))
    config.write_text(f"data = {folder / 'data'}\n")
    words = ["import", file, "--location", str(home), "--data", folder / "data"]
    assert "unknown column" in server_command(*words, code=1)
    words += ["--layout", layout]
    told = json.loads(server_command(*words, "--preview"))
    assert (told["stored"], told["first"][0]["time"], told["first"][0]["value"]) == (1, "2026-02-01T10:00:00.000Z", 1.5), told
    assert world.call("device.get", id=device)["streams"] == []
    assert json.loads(server_command(*words))["stored"] == 1
    assert [one["latest"]["value"] for one in world.call("device.get", id=device)["streams"]] == [1.5]
    for where in (("--database", database_of(world.server), "--data", folder / "empty"), ("--config", config)):
        assert json.loads(server_command(*words[:4], *where, *words[6:]))["already"] == 1, where
    assert "has no device" in server_command(*words[:3], "999999", *words[4:], code=1)


@shows("cohort-server operator add --log-level", "cohort-server operator first-code --log-level", "cohort-server import --log-level")
def what_commands_log(world):
    """Without a server beside them they start its database, and say so."""
    with serving(is_ready=WholeServer.is_ready) as server:
        server.stop()
        what_they_log(world, server.folder / "data")


def what_they_log(world, data):
    file = world.server.folder / world.name("file")
    file.write_text("time,device_id,parameter,value\n")
    commands = ((("operator", "first-code"), 0), (("import", file, "--location", "1"), 1), (("operator", "add", *OPERATOR), 0))
    for words, code in commands:
        for level, logs in ((), True), (("--log-level", "error"), False):
            email = ("--email", f"{world.name('op')}@example.org") if "add" in words else ()
            told = server_command(*words, *email, "--data", data, *level, code=code)
            assert ("postgresql-started" in told) == logs, (words, level, told)


MISSED = '''from composer import app, on
app(title="Missed")


@on.installed()
def begin(home, event):
    home.set_fact("begun", 1)


'''


@shows("on.every late=", "on.schedule late=")
def schedules_that_were_missed(world):
    """A server that was away: its cursors are put back two days meanwhile, so that a moment hours ago is due."""
    at = time.strftime("%H:%M", time.gmtime(time.time() - 2 * 3600))
    source = MISSED
    for kind, trigger in (("every", 'every("1d"'), ("schedule", f'schedule("{at}"')):
        for word, late in (("plain", ""), ("with", ", late=True"), ("without", ", late=False")):
            source += (f'@on.{trigger}{late})\ndef {kind}_{word}(home, event):\n'
                       f'    home.set_fact("{kind}-{word}", event.late)\n\n\n')
    with serving(is_ready=WholeServer.is_ready) as server:
        server.add_operator("tester@cohort.example", "admin")
        server.sign_in()
        deployment, home = server.home(time_zone="UTC")
        server.deploy(deployment, source, "Missed")
        names = lambda: {one["name"] for one in server.call("fact.query", location=home)["items"]}
        wait_until(lambda: "begun" in names(), 30, "the script's first run")
        wait_until(lambda: server.sql("SELECT count(*) FROM script_instance WHERE engine->'extra' ? 'schedules'") == "1", 30, "its cursors")
        server.kill()
        past = "SELECT jsonb_object_agg(key, (value #>> '{}')::bigint - 172800000) FROM jsonb_each(engine #> '{extra,schedules}')"
        server.sql("UPDATE script_instance SET engine = jsonb_set(jsonb_set(engine, '{extra,schedules}', "
                   f"({past})), '{{wakeAt}}', '1')")
        server.start()
        expected = {f"{kind}-{word}" for kind in ("every", "schedule") for word in ("plain", "with")}
        wait_until(lambda: expected <= names(), 60, "what was missed")
        time.sleep(2)
        assert names() == expected | {"begun"}, names()


@shows("on.measurement unavailable=")
def values_that_are_not_there(world):
    deployment, home = world.home()
    _, key, token = world.device(home, type=OUTLET)
    world.script(deployment, '''from composer import app, on
app(title="Unavailable", reads=["power"])


@on.measurement("power", unavailable=True)
def either(home, event):
    home.state["either"] = home.state.get("either", 0) + 1
    home.set_fact("either", home.state["either"])
    home.set_fact("there", event.value is not None)


@on.measurement("power")
def values(home, event):
    home.state["values"] = home.state.get("values", 0) + 1
    home.set_fact("values", home.state["values"])
''')
    time.sleep(2)
    world.post(token, key, power=1)
    world.wait_for_facts(home, {"either": 1, "values": 1, "there": 1})
    assert "rejected" not in world.post(token, key, power=None)
    world.wait_for_facts(home, {"either": 2, "there": 0})
    world.post(token, key, power=2)
    world.wait_for_facts(home, {"either": 3, "values": 2, "there": 1})

"""The options of cohort-sim and cohort-script."""

import csv
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
from datetime import datetime, timedelta

from walk.options import certificate_in, database_of, serving
from walk.registry import shows
from whole_server import BIN, PASSWORD, SOURCE, USER, Home, simulated_home, wait_until


def run(program, *words, code=0, **options):
    """What the program prints."""
    ended = subprocess.run([BIN / program, *words], capture_output=True, text=True, timeout=120, check=False, **options)
    assert ended.returncode == code, (words, ended.returncode, ended.stdout, ended.stderr)
    return ended.stdout + ended.stderr


def kept(recording):
    """Which rows came over five minutes late."""
    rows = csv.DictReader(recording.splitlines())
    moments = [[datetime.fromisoformat(row[name].replace("Z", "+00:00")) for name in ("time", "arrival")] for row in rows]
    return [one for one in moments if one[1] - one[0] > timedelta(minutes=5)]


@shows("cohort-sim --help", "cohort-sim --version", "cohort-sim record", "cohort-sim record --homes",
       "cohort-sim record --days", "cohort-sim record --seed", "cohort-sim record --start", "cohort-sim record --timezone", "cohort-sim record --output",
       "cohort-sim record --away", "cohort-sim record --unavailable")
def recordings(world):
    assert "Usage" in run("cohort-sim", "--help") and "cohort-sim" in run("cohort-sim", "--version")
    for command in ("homes", "record", "replay", "load"):
        assert f"cohort-sim {command}" in run("cohort-sim", command, "--help")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)

        def recorded(*troubles, **changed):
            settings = {"homes": 1, "days": 1, "seed": 1, "start": "2026-03-02", "timezone": "Europe/Madrid"} | changed
            out = folder / "_".join(map(str, [*settings.values(), *troubles])).replace("/", "-")
            run("cohort-sim", "record", "--output", out, *troubles,
                *[word for key, one in settings.items() for word in (f"--{key}", str(one))])
            return (out / "home-1.csv").read_text(), sorted(one.name for one in out.glob("home-*.csv"))

        text, files = recorded()
        first = text.splitlines()[1]
        assert first.startswith("2026-03-01T23:") or first.startswith("2026-03-02T00:"), first
        assert recorded() == (text, files) and recorded(seed=2)[0] != text
        assert len(recorded(homes=2)[1]) == 2 * len(files) and len(recorded(days=2)[0]) > 1.5 * len(text)
        assert "unavailable" in recorded("--unavailable")[0] and "unavailable" not in text
        assert len(kept(recorded("--away", "10m-90m")[0])) > 20 and not kept(text)
        assert recorded(timezone="Asia/Tokyo")[0] != text and "2026-03-0" not in recorded(start="2026-05-01")[0]


@shows("cohort-sim replay", "cohort-sim replay --server", "cohort-sim replay --user", "cohort-sim replay --password-file",
       "cohort-sim replay --location", "cohort-sim replay --devices", "cohort-sim replay --data", "cohort-sim replay --id-prefix",
       "cohort-sim replay --progress-file", "cohort-sim replay --measures", "cohort-sim replay --in-flight",
       "cohort-sim replay --deployment", "cohort-sim replay --timezone")
def replays(world):
    with tempfile.TemporaryDirectory() as name:
        home = simulated_home(name, 1)
        progress = pathlib.Path(name) / "progress"
        deployment, location = world.home(clock="events")
        command = world.server.replay_command(home, location, world.name("p"))
        text = run("cohort-sim", *command[1:], "--progress-file", progress, "--measures", "50", "--in-flight", "2")
        rows = len(home.data.read_text().splitlines()) - 1
        streams = [stream for device in world.call("location.get", id=location)["devices"] for stream in device["streams"]]
        stored = int(world.server.sql(f"SELECT count(*) FROM measurement m JOIN stream s ON s.id = m.stream_id WHERE s.location_id = {location}"))
        assert streams and 0 < stored <= rows and progress.exists(), (stored, rows, text)
        made = world.name("Made")
        replay = world.server.replay_command(home, "A new home", world.name("p"), "--deployment", made, "--timezone", "Asia/Tokyo")
        run("cohort-sim", *replay[1:])
        listed = next(one["id"] for one in world.call("deployment.list")["items"] if one["name"] == made)
        there = world.call("location.list", deployment=listed)["items"]
        assert [(one["name"], one["clock"], one["timeZone"]) for one in there] == [("A new home", "events", "Asia/Tokyo")]


@shows("cohort-sim homes", "cohort-sim homes --server", "cohort-sim homes --user", "cohort-sim homes --password-file",
       "cohort-sim homes --homes", "cohort-sim homes --deployment", "cohort-sim homes --timezone", "cohort-sim homes --days-back",
       "cohort-sim homes --speed", "cohort-sim homes --scenario", "cohort-sim homes --seconds")
def living_homes(world):
    secret = world.server.folder / "password"
    secret.write_text(PASSWORD)
    made = world.name("Lived")
    run("cohort-sim", "homes", "--server", f"http://127.0.0.1:{world.server.api_port}", "--user", USER, "--password-file", secret, "--homes", "1",
        "--deployment", made, "--days-back", "3", "--speed", "20000", "--scenario", "stove-left-on", "--seconds", "8")
    deployment = next(one["id"] for one in world.call("deployment.list")["items"] if one["name"] == made)
    home = world.call("location.list", deployment=deployment)["items"][0]
    days_ago = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 4 * 86_400))
    assert home["clock"] == "events" and days_ago <= home["lastMeasurement"][:10] < time.strftime("%Y-%m-%d", time.gmtime(time.time() + 86_400))


@shows("cohort-sim load", "cohort-sim load --device-server", "cohort-sim load --devices", "cohort-sim load --rate",
       "cohort-sim load --measures", "cohort-sim load --in-flight", "cohort-sim load --seconds")
def load(world):
    _, home = world.home()
    _, key, token = world.device(home, startDate="2026-01-01T00:00:00Z")
    devices = world.server.folder / "load.csv"
    devices.write_text(f"{key},{token}\n")
    run("cohort-sim", "load", "--device-server", f"http://127.0.0.1:{world.server.device_port}", "--devices", devices, "--rate", "5",
        "--seconds", "3", "--measures", "1")
    wait_until(lambda: world.call("device.list", location=home)["items"][0]["lastMeasurement"], 10, "a measurement of the load")


@shows("cohort-sim replay --speed")
def replays_at_a_speed(world):
    """Twenty seconds of data at ten times real time take two; without it they take none."""
    folder = world.server.folder
    home = Home(folder / "speed-devices.csv", folder / "speed.csv")
    home.devices.write_text("device_id,room,parameter,use,description\nd,kitchen,power,,\n")
    home.data.write_text("time,device_id,parameter,value\n" + "".join(
        f"2026-03-02T12:00:{second:02}Z,d,power,{second}\n" for second in range(0, 21, 5)))

    def took(*speed):
        _, location = world.home(clock="events")
        began = time.monotonic()
        run("cohort-sim", *world.server.replay_command(home, location, world.name("p"), "--measures", "1", *speed)[1:])
        return time.monotonic() - began

    slow = took("--speed", "4")
    assert slow > 4.5 and slow - took() > 3, slow


@shows("cohort-script check", "cohort-script check --worker", "cohort-script check --rules")
def checked_scripts(world):
    with tempfile.TemporaryDirectory() as name:
        good, bad = (pathlib.Path(name) / file for file in ("good.py", "bad.py"))
        good.write_text(SCRIPT)
        bad.write_text(SCRIPT + "import os\n")
        run("cohort-script", "check", good)
        assert f"bad.py:{len(bad.read_text().splitlines())}:" in run("cohort-script", "check", good, bad, code=1)
        assert "nowhere" in run("cohort-script", "check", good, "--worker", "/nowhere/cohort-worker", code=1)
        assert "composer" in run("cohort-script", "check", good, "--rules", "/nowhere", code=1)


@shows("cohort-sim homes --ca-file", "cohort-sim replay --ca-file", "cohort-sim load --ca-file")
def trusted_certificates(world):
    """A second node speaks TLS with a certificate that nobody knows: each command trusts it when it is told to, and else not."""
    key, certificate = certificate_in(world.server.folder)
    secret = world.server.folder / "password"
    secret.write_text(PASSWORD)
    deployment, location = world.home(clock="events")
    _, device, token = world.device(location)
    devices = world.server.folder / "tls.csv"
    devices.write_text(f"{device},{token}\n")
    measured = lambda: int(world.server.sql("SELECT count(*) FROM measurement"))
    with serving("--database", database_of(world.server), "--node", "tls", "--roles", "deviceio,api", "--tls-certificate", certificate,
                 "--tls-key", key) as node, tempfile.TemporaryDirectory() as folder:
        home = simulated_home(folder, 1)
        signs_in = ["--server", f"https://localhost:{node.api_port}", "--user", USER, "--password-file", secret]
        commands = {
            "load": ["--device-server", f"https://localhost:{node.device_port}", "--devices", devices, "--seconds", "1", "--rate", "5"],
            "homes": [*signs_in, "--deployment", world.name("Trusted"), "--homes", "1", "--seconds", "10", "--speed", "1000", "--days-back", "1"],
            "replay": [*signs_in, "--location", str(location), "--devices", home.devices, "--data", home.data, "--id-prefix", world.name("p")]}
        for command, words in commands.items():
            before = measured()
            subprocess.run([BIN / "cohort-sim", command, *words], capture_output=True, timeout=100, check=False)
            assert measured() == before, command
            run("cohort-sim", command, *words, "--ca-file", certificate)
            wait_until(lambda: measured() > before, 10, f"measurements of {command}")


SCRIPT = '''from composer import Number, app, on
app(title="S", reads=["power"], parameters={"least": Number(5)})


@on.measurement("power")
def go(home, event):
    if event.value < home.parameters.least:
        return home.because("too little")
    home.set_fact("hour", event.time.hour)
'''


@shows("cohort-script run", "cohort-script run --devices", "cohort-script run --data", "cohort-script run --timezone",
       "cohort-script run --parameter", "cohort-script run --json", "cohort-script run --verbose", "cohort-script run --worker",
       "cohort-script run --rules")
def trying_scripts(world):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "s.py").write_text(SCRIPT)
        (folder / "devices.csv").write_text("device_id,room,parameter,use,description\nd,kitchen,power,,\n")
        (folder / "data.csv").write_text("time,device_id,parameter,value\n2026-03-02T12:00:00Z,d,power,7\n2026-03-02T13:00:00Z,d,power,1\n")
        words = ["run", folder / "s.py", "--devices", folder / "devices.csv", "--data", folder / "data.csv", "--timezone", "Europe/Madrid"]
        lines = [json.loads(line) for line in run("cohort-script", *words, "--json").splitlines()]
        assert [(one["name"], one["value"]) for one in lines if one["kind"] == "set_fact"] == [("hour", 13)], lines
        words[-1] = "Asia/Tokyo"
        assert '21' in run("cohort-script", *words) and "too little" in run("cohort-script", *words, "--verbose")
        assert "hour" not in run("cohort-script", *words, "--parameter", "least=50")
        assert "nowhere" in run("cohort-script", *words, "--worker", "/nowhere/cohort-worker", code=1)
        assert "composer" in run("cohort-script", *words, "--rules", "/nowhere", code=1)

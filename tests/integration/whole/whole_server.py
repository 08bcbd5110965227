"""A real cohort-server for tests from outside: own data folder and ports, operations, devices over HTTP, SQL to look.

Usage: `with WholeServer() as server:`. The programs are found in the folder that the variable COHORT_BIN names.
"""

import http.client
import http.cookiejar
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from typing import NamedTuple

BIN = pathlib.Path(os.environ["COHORT_BIN"])
SOURCE = pathlib.Path(__file__).resolve().parents[3]
DATA = SOURCE.parent / "shared" / "data"
USER, PASSWORD = "tester@cohort.example", "a-long-test-password"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, seconds=20, what="the condition"):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"{what}: not within {seconds} s")


class Home(NamedTuple):
    """The files of a recorded home."""
    devices: pathlib.Path
    data: pathlib.Path


def simulated_home(folder, days, zone="Europe/Madrid"):
    """A home that cohort-sim records into the folder."""
    subprocess.run([BIN / "cohort-sim", "record", "--homes", "1", "--days", str(days), "--seed", "1", "--start", "2026-03-02",
                    "--timezone", zone, "--output", folder], check=True, timeout=60)
    return Home(pathlib.Path(folder) / "home-1-devices.csv", pathlib.Path(folder) / "home-1.csv")


class ApiError(Exception):
    def __init__(self, status, error):
        super().__init__(f"{status}: {error}")
        self.status, self.code = status, error.get("data", {}).get("code", "")


class WholeServer:
    def __init__(self, options=()):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cohort-test-"))
        self.folder.chmod(0o755)
        self.api_port, self.device_port = free_port(), free_port()
        self.options = list(options)
        self.process = None
        self.token = None

    def __enter__(self):
        try:
            self.start()
            self.add_operator(USER, "admin")
            self.sign_in()
        except BaseException:  # nobody else would end it
            self.stop()
            raise
        return self

    def __exit__(self, *failure):
        self.stop()
        if any(failure):
            print((self.folder / "server.log").read_text()[-4000:])
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, is_ready=None):
        with open(self.folder / "server.log", "a") as log:
            self.process = subprocess.Popen(
                [BIN / "cohort-server", "serve", "--data", self.folder / "data", "--api-listen",
                 f"127.0.0.1:{self.api_port}", "--deviceio-listen", f"127.0.0.1:{self.device_port}", *self.options],
                stderr=log, stdin=subprocess.DEVNULL)
        wait_until(is_ready or self.is_ready, 60, "the server's readiness")

    def is_ready(self):
        if self.process.poll() is not None:
            raise AssertionError("the server ended:\n" + (self.folder / "server.log").read_text()[-4000:])
        try:
            return all(self.http("GET", port, "/espapi/watch")[1] == b"OK" for port in (self.api_port, self.device_port))
        except OSError:
            return False

    def says_ready(self):
        """Its own word, where the ports do not answer plain HTTP or are not all there."""
        return " ready api=" in (self.folder / "server.log").read_text()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(40)
        self.kill_postgres()

    def kill(self):
        """kill -9, as a power cut would end it; PostgreSQL may live on."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def postmaster(self):
        try:
            return int((self.folder / "data/postgresql/postmaster.pid").read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return None

    def kill_postgres(self):
        pid = self.postmaster()
        if pid:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def http(self, method, port, path, body=None, headers=None, timeout=30):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read(), dict(answer.getheaders())
        finally:
            connection.close()

    def add_operator(self, email, role, *more):
        subprocess.run([BIN / "cohort-server", "operator", "add", "--data", self.folder / "data", "--email", email, "--role",
                        role, *(() if role == "analyst" else ("--may-see-names",)), "--password-stdin", *more], input=PASSWORD + "\n", text=True, check=True,
                       capture_output=True, timeout=60)

    def sign_in(self, email=USER):
        self.token = self.call("session.signIn", email=email, password=PASSWORD)["token"]

    def call(self, method, **params):
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        status, body, _ = self.http("POST", self.api_port, f"/api/v1/{method}", json.dumps(params), headers)
        answer = json.loads(body)
        if "error" in answer:
            raise ApiError(status, answer["error"])
        return answer

    def home(self, clock="real", deployment="Test", tokenless=False, time_zone="Europe/Madrid", name=None):
        """A location in a deployment made when missing: (deployment id, location id)."""
        known = {item["name"]: item["id"] for item in self.call("deployment.list")["items"]}
        if deployment not in known:
            known[deployment] = self.call("deployment.create", name=deployment, timeZone=time_zone,
                                          allowTokenlessDevices=tokenless)["id"]
        name = name or f"Home {time.monotonic_ns()}"
        location = self.call("location.create", deployment=known[deployment], name=name, timeZone=time_zone, clock=clock)
        return known[deployment], location["id"]

    def gateway(self, location, prefix, devices):
        """Registers a gateway and devices (name, use, room) behind it: the gateway's token."""
        made = self.call("device.register", location=location, key=prefix + "gateway", token=True)
        for name, use, room in devices:
            self.call("device.register", location=location, key=prefix + name, use=use, gateway=prefix + "gateway",
                      roomKind=room, token=False)
        return made["token"]

    def post(self, token, message):
        status, body, _ = self.http("POST", self.device_port, "/deviceio/mljson", json.dumps(message),
                                    {"Content-Type": "application/json", "PPCAuthorization": f"esp token={token}"})
        return status, json.loads(body)

    def measure(self, token, time_ms, **values):
        """Posts one value per device: measure(token, t, **{"a-stove:power": 1200})."""
        measures = [{"deviceId": key.rsplit(":", 1)[0], "timestamp": time_ms,
                     "params": [{"name": key.rsplit(":", 1)[1], "value": value}]} for key, value in values.items()]
        status, answer = self.post(token, {"version": 2, "sequenceNumber": 1, "measures": measures})
        assert status == 200 and "rejected" not in answer, (status, answer)
        return answer

    def sql(self, text):
        """One value, read from the private cluster."""
        lines = (self.folder / "data/postgresql/postmaster.pid").read_text().splitlines()
        command = ["psql", "-h", lines[4], "-p", lines[3], "-U", "cohort", "-d", "cohort", "-Atc", text]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout.strip()

    def deploy(self, deployment, source, name, locations=None, **parameters):
        script = self.call("script.create", deployment=deployment, name=name, source=source)["id"]
        if parameters:
            self.call("script.setParameters", id=script, values=parameters)
        self.call("script.deploy", id=script, locations=locations, mode="live")
        return script

    def replay_command(self, home, location, prefix, *more):
        secret = self.folder / "password"
        if not secret.exists():  # another one may be reading it
            secret.write_text(PASSWORD)
        return [BIN / "cohort-sim", "replay", "--server", f"http://127.0.0.1:{self.api_port}", "--user", USER,
                "--password-file", secret, "--location", str(location), "--devices", home.devices,
                "--data", home.data, "--id-prefix", prefix, *more]

    def facts(self, location):
        """Every fact of a home as (time, name, value), sorted."""
        items = self.call("fact.query", location=location, limit=1000)["items"]
        return sorted((item["time"], item["name"], json.dumps(item["value"])) for item in items)


class Browser:
    """A participant's browser without a screen: cookies and JSON."""

    def __init__(self, server):
        self.base = f"http://127.0.0.1:{server.api_port}"
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}),
                                                  urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json", "Origin": self.base})
        with self.opener.open(request, timeout=20) as answer:
            return json.loads(answer.read())

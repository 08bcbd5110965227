"""What brings about the words that answers can say and that no name of the others leads to: how runs end, what becomes of scripts
and messages, where alerts come from."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from walk.options import serving
from walk.world import OUTLET, words_said
from whole_server import wait_until

# How a run ends, and what makes it end so.
ENDS = {"error": "1 / 0", "memory": 'home.log(len("x" * 10 ** 9))', "timeout": "for one in range(10 ** 12):\n        pass",
        "too-many-effects": 'for one in range(150):\n        home.set_fact(f"f{one}", one)',
        "state-too-large": 'home.state["x"] = "x" * 1_000_000'}
HEAD = 'from composer import app, on\napp(title="W", reads={"power": ""})\n\n\n@on.measurement("power")\ndef go(home, event):\n    '


def workers_of(server):
    """The processes that run scripts for it."""
    parents, names = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = stat.read_text().split(" (", 1)
        except OSError:
            continue
        name, fields = rest.rsplit(") ", 1)
        parents[int(pid)], names[int(pid)] = int(fields.split()[1]), name

    def is_below(pid):
        return pid == server.process.pid or (pid in parents and is_below(parents[pid]))

    return [pid for pid, name in names.items() if name.startswith("cohort-worker") and is_below(pid)]


def a_run_whose_worker_is_killed(world):
    deployment, home = world.home()
    _, key, token = world.device(home, type=OUTLET)
    script = world.script(deployment, HEAD + ENDS["timeout"] + "\n")
    for value in range(20):
        world.post(token, key, power=value)
        time.sleep(0.3)
        for worker in workers_of(world.server):
            os.kill(worker, signal.SIGKILL)
        if any(run["status"] == "killed" for run in world.call("script.runs", id=script)["items"]):
            return
        time.sleep(1)
    raise AssertionError("no run was killed with its worker")


def ends_of_runs(world):
    deployment, home = world.home()
    _, key, token = world.device(home, type=OUTLET)
    scripts = {how: world.script(deployment, HEAD + line + "\n") for how, line in ENDS.items()}
    scripts["looping"] = world.script(deployment, HEAD + 'home.set_fact("a", event.value)\n\n\n@on.fact("a")\ndef again(home, event):\n'
                                      '    home.set_fact("a", event.value + 1)\n')
    world.post(token, key, power=1)
    for how, script in scripts.items():
        wait_until(lambda: any(run["status"] == how for run in world.call("script.runs", id=script)["items"]), 60, how)


def what_scripts_do(world):
    deployment, home = world.home()
    _, key, token = world.device(home, type=OUTLET)
    person = world.person(deployment, home)
    script = world.script(deployment, """from composer import app, on
app(title="Does", reads={"power": ""}, notifies=["resident"])


@on.measurement("power")
def go(home, event):
    home.start_timer("t", "1h")
    home.start_timer("u", "1h")
    home.cancel_timer("u")
    home.emit("heard", {})
    home.ask("resident", "q", text="Well?")
    home.notify([("resident", "10m")], "Later")


@on.timer("t")
def rings(home, event):
    pass


@on.timer("u")
def rings_too(home, event):
    pass


@on.signal("heard")
def heard(home, event):
    pass


@on.question_answered("q")
def answered(home, event):
    pass
""")
    world.post(token, key, power=1)
    wait_until(lambda: any(run["effects"] for run in world.call("script.runs", id=script)["items"]), 30, "its effects")
    messages = lambda: {one["text"]: one["state"] for one in world.call("message.list", participant=person["id"])["items"]}
    wait_until(lambda: messages().get("Later") == "queued", 30, "what waits")
    world.server.sql("UPDATE message SET created_at = now() - interval '3 days' WHERE kind = 'question'")
    wait_until(lambda: "unanswered" in {one["kind"] for one in world.call("overview.get", deployment=deployment)["attention"]}, 60, "it stays")
    world.call("script.undeploy", id=script)
    wait_until(lambda: messages().get("Well?") == "expired", 30, "the question ends with its script")


def what_becomes_of_scripts(world):
    deployment, home = world.home()
    _, key, token = world.device(home, type=OUTLET)
    script = world.script(deployment, HEAD + "1 / 0\n")
    status = lambda: {one["status"] for one in world.call("script.get", id=script)["instances"]}
    for value in range(25):
        world.post(token, key, power=value)
    wait_until(lambda: status() == {"paused-by-errors"}, 60, "paused by its errors")
    wait_until(lambda: "script-error" in {one["kind"] for one in world.call("overview.get", deployment=deployment)["attention"]}, 60, "it is told")
    assert [one["status"] for one in world.call("script.list", deployment=deployment)["items"]] == ["errors"]
    seen = set()
    with ThreadPoolExecutor(1) as pool:  # it is so for some milliseconds
        ends = time.monotonic() + 60

        def look():
            while "resuming" not in seen and time.monotonic() < ends:
                seen.update(status())

        looking = pool.submit(look)
        while not looking.done():
            world.call("script.resume", id=script)
            time.sleep(0.1)
            world.call("script.pause", id=script)
            wait_until(lambda: status() == {"paused"}, 30, "paused by hand")
    assert "resuming" in seen, seen
    world.call("script.resume", id=script)
    wait_until(lambda: status() == {"running"}, 30, "running again")
    world.call("script.pause", id=script)
    wait_until(lambda: status() == {"paused"}, 30, "paused by hand")
    wait_until(lambda: "script-paused" in {one["kind"] for one in world.call("overview.get", deployment=deployment)["attention"]}, 60, "it is told")


def what_devices_say(world):
    _, home = world.home()
    _, key, token = world.device(home, type=OUTLET)
    world.server.post(token, {"version": 2, "alerts": [{"deviceId": key, "alertType": "smoke"}]})
    wait_until(lambda: {one["source"] for one in world.call("alert.list", location=home)["items"]} == {"device"}, 30, "its alert")


def a_server_without_scripts(world):
    with serving("--roles", "api,deviceio") as server:
        server.add_operator("tester@cohort.example", "admin")
        server.sign_in()
        told = server.call("overview.get")
        assert told["composer"] == "off", told
        world.said |= set(words_said(told, world.schemas["overview.get"]))


REST = [ends_of_runs, a_run_whose_worker_is_killed, what_scripts_do, what_becomes_of_scripts, what_devices_say, a_server_without_scripts]

"""The service itself: servers, figures, the overview and the audit log."""

import time

from walk.registry import shows
from walk.world import HOUR
from whole_server import wait_until


@shows("server.info", "server.list")
def the_servers(world):
    info = world.call("server.info")
    listed = wait_until(lambda: [one for one in world.call("server.list")["items"] if one["alive"]], 10, "the server in the list")
    assert (info["deviceioUrl"], info["version"]) in {(one["deviceioUrl"], one["version"]) for one in listed}, (info, listed)


@shows("metrics.query", "metrics.query from", "metrics.query to", "metrics.query node")
def figures(world):
    samples = wait_until(lambda: world.call("metrics.query")["samples"], 40, "a sample")
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(samples[0]["at"] / 1000 - 3600))
    assert world.call("metrics.query", to=moment)["samples"] == []
    assert world.call("metrics.query", **{"from": moment})["samples"]
    assert world.call("metrics.query", node="nobody")["samples"] == []


@shows("audit.query", "audit.query after", "audit.query deployment", "audit.query limit")
def the_audit_log(world):
    made, other = world.deployment(), world.deployment()
    world.call("deployment.update", id=made, name=world.name("Audited"))
    actions = [one["action"] for one in world.call("audit.query", deployment=made)["items"]]
    assert actions[:2] == ["deployment.update", "deployment.create"]
    page = world.call("audit.query", limit=1)
    assert page["more"]
    older = world.call("audit.query", after=page["items"][0]["id"], limit=1)["items"]
    assert older and older[0]["id"] < page["items"][0]["id"]
    assert {one["deployment"] for one in world.call("audit.query", deployment=other)["items"]} == {other}


@shows("overview.get", "overview.get deployment")
def the_overview(world):
    deployment, home = world.home()
    device, key, token = world.device(home, startDate="2026-01-01T00:00:00Z")
    shown = lambda: world.call("overview.get", deployment=deployment)
    assert (shown()["devices"], shown()["openAlerts"]) == (1, 0)
    assert world.call("overview.get")["deployments"] > 1
    world.post_at(token, key, int(time.time() * 1000) - 240 * HOUR, power=1)
    person = world.person(deployment, home)
    world.call("question.ask", participant=person["id"], text="?", type="yes-no")
    assert shown()["participants"] == 1

"""Triggers for devices that connect, disconnect, fall silent, report again or have finished a command, with each of their filters."""

import time

from walk.devices import now_ms
from walk.registry import shows
from walk.world import HOUR, OUTLET

KINDS = ("device_connected", "device_disconnected", "command_finished")
LATER = ("device_silent", "device_reporting")
FILTERS = ("use=", "type=", "room=", "device=")


def names_of(kinds):
    return [name for kind in kinds for name in (f"on.{kind}", *(f"on.{kind} {one}" for one in FILTERS))]


class Filtered:
    """A home with a stove, a lamp elsewhere, and handlers of each kind with each filter, for the stove and for nothing there is."""

    def __init__(self, world, kinds):
        self.world = world
        self.deployment, self.home = world.home()
        settings = {"startDate": "2026-01-01T00:00:00Z", "type": OUTLET}
        self.stove = world.device(self.home, use="stove", roomKind="kitchen", **settings)
        self.lamp = world.device(self.home, use="lamp", roomKind="hall", **settings | {"type": 20017})
        right = ("", 'use="stove"', f"type={OUTLET}", 'room="kitchen"', f'device="{self.stove[1]}"')
        wrong = ('use="bed"', "type=20022", 'room="bathroom"', 'device="nobody"')
        self.source = 'from composer import app, on\napp(title="Filtered", reads=["power"], controls=["outletStatus"])\n'
        if "command_finished" in kinds:  # a script hears of the ends of its own
            self.source += ('\n\n@on.signal("never")\ndef acts(home, event):\n'
                            f'    home.command(home.device("{self.stove[1]}"), outletStatus=1)\n')
        for kind in kinds:
            for at, filters in enumerate(right + wrong):
                self.source += (f'\n\n@on.{kind}({filters})\ndef {kind}_{at}(home, event):\n'
                                f'    home.set_fact("{kind}-{at}", event.device.use)\n')
        self.right, self.wrong = range(len(right)), range(len(right), len(right) + len(wrong))

    def deploy(self):
        self.world.script(self.deployment, self.source)
        time.sleep(2)

    def heard(self, kind, seconds=30):
        """By all that are for the stove, and by no other."""
        self.world.wait_for_facts(self.home, {f"{kind}-{at}": "stove" for at in self.right}, seconds)
        facts = self.world.facts(self.home)
        assert not [at for at in self.wrong if f"{kind}-{at}" in facts], facts


@shows(*(name for name in names_of(KINDS) if name not in (
    "on.device_connected", "on.device_connected use=", "on.device_disconnected", "on.device_disconnected use=", "on.command_finished",
    "on.command_finished use=")))
def devices_that_come_and_go(world):
    f = Filtered(world, KINDS)
    f.deploy()
    device, key, token = f.stove
    command = world.call("device.command", id=device, parameters=[{"name": "outletStatus", "value": 1}])["id"]
    world.poll(key, token)
    world.server.post(token, {"version": 2, "proxyId": key, "responses": [{"commandId": command, "result": 1}]})
    f.heard("command_finished")
    f.heard("device_connected")
    f.heard("device_disconnected", 90)


@shows(*names_of(LATER))
def devices_that_fall_silent(world):
    """What came last is three hours old; then there is something new."""
    f = Filtered(world, LATER)
    f.deploy()
    _, key, token = f.stove
    world.post_at(token, key, now_ms() - 3 * HOUR, power=1)
    f.heard("device_silent", 150)
    world.post(token, key, power=2)
    f.heard("device_reporting", 150)

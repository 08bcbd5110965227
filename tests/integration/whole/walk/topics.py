"""What a console can follow: one thing happens, and it is told."""

import time

from walk.devices import ON
from walk.registry import shows
from walk.world import OUTLET

NOTES = ('from composer import app, on\napp(title="T", reads=["power"], notifies=["resident"], texts={"t": {"en": "t"}})\n'
         '@on.measurement("power")\ndef go(home, event):\n    home.log("here")\n    home.alert(f"k{event.value}", text="t", to=["resident"])\n')


def told(world, topic, which, happen):
    console = world.console()
    try:
        console.call("subscribe", topic=topic, **({"filter": which} if which else {}))
        happen()
        try:
            return console.next()
        except TimeoutError:
            raise AssertionError(f"nothing was told of {topic}") from None
    finally:
        console.close()


@shows("topic measurements", "topic timeline", "topic presence", "topic commands", "topic configuration")
def homes(world):
    deployment, home = world.home()
    device, key, token = world.device(home, type=OUTLET)
    here, all_ = {"location": home}, {"deployment": deployment}
    told(world, "measurements", here, lambda: world.post(token, key, power=1))
    told(world, "timeline", here, lambda: world.post(token, key, outletStatus=1))
    told(world, "commands", here, lambda: world.call("device.command", id=device, parameters=ON))
    told(world, "presence", all_, lambda: world.poll(key, token))
    told(world, "configuration", all_, lambda: world.call("location.update", id=home, name="Told"))


@shows("topic alerts", "topic runs", "topic scripts", "topic messages")
def scripts_and_people(world):
    deployment, home = world.home()
    _, key, token = world.device(home)
    person = world.person(deployment, home)
    all_ = {"deployment": deployment}
    script = world.script(deployment, NOTES)
    time.sleep(2)
    told(world, "alerts", all_, lambda: world.post(token, key, power=1))
    told(world, "runs", {"script": script}, lambda: world.post(token, key, power=2))
    told(world, "scripts", all_, lambda: world.call("script.pause", id=script))
    told(world, "messages", all_, lambda: world.call("message.send", participant=person["id"], text="hello"))


@shows("topic metrics")
def figures(world):
    told(world, "metrics", None, lambda: None)

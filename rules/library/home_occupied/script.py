"""Keeps a fact that says whether anybody is at home."""
from composer import Minutes, app, on

app(
    title="Home occupied",
    parameters={"quiet": Minutes(30, min=5, max=240, help="how long the home must be still after its front door moved")},
    reads={
        "motion": "a sign of somebody inside",
        "presence": "a sign of somebody inside",
        "occupancy": "a sign of somebody inside",
        "pressure": "somebody sits or lies there",
        "flush": "a sign of somebody inside",
        "contact": "the front door shows who may have left; other doors and drawers are a sign of somebody inside",
    },
    needs={"a contact sensor on the front door": "front door:contact",
           "something that notices people": ["motion", "presence", "occupancy", "pressure", "flush"]},
)

STAYS_ON = ("motion", "presence", "occupancy", "pressure")


def occupied(home, value):
    if home.fact("occupied") != value:
        home.set_fact("occupied", value)


@on.measurement("motion")
@on.measurement("presence")
@on.measurement("occupancy")
@on.measurement("pressure")
@on.measurement("flush")
@on.measurement("contact", changed=True)
def sign(home, event):
    if event.device is None:
        return
    if event.name == "contact" and event.device.use == "front door":
        home.state["inside"] = False
        return home.start_timer("left", home.parameters.quiet)
    if event.name == "contact" or event.value:
        home.state["inside"] = True
        occupied(home, 1)


def somebody_shows(home):
    """A bed or a room that is still occupied, as its sensor has said since the door moved or before."""
    for device in home.devices():
        for name in STAYS_ON:
            if device.latest(name, default=0):
                return True
    return False


@on.timer("left")
def nobody_seen(home, event):
    if home.state.get("inside", True):
        return home.because("there was a sign of somebody after the front door moved")
    if somebody_shows(home):
        return home.because("a sensor still shows somebody")
    occupied(home, 0)

"""Warns when a stove stays on while nobody is in the kitchen."""
from composer import action, app, on, Minutes

app(
    title="Stove left on",
    parameters={"patience": Minutes(10, min=1, max=120, help="how long the kitchen may be empty")},
    reads={"power": "to see that the stove is on", "motion": "to see whether anybody is in the kitchen"},
    controls={"outletStatus": "to switch the stove off when the resident asks"},
    notifies=["resident", "caregiver"],
    texts={"left-on": {"en": "The stove is on and nobody is in the kitchen.",
                       "de": "Der Herd ist an und niemand ist in der Küche."},
           "off": {"en": "Switch it off", "de": "Ausschalten"}},
)

def stoves_on(home):
    return [stove for stove in home.devices(use="stove") if stove.latest("power", default=0) > 50]

@on.measurement("power", use="stove")
@on.measurement("motion", room="kitchen")
def look(home, event):
    stoves = stoves_on(home)
    somebody = any(sensor.latest("motion", default=0) for sensor in home.devices(room="kitchen"))
    if not stoves:
        home.resolve_alert("stove-on")
    if not stoves or somebody:
        return home.cancel_timer("unattended")
    if not home.timer_running("unattended"):
        home.start_timer("unattended", home.parameters.patience)

@on.timer("unattended")
async def unattended(home, event):
    forgotten = []
    for stove in stoves_on(home):
        week = await home.history(stove, "power", since="7d", every="1h", aggregate="mean")
        if week.share_above(50) < 0.9:
            forgotten.append(stove)
    if not forgotten:
        return home.because("this outlet always draws power: it does not look like a stove in use")
    home.alert("stove-on", text="left-on", severity="urgent", to=["resident", ("caregiver", "5m")],
               actions=[action("off", stove, outletStatus=0) for stove in forgotten])

"""Warns when a stove stays on while nobody is in the kitchen."""
from composer import Hours, Minutes, Number, action, app, on

app(
    title="Stove left on",
    parameters={
        "patience": Minutes(10, min=1, max=120, help="how long the kitchen may be empty while a stove is on"),
        "watts": Number(50, min=1, max=5000, help="a stove that draws more than this is on"),
        "cycle": Minutes(3, min=0, max=15, help="a stove that heats in turns is still on when its power is down for this long"),
        "longest_stay": Hours(2, min=1, max=24, help="a motion sensor that shows somebody for longer than this is not believed"),
    },
    reads={
        "power": "to see that a stove is on",
        "outletStatus": "to see that a stove was switched off",
        "motion": "to see whether anybody is near the stove",
        "presence": "to see whether anybody is near the stove",
        "occupancy": "to see whether anybody is near the stove",
        "contact": "somebody who opens a door or a cupboard near the stove is there",
    },
    needs={"a power meter on the stove": "stove:power",
           "something that notices people in the kitchen": ["motion", "presence", "occupancy", "contact"]},
    controls={"outletStatus": "to switch a stove off when the resident asks"},
    notifies=["resident", "caregiver"],
    texts={
        "left-on": {"en": "The stove is on and nobody is in the kitchen.",
                    "de": "Der Herd ist an und niemand ist in der Küche."},
        "always": {"en": "{name} draws power nearly all the time and is not watched any more. If it is a stove, look at it "
                         "now; if it is none, take the use 'stove' from it.",
                   "de": "{name} verbraucht fast immer Strom und wird nicht mehr beobachtet. Ist es ein Herd, sehen Sie "
                         "jetzt nach; ist es keiner, nehmen Sie ihm die Nutzung „stove“."},
        "off": {"en": "Switch it off", "de": "Ausschalten"},
        "off-1": {"en": "Switch off {first}", "de": "{first} ausschalten"},
        "off-2": {"en": "Switch off {second}", "de": "{second} ausschalten"},
        "off-3": {"en": "Switch off {third}", "de": "{third} ausschalten"},
        "off-4": {"en": "Switch off {fourth}", "de": "{fourth} ausschalten"},
    },
)

PRESENCE = ("motion", "presence", "occupancy")
PLACES = ("first", "second", "third", "fourth")
PULSES = 3  # so many times 1 after 1 and never 0, and the sensor only reports movements
ENOUGH_HOURS = 72  # of history, before an outlet can be said to draw power always


def number(value):
    return value if isinstance(value, (int, float)) else 0


def is_hot(home, stove):
    if number(stove.latest("outletStatus", default=1)) == 0:
        return False
    return number(stove.latest("power", default=0)) > home.parameters.watts


def room_of(stove):
    return stove.room or "kitchen"


def learn_pulses(home, event):
    """Some sensors only ever report 1, at each movement: they do not say how long somebody stays."""
    repeats = home.state.setdefault("repeats", {})
    sensor = event.device.id
    if not number(event.value):
        repeats[sensor] = -1
    elif number(event.previous) and repeats.get(sensor, 0) >= 0:
        repeats[sensor] = min(PULSES, repeats.get(sensor, 0) + 1)


def presence_left(home, room):
    """For how many seconds the sensors of a room will go on showing somebody; 0: they show nobody."""
    left = 0
    repeats = home.state.get("repeats", {})
    for sensor in home.devices(room=room):
        if repeats.get(sensor.id, 0) >= PULSES:
            continue
        for name in PRESENCE:
            point = sensor.latest_point(name)
            if point and number(point.value):
                left = max(left, (home.parameters.longest_stay - point.age).total_seconds())
    return left


def alone_from(home, event, stove):
    """Since when a stove is on with nobody near that was not so before: now, or when a value that came late says."""
    if not event.late or not event.device:
        return home.now.timestamp()
    moments = [event.time.timestamp()]
    for sensor in home.devices(room=room_of(stove)):
        moments += [point.time.timestamp() for point in map(sensor.latest_point, (*PRESENCE, "contact")) if point]
    return min(home.now.timestamp(), max(moments))


def refresh(home, event):
    """{stove id: since when it has been on with nobody near}, kept in the state."""
    now = home.now.timestamp()
    before, hot = home.state.get("alone", {}), home.state.get("hot", {})
    alone, still_on, soonest = {}, {}, None
    seen_in = None
    if event.device and event.name in PRESENCE:
        learn_pulses(home, event)
    if event.device and (event.name == "contact" or (event.name in PRESENCE and number(event.value))):
        seen_in = event.device.room
    for stove in home.devices(use="stove"):
        if is_hot(home, stove):
            still_on[stove.id] = now
        elif number(stove.latest("outletStatus", default=1)) and stove.id in hot:
            if now - hot[stove.id] <= home.parameters.cycle.total_seconds():
                still_on[stove.id] = hot[stove.id]
        if stove.id not in still_on:
            continue
        left = presence_left(home, room_of(stove))
        if left > 0:
            soonest = left if soonest is None else min(soonest, left)
            continue
        began = alone_from(home, event, stove)
        alone[stove.id] = began if seen_in == room_of(stove) else before.get(stove.id, began)
    home.state["alone"], home.state["hot"] = alone, still_on
    for one in home.state.get("always", []):
        if one not in still_on:
            home.resolve_alert(given_up(one))
    home.state["always"] = [one for one in home.state.get("always", []) if one in still_on]
    check_later(home, still_on, now, soonest)
    return alone


def check_later(home, still_on, now, soonest):
    """Looks again when a stove that is cool now will be off, or when a sensor will no longer be believed."""
    # A second later than the limit: a meter's next sample may come exactly then.
    waits = [since + home.parameters.cycle.total_seconds() + 1 - now for since in still_on.values() if since < now]
    if soonest is not None:
        waits.append(soonest)
    due = round(now + min(waits)) if waits else None
    if due == home.state.get("look_due") and (due is None or home.timer_running("look")):
        return
    home.state["look_due"] = due
    if due is None:
        home.cancel_timer("look")
    else:
        home.start_timer("look", seconds(max(1, min(waits))))


def given_up(stove_id):
    """The key of the alert that tells the coordinators which outlet is not watched any more."""
    return f"always-on {stove_id}"[:100]


def seconds(count):
    return f"{round(count * 1000)}ms"


def plan(home, alone):
    """Starts, moves or cancels the timer that ends the patience."""
    settled = home.state.get("alerted", []) + home.state["always"]
    waiting = [since for stove, since in alone.items() if stove not in settled]
    if not waiting:
        home.state["due"] = None
        return home.cancel_timer("unattended")
    due = min(waiting) + home.parameters.patience.total_seconds()
    if due != home.state.get("due") or not home.timer_running("unattended"):
        home.state["due"] = due
        home.start_timer("unattended", seconds(max(1, due - home.now.timestamp())))


@on.measurement("power", use="stove")
@on.measurement("outletStatus", use="stove")
@on.measurement("motion")
@on.measurement("presence")
@on.measurement("occupancy")
@on.measurement("contact", changed=True)
@on.timer("look")
def look(home, event):
    alone = refresh(home, event)
    alerted = home.state.get("alerted", [])
    now = home.now.timestamp()
    if alerted and not [one for one in alerted if alone.get(one, now) < now]:
        home.resolve_alert("stove-on")  # all are off, or somebody is back
        home.state["alerted"] = []
    plan(home, alone)


async def always_draws(home, stove):
    """A socket that draws power nearly every hour of a week is no stove in use."""
    week = await home.history(stove, "power", since="7d", every="1h", aggregate="mean")
    return week.count() >= ENOUGH_HOURS and week.share_above(home.parameters.watts) >= 0.9


@on.timer("unattended")
async def unattended(home, event):
    alone = refresh(home, event)
    home.state["due"] = None
    latest_start = home.now.timestamp() - home.parameters.patience.total_seconds() + 0.5
    alerted = home.state.get("alerted", [])
    forgotten = False
    burning = []
    for stove in home.devices(use="stove"):
        if stove.id not in alone or not is_hot(home, stove) or stove.id in home.state["always"]:
            continue
        over = alone[stove.id] <= latest_start
        if over and await always_draws(home, stove):
            home.state["always"] = home.state["always"] + [stove.id]
            home.alert(given_up(stove.id), text="always", severity="low", name=stove.description or stove.id)
            home.because("this outlet always draws power: it does not look like a stove in use")
            continue
        burning.append(stove)
        forgotten = forgotten or (over and stove.id not in alerted)
    if not forgotten:
        return plan(home, alone)
    if alerted:
        home.resolve_alert("stove-on")  # one alert a home, and this one offers every stove
    offered = burning[:len(PLACES)]
    names = {place: stove.description or stove.id for place, stove in zip(PLACES, offered) if len(offered) > 1}
    keys = ["off"] if len(offered) == 1 else [f"off-{place}" for place in range(1, len(offered) + 1)]
    home.alert("stove-on", text="left-on", severity="urgent", to=["resident", ("caregiver", "5m")],
               actions=[action(key, stove, outletStatus=0) for key, stove in zip(keys, offered)], **names)
    home.state["alerted"] = [stove.id for stove in burning]
    plan(home, alone)

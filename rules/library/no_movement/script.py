"""Says when there was no sign of anybody by an hour at which there usually is."""
from composer import TimeOfDay, app, on
from datetime import datetime, timedelta

app(
    title="No movement in the morning",
    parameters={
        "from_time": TimeOfDay("05:00", help="signs from this time on count"),
        "by_time": TimeOfDay("10:00", help="by when there must have been one; later than from_time"),
    },
    reads={
        "motion": "a sign of somebody",
        "presence": "a sign of somebody",
        "occupancy": "a sign of somebody",
        "pressure": "somebody got up, or sat down",
        "contact": "a door or drawer that moved",
        "flush": "a sign of somebody",
    },
    needs={"something that notices people": ["motion", "presence", "occupancy", "pressure", "contact", "flush"]},
    notifies=["caregiver"],
    texts={"still": {"en": "There was no sign of movement by {time}.", "de": "Bis {time} war keine Bewegung zu sehen."},
           "quiet-sensors": {"en": "The home's sensors have been silent for a day.",
                             "de": "Die Sensoren der Wohnung melden seit einem Tag nichts."}},
)


def moment(home, day, clock):
    return datetime(day.year, day.month, day.day, clock.hour, clock.minute, tzinfo=home.timezone)


def wait_for_the_hour(home):
    if home.timer_running("hour"):
        return
    day = home.now.date()
    while moment(home, day, home.parameters.by_time).timestamp() <= home.now.timestamp():
        day += timedelta(days=1)
    left = moment(home, day, home.parameters.by_time).timestamp() - home.now.timestamp()
    home.start_timer("hour", timedelta(seconds=left))


@on.installed()
def installed(home, event):
    home.state["began"] = home.now.timestamp()
    wait_for_the_hour(home)


@on.measurement("motion", changed=True)
@on.measurement("presence", changed=True)
@on.measurement("occupancy", changed=True)
@on.measurement("pressure", changed=True)
@on.measurement("contact", changed=True)
@on.measurement("flush")
def sign(home, event):
    wait_for_the_hour(home)
    home.state.setdefault("began", home.now.timestamp())
    home.state["seen"] = home.now.timestamp()
    home.resolve_alert("no-movement")


@on.timer("hour")
def hour(home, event):
    wait_for_the_hour(home)
    start = moment(home, home.now.date(), home.parameters.from_time).timestamp()
    seen = home.state.get("seen", 0)
    if home.state.get("began", start) > start:
        return home.because("the script began after the hour from which signs count")
    if seen >= start:
        return home.because("somebody was seen")
    text = "still" if seen > start - 86400 else "quiet-sensors"
    home.alert("no-movement", text=text, severity="urgent", to=["caregiver"], time=home.now.strftime("%H:%M"))

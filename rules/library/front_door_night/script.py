"""Says when a front door stays open at night."""
from composer import Minutes, TimeOfDay, app, on
from datetime import datetime, timedelta

app(
    title="Front door open at night",
    parameters={
        "night_start": TimeOfDay("22:00", help="when the night begins"),
        "night_end": TimeOfDay("06:00", help="when the night ends"),
        "patience": Minutes(5, min=1, max=120, help="how long the door may stand open at night"),
    },
    reads={"contact": "to see that the front door is open"},
    needs={"a contact sensor on the front door": "front door:contact"},
    notifies=["resident", "caregiver"],
    texts={"open": {"en": "The front door has been open for {minutes} minutes.",
                    "de": "Die Haustür steht seit {minutes} Minuten offen."}},
)


def is_night(home):
    clock, start, end = home.now.time(), home.parameters.night_start, home.parameters.night_end
    return start <= clock < end if start < end else clock >= start or clock < end


def is_open(home):
    return any([door.latest("contact", default=0) for door in home.devices(use="front door")])


def watch_for_the_night(home):
    """The door may be open already when the night begins."""
    if home.timer_running("night"):
        return
    clock = home.parameters.night_start
    day = home.now.date()
    for _ in range(2):
        start = datetime(day.year, day.month, day.day, clock.hour, clock.minute, tzinfo=home.timezone)
        left = start.timestamp() - home.now.timestamp()
        if left > 0:
            return home.start_timer("night", timedelta(seconds=left))
        day += timedelta(days=1)


@on.measurement("contact", use="front door", changed=True)
@on.timer("night")
def look(home, event):
    watch_for_the_night(home)
    if not is_open(home):
        home.cancel_timer("open")
        return home.resolve_alert("front-door")
    if is_night(home) and not home.timer_running("open"):
        home.start_timer("open", home.parameters.patience)


@on.timer("open")
def still_open(home, event):
    if not is_night(home):
        return home.because("the night is over")
    minutes = round(home.parameters.patience.total_seconds() / 60)
    home.alert("front-door", text="open", severity="urgent", to=["resident", ("caregiver", "10m")], minutes=minutes)

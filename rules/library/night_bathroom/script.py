"""Counts the visits to the bathroom in a night and says when there are unusually many for this home."""
from datetime import datetime, timedelta
from statistics import median

from composer import Integer, Minutes, Number, TimeOfDay, app, on

app(
    title="Bathroom visits at night",
    parameters={
        "night_start": TimeOfDay("22:00", help="when the night begins"),
        "night_end": TimeOfDay("07:00", help="when the night ends and is counted"),
        "pause": Minutes(5, min=1, max=30, help="what happens within this time belongs to the same visit"),
        "nights": Integer(14, min=7, max=28, help="with how many earlier nights a night is compared"),
        "sensitivity": Number(3, min=1, max=10, help="how many times the usual spread is unusual; less warns more often"),
    },
    reads={
        "flush": "the toilet was used",
        "motion": "somebody is in the bathroom",
        "presence": "somebody is in the bathroom",
        "occupancy": "somebody is in the bathroom",
        "pressure": "somebody sits on the toilet",
        "contact": "the bathroom's door moved",
    },
    needs={"a sensor on the toilet or in the bathroom": ["flush", "toilet:pressure", "motion", "presence", "occupancy", "contact"]},
    notifies=["caregiver"],
    texts={
        "many": {"en": "{count} visits to the bathroom last night; {usual} are usual.",
                 "de": "{count} Gänge ins Bad letzte Nacht; üblich sind {usual}."},
    },
)

ROOMS = ("bathroom", "toilet", "wc", "restroom")
TOILET_ROOMS = ("toilet", "wc", "restroom")
WASHING = ("shower", "bath", "bathtub")
NO_SIGN = WASHING + ("washing machine", "dryer", "window")  # of a visit to the toilet
STAYS_ON = ("motion", "presence", "occupancy", "pressure")
TRUST = timedelta(days=7)  # a toilet sensor that is silent for longer is taken for broken
LONGEST = timedelta(minutes=30)  # a sensor that shows somebody for longer is taken for stuck
BEFORE_WASHING = 60  # seconds: who is there for longer before a shower may have come for something else
ENOUGH_NIGHTS = 7
LEAST_EXCESS = 2  # so many visits more than usual are never worth a warning


def in_bathroom(device):
    return device.use == "toilet" or device.room in ROOMS


def watched(home):
    """The sensors that tell best that the toilet is used: its own where there are any, else those of the room."""
    devices = [device for device in home.devices() if in_bathroom(device)]
    toilets = [device for device in devices if device.use == "toilet" or device.room in TOILET_ROOMS]
    heard = home.state["heard"]
    began = home.state["began"]
    limit = home.now.timestamp() - TRUST.total_seconds()
    if began < limit:
        toilets = [device for device in toilets if heard.get(device.id, began) >= limit]
    return toilets or [device for device in devices if device.use not in NO_SIGN]


def begin(home):
    """What has to be there before anything else: the state, and the timer for the end of the night."""
    if "began" not in home.state:
        home.state.update(began=home.now.timestamp(), heard={}, washed=0, visit=None, visits=[], nights=[])
    if not home.timer_running("night"):
        left = night_end_after(home).timestamp() - home.now.timestamp()
        home.start_timer("night", timedelta(seconds=left))


def moment(home, day, clock):
    return datetime(day.year, day.month, day.day, clock.hour, clock.minute, tzinfo=home.timezone)


def night_end_after(home):
    """When the night ends that ends next after now."""
    end = moment(home, home.now.date(), home.parameters.night_end)
    if end.timestamp() <= home.now.timestamp():
        end = moment(home, home.now.date() + timedelta(days=1), home.parameters.night_end)
    return end


@on.installed()
def installed(home, event):
    begin(home)


@on.measurement("flush")
@on.measurement("motion")
@on.measurement("presence")
@on.measurement("occupancy")
@on.measurement("pressure")
@on.measurement("contact", changed=True)
def activity(home, event):
    device = event.device
    if device is None or not in_bathroom(device):
        return
    begin(home)
    now = home.now.timestamp()
    quiet_for = now - home.state["heard"].get(device.id, 0)
    home.state["heard"][device.id] = now
    visit = home.state["visit"]
    counts = device.id in [one.id for one in watched(home)]
    if device.use in WASHING:
        home.state["washed"] = now
        if visit and now - visit["start"] < BEFORE_WASHING:
            visit["washed"] = True
    if not counts:
        return
    if visit is None:
        moved = event.name == "contact" and event.previous is not None
        detected = event.name != "contact" and event.value and (
            event.value != event.previous or quiet_for > home.parameters.pause.total_seconds())
        if not moved and not detected:
            return
        washed = now - home.state["washed"] < home.parameters.pause.total_seconds()
        visit = {"start": now, "washed": washed, "sure": device.use == "toilet" or device.room in TOILET_ROOMS}
        home.state["visit"] = visit
    visit["last"] = now
    home.start_timer("quiet", home.parameters.pause)


def somebody_stays(home):
    for device in watched(home):
        for name in STAYS_ON:
            point = device.latest_point(name)
            if point and point.value and point.age < LONGEST:
                return True
    return False


@on.timer("quiet")
def visit_over(home, event):
    visit = home.state["visit"]
    if visit is None:
        return
    if somebody_stays(home):
        visit["last"] = home.now.timestamp()
        return home.start_timer("quiet", home.parameters.pause)
    home.state["visit"] = None
    if visit["washed"] and not visit["sure"]:
        return home.because("somebody had a shower or a bath")
    start = datetime.fromtimestamp(visit["start"], home.timezone)
    home.set_fact("visit", round(visit["last"] - visit["start"]), time=start)
    two_days_ago = home.now.timestamp() - 2 * 86400
    home.state["visits"] = [one for one in home.state["visits"] if one > two_days_ago] + [visit["start"]]


@on.timer("night")
def night_over(home, event):
    end = home.now.timestamp()
    start = night_start_before(home).timestamp()
    begin(home)
    if home.state["began"] > start:
        return home.because("the night had begun before this script")
    heard = max(home.state["heard"].values(), default=0)
    if heard < end - 86400:
        return home.because("the bathroom's sensors were silent for a day")
    visits = home.state["visits"]
    if home.state["visit"]:
        visits = visits + [home.state["visit"]["start"]]
    count = len([one for one in visits if start <= one < end])
    home.set_fact("night_visits", count)
    compare(home, count)
    home.state["nights"] = (home.state["nights"] + [count])[-28:]


def night_start_before(home):
    """When the night began that ends now."""
    day = home.now.date()
    if home.parameters.night_start >= home.parameters.night_end:
        day -= timedelta(days=1)
    return moment(home, day, home.parameters.night_start)


def compare(home, count):
    nights = home.state["nights"][-home.parameters.nights:]
    if len(nights) < ENOUGH_NIGHTS:
        return home.because(f"{len(nights)} nights are not enough to compare with")
    usual = median(nights)
    # The median absolute deviation, scaled to a standard deviation: single odd nights do not move it.
    spread = 1.4826 * median([abs(one - usual) for one in nights])
    if count <= usual + max(LEAST_EXCESS, home.parameters.sensitivity * spread):
        return home.resolve_alert("night-visits")
    home.resolve_alert("night-visits")  # each unusual night is said once, with its own figures
    home.alert("night-visits", text="many", severity="normal", to=["caregiver"], count=count, usual=f"{usual:g}")

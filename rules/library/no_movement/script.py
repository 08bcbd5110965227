"""Asks the resident when there was no sign of anybody by an hour at which there usually is, and tells caregivers when nobody
answers."""
from composer import Minutes, TimeOfDay, app, on
from datetime import datetime, timedelta

app(
    title="No movement in the morning",
    parameters={
        "from_time": TimeOfDay("05:00", help="signs from this time on count"),
        "by_time": TimeOfDay("10:00", help="by when there must have been one; where it is not later than from_time, on the day after"),
        "patience": Minutes(60, min=5, max=240, help="how long to wait for an answer or a sign before caregivers are told"),
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
    notifies=["resident", "caregiver"],
    texts={"fine": {"en": "Good morning. Are you all right?", "de": "Guten Morgen. Geht es Ihnen gut?"},
           "yes": {"en": "Yes, I am fine", "de": "Ja, mir geht es gut"},
           "no": {"en": "No, I need help", "de": "Nein, ich brauche Hilfe"},
           "help": {"en": "Asked this morning, the resident says: I need help.",
                    "de": "Auf die Frage heute Morgen lautet die Antwort: Ich brauche Hilfe."},
           "still": {"en": "There was no sign of movement by {time}, and no answer to the question whether all is well.",
                     "de": "Bis {time} war keine Bewegung zu sehen, und auf die Frage, ob alles gut ist, kam keine Antwort."},
           "quiet-sensors": {"en": "The home's sensors have been silent for a day, and there was no answer to the question "
                                   "whether all is well by {time}.",
                             "de": "Die Sensoren der Wohnung melden seit einem Tag nichts, und bis {time} kam keine Antwort auf "
                                   "die Frage, ob alles gut ist."}},
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
    moved = event.time.timestamp()
    home.state["seen"] = max(home.state.get("seen", 0), moved)
    if moved < home.state.get("asked", 0):
        return  # a gateway kept it: it is from before the hour from which signs count
    home.cancel_timer("answer")
    if not home.state.get("help"):  # who asked for help may well move
        home.resolve_alert("no-movement")


@on.timer("hour")
def hour(home, event):
    wait_for_the_hour(home)
    day = (home.now + timedelta(minutes=1)).date()  # a timer may be a millisecond early
    if home.parameters.from_time >= home.parameters.by_time:
        day -= timedelta(days=1)
    start = moment(home, day, home.parameters.from_time).timestamp()
    if home.state.get("began", start) > start:
        return home.because("the script began after the hour from which signs count")
    if home.state.get("seen", 0) >= start:
        return home.because("somebody was seen")
    home.state["asked"], home.state["help"] = start, False
    home.ask("resident", "fine", choices=[("yes", "yes"), ("no", "no")])
    home.start_timer("answer", home.parameters.patience)


@on.question_answered("fine")
def answered(home, event):
    home.cancel_timer("answer")
    home.state["help"] = (event.data or {}).get("answer") == "no"
    if home.state["help"]:
        tell(home, "help")
    else:
        home.resolve_alert("no-movement")


@on.timer("answer")
def no_answer(home, event):
    # Silent since a day before the hour from which signs count: the sensors, rather than the resident.
    quiet = home.state.get("seen", 0) <= home.state["asked"] - 86400
    tell(home, "quiet-sensors" if quiet else "still", time=home.now.strftime("%H:%M"))


def tell(home, text, **places):
    home.alert("no-movement", text=text, severity="urgent", to=["caregiver"], **places)

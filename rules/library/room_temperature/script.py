"""Says when a room has been too warm or too cold for some time."""
from composer import Minutes, Number, app, on

app(
    title="Room too warm or too cold",
    parameters={
        "coldest": Number(16, min=-30, max=40, help="°C; below it a room is too cold"),
        "warmest": Number(30, min=0, max=60, help="°C; above it a room is too warm"),
        "patience": Minutes(30, min=1, max=720, help="how long it must have been so"),
    },
    reads={"temperature": "to see how warm the rooms are"},
    needs={"a thermometer": "temperature"},
    notifies=["resident", "caregiver"],
    texts={
        "cold": {"en": "It is cold: {value} °C ({place}).", "de": "Es ist kalt: {value} °C ({place})."},
        "warm": {"en": "It is hot: {value} °C ({place}).", "de": "Es ist heiß: {value} °C ({place})."},
    },
)

LIVED_IN = ("kitchen", "bedroom", "living", "bathroom")
STALE_HOURS = 6  # an older value says nothing


def judge(home, sensor):
    """"cold", "warm" or None."""
    point = sensor.latest_point("temperature")
    if point is None or point.age.total_seconds() > STALE_HOURS * 3600:
        return None
    if point.value < home.parameters.coldest:
        return "cold"
    return "warm" if point.value > home.parameters.warmest else None


def sensors(home):
    """Not the fridge's, nor one outside."""
    return [sensor for sensor in home.devices() if sensor.room in LIVED_IN and sensor.use in ("", "room")]


@on.measurement("temperature")
def look(home, event):
    now = home.now.timestamp()
    before = home.state.get("since", {})
    since = {}
    for sensor in sensors(home):
        found = judge(home, sensor)
        if found:
            since[sensor.id] = before.get(sensor.id, [found, now]) if before.get(sensor.id, [found])[0] == found else [found, now]
    home.state["since"] = since
    for kind in ("cold", "warm"):
        begun = {sensor: start for sensor, (found, start) in since.items() if found == kind}
        if not begun:
            home.resolve_alert("too-" + kind)
            continue
        first = min(begun, key=begun.get)
        if now - begun[first] >= home.parameters.patience.total_seconds():
            sensor = home.device(first)
            home.alert("too-" + kind, text=kind, severity="normal", to=["resident", ("caregiver", "1h")],
                       value=sensor.latest("temperature"), place=sensor.room)

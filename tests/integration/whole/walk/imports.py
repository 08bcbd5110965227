"""Files of history of every layout: what becomes of a line is in the report, and in what is stored."""

from walk.registry import shows

ROLES = ("time", "device", "parameter", "value")


class Importing:
    """A home with a device, into which files are imported."""

    def __init__(self, world):
        self.world = world
        _, self.home = world.home()
        self.device, self.key, _ = world.device(self.home)

    def read(self, csv, **layout):
        """The report of a preview."""
        csv = csv.replace("KEY", self.key)
        return self.world.call("measurement.import", location=self.home, csv=csv, preview=True, layout=layout)

    def first(self, csv, *names, **layout):
        """Of each value as it was read: these of its members."""
        report = self.read(csv, **layout)
        assert report["refusedCount"] == 0, report
        return [tuple(one[name] for name in names) for one in report["first"]]

    def streams(self):
        return self.world.call("device.get", id=self.device)["streams"]


def columns(*roles, names=None):
    return [{"role": role, **({"name": name} if name else {})} for role, name in zip(roles, names or [None] * len(roles))]


@shows("measurement.import preview")
def previews(world):
    """What would be stored is told, and nothing is."""
    i = Importing(world)
    report = i.read("time,device_id,parameter,value\n2026-01-01T00:00:00Z,KEY,level,5\n2026-01-01T00:01:00Z,nobody,level,5\n")
    assert (report["stored"], report["refusedCount"], report["refused"][0]["line"]) == (1, 1, 3), report
    assert i.streams() == []
    made = world.call("measurement.import", location=i.home, preview=False,
                      csv=f"time,device_id,parameter,value\n2026-01-01T00:00:00Z,{i.key},level,5\n")
    assert made["stored"] == 1 and [one["latest"]["value"] for one in i.streams()] == [5]


@shows("measurement.import layout", "measurement.import layout.separator=comma", "measurement.import layout.separator=semicolon",
       "measurement.import layout.separator=tab", "measurement.import layout.separator=bar", "measurement.import layout.separator=blank")
def separators(world):
    """Each of files whose first line has more of another sign, so that it would be found wrongly."""
    i = Importing(world)
    for word, sign in (("comma", ","), ("semicolon", ";"), ("tab", "\t"), ("bar", "|"), ("blank", " ")):
        note = ("|" if sign == ";" else ";") * 20
        file = sign.join(["a", "b", "c", "d", note]) + "\n" + sign.join(["2026-01-01T00:00:00Z", "KEY", "level", "5", "x"]) + "\n"
        known = columns(*ROLES, names="abcd")
        assert i.first(file, "device", "value", separator=word, columns=known) == [(i.key, 5)], word
        assert world.refused("measurement.import", location=i.home, csv=file, preview=True, layout={"columns": known}) == "wrong-value"


@shows("measurement.import layout.decimal=point", "measurement.import layout.decimal=comma")
def decimal_signs(world):
    i = Importing(world)
    file = "time;device_id;parameter;value\n2026-01-01T00:00:00Z;KEY;level;1,5\n2026-01-01T00:01:00Z;KEY;level;2.5\n"
    values = lambda **layout: [one["value"] for one in i.read(file, **layout)["first"]]
    assert 2.5 in values(decimal="point") and 1.5 not in values(decimal="point")
    assert values(decimal="comma") == [1.5]
    assert world.refused("measurement.import", location=i.home, csv=file, preview=True) == "wrong-value"  # which it is has to be said


@shows("measurement.import layout.header", "measurement.import layout.columns", "measurement.import layout.columns.name",
       "measurement.import layout.columns.role=time", "measurement.import layout.columns.role=device",
       "measurement.import layout.columns.role=parameter", "measurement.import layout.columns.role=value",
       "measurement.import layout.columns.role=index", "measurement.import layout.columns.role=unit",
       "measurement.import layout.columns.role=ignored", "measurement.import layout.columns.role=date",
       "measurement.import layout.columns.role=clock")
def columns_of_every_role(world):
    i = Importing(world)
    roles = ("ignored", "date", "clock", "device", "parameter", "index", "value", "unit")
    row = "note;20.11.2025;10:00;KEY;level;2;5;W\n"
    asked = ("time", "device", "parameter", "index", "value", "unit")
    expected = [("2025-11-20T09:00:00.000Z", i.key, "level", "2", 5, "W")]
    assert i.first(row, *asked, header=False, timeZone="Europe/Madrid", columns=columns(*roles)) == expected
    names = "ABCDEFGH"
    headed = ";".join(names) + "\n" + row
    assert i.first(headed, *asked, header=True, timeZone="Europe/Madrid", columns=columns(*roles, names=names)) == expected
    # Under their names, whatever their order; what is not named is ignored.
    named = columns("value", "device", "parameter", "time", names=("V", "D", "P", "T"))
    file = "T;more;D;P;V\n2026-01-01T00:00:00Z;x;KEY;level;7\n"
    assert i.first(file, "time", "device", "parameter", "value", columns=named) == [("2026-01-01T00:00:00.000Z", i.key, "level", 7)]


@shows("measurement.import layout.columns.device", "measurement.import layout.columns.parameter", "measurement.import layout.columns.index",
       "measurement.import layout.columns.unit")
def wide_files(world):
    """A column for each stream says itself whose its values are."""
    i = Importing(world)
    wide = [{"name": "time", "role": "time"},
            {"name": "one", "role": "value", "device": i.key, "parameter": "level", "index": "1", "unit": "W"},
            {"name": "two", "role": "value", "device": i.key, "parameter": "height", "index": "2", "unit": "m"}]
    file = "time,one,two\n2026-01-01T00:00:00Z,5,6\n"
    assert i.first(file, "device", "parameter", "index", "unit", "value", columns=wide) == [
        (i.key, "level", "1", "W", 5), (i.key, "height", "2", "m", 6)]


@shows("measurement.import layout.series", "measurement.import layout.series.device", "measurement.import layout.series.parameter",
       "measurement.import layout.series.index", "measurement.import layout.series.unit")
def names_of_series(world):
    i = Importing(world)
    series = [{"from": "M*", "device": i.key, "parameter": "motion", "index": "7", "unit": "W"},
              {"from": i.key, "parameter": "level"}]
    file = "time,device_id,value\n2026-01-01T00:00:00Z,M001,1\n2026-01-01T00:01:00Z,KEY,2\n"
    assert i.first(file, "device", "parameter", "index", "unit", "value", series=series) == [
        (i.key, "motion", "7", "W", 1), (i.key, "level", "", "", 2)]


@shows("measurement.import layout.timeFormat", "measurement.import layout.timeZone")
def times_of_every_form(world):
    i = Importing(world)
    moment = "2025-11-02T09:00:00.000Z"
    for text, layout in {"1762074000": {"timeFormat": "epoch-s"}, "1762074000000": {"timeFormat": "epoch-ms"},
                         "1762074000000000": {"timeFormat": "epoch-us"}, "1762074000000000000": {"timeFormat": "epoch-ns"},
                         "02/11/2025 10:00": {"timeFormat": "dd/MM/yyyy HH:mm", "timeZone": "Europe/Madrid"},
                         "11/02/2025 18:00": {"timeFormat": "MM/dd/yyyy HH:mm", "timeZone": "Asia/Tokyo"},
                         "2025-11-02T10:00:00+01:00": {"timeFormat": "iso"}}.items():
        assert i.first(f"time,device_id,parameter,value\n{text},KEY,level,5\n", "time", **layout) == [(moment,)], text


@shows("measurement.import layout.noValue")
def cells_without_a_value(world):
    i = Importing(world)
    file = "time,device_id,parameter,value\n2026-01-01T00:00:00Z,KEY,level,?\n2026-01-01T00:01:00Z,KEY,level,5\n"
    counts = lambda **layout: [i.read(file, **layout)[name] for name in ("stored", "noValue")]
    assert (counts(), counts(noValue=["?"])) == ([2, 0], [1, 1])

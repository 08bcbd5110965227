#include "server/engine/instance_state.h"

#include "shared/base/value_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace cohort::engine {
namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}
QString name(const char* ascii)
{
    return QString::fromLatin1(ascii);
}

QJsonValue jsonOf(const Value& value)
{
    return valueJson(value);
}

std::optional<Value> valueOf(const QJsonValue& json)
{
    // An integer with all digits, as an earlier version kept it.
    if (json.isObject())
        return numberIn(json.toObject().value(name("text")).toString().toStdString());
    return valueFromJson(json);
}

QJsonValue jsonOf(Timestamp time)
{
    return static_cast<qint64>(toMs(time));
}

std::string textAt(const QJsonObject& object, const char* member)
{
    return object.value(name(member)).toString().toStdString();
}
std::int64_t wholeAt(const QJsonObject& object, const char* member)
{
    return object.value(name(member)).toInteger();
}
Timestamp timeAt(const QJsonObject& object, const char* member)
{
    return fromMs(wholeAt(object, member));
}

QJsonObject jsonOf(const Event& event)
{
    QJsonObject object{{name("kind"), name(eventKindName(event.kind))},
                       {name("time"), jsonOf(event.time)},
                       {name("name"), text(event.name)},
                       {name("index"), text(event.index)},
                       {name("device"), static_cast<qint64>(event.device.value)},
                       {name("data"), text(event.data)},
                       {name("late"), event.late},
                       {name("depth"), event.depth}};
    if (event.value)
        object.insert(name("value"), jsonOf(*event.value));
    if (event.previous)
        object.insert(name("previous"), jsonOf(*event.previous));
    return object;
}

Event eventOf(const QJsonObject& object)
{
    Event event;
    event.kind = eventKindFromName(textAt(object, "kind")).value_or(EventKind::Measurement);
    event.time = timeAt(object, "time");
    event.name = textAt(object, "name");
    event.index = textAt(object, "index");
    event.device = DeviceId{wholeAt(object, "device")};
    event.data = textAt(object, "data");
    event.late = object.value(name("late")).toBool();
    event.depth = static_cast<int>(wholeAt(object, "depth"));
    event.value = valueOf(object.value(name("value")));
    event.previous = valueOf(object.value(name("previous")));
    return event;
}

QJsonArray jsonOf(const std::map<LastingConditions::Key, LastingConditions::Entry>& lasting)
{
    QJsonArray list;
    for (const auto& [key, entry] : lasting) {
        list.append(QJsonObject{{name("trigger"), text(key.trigger)},
                                {name("device"), static_cast<qint64>(key.device.value)},
                                {name("name"), text(key.name)},
                                {name("index"), text(key.index)},
                                {name("since"), jsonOf(entry.since)},
                                {name("due"), jsonOf(entry.due)},
                                {name("value"), jsonOf(entry.value)},
                                {name("fired"), entry.fired},
                                {name("heard"), jsonOf(entry.heard)}});
    }
    return list;
}

QJsonObject jsonOf(const Unit& unit)
{
    QJsonArray runs;
    for (const PendingRun& run : unit.pending) {
        runs.append(QJsonObject{
            {name("handler"), text(run.handler)}, {name("now"), jsonOf(run.now)}, {name("event"), jsonOf(run.event)}});
    }
    QJsonObject object{{name("runs"), runs}, {name("calls"), unit.calls}};
    if (unit.row)
        object.insert(name("row"),
                      QJsonArray{unit.row->writer, static_cast<qint64>(unit.row->number), unit.row->ordinal});
    return object;
}

Unit unitOf(const QJsonObject& object)
{
    Unit unit;
    for (const auto& value : object.value(name("runs")).toArray()) {
        const QJsonObject run = value.toObject();
        unit.pending.push_back(
            {textAt(run, "handler"), eventOf(run.value(name("event")).toObject()), timeAt(run, "now")});
    }
    unit.calls = static_cast<int>(wholeAt(object, "calls"));
    const QJsonArray row = object.value(name("row")).toArray();
    if (row.size() == 3)
        unit.row = {static_cast<std::int16_t>(row[0].toInt()), row[1].toInteger(),
                    static_cast<std::int32_t>(row[2].toInt())};
    return unit;
}

} // namespace

std::optional<Value> valueFromJson(const QJsonValue& json)
{
    return json.isNull() ? std::nullopt : valueOfJson(json);
}

std::string toJson(const Extra& extra)
{
    QJsonObject schedules;
    for (const auto& [signature, cursor] : extra.schedules)
        schedules.insert(text(signature), jsonOf(cursor));
    QJsonObject object;
    if (!extra.lasting.empty())
        object.insert(name("lasting"), jsonOf(extra.lasting));
    if (!extra.schedules.empty())
        object.insert(name("schedules"), schedules);
    if (extra.unit.row || !extra.unit.pending.empty())
        object.insert(name("unit"), jsonOf(extra.unit));
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

Extra extraFromJson(const std::string& json)
{
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
    Extra extra;
    for (const auto& value : object.value(name("lasting")).toArray()) {
        const QJsonObject entry = value.toObject();
        LastingConditions::Entry lasting;
        lasting.since = timeAt(entry, "since");
        lasting.due = timeAt(entry, "due");
        lasting.fired = entry.value(name("fired")).toBool();
        lasting.heard = timeAt(entry, "heard");
        if (auto kept = valueOf(entry.value(name("value"))))
            lasting.value = std::move(*kept);
        extra.lasting.insert_or_assign(LastingConditions::Key{textAt(entry, "trigger"),
                                                              DeviceId{wholeAt(entry, "device")}, textAt(entry, "name"),
                                                              textAt(entry, "index")},
                                       std::move(lasting));
    }
    const QJsonObject schedules = object.value(name("schedules")).toObject();
    for (auto it = schedules.begin(); it != schedules.end(); ++it)
        extra.schedules[it.key().toStdString()] = fromMs(it->toInteger());
    extra.unit = unitOf(object.value(name("unit")).toObject());
    return extra;
}

} // namespace cohort::engine

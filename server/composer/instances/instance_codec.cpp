#include "server/composer/instances/instance_codec.h"

#include "shared/base/value_json.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <limits>

namespace cohort::composer {

namespace {

using L = QLatin1String;

QJsonValue number(std::int64_t value)
{
    return QJsonValue(static_cast<qint64>(value));
}

QJsonValue timeOrNull(const std::optional<Timestamp>& time)
{
    return time ? number(toMs(*time)) : QJsonValue();
}

std::optional<Timestamp> timeOf(const QJsonValue& json)
{
    return json.isDouble() ? std::optional(fromMs(json.toInteger())) : std::nullopt;
}

QJsonArray factsJson(const std::vector<engine::Latest>& latest)
{
    QJsonArray facts;
    for (const engine::Latest& one : latest) {
        if (!one.isFact)
            continue;
        facts.append(QJsonObject{{QStringLiteral("device"), number(one.device.value)},
                                 {QStringLiteral("name"), QString::fromStdString(one.name)},
                                 {QStringLiteral("number"), one.value.number ? valueJson(one.value) : QJsonValue()},
                                 {QStringLiteral("text"),
                                  one.value.text ? QJsonValue(QString::fromStdString(*one.value.text)) : QJsonValue()},
                                 {QStringLiteral("time"), number(toMs(one.time))}});
    }
    return facts;
}

std::vector<engine::Latest> factsOf(const QJsonArray& json)
{
    std::vector<engine::Latest> facts;
    for (const auto& value : json) {
        const QJsonObject one = value.toObject();
        engine::Latest fact;
        fact.isFact = true;
        fact.device = DeviceId{one.value(L("device")).toInteger()};
        fact.name = one.value(L("name")).toString().toStdString();
        fact.value = valueOfJson(one.value(L("number"))).value_or(Value::none());
        if (fact.value.isNone() && one.value(L("text")).isString())
            fact.value = Value::ofText(one.value(L("text")).toString().toStdString());
        fact.time = fromMs(one.value(L("time")).toInteger());
        facts.push_back(std::move(fact));
    }
    return facts;
}

std::string compact(const QJsonArray& json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString();
}

QJsonObject engineJson(const engine::InstanceState& state, const Stored& stored)
{
    QJsonObject json{
        {QStringLiteral("applied"), positionJson(state.applied)},
        {QStringLiteral("clock"), timeOrNull(state.clock)},
        {QStringLiteral("wakeAt"), timeOrNull(stored.wakeAt)},
        {QStringLiteral("extra"), QJsonDocument::fromJson(QByteArray::fromStdString(state.extra)).object()}};
    if (!stored.facts.empty())
        json.insert(QStringLiteral("facts"), QJsonDocument::fromJson(QByteArray::fromStdString(stored.facts)).array());
    return json;
}

bool sameTimers(const std::vector<engine::Timer>& a, const std::vector<engine::Timer>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const engine::Timer& x, const engine::Timer& y) {
        return x.name == y.name && x.due == y.due && x.data == y.data;
    });
}

} // namespace

engine::LogPosition positionOf(const QJsonObject& engine)
{
    engine::LogPosition position;
    const QJsonObject applied = engine.value(L("applied")).toObject();
    for (auto point = applied.begin(); point != applied.end(); ++point) {
        const QJsonArray pair = point.value().toArray();
        position.points[point.key().toShort()] = {pair.at(0).toInteger(),
                                                  static_cast<std::int32_t>(pair.at(1).toInt(-1))};
    }
    return position;
}

QJsonObject positionJson(const engine::LogPosition& position)
{
    QJsonObject json;
    for (const auto& [writer, point] : position.points)
        json.insert(QString::number(writer), QJsonArray{number(point.number), point.ordinal});
    return json;
}

std::vector<store::LogPoint> logPoints(const engine::LogPosition& position)
{
    std::vector<store::LogPoint> points;
    for (const auto& [writer, point] : position.points)
        points.push_back(
            {writer, point.number, point.ordinal < 0 ? std::numeric_limits<std::int32_t>::max() : point.ordinal});
    return points;
}

engine::LogPosition further(const engine::LogPosition& a, const engine::LogPosition& b)
{
    engine::LogPosition both = a;
    for (const auto& [writer, point] : b.points) {
        if (!both.covers(writer, point.number, point.ordinal))
            both.points[writer] = point;
    }
    return both;
}

engine::InstanceState stateOf(const store::InstanceRow& row)
{
    engine::InstanceState state;
    state.state = row.state.isEmpty() ? "{}" : row.state.toStdString();
    for (const store::InstanceTimerRow& timer : row.timers)
        state.timers.push_back({timer.name.toStdString(), timer.due, timer.data.toStdString()});
    state.latest = factsOf(row.engine.value(L("facts")).toArray());
    state.clock = timeOf(row.engine.value(L("clock")));
    state.applied = positionOf(row.engine);
    QJsonObject extra = row.engine.value(L("extra")).toObject();
    if (row.engine.value(L("lastingAnew")).toBool()) {
        extra.remove(L("lasting")); // nothing was told while it was paused
        state.schedulesFrom = timeOf(row.engine.value(L("schedulesFrom")));
    }
    if (!extra.isEmpty())
        state.extra = QJsonDocument(extra).toJson(QJsonDocument::Compact).toStdString();
    return state;
}

Stored storedOf(const store::InstanceRow& row, const engine::InstanceState& state)
{
    Stored stored;
    stored.state = state.state;
    stored.extra = state.extra;
    stored.facts = compact(row.engine.value(L("facts")).toArray());
    stored.timers = state.timers;
    stored.clock = state.clock;
    stored.wakeAt = timeOf(row.engine.value(L("wakeAt")));
    stored.trouble = {row.status, row.detail, row.errorsInRow, row.killsInRow, false};
    return stored;
}

std::optional<RowToStore> rowToStore(const InstanceEntry& entry, bool always)
{
    engine::InstanceState state = entry.instance->snapshot();
    Stored now{state.state, state.extra, {}, state.timers, state.clock, entry.instance->wakeAt(), entry.trouble};
    if (entry.key.mode == Mode::Shadow)
        now.facts = compact(factsJson(state.latest));
    const Stored& old = entry.stored;
    const bool timersChanged = !sameTimers(now.timers, old.timers);
    const bool changed = timersChanged || now.state != old.state || now.extra != old.extra || now.facts != old.facts ||
                         now.wakeAt != old.wakeAt || !(now.trouble == old.trouble);
    if (!changed && !always)
        return std::nullopt;
    store::InstanceRow row;
    row.id = {entry.key.script, entry.key.location, entry.key.mode};
    row.version = entry.version->id;
    row.status = entry.trouble.status;
    row.detail = entry.trouble.detail;
    row.errorsInRow = entry.trouble.errorsInRow;
    row.killsInRow = entry.trouble.killsInRow;
    row.state = QByteArray::fromStdString(state.state);
    row.engine = engineJson(state, now);
    row.timersChanged = timersChanged;
    for (const engine::Timer& timer : state.timers)
        row.timers.push_back({QString::fromStdString(timer.name), timer.due, QByteArray::fromStdString(timer.data)});
    return RowToStore{std::move(row), std::move(now)};
}

} // namespace cohort::composer

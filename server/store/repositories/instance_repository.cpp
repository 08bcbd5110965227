#include "server/store/repositories/instance_repository.h"

#include "server/store/postgres/row_reader.h"
#include "server/store/sql_names.h"
#include "shared/base/limits.h"
#include "shared/base/value_json.h"

#include <QJsonArray>

namespace cohort::store {

namespace {

qint64 number(std::int64_t value)
{
    return static_cast<qint64>(value);
}

QJsonObject keyOf(const InstanceId& id)
{
    return {{QStringLiteral("script"), number(id.script.value)},
            {QStringLiteral("location"), number(id.location.value)},
            {QStringLiteral("mode"), model::textOf(id.mode)}};
}

QJsonDocument keysOf(const std::vector<InstanceId>& ids)
{
    QJsonArray rows;
    for (const InstanceId& id : ids)
        rows.append(keyOf(id));
    return QJsonDocument(rows);
}

std::vector<InstanceId> idsOf(const std::vector<InstanceRow>& rows)
{
    std::vector<InstanceId> ids;
    ids.reserve(rows.size());
    for (const InstanceRow& row : rows)
        ids.push_back(row.id);
    return ids;
}

Binds bindsOf(const InstanceId& id)
{
    return {{"script", bound(id.script)}, {"location", bound(id.location)}, {"mode", bound(id.mode)}};
}

} // namespace

QJsonDocument positionJson(const std::vector<LogPoint>& position)
{
    QJsonArray rows;
    for (const LogPoint& point : position)
        rows.append(QJsonObject{{QStringLiteral("writer"), point.writer},
                                {QStringLiteral("number"), number(point.number)},
                                {QStringLiteral("ordinal"), point.ordinal}});
    return QJsonDocument(rows);
}

Result<std::vector<InstanceKeyRow>> InstanceRepository::keys(ScriptId script)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptInstanceKeys, {{"script", bound(script)}}));
    std::vector<InstanceKeyRow> all;
    for (const Row& row : rows) {
        COHORT_TRY(mode, wordOf<model::ScriptMode>(row, "mode"));
        COHORT_TRY(status, wordOf<model::InstanceStatus>(row, "status"));
        all.push_back({row.id<LocationId>("location_id"), mode, row.id<VersionId>("version_id"), status,
                       row.boolean("installing")});
    }
    return all;
}

Result<void> InstanceRepository::setInstalled(ScriptId script, LocationId location)
{
    COHORT_CHECK(
        m_connection.execute(Sql::ScriptInstanceInstalled, {{"script", bound(script)}, {"location", bound(location)}}));
    return {};
}

Result<std::vector<InstanceId>> InstanceRepository::create(ScriptId script, const std::vector<InstanceRow>& rows)
{
    QJsonArray wanted;
    for (const InstanceRow& row : rows) {
        QJsonObject one = keyOf(row.id);
        one.insert(QStringLiteral("version"), number(row.version.value));
        one.insert(QStringLiteral("engine"), row.engine);
        wanted.append(one);
    }
    const Binds binds{{"script", bound(script)}, {"rows", bound(QJsonDocument(wanted))}};
    COHORT_TRY(made, m_connection.query(Sql::ScriptInstanceCreate, binds));
    COHORT_CHECK(m_connection.execute(Sql::ScriptTimerCopy, binds));
    std::vector<InstanceId> fresh;
    for (const Row& row : made) {
        COHORT_TRY(mode, wordOf<model::ScriptMode>(row, "mode"));
        fresh.push_back({script, row.id<LocationId>("location_id"), mode});
    }
    return fresh;
}

Result<void> InstanceRepository::remove(ScriptId script, const std::vector<InstanceId>& ids)
{
    const Binds binds{{"script", bound(script)}, {"rows", bound(keysOf(ids))}};
    COHORT_CHECK(m_connection.execute(Sql::ScriptTimerDelete, binds));
    COHORT_CHECK(m_connection.execute(Sql::ScriptInstanceDelete, binds));
    return {};
}

Result<void> InstanceRepository::changeVersion(ScriptId script, VersionId version, bool fresh,
                                               const std::vector<InstanceId>& ids)
{
    const Binds binds{
        {"script", bound(script)}, {"version", bound(version)}, {"fresh", fresh}, {"rows", bound(keysOf(ids))}};
    if (fresh)
        COHORT_CHECK(m_connection.execute(Sql::ScriptTimerDelete, binds));
    COHORT_CHECK(m_connection.execute(Sql::ScriptInstanceVersion, binds));
    return {};
}

Result<void> InstanceRepository::setStatus(ScriptId script, const StatusChange& change,
                                           const std::vector<InstanceId>& ids)
{
    COHORT_CHECK(m_connection.execute(Sql::ScriptInstanceStatus,
                                      {{"script", bound(script)},
                                       {"status", bound(change.status)},
                                       {"detail", change.detail.isNull() ? QStringLiteral("") : change.detail},
                                       {"engine", bound(QJsonDocument(change.engine))},
                                       {"rows", bound(keysOf(ids))}}));
    return {};
}

Result<InstanceRow> InstanceRepository::load(const InstanceId& id)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptInstanceLoad, bindsOf(id)));
    if (rows.empty())
        return fail(ErrorCode::NotFound,
                    QStringLiteral("script %1 is not deployed in home %2").arg(id.script.value).arg(id.location.value));
    const Row& row = rows.front();
    InstanceRow instance;
    instance.id = id;
    instance.version = row.id<VersionId>("version_id");
    COHORT_TRY(status, wordOf<model::InstanceStatus>(row, "status"));
    instance.status = status;
    instance.detail = row.string("status_detail");
    instance.errorsInRow = static_cast<int>(row.integer("errors_in_row"));
    instance.killsInRow = static_cast<int>(row.integer("kills_in_row"));
    instance.state = row.string("state").toUtf8();
    instance.engine = row.json("engine").object();
    COHORT_TRY(timers, m_connection.query(Sql::ScriptTimerList, bindsOf(id)));
    for (const Row& timer : timers) {
        const QByteArray data = timer.string("data").toUtf8();
        instance.timers.push_back({timer.string("name"), timer.time("due"), data == "null" ? QByteArray() : data});
    }
    return instance;
}

Result<std::vector<SleeperRow>> InstanceRepository::sleepers(const std::vector<int>& shards, ScriptId script)
{
    QStringList texts;
    for (const int shard : shards)
        texts.append(QString::number(shard));
    const QString array = QLatin1Char('{') + texts.join(QLatin1Char(',')) + QLatin1Char('}');
    COHORT_TRY(rows, m_connection.query(Sql::ScriptInstanceSleeping, {{"shards", array}, {"script", bound(script)}}));
    std::vector<SleeperRow> all;
    for (const Row& row : rows) {
        COHORT_TRY(mode, wordOf<model::ScriptMode>(row, "mode"));
        all.push_back(
            {{row.id<ScriptId>("script_id"), row.id<LocationId>("location_id"), mode}, fromMs(row.integer("wake_at"))});
    }
    return all;
}

Result<void> InstanceRepository::replaceTimers(const std::vector<InstanceRow>& rows)
{
    std::vector<InstanceRow> changed;
    QJsonArray timers;
    for (const InstanceRow& row : rows) {
        if (!row.timersChanged)
            continue;
        changed.push_back(row);
        for (const InstanceTimerRow& timer : row.timers) {
            QJsonObject one = keyOf(row.id);
            one.insert(QStringLiteral("name"), timer.name);
            one.insert(QStringLiteral("due"), number(toMs(timer.due)));
            // As text, here and for the state: Qt's JSON keeps no integer beyond 64 bits.
            one.insert(QStringLiteral("data"), timer.data.isEmpty() ? QJsonValue() : QString::fromUtf8(timer.data));
            timers.append(one);
        }
    }
    if (changed.empty())
        return {};
    COHORT_CHECK(m_connection.execute(Sql::ScriptTimerDelete, {{"rows", bound(keysOf(idsOf(changed)))}}));
    if (!timers.isEmpty())
        COHORT_CHECK(m_connection.execute(Sql::ScriptTimerInsert, {{"rows", bound(QJsonDocument(timers))}}));
    return {};
}

Result<void> InstanceRepository::store(const std::vector<InstanceRow>& rows)
{
    QJsonArray changed;
    for (const InstanceRow& row : rows) {
        QJsonObject one = keyOf(row.id);
        one.insert(QStringLiteral("version"), number(row.version.value));
        one.insert(QStringLiteral("status"), model::textOf(row.status));
        one.insert(QStringLiteral("detail"), row.detail);
        one.insert(QStringLiteral("errors"), row.errorsInRow);
        one.insert(QStringLiteral("kills"), row.killsInRow);
        one.insert(QStringLiteral("state"), QString::fromUtf8(row.state));
        one.insert(QStringLiteral("engine"), row.engine);
        changed.append(one);
    }
    COHORT_CHECK(m_connection.execute(Sql::ScriptInstanceStore, {{"rows", bound(QJsonDocument(changed))}}));
    return replaceTimers(rows);
}

Result<std::vector<LatestRow>> InstanceRepository::latest(LocationId location, const std::vector<LogPoint>& position)
{
    COHORT_TRY(rows, m_connection.query(Sql::MeasurementLatest,
                                        {{"location", bound(location)}, {"positions", bound(positionJson(position))}}));
    std::vector<LatestRow> all;
    for (const Row& row : rows) {
        all.push_back({row.id<DeviceId>("device_id"), row.string("name"), row.string("index_text"), valueOf(row),
                       row.time("time")});
    }
    return all;
}

Result<std::vector<std::optional<Timestamp>>> InstanceRepository::began(LocationId location,
                                                                        const std::vector<HeldCondition>& conditions,
                                                                        const std::vector<LogPoint>& position)
{
    const auto orNull = [](const std::optional<Value>& limit) { return limit ? valueJson(*limit) : QJsonValue(); };
    QJsonArray questions;
    for (const HeldCondition& one : conditions) {
        questions.append(QJsonObject{
            {QStringLiteral("at"), questions.size()},
            {QStringLiteral("device"), one.device ? QJsonValue(static_cast<qint64>(one.device.value)) : QJsonValue()},
            {QStringLiteral("name"), one.name},
            {QStringLiteral("index"), one.index},
            {QStringLiteral("above"), orNull(one.above)},
            {QStringLiteral("below"), orNull(one.below)},
            {QStringLiteral("timely"), one.timely},
            {QStringLiteral("since"), static_cast<qint64>(toMs(one.since))}});
    }
    COHORT_TRY(rows, m_connection.query(Sql::MeasurementBegan, {{"location", bound(location)},
                                                                {"rows", bound(QJsonDocument(questions))},
                                                                {"positions", bound(positionJson(position))},
                                                                {"late_s", bound(LateAfterS)}}));
    std::vector<std::optional<Timestamp>> began(conditions.size());
    for (const Row& row : rows) {
        if (!row.isNull("began"))
            began.at(static_cast<std::size_t>(row.integer("at"))) = row.time("began");
    }
    return began;
}

} // namespace cohort::store

#include "server/store/repositories/run_log_repository.h"

#include "server/store/sql_names.h"
#include "shared/base/limits.h"

#include <map>
#include <tuple>
#include <utility>

namespace cohort::store {

namespace {

qint64 number(std::int64_t value)
{
    return static_cast<qint64>(value);
}

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

template <typename Tag>
QJsonValue idOrNull(Id<Tag> id)
{
    return id ? QJsonValue(number(id.value)) : QJsonValue();
}

Binds batchBinds(std::int16_t writer, std::int64_t batch, const QJsonArray& rows)
{
    return {{"writer", bound(qint64{writer})}, {"batch", bound(number(batch))}, {"rows", bound(QJsonDocument(rows))}};
}

} // namespace

Result<std::vector<RunId>> RunLogRepository::drawRuns(std::size_t count)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptRunIds, {{"count", bound(static_cast<qint64>(count))}}));
    std::vector<RunId> ids;
    for (const Row& row : rows)
        ids.push_back(row.id<RunId>("id"));
    return ids;
}

Result<std::vector<EffectId>> RunLogRepository::drawEffects(std::size_t count)
{
    COHORT_TRY(rows, m_connection.query(Sql::EffectIds, {{"count", bound(static_cast<qint64>(count))}}));
    std::vector<EffectId> ids;
    for (const Row& row : rows)
        ids.push_back(row.id<EffectId>("id"));
    return ids;
}

Result<void> RunLogRepository::insertRuns(const std::vector<NewRun>& runs)
{
    QJsonArray rows;
    for (const NewRun& run : runs)
        rows.append(QJsonObject{{QStringLiteral("id"), number(run.id.value)},
                                {QStringLiteral("script"), number(run.script.value)},
                                {QStringLiteral("version"), number(run.version.value)},
                                {QStringLiteral("location"), number(run.location.value)},
                                {QStringLiteral("mode"), model::textOf(run.mode)},
                                {QStringLiteral("at"), number(toMs(run.at))},
                                {QStringLiteral("handler"), run.handler},
                                {QStringLiteral("trigger"), run.trigger},
                                {QStringLiteral("status"), model::textOf(run.status)},
                                {QStringLiteral("because"), run.because},
                                {QStringLiteral("error"), run.error},
                                {QStringLiteral("log"), run.log},
                                {QStringLiteral("cpu"), run.cpuUs},
                                {QStringLiteral("effects"), run.effects}});
    COHORT_CHECK(m_connection.execute(Sql::ScriptRunInsert, {{"rows", bound(QJsonDocument(rows))}}));
    return {};
}

Result<void> RunLogRepository::keepNewestLines(const std::vector<NewRun>& runs, int longUs)
{
    std::map<std::pair<ScriptId, LocationId>, qsizetype> written;
    for (const NewRun& run : runs) {
        if (!run.log.isEmpty())
            written[{run.script, run.location}] += run.log.size();
    }
    if (written.empty())
        return {};
    QJsonArray rows, due;
    for (const auto& [where, lines] : written)
        rows.append(QJsonObject{{QStringLiteral("script"), number(where.first.value)},
                                {QStringLiteral("location"), number(where.second.value)},
                                {QStringLiteral("lines"), number(lines)}});
    COHORT_TRY(counted, m_connection.query(Sql::ScriptLogAdd, {{"rows", bound(QJsonDocument(rows))}}));
    for (const Row& row : counted) {
        if (const qint64 excess = row.integer("lines") - ScriptLinesMost; excess > 0)
            due.append(QJsonObject{{QStringLiteral("script"), row.integer("script_id")},
                                   {QStringLiteral("location"), row.integer("location_id")},
                                   {QStringLiteral("excess"), excess}});
    }
    if (!due.isEmpty())
        COHORT_CHECK(m_connection.execute(Sql::ScriptLogTrim,
                                          {{"rows", bound(QJsonDocument(due))}, {"long_us", bound(qint64{longUs})}}));
    return {};
}

Result<void> RunLogRepository::insertEffects(const std::vector<NewEffect>& effects)
{
    QJsonArray rows;
    for (const NewEffect& effect : effects)
        rows.append(QJsonObject{{QStringLiteral("id"), number(effect.id.value)},
                                {QStringLiteral("run"), number(effect.run.value)},
                                {QStringLiteral("script"), number(effect.script.value)},
                                {QStringLiteral("location"), number(effect.location.value)},
                                {QStringLiteral("mode"), model::textOf(effect.mode)},
                                {QStringLiteral("kind"), model::textOf(effect.kind)},
                                {QStringLiteral("at"), number(toMs(effect.at))},
                                {QStringLiteral("payload"), effect.payload},
                                {QStringLiteral("refused"), effect.refused}});
    COHORT_CHECK(m_connection.execute(Sql::EffectInsert, {{"rows", bound(QJsonDocument(rows))}}));
    return {};
}

Result<void> RunLogRepository::refuse(EffectId effect, const QString& reason)
{
    COHORT_CHECK(m_connection.execute(Sql::EffectRefuse, {{"effect", bound(effect)}, {"reason", reason}}));
    return {};
}

Result<std::vector<StreamId>> RunLogRepository::streams(const std::vector<FactStream>& facts)
{
    using Key = std::tuple<LocationId, DeviceId, std::string>;
    QJsonArray wanted;
    for (const FactStream& fact : facts)
        wanted.append(QJsonObject{{QStringLiteral("location"), number(fact.location.value)},
                                  {QStringLiteral("device"), idOrNull(fact.device)},
                                  {QStringLiteral("name"), text(fact.name)},
                                  {QStringLiteral("script"), number(fact.script.value)}});
    COHORT_TRY(rows, m_connection.query(Sql::StreamFacts, {{"rows", bound(QJsonDocument(wanted))}}));
    std::map<Key, StreamId> found;
    for (const Row& row : rows)
        found[{row.id<LocationId>("location_id"), row.id<DeviceId>("device_id"), row.string("name").toStdString()}] =
            row.id<StreamId>("id");
    std::vector<StreamId> ids;
    ids.reserve(facts.size());
    for (const FactStream& fact : facts)
        ids.push_back(found[{fact.location, fact.device, fact.name}]);
    return ids;
}

Result<std::vector<std::int32_t>> RunLogRepository::insertFacts(std::int16_t writer, std::int64_t batch,
                                                                const std::vector<LogRow>& facts)
{
    QJsonArray rows;
    for (const LogRow& fact : facts)
        rows.append(
            QJsonObject{{QStringLiteral("stream"), number(fact.stream.value)},
                        {QStringLiteral("time"), number(toMs(fact.time))},
                        {QStringLiteral("number"), fact.value.number ? QJsonValue(*fact.value.number) : QJsonValue()},
                        {QStringLiteral("text"), fact.value.text ? QJsonValue(text(*fact.value.text)) : QJsonValue()},
                        {QStringLiteral("exact"),
                         fact.value.integer ? QJsonValue(static_cast<qint64>(*fact.value.integer)) : QJsonValue()},
                        {QStringLiteral("ordinal"), fact.ordinal},
                        {QStringLiteral("flags"), fact.depth << DepthShift}});
    COHORT_TRY(inserted, m_connection.query(Sql::MeasurementInsertFacts, batchBinds(writer, batch, rows)));
    std::vector<std::int32_t> ordinals;
    for (const Row& row : inserted)
        ordinals.push_back(static_cast<std::int32_t>(row.integer("ordinal")));
    return ordinals;
}

Result<void> RunLogRepository::insertEvents(std::int16_t writer, std::int64_t batch, const std::vector<LogRow>& events)
{
    QJsonArray rows;
    for (const LogRow& event : events)
        rows.append(QJsonObject{
            {QStringLiteral("ordinal"), event.ordinal},
            {QStringLiteral("location"), number(event.location.value)},
            {QStringLiteral("kind"), QString::fromLatin1(rowKindName(event.kind))},
            {QStringLiteral("time"), number(toMs(event.time))},
            {QStringLiteral("device"), idOrNull(event.device)},
            {QStringLiteral("name"), text(event.name)},
            {QStringLiteral("depth"), event.depth},
            {QStringLiteral("data"), event.data.empty() ? QStringLiteral("{}") : text(event.data)}}); // digit by digit
    COHORT_CHECK(m_connection.execute(Sql::EventInsertBatch, batchBinds(writer, batch, rows)));
    return {};
}

Result<void> RunLogRepository::addUsage(std::int16_t writer, const std::map<ScriptId, ScriptUsage>& usage)
{
    if (usage.empty())
        return {};
    QJsonArray rows;
    for (const auto& [script, did] : usage) {
        rows.append(QJsonObject{{QStringLiteral("script"), static_cast<qint64>(script.value)},
                                {QStringLiteral("runs"), static_cast<qint64>(did.runs)},
                                {QStringLiteral("errors"), static_cast<qint64>(did.errors)},
                                {QStringLiteral("effects"), static_cast<qint64>(did.effects)},
                                {QStringLiteral("cpu"), static_cast<qint64>(did.cpuUs)}});
    }
    COHORT_CHECK(m_connection.execute(Sql::ScriptUsageAdd,
                                      {{"writer", bound(qint64{writer})}, {"rows", bound(QJsonDocument(rows))}}));
    return {};
}

} // namespace cohort::store

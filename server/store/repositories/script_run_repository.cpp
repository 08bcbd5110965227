#include "server/store/repositories/script_run_repository.h"

#include "server/store/sql_names.h"

#include <map>

namespace cohort::store {

namespace {

ScriptRunRow runOf(const Row& row)
{
    ScriptRunRow run;
    run.id = row.id<RunId>("id");
    run.script = row.id<ScriptId>("script_id");
    run.version = row.id<VersionId>("version_id");
    run.versionNumber = static_cast<int>(row.integer("version_number"));
    run.location = row.id<LocationId>("location_id");
    run.locationName = row.string("location_name");
    run.mode = row.string("mode");
    run.at = row.time("at");
    run.recordedAt = row.time("recorded_at");
    run.handler = row.string("handler");
    run.trigger = row.json("trigger").object();
    run.status = row.string("status");
    run.because = row.string("because");
    run.error = row.string("error");
    run.log = row.json("log").array();
    run.cpuUs = static_cast<int>(row.integer("cpu_us"));
    run.effectCount = static_cast<int>(row.integer("effect_count"));
    return run;
}

Value valueOf(const Row& row)
{
    Value value;
    if (!row.isNull("number"))
        value.number = row.real("number");
    if (!row.isNull("text"))
        value.text = row.string("text").toStdString();
    return value;
}

Binds spanBinds(LocationId location, const Span& span)
{
    return {{"location", bound(location)},
            {"from", bound(span.from)},
            {"to", bound(span.to)},
            {"limit", bound(qint64{span.limit})}};
}

} // namespace

Result<void> ScriptRunRepository::addEffects(std::vector<ScriptRunRow>& runs)
{
    QJsonArray ids;
    std::map<RunId, ScriptRunRow*> byId;
    for (ScriptRunRow& run : runs) {
        if (run.effectCount == 0)
            continue;
        ids.append(static_cast<qint64>(run.id.value));
        byId[run.id] = &run;
    }
    if (ids.isEmpty())
        return {};
    COHORT_TRY(rows, m_connection.query(Sql::EffectOfRuns, {{"runs", bound(QJsonDocument(ids))}}));
    for (const Row& row : rows) {
        const auto run = row.id<RunId>("run_id");
        byId.at(run)->effects.push_back(
            {row.id<EffectId>("id"), run, row.string("kind"), row.json("payload").object(), row.string("refused")});
    }
    return {};
}

Result<std::vector<ScriptRunRow>> ScriptRunRepository::list(ScriptId script, LocationId location, RunId before,
                                                            int limit)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptRunList, {{"script", bound(script)},
                                                             {"location", bound(location)},
                                                             {"before", bound(before)},
                                                             {"limit", bound(qint64{limit})}}));
    std::vector<ScriptRunRow> runs;
    for (const Row& row : rows)
        runs.push_back(runOf(row));
    COHORT_CHECK(addEffects(runs));
    return runs;
}

Result<ScriptRunRow> ScriptRunRepository::find(RunId run)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptRunFind, {{"run", bound(run)}}));
    if (rows.empty())
        return fail(ErrorCode::NotFound, QStringLiteral("run %1").arg(run.value));
    std::vector<ScriptRunRow> runs{runOf(rows.front())};
    COHORT_CHECK(addEffects(runs));
    return std::move(runs.front());
}

Result<std::vector<ScriptInstanceInfo>> ScriptRunRepository::instances(ScriptId script)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptInstanceList,
                                        {{"script", bound(script)}, {"limit", bound(qint64{1'000})}}));
    std::vector<ScriptInstanceInfo> all;
    for (const Row& row : rows)
        all.push_back({row.id<LocationId>("location_id"), row.string("location_name"), row.string("mode"),
                       row.string("status"), row.string("status_detail"),
                       static_cast<int>(row.integer("errors_in_row")), static_cast<int>(row.integer("kills_in_row")),
                       row.time("updated_at")});
    return all;
}

Result<std::vector<FactRow>> ScriptRunRepository::facts(LocationId location, const QString& name, const Span& span)
{
    Binds binds = spanBinds(location, span);
    binds.emplace_back("name", name.isNull() ? QStringLiteral("") : name);
    COHORT_TRY(rows, m_connection.query(Sql::FactQuery, binds));
    std::vector<FactRow> all;
    for (const Row& row : rows)
        all.push_back({row.id<StreamId>("stream_id"), row.string("name"), row.id<DeviceId>("device_id"),
                       row.string("device_key"), row.time("time"), valueOf(row), row.id<ScriptId>("script_id"),
                       row.string("script_name")});
    return all;
}

Result<std::vector<TimelineRun>> ScriptRunRepository::timelineRuns(LocationId location, const Span& span)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptTimeline, spanBinds(location, span)));
    std::vector<TimelineRun> all;
    for (const Row& row : rows)
        all.push_back({row.id<RunId>("id"), row.id<ScriptId>("script_id"), row.string("script_name"), row.time("at"),
                       row.string("handler"), row.string("status"), row.string("because"), row.string("error"),
                       row.string("mode"), static_cast<int>(row.integer("effect_count"))});
    return all;
}

Result<std::vector<TimelineEvent>> ScriptRunRepository::timelineEvents(LocationId location, const Span& span)
{
    COHORT_TRY(rows, m_connection.query(Sql::EventTimeline, spanBinds(location, span)));
    std::vector<TimelineEvent> all;
    for (const Row& row : rows)
        all.push_back({row.string("kind"), row.time("time"), row.id<DeviceId>("device_id"), row.string("device_key"),
                       row.string("name"), row.json("data").object()});
    return all;
}

} // namespace cohort::store

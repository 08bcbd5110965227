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

} // namespace cohort::store

#include "server/store/repositories/run_repository.h"

#include "server/store/sql_names.h"

#include <map>

namespace cohort::store {

// One statement for the effects of all of them.
Result<void> RunRepository::addEffects(QList<model::Run>& runs)
{
    std::map<RunId, model::Run*> byId;
    QList<RunId> ids;
    for (auto& run : runs) {
        byId.emplace(run.id, &run);
        ids.append(run.id);
    }
    if (ids.isEmpty())
        return {};
    COHORT_TRY(rows, m_connection.query(Sql::EffectOfRuns, {{"runs", bound(ids)}}));
    for (const Row& row : rows) {
        COHORT_TRY(effect, rowAs<model::Effect>(row));
        byId.at(row.id<RunId>("run_id"))->outcome.effects.append(std::move(effect));
    }
    return {};
}

Result<model::Page<model::Run>> RunRepository::list(ScriptId script, LocationId location, RunId before, int limit)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptRunList, {{"script", bound(script)},
                                                             {"location", bound(location)},
                                                             {"before", bound(before)},
                                                             {"count", bound(qint64{limit} + 1)}}));
    COHORT_TRY(page, pageOf<model::Run>(std::move(rows), limit));
    COHORT_CHECK(addEffects(page.items));
    return page;
}

Result<int> RunRepository::logLines(ScriptId script, LocationId location)
{
    COHORT_TRY(rows,
               m_connection.query(Sql::ScriptLogSize, {{"script", bound(script)}, {"location", bound(location)}}));
    return static_cast<int>(rows.front().integer("lines"));
}

} // namespace cohort::store

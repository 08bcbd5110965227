#include "server/store/repositories/script_deployment_repository.h"

#include "server/store/sql_names.h"

namespace cohort::store {

Result<void> ScriptDeploymentRepository::deployIn(ScriptId script, VersionId version, LocationId location,
                                                  const QString& mode)
{
    COHORT_CHECK(m_connection.execute(
        Sql::ScriptDeploymentSet,
        {{"script", bound(script)}, {"version", bound(version)}, {"location", bound(location)}, {"mode", mode}}));
    if (mode == QLatin1String("live"))
        COHORT_CHECK(m_connection.execute(Sql::ScriptDeploymentEndShadow,
                                          {{"script", bound(script)}, {"location", bound(location)}}));
    return {};
}

Result<void> ScriptDeploymentRepository::deploy(ScriptId script, VersionId version,
                                                const std::optional<std::vector<LocationId>>& homes,
                                                const QString& mode)
{
    if (homes) {
        for (const LocationId home : *homes)
            COHORT_CHECK(deployIn(script, version, home, mode));
        return {};
    }
    COHORT_CHECK(deployIn(script, version, LocationId{}, mode));
    COHORT_CHECK(m_connection.execute(Sql::ScriptDeploymentSpread,
                                      {{"script", bound(script)}, {"version", bound(version)}, {"mode", mode}}));
    return {};
}

Result<void> ScriptDeploymentRepository::setPaused(ScriptId script, const std::optional<std::vector<LocationId>>& homes,
                                                   bool paused)
{
    const std::vector<LocationId> everywhere{LocationId{}};
    for (const LocationId home : homes ? *homes : everywhere) {
        if (!paused)
            COHORT_CHECK(m_connection.execute(Sql::ScriptInstanceResume,
                                              {{"script", bound(script)}, {"location", bound(home)}}));
        COHORT_CHECK(m_connection.execute(home ? Sql::ScriptDeploymentPauseHome : Sql::ScriptDeploymentPause,
                                          {{"script", bound(script)}, {"location", bound(home)}, {"paused", paused}}));
    }
    return {};
}

Result<std::vector<ScriptDeploymentRow>> ScriptDeploymentRepository::list(ScriptId script)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptDeploymentList, {{"script", bound(script)}}));
    std::vector<ScriptDeploymentRow> all;
    for (const Row& row : rows)
        all.push_back({row.id<ScriptId>("script_id"), row.id<VersionId>("version_id"),
                       static_cast<int>(row.integer("number")), row.id<LocationId>("location_id"),
                       row.string("location_name"), row.string("mode"), row.boolean("paused")});
    return all;
}

Result<std::vector<DeployedScript>> ScriptDeploymentRepository::deployed(ScriptId only)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptDeploymentScripts, {{"script", bound(only)}}));
    std::vector<DeployedScript> all;
    for (const Row& row : rows)
        all.push_back({row.id<ScriptId>("id"), row.id<DeploymentId>("deployment_id")});
    return all;
}

Result<void> ScriptDeploymentRepository::setParameters(ScriptId script, LocationId location, const QJsonObject& values)
{
    COHORT_CHECK(m_connection.execute(
        Sql::ScriptParameterSet,
        {{"script", bound(script)}, {"location", bound(location)}, {"values", bound(QJsonDocument(values))}}));
    return {};
}

Result<std::vector<ScriptParametersRow>> ScriptDeploymentRepository::parameters(ScriptId script)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptParameterList, {{"script", bound(script)}}));
    std::vector<ScriptParametersRow> all;
    for (const Row& row : rows)
        all.push_back({row.id<LocationId>("location_id"), row.json("parameter_values").object()});
    return all;
}

} // namespace cohort::store

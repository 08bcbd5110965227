#include "server/store/repositories/script_deployment_repository.h"

#include "server/store/sql_names.h"

namespace cohort::store {

Result<void> ScriptDeploymentRepository::deployIn(ScriptId script, VersionId version, LocationId location,
                                                  model::ScriptMode mode)
{
    COHORT_CHECK(m_connection.execute(Sql::ScriptDeploymentSet, {{"script", bound(script)},
                                                                 {"version", bound(version)},
                                                                 {"location", bound(location)},
                                                                 {"mode", bound(mode)}}));
    if (mode == model::ScriptMode::Live)
        COHORT_CHECK(m_connection.execute(Sql::ScriptDeploymentEndShadow,
                                          {{"script", bound(script)}, {"location", bound(location)}}));
    return {};
}

Result<void> ScriptDeploymentRepository::deploy(ScriptId script, VersionId version, const Homes& homes,
                                                model::ScriptMode mode)
{
    if (homes) {
        for (const LocationId home : *homes)
            COHORT_CHECK(deployIn(script, version, home, mode));
        return {};
    }
    COHORT_CHECK(deployIn(script, version, LocationId{}, mode));
    COHORT_CHECK(m_connection.execute(Sql::ScriptDeploymentSpread,
                                      {{"script", bound(script)}, {"version", bound(version)}, {"mode", bound(mode)}}));
    return {};
}

Result<void> ScriptDeploymentRepository::setPaused(ScriptId script, const Homes& homes, bool paused)
{
    const QList<LocationId> everywhere{LocationId{}};
    for (const LocationId home : homes.value_or(everywhere)) {
        if (!paused)
            COHORT_CHECK(m_connection.execute(Sql::ScriptInstanceResume,
                                              {{"script", bound(script)}, {"location", bound(home)}}));
        COHORT_CHECK(m_connection.execute(home ? Sql::ScriptDeploymentPauseHome : Sql::ScriptDeploymentPause,
                                          {{"script", bound(script)}, {"location", bound(home)}, {"paused", paused}}));
    }
    return {};
}

Result<std::vector<PlacedVersion>> ScriptDeploymentRepository::list(ScriptId script)
{
    COHORT_TRY(rows, m_connection.query(Sql::ScriptDeploymentList, {{"script", bound(script)}}));
    std::vector<PlacedVersion> all;
    for (const Row& row : rows) {
        COHORT_TRY(place, rowAs<model::ScriptDeployment>(row));
        all.push_back({row.id<VersionId>("version_id"), std::move(place)});
    }
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

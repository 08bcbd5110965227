#include "server/store/repositories/script_deployment_repository.h"

#include "server/store/sql_names.h"

#include <algorithm>
#include <iterator>

namespace cohort::store {

namespace {

EndedAlert endedAlert(const Row& row)
{
    return {row.id<AlertId>("id"), row.id<DeploymentId>("deployment_id"), row.id<LocationId>("location_id")};
}

} // namespace

Result<void> ScriptDeploymentRepository::deployIn(ScriptId script, VersionId version, LocationId location,
                                                  model::ScriptMode mode)
{
    COHORT_CHECK(m_connection.execute(Sql::ScriptDeploymentSet, {{"script", bound(script)},
                                                                 {"version", bound(version)},
                                                                 {"location", bound(location)},
                                                                 {"mode", bound(mode)}}));
    if (mode != model::ScriptMode::Live)
        return {};
    const Binds place{{"script", bound(script)}, {"location", bound(location)}};
    COHORT_CHECK(m_connection.execute(Sql::ScriptInstanceResume, place));
    COHORT_CHECK(m_connection.execute(Sql::ScriptDeploymentEndShadow, place));
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

Result<Ended> ScriptDeploymentRepository::endPauseAlerts(ScriptId script, const Homes& homes, const QString& by,
                                                         VersionId version)
{
    Ended ended;
    for (const LocationId home : homes.value_or(QList<LocationId>{LocationId{}})) {
        const Binds binds{
            {"script", bound(script)}, {"location", bound(home)}, {"by", by}, {"version", bound(version)}};
        COHORT_TRY(rows, m_connection.query(Sql::AlertEndPause, binds));
        std::transform(rows.begin(), rows.end(), std::back_inserter(ended.alerts), endedAlert);
    }
    return ended;
}

Result<qint64> ScriptDeploymentRepository::setPaused(ScriptId script, const Homes& homes, bool paused)
{
    const QList<LocationId> everywhere{LocationId{}};
    qint64 places = 0;
    for (const LocationId home : homes.value_or(everywhere)) {
        if (!paused)
            COHORT_CHECK(m_connection.execute(Sql::ScriptInstanceResume,
                                              {{"script", bound(script)}, {"location", bound(home)}}));
        COHORT_TRY(there,
                   m_connection.execute(home ? Sql::ScriptDeploymentPauseHome : Sql::ScriptDeploymentPause,
                                        {{"script", bound(script)}, {"location", bound(home)}, {"paused", paused}}));
        places += there;
    }
    return places;
}

Result<qint64> ScriptDeploymentRepository::changeLive(ScriptId script, VersionId version)
{
    return m_connection.execute(Sql::ScriptDeploymentChangeLive,
                                {{"script", bound(script)}, {"version", bound(version)}});
}

Result<qint64> ScriptDeploymentRepository::remove(ScriptId script, const Homes& homes,
                                                  const std::optional<model::ScriptMode>& mode)
{
    const QVariant how = bound(mode ? std::optional(model::textOf(*mode)) : std::nullopt);
    qint64 ended = 0;
    for (const LocationId home : homes.value_or(QList<LocationId>{LocationId{}})) {
        const Binds binds{{"script", bound(script)}, {"location", bound(home)}, {"mode", how}};
        COHORT_TRY(own, m_connection.execute(Sql::ScriptDeploymentRemove, binds));
        ended += own;
        if (!home)
            continue;
        COHORT_TRY(off, m_connection.execute(Sql::ScriptDeploymentTakeOff, binds));
        ended += own > 0 ? 0 : off;
    }
    return ended;
}

Result<Ended> ScriptDeploymentRepository::endUnplaced(ScriptId script, LocationId location, const QString& by)
{
    const Binds binds{{"script", bound(script)}, {"location", bound(location)}};
    COHORT_CHECK(m_connection.execute(Sql::ScriptInstanceEndUnplaced, binds));
    Ended ended;
    COHORT_TRY(alerts, m_connection.query(Sql::AlertEndUnplaced,
                                          {{"script", bound(script)}, {"location", bound(location)}, {"by", by}}));
    std::transform(alerts.begin(), alerts.end(), std::back_inserter(ended.alerts), endedAlert);
    COHORT_TRY(questions, m_connection.query(Sql::MessageEndUnplaced, binds));
    for (const Row& row : questions)
        ended.questions.push_back(
            {row.id<MessageId>("id"), row.id<DeploymentId>("deployment_id"), row.id<ParticipantId>("participant_id")});
    COHORT_TRY(commands, CommandRepository(m_connection).endUnplaced(script, location));
    ended.commands = std::move(commands);
    return ended;
}

Result<void> ScriptDeploymentRepository::retire(ScriptId script)
{
    COHORT_TRY(rows, m_connection.execute(Sql::ScriptRetire, {{"script", bound(script)}}));
    return rows > 0 ? Result<void>() : Result<void>(fail(ErrorCode::NotFound));
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

Result<QJsonObject> ScriptDeploymentRepository::lockedParameters(ScriptId script, LocationId location)
{
    COHORT_CHECK(m_connection.query(Sql::ScriptParameterLock, {{"script", bound(script)}}));
    COHORT_TRY(all, parameters(script));
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.location == location; });
    return found == all.end() ? QJsonObject() : found->values;
}

} // namespace cohort::store

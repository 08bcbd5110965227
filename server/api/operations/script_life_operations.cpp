// script.*: what runs where
#include "server/api/operations/handlers.h"
#include "server/api/operations/script_work.h"
#include "server/store/repositories/script_deployment_repository.h"
#include "shared/model/parameter_form.h"
#include "shared/protocol/operations/script.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace cohort::api {

using store::ScriptDeploymentRepository;

namespace {

// Number 0: the newest.
Result<model::ScriptVersionText> acceptedVersion(Call& call, ScriptId script, int number)
{
    auto found = store::ScriptRepository(call.connection).version(script, number);
    if (found && !found->version.accepted)
        return fail(ErrorCode::ScriptRefused,
                    QStringLiteral("version %1 was refused by the check").arg(found->version.number));
    return found;
}

Result<void> setPaused(Call& call, ScriptId script, const store::Homes& homes, bool paused)
{
    COHORT_TRY(places, ScriptDeploymentRepository(call.connection).setPaused(script, homes, paused));
    if (places == 0)
        return fail(ErrorCode::Conflict, QStringLiteral("the script is not deployed there"));
    return {};
}

// What errors had paused starts again; with a version where another one ran till now.
Result<void> endPauses(Call& call, ScriptId script, const store::Homes& homes, VersionId version = {})
{
    COHORT_TRY(
        ended,
        ScriptDeploymentRepository(call.connection).endPauseAlerts(script, homes, call.identity.actor(), version));
    noteEnded(call, ended);
    return {};
}

Result<model::Script> deployScript(Call& call, const protocol::ScriptDeploy& wanted)
{
    if (wanted.mode == model::ScriptMode::Live)
        COHORT_CHECK(requireLiveRight(call));
    COHORT_TRY(found, acceptedVersion(call, wanted.id, wanted.version.value_or(0)));
    COHORT_CHECK(
        ScriptDeploymentRepository(call.connection).deploy(wanted.id, found.version.id, wanted.locations, wanted.mode));
    if (wanted.mode == model::ScriptMode::Live)
        COHORT_CHECK(endPauses(call, wanted.id, wanted.locations));
    return changedScript(call, wanted.id);
}

Result<model::Script> pauseScript(Call& call, const protocol::ScriptPause& wanted)
{
    COHORT_CHECK(setPaused(call, wanted.id, wanted.locations, true));
    return changedScript(call, wanted.id);
}

Result<model::Script> resumeScript(Call& call, const protocol::ScriptResume& wanted)
{
    COHORT_CHECK(setPaused(call, wanted.id, wanted.locations, false));
    COHORT_CHECK(endPauses(call, wanted.id, wanted.locations));
    return changedScript(call, wanted.id);
}

// Every place where it runs live gets the other version; what is paused stays paused.
Result<model::Script> rollBackScript(Call& call, const protocol::ScriptRollback& wanted)
{
    COHORT_TRY(found, acceptedVersion(call, wanted.id, wanted.version));
    COHORT_TRY(places, ScriptDeploymentRepository(call.connection).changeLive(wanted.id, found.version.id));
    if (places == 0)
        return fail(ErrorCode::Conflict,
                    QStringLiteral("the script runs live nowhere; deploy version %1 instead").arg(wanted.version));
    COHORT_CHECK(endPauses(call, wanted.id, std::nullopt, found.version.id));
    return changedScript(call, wanted.id);
}

// Alerts and questions that end are told to whoever looks at them.
Result<void> endUnplaced(Call& call, ScriptId script)
{
    COHORT_TRY(ended,
               ScriptDeploymentRepository(call.connection).endUnplaced(script, LocationId{}, call.identity.actor()));
    noteEnded(call, ended);
    return {};
}

Result<model::Script> undeployScript(Call& call, const protocol::ScriptUndeploy& wanted)
{
    if (wanted.mode != model::ScriptMode::Shadow)
        COHORT_CHECK(requireLiveRight(call));
    COHORT_TRY(places, ScriptDeploymentRepository(call.connection).remove(wanted.id, wanted.locations, wanted.mode));
    if (places == 0)
        return fail(ErrorCode::Conflict, QStringLiteral("the script is not deployed there"));
    COHORT_CHECK(endUnplaced(call, wanted.id));
    return changedScript(call, wanted.id);
}

// Who may not change what runs live may retire what does not.
Result<model::Nothing> retireScript(Call& call, const protocol::ScriptRetire& wanted)
{
    ScriptDeploymentRepository deployments(call.connection);
    COHORT_TRY(placed, deployments.list(wanted.id));
    if (std::any_of(placed.begin(), placed.end(),
                    [](const auto& one) { return one.place.mode == model::ScriptMode::Live; }))
        COHORT_CHECK(requireLiveRight(call));
    COHORT_CHECK(deployments.remove(wanted.id, std::nullopt, std::nullopt));
    COHORT_CHECK(endUnplaced(call, wanted.id));
    COHORT_CHECK(deployments.retire(wanted.id));
    noteScript(call, wanted.id);
    return model::Nothing{};
}

// Nobody's change goes silently: what was set since the caller read the values is told, and stays.
Result<void> requireBase(const protocol::ScriptSetParameters& wanted, const QJsonObject& set)
{
    constexpr qsizetype NamesMost = 5;
    if (!wanted.base || model::differingNames(set, wanted.values).isEmpty()) // or it is the same wish again
        return {};
    const QStringList others = model::differingNames(*wanted.base, set);
    if (others.isEmpty())
        return {};
    QStringList told;
    for (const QString& name : others.mid(0, NamesMost)) {
        const QByteArray value = QJsonDocument(QJsonArray{set.value(name)}).toJson(QJsonDocument::Compact);
        told.append(
            QStringLiteral("'%1' is %2 now").arg(name, QString::fromUtf8(value.mid(1, value.size() - 2)).left(80)));
    }
    if (others.size() > NamesMost)
        told.append(QStringLiteral("and %1 more").arg(others.size() - NamesMost));
    return fail(ErrorCode::Conflict, QStringLiteral("somebody has set parameters since these were read: ") +
                                         told.join(QStringLiteral(", ")));
}

// Judged by the newest version that can run: a refused draft is in nobody's way.
Result<model::Script> setParameters(Call& call, const protocol::ScriptSetParameters& wanted)
{
    auto found = store::ScriptRepository(call.connection).newestAccepted(wanted.id);
    if (!found && found.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::ScriptRefused, QStringLiteral("the check has accepted no version of this script yet"));
    if (!found)
        return fail(found.error());
    COHORT_CHECK(model::checkForm(found->text.manifest->parameters, wanted.values));
    ScriptDeploymentRepository deployments(call.connection);
    const LocationId where = wanted.location.value_or(LocationId{});
    COHORT_TRY(set, deployments.lockedParameters(wanted.id, where));
    COHORT_CHECK(requireBase(wanted, set));
    COHORT_CHECK(deployments.setParameters(wanted.id, where, wanted.values));
    return changedScript(call, wanted.id);
}

} // namespace

HandlerRows scriptLifeHandlers()
{
    return {
        handler<protocol::ScriptDeploy, &deployScript>(),        handler<protocol::ScriptPause, &pauseScript>(),
        handler<protocol::ScriptResume, &resumeScript>(),        handler<protocol::ScriptRollback, &rollBackScript>(),
        handler<protocol::ScriptUndeploy, &undeployScript>(),    handler<protocol::ScriptRetire, &retireScript>(),
        handler<protocol::ScriptSetParameters, &setParameters>()};
}

} // namespace cohort::api

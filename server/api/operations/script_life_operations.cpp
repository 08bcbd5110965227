// script.*: what runs where
#include "server/api/operations/handlers.h"
#include "server/api/operations/script_work.h"
#include "server/store/repositories/script_deployment_repository.h"
#include "shared/model/parameter_form.h"
#include "shared/protocol/operations/script.h"

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

Result<model::Script> deployScript(Call& call, const protocol::ScriptDeploy& wanted)
{
    if (wanted.mode == model::ScriptMode::Live)
        COHORT_CHECK(requireLiveRight(call));
    COHORT_TRY(found, acceptedVersion(call, wanted.id, wanted.version.value_or(0)));
    COHORT_CHECK(
        ScriptDeploymentRepository(call.connection).deploy(wanted.id, found.version.id, wanted.locations, wanted.mode));
    return changedScript(call, wanted.id);
}

Result<model::Script> pauseScript(Call& call, const protocol::ScriptPause& wanted)
{
    COHORT_CHECK(ScriptDeploymentRepository(call.connection).setPaused(wanted.id, wanted.locations, true));
    return changedScript(call, wanted.id);
}

Result<model::Script> resumeScript(Call& call, const protocol::ScriptResume& wanted)
{
    COHORT_CHECK(ScriptDeploymentRepository(call.connection).setPaused(wanted.id, wanted.locations, false));
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

Result<model::Script> setParameters(Call& call, const protocol::ScriptSetParameters& wanted)
{
    COHORT_TRY(found, acceptedVersion(call, wanted.id, 0));
    COHORT_CHECK(model::checkForm(found.text.manifest->parameters, wanted.values));
    COHORT_CHECK(ScriptDeploymentRepository(call.connection)
                     .setParameters(wanted.id, wanted.location.value_or(LocationId{}), wanted.values));
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

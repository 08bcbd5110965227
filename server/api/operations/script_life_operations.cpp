// script.*: what runs where
#include "server/api/operations/handlers.h"
#include "server/api/operations/script_work.h"
#include "server/store/repositories/script_deployment_repository.h"
#include "shared/model/parameter_form.h"
#include "shared/protocol/operations/script.h"

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

// Every place where it runs live gets the older version; what is paused stays paused.
Result<model::Script> rollBackScript(Call& call, const protocol::ScriptRollback& wanted)
{
    COHORT_TRY(found, acceptedVersion(call, wanted.id, wanted.version));
    ScriptDeploymentRepository deployments(call.connection);
    COHORT_TRY(placed, deployments.list(wanted.id));
    for (const auto& [version, place] : placed) {
        if (place.mode != model::ScriptMode::Live)
            continue;
        const store::Homes homes = place.location ? store::Homes({place.location}) : std::nullopt;
        COHORT_CHECK(deployments.deploy(wanted.id, found.version.id, homes, model::ScriptMode::Live));
        if (place.paused)
            COHORT_CHECK(deployments.setPaused(wanted.id, homes, true));
    }
    return changedScript(call, wanted.id);
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
    return {handler<protocol::ScriptDeploy, &deployScript>(), handler<protocol::ScriptPause, &pauseScript>(),
            handler<protocol::ScriptResume, &resumeScript>(), handler<protocol::ScriptRollback, &rollBackScript>(),
            handler<protocol::ScriptSetParameters, &setParameters>()};
}

} // namespace cohort::api

// script.*: what runs where
#include "server/api/operations/handlers.h"
#include "server/api/operations/script_work.h"
#include "server/store/repositories/script_deployment_repository.h"
#include "server/store/repositories/script_repository.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

using Homes = std::optional<std::vector<LocationId>>;

Homes homesOf(const Call& call)
{
    const auto ids = call.ids("locations");
    if (!ids)
        return std::nullopt;
    std::vector<LocationId> homes;
    for (const qint64 id : *ids)
        homes.push_back(LocationId{id});
    return homes;
}

Result<store::ScriptVersionRow> acceptedVersion(Call& call, ScriptId script, int number)
{
    auto version = store::ScriptRepository(call.connection).version(script, number);
    if (!version)
        return fail(version.error());
    if (!version->faults.isEmpty() || !version->manifest)
        return fail(ErrorCode::ScriptRefused, u"version %1 was refused by the check"_s.arg(version->number));
    return version;
}

Result<QJsonObject> deploy(Call& call)
{
    const ScriptId script{call.integer("id")};
    if (call.text("mode") == u"live"_s)
        COHORT_CHECK(requireLiveRight(call));
    COHORT_TRY(version, acceptedVersion(call, script, static_cast<int>(call.integer("version"))));
    COHORT_CHECK(store::ScriptDeploymentRepository(call.connection)
                     .deploy(script, version.id, homesOf(call), call.text("mode")));
    noteScript(call, script);
    return scriptAnswer(call, script);
}

Result<QJsonObject> setPaused(Call& call, bool paused)
{
    const ScriptId script{call.integer("id")};
    COHORT_CHECK(store::ScriptDeploymentRepository(call.connection).setPaused(script, homesOf(call), paused));
    noteScript(call, script);
    return scriptAnswer(call, script);
}

Result<QJsonObject> pause(Call& call)
{
    return setPaused(call, true);
}

Result<QJsonObject> resume(Call& call)
{
    return setPaused(call, false);
}

// Every place where it runs live gets the older version.
Result<QJsonObject> rollback(Call& call)
{
    const ScriptId script{call.integer("id")};
    COHORT_TRY(version, acceptedVersion(call, script, static_cast<int>(call.integer("version"))));
    store::ScriptDeploymentRepository deployments(call.connection);
    COHORT_TRY(places, deployments.list(script));
    for (const auto& place : places) {
        if (place.mode != u"live"_s)
            continue;
        const Homes homes = place.location ? Homes({place.location}) : std::nullopt;
        COHORT_CHECK(deployments.deploy(script, version.id, homes, u"live"_s));
        if (place.paused)
            COHORT_CHECK(deployments.setPaused(script, homes, true));
    }
    noteScript(call, script);
    return scriptAnswer(call, script);
}

Result<QJsonObject> setParameters(Call& call)
{
    const ScriptId script{call.integer("id")};
    const auto values = call.value("values").toObject();
    COHORT_TRY(version, acceptedVersion(call, script, 0));
    COHORT_CHECK(checkForm(version.manifest->object(), values));
    COHORT_CHECK(store::ScriptDeploymentRepository(call.connection)
                     .setParameters(script, LocationId{call.integer("location")}, values));
    noteScript(call, script);
    return scriptAnswer(call, script);
}

} // namespace

HandlerRows scriptLifeHandlers()
{
    return {{"script.deploy", &deploy},
            {"script.pause", &pause},
            {"script.resume", &resume},
            {"script.rollback", &rollback},
            {"script.setParameters", &setParameters}};
}

} // namespace cohort::api

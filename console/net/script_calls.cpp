#include "console/net/script.h"

namespace cohort::console {

using namespace Qt::StringLiterals;

QFuture<Result<Listing<LibraryScript>>> scripts::library(RpcClient& client, DeploymentId deployment)
{
    return callForList<LibraryScript>(client, "library.list"_L1, {{u"deployment"_s, json::ofId(deployment)}});
}

QFuture<Result<Script>> scripts::install(RpcClient& client, const Installation& wanted)
{
    QJsonObject parameters{
        {u"deployment"_s, json::ofId(wanted.deployment)},
        {u"name"_s, wanted.name},
        {u"parameters"_s, QJsonObject::fromVariantMap(wanted.parameters)},
        {u"locations"_s, wanted.allHomes ? QJsonValue(QJsonValue::Null) : QJsonValue(json::ofIds(wanted.locations))},
        {u"deploy"_s, wanted.deploy}};
    if (!wanted.scriptName.isEmpty())
        parameters.insert("scriptName"_L1, wanted.scriptName);
    return callFor<Script>(client, "library.install"_L1, parameters);
}

QFuture<Result<Script>> scripts::create(RpcClient& client, DeploymentId deployment, const QString& name,
                                        const QString& source)
{
    return callFor<Script>(client, "script.create"_L1,
                           {{u"deployment"_s, json::ofId(deployment)}, {u"name"_s, name}, {u"source"_s, source}});
}

QFuture<Result<Listing<Script>>> scripts::list(RpcClient& client, DeploymentId deployment)
{
    return callForList<Script>(client, "script.list"_L1, {{u"deployment"_s, json::ofId(deployment)}});
}

QFuture<Result<Script>> scripts::get(RpcClient& client, ScriptId id)
{
    return callFor<Script>(client, "script.get"_L1, {{u"id"_s, json::ofId(id)}});
}

QFuture<Result<Listing<ScriptVersion>>> scripts::versions(RpcClient& client, ScriptId id)
{
    return callForList<ScriptVersion>(client, "script.versions"_L1, {{u"id"_s, json::ofId(id)}});
}

QFuture<Result<ScriptVersion>> scripts::version(RpcClient& client, VersionId id)
{
    return callFor<ScriptVersion>(client, "script.version"_L1, {{u"id"_s, json::ofId(id)}});
}

QFuture<Result<CheckResult>> scripts::check(RpcClient& client, const QString& source)
{
    return callFor<CheckResult>(client, "script.check"_L1, {{u"source"_s, source}});
}

QFuture<Result<SavedVersion>> scripts::save(RpcClient& client, ScriptId id, const QString& source,
                                            const QString& comment, int baseVersion)
{
    QJsonObject parameters{{u"id"_s, json::ofId(id)}, {u"source"_s, source}, {u"comment"_s, comment}};
    if (baseVersion > 0)
        parameters.insert("baseVersion"_L1, baseVersion);
    return callFor<SavedVersion>(client, "script.saveVersion"_L1, parameters);
}

QFuture<Result<Script>> scripts::deploy(RpcClient& client, ScriptId id, const QList<LocationId>& locations, bool shadow)
{
    return callFor<Script>(
        client, "script.deploy"_L1,
        {{u"id"_s, json::ofId(id)},
         {u"locations"_s, locations.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(json::ofIds(locations))},
         {u"mode"_s, shadow ? u"shadow"_s : u"live"_s}});
}

QFuture<Result<Script>> scripts::pause(RpcClient& client, ScriptId id)
{
    return callFor<Script>(client, "script.pause"_L1, {{u"id"_s, json::ofId(id)}});
}

QFuture<Result<Script>> scripts::resume(RpcClient& client, ScriptId id)
{
    return callFor<Script>(client, "script.resume"_L1, {{u"id"_s, json::ofId(id)}});
}

QFuture<Result<Script>> scripts::setParameters(RpcClient& client, ScriptId id, const QVariantMap& values)
{
    return callFor<Script>(client, "script.setParameters"_L1,
                           {{u"id"_s, json::ofId(id)}, {u"values"_s, QJsonObject::fromVariantMap(values)}});
}

QFuture<Result<Listing<ScriptRun>>> scripts::runs(RpcClient& client, ScriptId id, RunId before)
{
    QJsonObject parameters{{u"id"_s, json::ofId(id)}, {u"limit"_s, 200}};
    if (before)
        parameters.insert("before"_L1, json::ofId(before));
    return callForList<ScriptRun>(client, "script.runs"_L1, parameters);
}

} // namespace cohort::console

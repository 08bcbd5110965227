#include "server/api/operations/script_json.h"

#include "server/api/dispatch/call.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

QString iso(Timestamp time)
{
    return QString::fromStdString(toIso(time));
}

QJsonValue isoOrNull(const std::optional<Timestamp>& time)
{
    return time ? QJsonValue(iso(*time)) : QJsonValue();
}

} // namespace

QJsonObject scriptJson(const store::ScriptOverview& overview)
{
    return {{u"id"_s, jsonId(overview.script.id)},
            {u"deployment"_s, jsonId(overview.script.deployment)},
            {u"name"_s, overview.script.name},
            {u"libraryName"_s, overview.script.libraryName},
            {u"version"_s, overview.newestVersion},
            {u"liveVersion"_s, overview.liveVersion},
            {u"status"_s, overview.status},
            {u"homes"_s, overview.homes},
            {u"homesWithErrors"_s, overview.homesWithErrors},
            {u"runs24h"_s, overview.runs},
            {u"errors24h"_s, overview.errors},
            {u"effects24h"_s, overview.effects},
            {u"cpuMs24h"_s, overview.cpuUs / 1000},
            {u"lastRun"_s, isoOrNull(overview.lastRun)},
            {u"lastError"_s, overview.lastError}};
}

QJsonObject versionJson(const store::ScriptVersionRow& version)
{
    return {{u"id"_s, jsonId(version.id)},
            {u"script"_s, jsonId(version.script)},
            {u"number"_s, version.number},
            {u"author"_s, version.author},
            {u"comment"_s, version.comment},
            {u"createdAt"_s, iso(version.createdAt)},
            {u"hash"_s, QString::fromLatin1(version.hash.toHex())},
            {u"accepted"_s, version.faults.isEmpty()}};
}

QJsonObject deploymentJson(const store::ScriptDeploymentRow& row)
{
    return {{u"location"_s, jsonId(row.location)},
            {u"locationName"_s, row.locationName},
            {u"version"_s, row.versionNumber},
            {u"mode"_s, row.mode},
            {u"paused"_s, row.paused}};
}

QJsonObject instanceJson(const store::ScriptInstanceInfo& row)
{
    return {{u"location"_s, jsonId(row.location)},
            {u"locationName"_s, row.locationName},
            {u"mode"_s, row.mode},
            {u"status"_s, row.status},
            {u"detail"_s, row.detail},
            {u"updatedAt"_s, iso(row.updatedAt)}};
}

QJsonObject runJson(const store::ScriptRunRow& run)
{
    QJsonArray effects;
    for (const auto& effect : run.effects)
        effects.append(QJsonObject{{u"id"_s, jsonId(effect.id)},
                                   {u"kind"_s, effect.kind},
                                   {u"payload"_s, effect.payload},
                                   {u"refused"_s, effect.refused}});
    return {{u"id"_s, jsonId(run.id)},
            {u"script"_s, jsonId(run.script)},
            {u"at"_s, iso(run.at)},
            {u"recordedAt"_s, iso(run.recordedAt)},
            {u"location"_s, jsonId(run.location)},
            {u"locationName"_s, run.locationName},
            {u"version"_s, run.versionNumber},
            {u"mode"_s, run.mode},
            {u"handler"_s, run.handler},
            {u"trigger"_s, run.trigger},
            {u"status"_s, run.status},
            {u"because"_s, run.because},
            {u"error"_s, run.error},
            {u"log"_s, run.log},
            {u"cpuUs"_s, run.cpuUs},
            {u"effects"_s, effects}};
}

} // namespace cohort::api

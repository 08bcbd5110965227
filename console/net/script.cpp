#include "console/net/script.h"

#include <QJsonDocument>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

QMap<QString, QString> reasonsOf(const QJsonObject& object)
{
    QMap<QString, QString> reasons;
    for (auto it = object.begin(); it != object.end(); ++it)
        reasons.insert(it.key(), it.value().toString());
    return reasons;
}

// What a JSON value looks like in one line for people.
QString lineOf(const QJsonValue& value)
{
    if (value.isObject()) {
        QStringList parts;
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            parts.append(it.key() + u": "_s + lineOf(it.value()));
        return parts.join(u", "_s);
    }
    if (value.isArray()) {
        QStringList parts;
        for (const QJsonValue& one : value.toArray())
            parts.append(lineOf(one));
        return parts.join(u"; "_s);
    }
    return value.toVariant().toString();
}

} // namespace

ScriptParameter ScriptParameter::fromJson(const QString& name, const QJsonObject& object)
{
    return {name,
            json::text(object, "type"_L1),
            json::text(object, "help"_L1),
            object.value("default"_L1).toVariant(),
            object.value("min"_L1).toVariant(),
            object.value("max"_L1).toVariant(),
            json::texts(object, "choices"_L1)};
}

QList<ScriptParameter> ScriptParameter::listOf(const QJsonObject& parameters)
{
    QList<ScriptParameter> all;
    for (auto it = parameters.begin(); it != parameters.end(); ++it)
        all.append(fromJson(it.key(), it.value().toObject()));
    return all;
}

Manifest Manifest::fromJson(const QJsonObject& object)
{
    return {json::text(object, "title"_L1),
            json::text(object, "description"_L1),
            ScriptParameter::listOf(json::object(object, "parameters"_L1)),
            reasonsOf(json::object(object, "reads"_L1)),
            reasonsOf(json::object(object, "controls"_L1)),
            json::texts(object, "notifies"_L1)};
}

ScriptFault ScriptFault::fromJson(const QJsonObject& object)
{
    return {json::text(object, "file"_L1), json::text(object, "message"_L1), json::count(object, "line"_L1),
            json::count(object, "column"_L1)};
}

CheckResult CheckResult::fromJson(const QJsonObject& object)
{
    return {json::flag(object, "accepted"_L1), json::list<ScriptFault>(object, "faults"_L1),
            Manifest::fromJson(json::object(object, "manifest"_L1))};
}

SavedVersion SavedVersion::fromJson(const QJsonObject& object)
{
    return {json::count(object, "number"_L1), json::flag(object, "accepted"_L1),
            json::list<ScriptFault>(object, "faults"_L1)};
}

ScriptHome ScriptHome::fromJson(const QJsonObject& object)
{
    return {json::id<LocationId>(object, "location"_L1),
            json::text(object, "locationName"_L1),
            json::text(object, "mode"_L1),
            json::text(object, "status"_L1),
            json::text(object, "detail"_L1),
            json::count(object, "version"_L1),
            json::flag(object, "paused"_L1)};
}

Script Script::fromJson(const QJsonObject& object)
{
    Script script;
    script.id = json::id<ScriptId>(object, "id"_L1);
    script.deployment = json::id<DeploymentId>(object, "deployment"_L1);
    script.name = json::text(object, "name"_L1);
    script.libraryName = json::text(object, "libraryName"_L1);
    script.status = json::text(object, "status"_L1);
    script.lastError = json::text(object, "lastError"_L1);
    script.version = json::count(object, "version"_L1);
    script.liveVersion = json::count(object, "liveVersion"_L1);
    script.homes = json::count(object, "homes"_L1);
    script.homesWithErrors = json::count(object, "homesWithErrors"_L1);
    script.runs = json::count(object, "runs24h"_L1);
    script.errors = json::count(object, "errors24h"_L1);
    script.effects = json::count(object, "effects24h"_L1);
    script.cpuMs = json::real(object, "cpuMs24h"_L1);
    script.lastRun = json::time(object, "lastRun"_L1);
    script.source = json::text(object, "source"_L1);
    script.manifest = Manifest::fromJson(json::object(object, "manifest"_L1));
    script.faults = json::list<ScriptFault>(object, "faults"_L1);
    script.deployments = json::list<ScriptHome>(object, "deployments"_L1);
    script.instances = json::list<ScriptHome>(object, "instances"_L1);
    script.parameters = json::object(json::object(object, "parameters"_L1), "all"_L1).toVariantMap();
    return script;
}

ScriptVersion ScriptVersion::fromJson(const QJsonObject& object)
{
    return {json::id<VersionId>(object, "id"_L1), json::count(object, "number"_L1), json::text(object, "author"_L1),
            json::text(object, "comment"_L1),     json::text(object, "hash"_L1),    json::text(object, "source"_L1),
            json::time(object, "createdAt"_L1),   json::flag(object, "accepted"_L1)};
}

ScriptEffect ScriptEffect::fromJson(const QJsonObject& object)
{
    return {json::text(object, "kind"_L1), object.value("refused"_L1).toString(), lineOf(object.value("payload"_L1))};
}

ScriptRun ScriptRun::fromJson(const QJsonObject& object)
{
    ScriptRun run;
    run.id = json::id<RunId>(object, "id"_L1);
    run.location = json::id<LocationId>(object, "location"_L1);
    run.locationName = json::text(object, "locationName"_L1);
    run.handler = json::text(object, "handler"_L1);
    run.trigger = lineOf(object.value("trigger"_L1));
    run.status = json::text(object, "status"_L1);
    run.because = json::text(object, "because"_L1);
    run.error = json::text(object, "error"_L1);
    run.log = json::texts(object, "log"_L1);
    run.at = json::time(object, "at"_L1);
    run.recordedAt = json::time(object, "recordedAt"_L1);
    run.version = json::count(object, "version"_L1);
    run.cpuUs = json::number(object, "cpuUs"_L1);
    run.effects = json::list<ScriptEffect>(object, "effects"_L1);
    return run;
}

Suitability Suitability::fromJson(const QJsonObject& object)
{
    return {json::id<LocationId>(object, "location"_L1), json::text(object, "name"_L1),
            json::flag(object, "suitable"_L1), json::texts(object, "missing"_L1)};
}

LibraryScript LibraryScript::fromJson(const QJsonObject& object)
{
    return {json::text(object, "name"_L1), json::text(object, "title"_L1), json::text(object, "description"_L1),
            json::text(object, "page"_L1), Manifest::fromJson(object),     json::list<Suitability>(object, "homes"_L1)};
}

} // namespace cohort::console

// library.*
#include "server/api/operations/handlers.h"
#include "server/api/operations/script_work.h"
#include "server/store/repositories/script_deployment_repository.h"
#include "server/store/repositories/script_repository.h"
#include "server/store/sql_names.h"
#include "shared/model/device_types.h"

#include <algorithm>
#include <set>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

// "parameter" and "use:parameter" of all that a home's devices measure, or may by their type.
struct HomeAbilities
{
    qint64 id = 0;
    QString name;
    std::set<QString> reads;
};

std::vector<LibraryScript> library(const Call& call)
{
    return call.services.library ? call.services.library() : std::vector<LibraryScript>();
}

void addReads(const QJsonObject& device, std::set<QString>& reads)
{
    QStringList names;
    for (const auto& name : device.value("streams"_L1).toArray())
        names.append(name.toString());
    if (const auto* type = model::findDeviceType(device.value("type"_L1).toInt()))
        for (const auto& parameter : type->parameters)
            names.append(QString::fromUtf8(parameter.name));
    const QString use = device.value("use"_L1).toString();
    for (const QString& name : std::as_const(names)) {
        reads.insert(name);
        if (!use.isEmpty())
            reads.insert(use + u':' + name);
    }
}

Result<std::vector<HomeAbilities>> homes(Call& call)
{
    COHORT_TRY(rows, call.connection.query(store::Sql::LibraryHomes, {{"scope", call.boundScope()}}));
    std::vector<HomeAbilities> all;
    for (const auto& row : rows) {
        HomeAbilities home{.id = row.integer("id"), .name = row.string("name"), .reads = {}};
        for (const auto& device : row.json("devices").array())
            addReads(device.toObject(), home.reads);
        all.push_back(std::move(home));
    }
    return all;
}

// What the script says it needs and the home lacks; a script that says nothing needs one of what it reads.
QJsonArray missingIn(const HomeAbilities& home, const QJsonObject& manifest)
{
    const auto isThere = [&](const QJsonArray& names) {
        return std::any_of(names.begin(), names.end(),
                           [&](const auto& name) { return home.reads.contains(name.toString()); });
    };
    QJsonArray missing;
    const auto needs = manifest.value("needs"_L1).toObject();
    for (auto need = needs.begin(); need != needs.end(); ++need)
        if (!isThere(need.value().toArray()))
            missing.append(need.key());
    const auto reads = QJsonArray::fromStringList(manifest.value("reads"_L1).toObject().keys());
    if (needs.isEmpty() && !reads.isEmpty() && !isThere(reads))
        missing = reads;
    return missing;
}

QJsonObject libraryJson(const LibraryScript& script, const std::vector<HomeAbilities>& all)
{
    QJsonArray fits;
    for (const auto& home : all) {
        const auto missing = missingIn(home, script.manifest);
        fits.append(QJsonObject{{u"location"_s, home.id},
                                {u"name"_s, home.name},
                                {u"suitable"_s, missing.isEmpty()},
                                {u"missing"_s, missing}});
    }
    const auto kept = script.manifest.value("parameters"_L1);
    const auto forms = kept.isString() ? QJsonDocument::fromJson(kept.toString().toUtf8()).object() : kept.toObject();
    return {{u"name"_s, script.name},
            {u"title"_s, script.manifest.value("title"_L1)},
            {u"description"_s, script.manifest.value("description"_L1)},
            {u"page"_s, script.page},
            {u"parameters"_s, forms},
            {u"reads"_s, script.manifest.value("reads"_L1)},
            {u"controls"_s, script.manifest.value("controls"_L1)},
            {u"notifies"_s, script.manifest.value("notifies"_L1)},
            {u"homes"_s, fits}};
}

Result<QJsonObject> list(Call& call)
{
    COHORT_TRY(all, homes(call));
    QJsonArray items;
    for (const auto& script : library(call))
        items.append(libraryJson(script, all));
    return QJsonObject{{u"items"_s, items}, {u"more"_s, false}};
}

Result<LibraryScript> find(const Call& call)
{
    for (auto& script : library(call))
        if (script.name == call.text("name"))
            return script;
    return fail(ErrorCode::NotFound, u"no library script of this name"_s);
}

Result<ScriptId> createFrom(Call& call, const LibraryScript& script)
{
    store::ScriptRepository scripts(call.connection);
    const QString name =
        call.has("scriptName") ? call.text("scriptName") : script.manifest.value("title"_L1).toString(script.name);
    COHORT_TRY(id, scripts.create(call.deployment, name, script.name));
    const ScriptCheck known{.faults = {}, .manifest = QJsonDocument(script.manifest)};
    COHORT_TRY(saved, saveChecked(call,
                                  {.script = id,
                                   .base = 0,
                                   .source = script.source,
                                   .helpers = script.helpers,
                                   .comment = u"from the library"_s},
                                  known));
    store::ScriptDeploymentRepository deployments(call.connection);
    if (call.has("parameters"))
        COHORT_CHECK(deployments.setParameters(id, LocationId{}, call.value("parameters").toObject()));
    if (!call.value("deploy").toBool())
        return id;
    std::optional<std::vector<LocationId>> places;
    if (const auto ids = call.ids("locations")) {
        places.emplace();
        for (const qint64 place : *ids)
            places->push_back(LocationId{place});
    }
    COHORT_CHECK(deployments.deploy(id, VersionId{saved.value("id"_L1).toInteger()}, places, u"live"_s));
    return id;
}

Result<QJsonObject> install(Call& call)
{
    if (call.value("deploy").toBool())
        COHORT_CHECK(requireLiveRight(call));
    COHORT_TRY(script, find(call));
    COHORT_CHECK(checkForm(script.manifest, call.value("parameters").toObject()));
    COHORT_TRY(id, createFrom(call, script));
    noteScript(call, id);
    return scriptAnswer(call, id);
}

} // namespace

HandlerRows libraryHandlers()
{
    return {{"library.list", &list}, {"library.install", &install}};
}

} // namespace cohort::api

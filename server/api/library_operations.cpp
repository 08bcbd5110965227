// library.*
#include "server/api/handlers.h"
#include "server/api/script_work.h"
#include "server/store/script_deployment_repository.h"
#include "server/store/script_repository.h"
#include "shared/model/device_types.h"

#include <set>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

struct HomeAbilities
{
    qint64 id = 0;
    QString name;
    std::set<QString> reads, controls;
};

std::vector<LibraryScript> library(const Call& call)
{
    return call.services.library ? call.services.library() : std::vector<LibraryScript>();
}

Result<std::vector<HomeAbilities>> homes(Call& call)
{
    COHORT_TRY(rows, call.connection.query(store::Sql::LibraryHomes, {{"scope", call.boundScope()}}));
    std::vector<HomeAbilities> all;
    for (const auto& row : rows) {
        HomeAbilities home{.id = row.integer("id"), .name = row.string("name"), .reads = {}, .controls = {}};
        for (const auto& name : row.json("streams").array())
            home.reads.insert(name.toString());
        for (const auto& number : row.json("types").array()) {
            const auto* type = model::findDeviceType(number.toInt());
            if (type == nullptr)
                continue;
            for (const auto& parameter : type->parameters) {
                home.reads.insert(QString::fromUtf8(parameter.name));
                if (parameter.command)
                    home.controls.insert(QString::fromUtf8(parameter.name));
            }
        }
        all.push_back(std::move(home));
    }
    return all;
}

QJsonArray missingIn(const HomeAbilities& home, const QJsonObject& manifest)
{
    QJsonArray missing;
    for (const QString& name : manifest.value("reads"_L1).toObject().keys())
        if (!home.reads.contains(name))
            missing.append(name);
    return missing;
}

QJsonObject libraryJson(const LibraryScript& script, const std::vector<HomeAbilities>& all)
{
    QJsonArray fits;
    for (const auto& home : all) {
        const auto missing = missingIn(home, script.manifest);
        fits.append(QJsonObject{{u"location"_s, home.id}, {u"name"_s, home.name}, {u"suitable"_s, missing.isEmpty()},
                                {u"missing"_s, missing}});
    }
    const auto kept = script.manifest.value("parameters"_L1);
    const auto forms = kept.isString() ? QJsonDocument::fromJson(kept.toString().toUtf8()).object() : kept.toObject();
    return {{u"name"_s, script.name}, {u"title"_s, script.manifest.value("title"_L1)},
            {u"description"_s, script.manifest.value("description"_L1)}, {u"page"_s, script.page},
            {u"parameters"_s, forms}, {u"reads"_s, script.manifest.value("reads"_L1)},
            {u"controls"_s, script.manifest.value("controls"_L1)},
            {u"notifies"_s, script.manifest.value("notifies"_L1)}, {u"homes"_s, fits}};
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
    const QString name = call.has("scriptName") ? call.text("scriptName")
                                                : script.manifest.value("title"_L1).toString(script.name);
    COHORT_TRY(id, scripts.create(call.deployment, name, script.name));
    const ScriptCheck known{.faults = {}, .manifest = QJsonDocument(script.manifest)};
    COHORT_TRY(saved, saveChecked(call, {.script = id, .base = 0, .source = script.source, .helpers = script.helpers,
                                         .comment = u"from the library"_s}, known));
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

// library.*
#include "server/api/operations/handlers.h"
#include "server/api/operations/script_work.h"
#include "server/store/repositories/library_repository.h"
#include "server/store/repositories/script_deployment_repository.h"
#include "shared/model/device_types.h"
#include "shared/model/parameter_form.h"
#include "shared/protocol/operations/script.h"

#include <algorithm>
#include <set>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using scripts::ShippedScript;

namespace {

// "parameter" and "use:parameter" of all that a home's devices measure, or may by their type.
using Abilities = std::set<QString>;

std::vector<ShippedScript> library(const Call& call)
{
    return call.services.library ? call.services.library() : std::vector<ShippedScript>();
}

Abilities abilitiesOf(const store::EquippedHome& home)
{
    Abilities abilities;
    for (const auto& device : home.devices) {
        QStringList names;
        if (!device.stream.isEmpty())
            names.append(device.stream);
        if (const auto* type = model::findDeviceType(device.type))
            for (const auto& parameter : type->parameters)
                names.append(QString::fromUtf8(parameter.name));
        for (const QString& name : std::as_const(names)) {
            abilities.insert(name);
            if (!device.use.isEmpty())
                abilities.insert(device.use + u':' + name);
        }
    }
    return abilities;
}

// What the script says it needs and the home lacks; a script that says nothing needs one of what it reads.
QStringList missingIn(const Abilities& abilities, const model::Manifest& manifest)
{
    const auto isThere = [&](const QStringList& names) {
        return std::any_of(names.begin(), names.end(), [&](const QString& name) { return abilities.contains(name); });
    };
    QStringList missing;
    for (auto need = manifest.needs.begin(); need != manifest.needs.end(); ++need)
        if (!isThere(need.value()))
            missing.append(need.key());
    const QStringList reads = manifest.reads.keys();
    if (manifest.needs.isEmpty() && !reads.isEmpty() && !isThere(reads))
        missing = reads;
    return missing;
}

Result<model::Page<model::LibraryScript>> listLibrary(Call& call, const protocol::LibraryList&)
{
    COHORT_TRY(homes, store::LibraryRepository(call.connection).homes(call.scope()));
    std::vector<Abilities> abilities;
    for (const auto& home : homes)
        abilities.push_back(abilitiesOf(home));
    model::Page<model::LibraryScript> page;
    for (const auto& shipped : library(call)) {
        const auto manifest = shipped.checked.found.manifest.value_or(model::Manifest());
        model::LibraryScript script{.name = shipped.name, .page = shipped.page, .manifest = manifest, .homes = {}};
        for (qsizetype i = 0; i < homes.size(); ++i) {
            const QStringList missing = missingIn(abilities.at(static_cast<std::size_t>(i)), manifest);
            script.homes.append({homes[i].id, homes[i].name, missing.isEmpty(), missing});
        }
        page.items.append(std::move(script));
    }
    return page;
}

Result<ShippedScript> find(const Call& call, const QString& name)
{
    for (auto& script : library(call))
        if (script.name == name)
            return script;
    return fail(ErrorCode::NotFound, u"no library script of this name"_s);
}

Result<ScriptId> createFrom(Call& call, const ShippedScript& shipped, const protocol::LibraryInstall& wanted)
{
    const QString title = shipped.checked.found.manifest->title;
    COHORT_TRY(id, store::ScriptRepository(call.connection)
                       .create(wanted.deployment, wanted.scriptName.value_or(title.isEmpty() ? shipped.name : title),
                               shipped.name));
    COHORT_TRY(saved, saveChecked(call,
                                  {.script = id,
                                   .base = 0,
                                   .source = shipped.source,
                                   .helpers = shipped.helpers,
                                   .comment = u"from the library"_s},
                                  shipped.checked));
    store::ScriptDeploymentRepository deployments(call.connection);
    if (wanted.parameters)
        COHORT_CHECK(deployments.setParameters(id, LocationId{}, *wanted.parameters));
    if (wanted.deploy.value_or(false))
        COHORT_CHECK(deployments.deploy(id, saved.id, wanted.locations, model::ScriptMode::Live));
    return id;
}

Result<model::Script> install(Call& call, const protocol::LibraryInstall& wanted)
{
    if (wanted.deploy.value_or(false))
        COHORT_CHECK(requireLiveRight(call));
    COHORT_TRY(shipped, find(call, wanted.name));
    if (!shipped.checked.found.manifest)
        return fail(ErrorCode::ScriptRefused, shipped.name);
    COHORT_CHECK(
        model::checkForm(shipped.checked.found.manifest->parameters, wanted.parameters.value_or(QJsonObject())));
    COHORT_TRY(id, createFrom(call, shipped, wanted));
    return changedScript(call, id);
}

} // namespace

HandlerRows libraryHandlers()
{
    return {handler<protocol::LibraryList, &listLibrary>(), handler<protocol::LibraryInstall, &install>()};
}

} // namespace cohort::api

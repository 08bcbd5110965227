#include "server/composer/deployed/script_table.h"

#include "server/composer/deployed/parameters.h"
#include "server/store/repositories/script_deployment_repository.h"
#include "server/store/repositories/script_repository.h"
#include "shared/base/log.h"

#include <QJsonDocument>

namespace cohort::composer {

namespace {

Result<VersionPtr> versionOf(const store::RunnableVersion& row)
{
    if (row.manifest.isEmpty())
        return fail(ErrorCode::ScriptRefused, QStringLiteral("version %1 was refused by the check").arg(row.number));
    COHORT_TRY(manifest, engine::manifestFromJson(row.manifest.toStdString()));
    if (manifest.scope != "home")
        return fail(ErrorCode::ScriptRefused, QStringLiteral("scripts of scope '%1' cannot run yet; use scope='home'")
                                                  .arg(QString::fromStdString(manifest.scope)));
    std::map<std::string, std::string> helpers;
    for (auto helper = row.helpers.begin(); helper != row.helpers.end(); ++helper)
        helpers[helper.key().toStdString()] = helper.value().toStdString();
    Interest interest(manifest);
    return std::make_shared<const Version>(
        Version{row.id, row.script, row.number, row.source.toStdString(), std::move(helpers),
                std::make_shared<const engine::Manifest>(std::move(manifest)), std::move(interest)});
}

} // namespace

Interest::Interest(const engine::Manifest& manifest)
{
    for (const engine::Trigger& trigger : manifest.triggers) {
        m_names[trigger.kind].insert(trigger.name);
        m_lasting = m_lasting || trigger.lasting.has_value();
    }
}

bool Interest::in(engine::EventKind kind, const std::string& name) const
{
    const auto found = m_names.find(kind);
    return found != m_names.end() && (found->second.contains(name) || found->second.contains({}));
}

bool Interest::bySchedule() const
{
    return m_names.contains(engine::EventKind::Schedule) || m_names.contains(engine::EventKind::Every);
}

bool Interest::byTime() const
{
    return bySchedule() || m_lasting || m_names.contains(engine::EventKind::Timer);
}

const Placement* DeployedScript::placement(Mode mode, LocationId location) const
{
    const auto own = homes.find({mode, location});
    if (own != homes.end())
        return &own->second;
    if (takenOff.contains({mode, location}))
        return nullptr;
    const auto& all = everywhere.at(static_cast<std::size_t>(mode));
    return all ? &*all : nullptr;
}

std::string DeployedScript::parameters(const Version& version, LocationId location) const
{
    const auto own = valuesOf.find(location);
    const QJsonObject merged =
        mergedParameters(*version.manifest, valuesForAll, own == valuesOf.end() ? QJsonObject() : own->second);
    return QJsonDocument(merged).toJson(QJsonDocument::Compact).toStdString();
}

Result<VersionPtr> ScriptTable::version(store::Connection& connection, VersionId id)
{
    if (const VersionPtr known = m_versions[id].lock())
        return known;
    COHORT_TRY(row, store::ScriptRepository(connection).runnable(id));
    COHORT_TRY(fresh, versionOf(row));
    m_versions[id] = fresh;
    return fresh;
}

Result<DeployedScript> ScriptTable::loadOne(store::Connection& connection, ScriptId script, DeploymentId deployment)
{
    DeployedScript deployed;
    deployed.id = script;
    deployed.deployment = deployment;
    store::ScriptDeploymentRepository repository(connection);
    COHORT_TRY(placements, repository.list(script));
    for (const auto& [versionId, place] : placements) {
        if (place.takenOff) {
            deployed.takenOff.insert({place.mode, place.location});
            continue;
        }
        auto used = version(connection, versionId);
        if (!used && used.error().code != ErrorCode::ScriptRefused && used.error().code != ErrorCode::CannotParse)
            return fail(used.error());
        if (!used) {
            log(LogLevel::Warning, "script-not-run",
                {{"script", script.value}, {"version", place.version}, {"reason", used.error().message()}});
            continue;
        }
        const Placement placement{*used, place.paused};
        if (place.location)
            deployed.homes[{place.mode, place.location}] = placement;
        else
            deployed.everywhere.at(static_cast<std::size_t>(place.mode)) = placement;
    }
    COHORT_TRY(values, repository.parameters(script));
    for (const store::ScriptParametersRow& row : values)
        (row.location ? deployed.valuesOf[row.location] : deployed.valuesForAll) = row.values;
    return deployed;
}

Result<void> ScriptTable::load(store::Connection& connection, ScriptId only)
{
    COHORT_TRY(rows, store::ScriptDeploymentRepository(connection).deployed(only));
    std::map<ScriptId, DeployedScript> fresh;
    for (const store::DeployedScript& row : rows) {
        COHORT_TRY(deployed, loadOne(connection, row.id, row.deployment));
        fresh.emplace(row.id, std::move(deployed));
    }
    if (only)
        m_scripts.erase(only);
    else
        m_scripts.clear();
    m_scripts.merge(fresh);
    return {};
}

std::vector<const DeployedScript*> ScriptTable::of(DeploymentId deployment) const
{
    std::vector<const DeployedScript*> scripts;
    for (const auto& [id, script] : m_scripts) {
        if (script.deployment == deployment)
            scripts.push_back(&script);
    }
    return scripts;
}

const DeployedScript* ScriptTable::find(ScriptId script) const
{
    const auto found = m_scripts.find(script);
    return found == m_scripts.end() ? nullptr : &found->second;
}

std::vector<ScriptId> ScriptTable::all() const
{
    std::vector<ScriptId> ids;
    for (const auto& [id, script] : m_scripts)
        ids.push_back(id);
    return ids;
}

} // namespace cohort::composer

// The scripts that are deployed: versions, where each runs, parameters.
// Thread: composer's. Owner: Configuration. Flow: script_deployment, script_version, script_parameter → here →
// instances. Source: composer.md, "Life of a script".
#pragma once

#include "server/composer/deployed/instance_key.h"
#include "server/engine/model.h"
#include "server/store/postgres/connection.h"

#include <QJsonObject>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace cohort::composer {

// Which rows may start a handler of a script: of others it needs to know only when it runs next.
class Interest
{
public:
    explicit Interest(const engine::Manifest& manifest);
    // `name`: of a fact without its prefix.
    bool in(engine::EventKind kind, const std::string& name) const;
    // There are schedules or `every` triggers.
    bool bySchedule() const;
    // Time alone may start a handler: schedules, timers, conditions that last.
    bool byTime() const;
    bool lasting() const { return m_lasting; }

private:
    std::map<engine::EventKind, std::set<std::string>> m_names; // the empty name: any
    bool m_lasting = false;
};

// Constant once it is loaded.
struct Version
{
    VersionId id;
    ScriptId script;
    int number = 0;
    std::string source;
    std::map<std::string, std::string> helpers;
    std::shared_ptr<const engine::Manifest> manifest;
    Interest interest;
};
using VersionPtr = std::shared_ptr<const Version>;

struct Placement
{
    VersionPtr version;
    bool paused = false;
};

struct DeployedScript
{
    ScriptId id;
    DeploymentId deployment;
    std::array<std::optional<Placement>, 2> everywhere; // by Mode
    std::map<std::pair<Mode, LocationId>, Placement> homes;
    std::set<std::pair<Mode, LocationId>> takenOff; // while it runs in all others
    QJsonObject valuesForAll;
    std::map<LocationId, QJsonObject> valuesOf;

    // What runs there, or null. A home's own row goes before the one of all homes.
    const Placement* placement(Mode mode, LocationId location) const;
    // Compact JSON: home.parameters.
    std::string parameters(const Version& version, LocationId location) const;
};

class ScriptTable
{
public:
    // All scripts, or the one given, as the database has them now. Versions that were refused are left out with a
    // warning. Errors: those of Connection.
    Result<void> load(store::Connection& connection, ScriptId only = {});
    // In the order of their ids.
    std::vector<const DeployedScript*> of(DeploymentId deployment) const;
    const DeployedScript* find(ScriptId script) const;
    std::vector<ScriptId> all() const;

private:
    Result<DeployedScript> loadOne(store::Connection& connection, ScriptId script, DeploymentId deployment);
    Result<VersionPtr> version(store::Connection& connection, VersionId id);

    std::map<ScriptId, DeployedScript> m_scripts;
    std::map<VersionId, std::weak_ptr<const Version>> m_versions;
};

} // namespace cohort::composer

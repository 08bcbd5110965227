// Scripts and homes as the database has them, and the instances that follow from both.
// Thread: composer's. Owner: Core. Flow: `change` rows → here → script_instance rows (made, removed, other version,
// paused) → Changed, which Core applies between runs. Source: composer.md, "Life of a script".
#pragma once

#include "server/bus/notice.h"
#include "server/composer/deployed/home_table.h"
#include "server/composer/deployed/script_table.h"
#include "server/store/log/log_row.h"
#include "server/store/repositories/home_repository.h"
#include "server/store/repositories/instance_repository.h"

#include <set>
#include <vector>

namespace cohort::composer {

// What Core has to do with instances in memory.
struct Changed
{
    std::set<ScriptId> scripts;           // versions, places, parameters may be other ones
    std::set<LocationId> homes;           // look at the home again
    std::vector<InstanceKey> gone;        // not deployed, or paused
    std::vector<InstanceKey> renewed;     // made anew: what is in memory of them is old
    std::vector<bus::Notice> notices;     // what ended with a script's place
    std::vector<store::LogRow> installed; // event rows for newly deployed instances that have on.installed
    bool empty() const
    {
        return scripts.empty() && homes.empty() && gone.empty() && installed.empty() && notices.empty();
    }
};

class Configuration
{
public:
    Configuration(store::Connection& connection, const Clock& clock) : m_connection(connection), m_clock(clock) {}

    Timestamp now() const { return m_clock.now(); }

    // Everything, for these shards. Instances that are missing are made, at the present.
    Result<Changed> load(const std::vector<int>& shards);
    // What changed since. Before it everything that waits must be committed. `due` says whether there is anything.
    Result<bool> due();
    Result<Changed> apply();

    const Placement* placement(const InstanceKey& key) const;
    std::string parameters(const InstanceKey& key, const Version& version) const;
    const ScriptTable& scripts() const { return m_scripts; }
    HomeTable& homes() { return m_homes; }
    const std::vector<int>& shards() const { return m_shards; }

private:
    struct Wanted
    {
        std::vector<store::InstanceRow> made;
        std::vector<store::InstanceId> removed, paused, resumed;
        std::map<VersionId, std::vector<store::InstanceId>> changed;
        std::map<VersionId, bool> fresh;
        std::vector<LocationId> installed; // to be told on.installed
    };
    Result<void> endUnplaced(ScriptId script, Changed& changed);
    // Makes the script's instance rows what its deployments say.
    Result<void> sync(ScriptId script, Changed& changed);
    Wanted compare(const DeployedScript& script, const std::vector<store::InstanceKeyRow>& there);
    Result<void> write(ScriptId script, Wanted& wanted);

    store::Connection& m_connection;
    const Clock& m_clock;
    store::ChangeReader m_changes;
    std::vector<int> m_shards;
    ScriptTable m_scripts;
    HomeTable m_homes;
    std::vector<store::ChangeRow> m_read; // read and not applied
};

} // namespace cohort::composer

// The instances in memory: loaded when a row or a clock wants them, put away when others need the room.
// Thread: composer's. Owner: Core. Flow: Distributor, WakeQueue → find or load → InstanceEntry → lane.
// Source: architecture.md, rule 5. Every deployed instance has its row; only those at work are in memory.
#pragma once

#include "server/composer/deployed/configuration.h"
#include "server/composer/instances/instance_entry.h"
#include "server/store/postgres/connection.h"

#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace cohort::composer {

class InstanceTable
{
public:
    InstanceTable(store::Connection& connection, Configuration& configuration, std::size_t most)
        : m_connection(connection), m_configuration(configuration), m_most(most)
    {
    }

    // Null when it is not in memory.
    InstanceEntryPtr find(const InstanceKey& key) const;
    // From memory, or as the database has it: never before `position`, which is what its shard has been given so far.
    // Null when it does not run (not deployed, paused, stopped by errors). Errors: those of Connection.
    Result<InstanceEntryPtr> findOrLoad(const InstanceKey& key, const engine::LogPosition& position);
    // Out of memory; what is still under way of it is not used.
    void remove(const InstanceKey& key);
    // Stopped by errors: not loaded again until forgetStopped().
    void stop(const InstanceKey& key);
    void forgetStopped(ScriptId script);
    // Builds it again in the version that it has now, with the rows that wait. Errors: those of Connection.
    Result<void> rebuild(InstanceEntry& entry, VersionPtr version, bool fresh) const;
    // Its devices, rooms or zone changed. Errors: those of Connection.
    Result<void> changeHome(InstanceEntry& entry, std::shared_ptr<const engine::HomeInfo> home) const;

    std::vector<InstanceEntryPtr> of(ScriptId script) const;
    std::vector<InstanceEntryPtr> of(LocationId location) const;
    const std::unordered_map<InstanceKey, InstanceEntryPtr, InstanceKeyHash>& all() const { return m_entries; }
    // Puts away the longest unused of those that have nothing to do, until there are few enough.
    void evict();
    std::size_t waitingRows() const;

private:
    Result<InstanceEntryPtr> load(const InstanceKey& key, const engine::LogPosition& position);
    Result<void> addLatest(engine::InstanceState& state, const InstanceEntry& entry);
    // Conditions that have to last and hold already begin with the stored value that began them.
    Result<void> beginLasting(InstanceEntry& entry) const;

    store::Connection& m_connection;
    Configuration& m_configuration;
    const std::size_t m_most;
    std::unordered_map<InstanceKey, InstanceEntryPtr, InstanceKeyHash> m_entries;
    std::unordered_set<InstanceKey, InstanceKeyHash> m_stopped;
    std::uint64_t m_tick = 0;
};

// Gives the rows that the instance's position does not cover; drops the others.
void dropApplied(InstanceEntry& entry);

} // namespace cohort::composer

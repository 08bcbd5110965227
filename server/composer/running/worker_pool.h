// The worker processes of each deployment: a few lanes for its scripts, and lanes of their own for suspects.
// Thread: composer's. Owner: InstanceRunner. Flow: entry → its lane → worker. Never shared between deployments.
// Source: composer.md, "Where it runs".
#pragma once

#include "server/composer/running/lane.h"

#include <map>
#include <memory>

namespace cohort::composer {

struct PoolOptions
{
    LaneOptions lane;
    int lanesPerDeployment = 4; // a script each while there are so few
    int suspectLanes = 2;
};

class WorkerPool
{
public:
    WorkerPool(PoolOptions options, LaneOwner& owner) : m_options(std::move(options)), m_owner(owner) {}

    // Queues the entry where it belongs, and sends if that worker is idle.
    void add(const InstanceEntryPtr& entry, bool first = false);
    void pump();
    // To the worker that asked, if it still runs.
    void answer(const engine::wire::HistoryAnswer& answer, std::uint64_t serial);
    // Ends workers that have had nothing to do since the last call.
    void rest();

    std::size_t waiting() const;
    std::size_t out() const;

private:
    using LaneKey = std::pair<DeploymentId, int>;
    Lane& laneOf(const InstanceEntry& entry);
    int slotOf(DeploymentId deployment, ScriptId script);

    PoolOptions m_options;
    LaneOwner& m_owner;
    std::map<LaneKey, std::unique_ptr<Lane>> m_lanes;
    std::map<DeploymentId, std::map<ScriptId, int>> m_slots;
};

} // namespace cohort::composer

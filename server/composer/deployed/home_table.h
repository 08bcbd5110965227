// The homes of our shards: whose they are, and what they look like, kept while somebody needs it.
// Thread: composer's. Owner: Configuration. Flow: location, room, device → here → instances.
// Source: architecture.md, rule 5.
#pragma once

#include "server/engine/model.h"
#include "server/store/postgres/connection.h"

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace cohort::composer {

using HomePtr = std::shared_ptr<const engine::HomeInfo>;

struct LoadedHome
{
    HomePtr info;
    DeploymentId deployment;
    bool allowsNumpy = false;
};

class HomeTable
{
public:
    // All homes of these shards; homes that were added meanwhile are returned.
    Result<std::vector<LocationId>> loadLocations(store::Connection& connection, const std::vector<int>& shards);
    // Nothing: not a home of our shards.
    std::optional<DeploymentId> deploymentOf(LocationId location) const;
    // Its clock is that of its data.
    bool isByEvents(LocationId location) const;
    std::vector<LocationId> of(DeploymentId deployment) const;
    int shardOf(LocationId location) const { return static_cast<int>(location.value % 64); }
    // As it is, from memory while anybody holds it. Errors: NotFound, those of Connection.
    Result<LoadedHome> home(store::Connection& connection, LocationId location);
    // It changed: read it again when it is next needed.
    void forget(LocationId location);

private:
    struct Place
    {
        DeploymentId deployment;
        bool byEvents = false;
    };
    struct Cached
    {
        std::weak_ptr<const engine::HomeInfo> info;
        bool allowsNumpy = false;
    };
    std::unordered_map<LocationId, Place> m_places;
    std::unordered_map<LocationId, Cached> m_homes;
};

} // namespace cohort::composer

// The device contexts in memory, least recently used first out, with the ways to find them.
// Thread: any, under DeviceCache's lock. Owner: DeviceCache. Flow: lookup thread puts → io threads find.
#pragma once

#include "server/ingest/device_cache.h"

#include <list>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace cohort::ingest {

class ContextMemory
{
public:
    explicit ContextMemory(std::size_t capacity) : m_capacity(capacity) {}

    DeviceContextPtr byToken(const std::string& hash);
    DeviceContextPtr byKey(const std::string& key); // a tokenless one
    DeviceContextPtr byId(DeviceId id);
    // Adds or replaces; a replaced one keeps its rate.
    DeviceContextPtr put(std::shared_ptr<DeviceContext> context);
    // From now on this hash finds the device, which must be there.
    void addToken(const std::string& hash, DeviceId device, std::optional<Timestamp> expires);
    // From now on its key finds the tokenless device.
    void addKey(DeviceId device);
    void remove(DeviceId device);
    // Drops the device's tokens that are not in `good`; true when there was one.
    bool keepTokens(DeviceId device, const std::unordered_set<std::string>& good);
    // Whether the device is found by its key without a token.
    bool isTokenless(DeviceId device) const;
    // Drops tokens that have run out; the devices they were of.
    std::vector<DeviceId> expire(Timestamp now);

    bool contains(DeviceId id) const { return m_entries.contains(id); }
    // The gateways in memory that have this device behind them: after a move for a moment the old one beside the new one.
    std::vector<DeviceId> gatewaysOf(DeviceId child) const;
    std::vector<DeviceId> of(DeploymentId deployment) const;
    std::vector<DeviceId> of(LocationId location) const;
    std::size_t size() const { return m_entries.size(); }

private:
    struct Entry
    {
        DeviceContextPtr context;
        std::vector<std::string> tokens;
        bool byKey = false;
        std::list<DeviceId>::iterator used;
    };
    DeviceContextPtr touch(DeviceId id);
    void forgetChildren(const DeviceContext& context);

    std::size_t m_capacity;
    std::unordered_map<DeviceId, Entry> m_entries;
    std::list<DeviceId> m_used; // the most recent first
    std::unordered_map<std::string, DeviceId> m_byToken;
    std::unordered_map<std::string, DeviceId> m_byKey;
    std::unordered_multimap<DeviceId, DeviceId> m_gatewaysOf;
    std::multimap<Timestamp, std::string> m_expiries;
};

} // namespace cohort::ingest

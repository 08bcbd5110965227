// When instances want to be looked at although no row comes: timers and schedules of homes with a real clock.
// Thread: composer's. Owner: Core. Flow: Instance::wakeAt → here → one QTimer → due instances.
// Source: architecture.md, rule 7. Holds instances that are not in memory, too.
#pragma once

#include "server/composer/deployed/instance_key.h"
#include "shared/base/time.h"

#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace cohort::composer {

class WakeQueue
{
public:
    // Nothing: never.
    void set(const InstanceKey& key, std::optional<Timestamp> when)
    {
        const auto found = m_times.find(key);
        if (found != m_times.end()) {
            if (when && *when == found->second)
                return;
            m_order.erase({found->second, key});
            m_times.erase(found);
        }
        if (when) {
            m_times.emplace(key, *when);
            m_order.emplace(*when, key);
        }
    }
    std::optional<Timestamp> next() const
    {
        return m_order.empty() ? std::nullopt : std::optional(m_order.begin()->first);
    }
    // Those that are due, at most `most`, in order of time; they are taken out.
    std::vector<InstanceKey> popDue(Timestamp now, std::size_t most)
    {
        std::vector<InstanceKey> due;
        while (!m_order.empty() && m_order.begin()->first <= now && due.size() < most) {
            due.push_back(m_order.begin()->second);
            m_times.erase(due.back());
            m_order.erase(m_order.begin());
        }
        return due;
    }
    std::size_t size() const { return m_order.size(); }

private:
    std::set<std::pair<Timestamp, InstanceKey>> m_order;
    std::unordered_map<InstanceKey, Timestamp, InstanceKeyHash> m_times;
};

} // namespace cohort::composer

// The newest value of every stream and fact that an instance has seen, and which changed since the worker was
// told. Thread: the owner's. Owner: one Instance. Flow: rows, facts set → table → changes → the worker's
// mirror. Source: composer.md, "home".
#pragma once

#include "server/engine/model.h"

#include <map>
#include <set>
#include <tuple>

namespace cohort::engine {

class LatestTable
{
public:
    void restore(const std::vector<Latest>& all);
    // The newest value, or null.
    const Latest* find(bool isFact, DeviceId device, const std::string& name, const std::string& index) const;
    // Takes the value unless there is a newer one; at equal time the later call is newer. True when it was
    // taken.
    bool offer(Latest latest);
    std::vector<Latest> all() const;
    // What changed since the last call, by fact, device, name and index.
    std::vector<Latest> drainChanges();
    void markAllChanged();

private:
    using Key = std::tuple<bool, DeviceId, std::string, std::string>;
    std::map<Key, Latest> m_values;
    std::set<Key> m_changed;
};

} // namespace cohort::engine

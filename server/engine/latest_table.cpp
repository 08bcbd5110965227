#include "server/engine/latest_table.h"

namespace cohort::engine {

void LatestTable::restore(const std::vector<Latest>& all)
{
    for (const Latest& latest : all)
        offer(latest);
    markAllChanged();
}

const Latest* LatestTable::find(bool isFact, DeviceId device, const std::string& name, const std::string& index) const
{
    const auto found = m_values.find({isFact, device, name, index});
    return found == m_values.end() ? nullptr : &found->second;
}

bool LatestTable::offer(Latest latest)
{
    const Key key{latest.isFact, latest.device, latest.name, latest.index};
    const auto found = m_values.find(key);
    if (found != m_values.end() && found->second.time > latest.time)
        return false;
    m_values.insert_or_assign(key, std::move(latest));
    m_changed.insert(key);
    return true;
}

std::vector<Latest> LatestTable::all() const
{
    std::vector<Latest> values;
    values.reserve(m_values.size());
    for (const auto& [key, latest] : m_values)
        values.push_back(latest);
    return values;
}

std::vector<Latest> LatestTable::drainChanges()
{
    std::vector<Latest> changes;
    changes.reserve(m_changed.size());
    for (const Key& key : m_changed)
        changes.push_back(m_values.at(key));
    m_changed.clear();
    return changes;
}

void LatestTable::markAllChanged()
{
    for (const auto& [key, latest] : m_values)
        m_changed.insert(key);
}

} // namespace cohort::engine

#include "server/engine/lasting.h"

#include "server/engine/trigger_filter.h"

#include <algorithm>

namespace cohort::engine {
namespace {

bool isOf(const LastingConditions::Key& key, const Input& row)
{
    return key.device == row.device && key.name == scriptName(row.kind, row.name) && key.index == row.index;
}

bool isWithin(const LastingConditions::Reach& reach, const LastingConditions::Key& key,
              const LastingConditions::Entry& entry)
{
    if (!entry.wasOver())
        return entry.due <= reach.limit;
    if (reach.catchingUp)
        return false;
    return reach.late ? isOf(key, *reach.late) && entry.due <= reach.late->time : entry.due <= reach.limit;
}

} // namespace

void LastingConditions::note(const Trigger& trigger, const Key& key, const Value& value, Timestamp time,
                             Timestamp heard)
{
    if (!conditionHolds(trigger, value)) {
        m_entries.erase(key);
        return;
    }
    const bool byValue = !trigger.above && !trigger.below;
    const auto found = m_entries.find(key);
    if (found != m_entries.end() && (!byValue || found->second.value == value))
        return;
    m_entries.insert_or_assign(key, Entry{time, time + trigger.lasting.value_or(Milliseconds(0)), value, false, heard});
}

const std::pair<const LastingConditions::Key, LastingConditions::Entry>*
LastingConditions::first(const Reach& reach) const
{
    const std::pair<const Key, Entry>* found = nullptr;
    for (const auto& entry : m_entries) {
        if (!entry.second.fired && isWithin(reach, entry.first, entry.second) &&
            (!found || entry.second.moment() < found->second.moment()))
            found = &entry;
    }
    return found;
}

std::optional<Timestamp> LastingConditions::next() const
{
    std::optional<Timestamp> earliest;
    for (const auto& [key, entry] : m_entries) {
        if (!entry.fired && (!earliest || entry.moment() < *earliest))
            earliest = entry.moment();
    }
    return earliest;
}

void LastingConditions::fired(const Key& key)
{
    if (const auto found = m_entries.find(key); found != m_entries.end())
        found->second.fired = true;
}

void LastingConditions::drop(const Key& key)
{
    m_entries.erase(key);
}

void LastingConditions::keepOnly(const std::function<bool(const Key&)>& which)
{
    std::erase_if(m_entries, [&which](const auto& entry) { return !which(entry.first); });
}

void LastingConditions::restore(const Key& key, Entry entry)
{
    m_entries.insert_or_assign(key, std::move(entry));
}

} // namespace cohort::engine

#include "server/engine/lasting.h"

#include "server/engine/trigger_filter.h"

namespace cohort::engine {

void LastingConditions::note(const Trigger& trigger, const Key& key, const Value& value, Timestamp time)
{
    if (!conditionHolds(trigger, value)) {
        m_entries.erase(key);
        return;
    }
    const bool byValue = !trigger.above && !trigger.below;
    const auto found = m_entries.find(key);
    if (found != m_entries.end() && (!byValue || found->second.value == value))
        return;
    m_entries.insert_or_assign(key, Entry{time, time + trigger.lasting.value_or(Milliseconds(0)), value, false});
}

const std::pair<const LastingConditions::Key, LastingConditions::Entry>* LastingConditions::first() const
{
    const std::pair<const Key, Entry>* found = nullptr;
    for (const auto& entry : m_entries) {
        if (!entry.second.fired && (!found || entry.second.due < found->second.due))
            found = &entry;
    }
    return found;
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

void LastingConditions::restore(const Key& key, Entry entry)
{
    m_entries.insert_or_assign(key, std::move(entry));
}

} // namespace cohort::engine

// Conditions that have to hold for a time: since when each does, per trigger and stream, and when it is due.
// Thread: the owner's. Owner: one Instance. Flow: samples → note() → due → Instance runs the handler, once.
// Source: composer.md, "Triggers": `above=50, lasting="10m"`.
#pragma once

#include "server/engine/model.h"

#include <map>
#include <tuple>

namespace cohort::engine {

class LastingConditions
{
public:
    struct Key
    {
        std::string trigger; // its signature
        DeviceId device;
        std::string name;
        std::string index;
        auto operator<=>(const Key&) const = default;
    };
    struct Entry
    {
        Timestamp since;
        Timestamp due;
        Value value;        // without above or below the value itself must stay
        bool fired = false; // not again before the condition was broken
    };

    // A sample of the stream came. Starts, keeps or breaks the condition.
    void note(const Trigger& trigger, const Key& key, const Value& value, Timestamp time);
    // The one that is due first and has not fired; at one moment by key. Null when there is none.
    const std::pair<const Key, Entry>* first() const;
    void fired(const Key& key);
    void drop(const Key& key);
    void restore(const Key& key, Entry entry);
    const std::map<Key, Entry>& entries() const { return m_entries; }

private:
    std::map<Key, Entry> m_entries;
};

} // namespace cohort::engine

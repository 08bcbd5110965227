// Conditions that have to hold for a time: since when each does, per trigger and stream, and when it is due.
// Thread: the owner's. Owner: one Instance. Flow: samples → note() → due → Instance runs the handler, once.
// Source: composer.md, "Triggers": `above=50, lasting="10m"`.
#pragma once

#include "server/engine/model.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
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
        Timestamp heard;    // the home's clock when it was heard of: it fires no earlier

        Timestamp moment() const { return std::max(due, heard); } // at which it fires
        bool wasOver() const { return due < heard; }              // when it was heard of
    };
    // How far the conditions may fire now.
    struct Reach
    {
        Timestamp limit;             // what is due at or before it
        const Input* late = nullptr; // the row that is next, when it came late: what was over when it was heard of
                                     // waits for what else came late, which may end it
        bool catchingUp = false;     // nothing says yet that what came late is complete
    };

    // A sample of the stream came. Starts, keeps or breaks the condition.
    void note(const Trigger& trigger, const Key& key, const Value& value, Timestamp time, Timestamp heard);
    // The one that fires first within reach and has not fired; at one moment by key. Null when there is none.
    const std::pair<const Key, Entry>* first(const Reach& reach) const;
    // When the first of all fires; nothing: never.
    std::optional<Timestamp> next() const;
    void fired(const Key& key);
    void drop(const Key& key);
    void keepOnly(const std::function<bool(const Key&)>& which);
    void restore(const Key& key, Entry entry);
    const std::map<Key, Entry>& entries() const { return m_entries; }

private:
    std::map<Key, Entry> m_entries;
};

} // namespace cohort::engine

// The engine's own part of an instance's state, and its JSON: lasting conditions, schedule cursors, the row
// at work. Thread: pure functions on values. Owner: one Instance. Flow: Instance ⇄ InstanceState::extra ⇄ the
// database. Source: architecture.md, rule 4.
#pragma once

#include "server/engine/lasting.h"
#include "server/engine/model.h"

#include <deque>
#include <map>
#include <string>

class QJsonValue;

namespace cohort::engine {

// A call that is still to be made for what the instance is at.
struct PendingRun
{
    std::string handler; // by name, so that another version finds it
    Event event;
    Timestamp now;
};

// What the instance is at: one row, or one firing (no row), with the calls that are left.
struct Unit
{
    struct Row
    {
        std::int16_t writer = 0;
        std::int64_t number = 0;
        std::int32_t ordinal = 0;
        bool operator==(const Row&) const = default;
    };
    std::optional<Row> row;
    std::deque<PendingRun> pending;
    int calls = 0; // made or waiting, for the bound
};

struct Extra
{
    std::map<LastingConditions::Key, LastingConditions::Entry> lasting;
    std::map<std::string, Timestamp> schedules; // signature → cursor
    Unit unit;
};

std::string toJson(const Extra& extra);
// What cannot be read is left out: it is our own text, and an instance must start.
Extra extraFromJson(const std::string& json);

// A JSON value (not only an object or list) ⇄ Value: truth values are 1 and 0, nothing for null, lists,
// objects.
std::optional<Value> valueFromJson(const QJsonValue& json);

} // namespace cohort::engine

// An instance as the database keeps it, and what of it changed.
// Thread: pure functions. Owner: nobody. Flow: store::InstanceRow ⇄ engine::InstanceState.
// Source: architecture.md, rules 4 and 5.
#pragma once

#include "server/composer/instances/instance_entry.h"
#include "server/store/repositories/instance_repository.h"

#include <optional>

namespace cohort::composer {

// script_instance.engine: {"applied": {"1": [number, ordinal]}, "clock": ms, "wakeAt": ms, "extra": {…}, "facts": […]};
// "lastingAnew": true after a pause: conditions that last begin as at a deployment;
// "schedulesFrom": with it, the home's present at that moment, ms since 1970.
engine::LogPosition positionOf(const QJsonObject& engine);
QJsonObject positionJson(const engine::LogPosition& position);
// For SQL: whole batches have the greatest ordinal.
std::vector<store::LogPoint> logPoints(const engine::LogPosition& position);
// The one that is further, writer by writer.
engine::LogPosition further(const engine::LogPosition& a, const engine::LogPosition& b);

// Without the latest values, which come from the measurements. Facts of a shadow are only kept here.
engine::InstanceState stateOf(const store::InstanceRow& row);
// What `stored` says of a row that was just read.
Stored storedOf(const store::InstanceRow& row, const engine::InstanceState& state);

struct RowToStore
{
    store::InstanceRow row;
    Stored stored; // becomes the entry's after the commit
};
// The row as it would be stored now; nothing when only its position changed, unless `always`.
std::optional<RowToStore> rowToStore(const InstanceEntry& entry, bool always);

} // namespace cohort::composer

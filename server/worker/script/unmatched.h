// Which triggers of a script can have nothing to do in a home, or had nothing to do, and what there is instead.
// Thread: pure functions. Owner: nobody. Flow: manifest, devices, rows, runs → sentences → ScriptRunner.
// Source: composer.md, "Triggers".
#pragma once

#include "server/worker/script/home_files.h"

#include <QStringList>

#include <map>
#include <set>

namespace cohort::worker {

using TriggerPlaces = std::set<std::size_t>; // in the manifest's order

// A sentence for each trigger whose filters match no device, or whose measurement no row of such a device has, or
// no row with such a value; by its place in the manifest.
std::map<std::size_t, QString> unmatchedTriggers(const engine::Manifest& manifest, const engine::HomeInfo& home,
                                                 const Rows& rows);
// The triggers that may have called this run's handler.
TriggerPlaces triggersOf(const engine::Run& run, const engine::Manifest& manifest);
// Once the rows are over: a sentence for each trigger that is not among `heard` and waits for what no row brought, or a
// file never brings. None for timers: what starts them speaks for itself. `span`: "FIRST to LAST", the rows' times; empty: no
// rows.
QStringList unheardTriggers(const engine::Manifest& manifest, const TriggerPlaces& heard, const QString& span);

} // namespace cohort::worker

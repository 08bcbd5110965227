// Which triggers of a script can have nothing to do in a home, and what there is instead.
// Thread: pure functions. Owner: nobody. Flow: manifest, devices, rows → sentences → ScriptRunner.
// Source: composer.md, "Triggers".
#pragma once

#include "server/worker/script/home_files.h"

#include <QStringList>

namespace cohort::worker {

// A sentence for each trigger whose filters match no device, or whose measurement no row of such a device has, or
// no row with such a value.
QStringList unmatchedTriggers(const engine::Manifest& manifest, const engine::HomeInfo& home, const Rows& rows);

} // namespace cohort::worker

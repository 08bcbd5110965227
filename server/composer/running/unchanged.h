// Which effects of a run change nothing: a timer started again to the same moment, one cancelled that does not run, a fact
// with the value that it has, an alert resolved that is not open. They are no rows.
// Thread: composer's. Owner: InstanceRunner. Flow: decided effects → here → what is recorded.
// Source: composer.md, "Limits".
#pragma once

#include "server/composer/commit/effects.h"
#include "server/composer/instances/instance_entry.h"

namespace cohort::composer {

// One answer an effect, in their order; to be asked before the engine hears of them. `effects` as the run gave them,
// `decided` what became of them. Keeps in the entry which alerts it knows to be closed.
std::vector<bool> unchangedOf(InstanceEntry& entry, const engine::Run& run, const std::vector<engine::Effect>& effects,
                              const std::vector<Decided>& decided);

} // namespace cohort::composer

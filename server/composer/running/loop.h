// Scripts of one home whose facts and signals follow each other for ever: which they are, and what is said of it.
// Thread: pure functions on composer's values. Owner: nobody. Flow: a call that was not made → here → InstanceRunner.
// Source: composer.md, "Limits": the scripts of the loop are paused in that home.
#pragma once

#include "server/composer/instances/instance_entry.h"

#include <vector>

namespace cohort::composer {

// How far from its measurement a run that causes more may be before it counts as one of a chain: half of what ends it.
constexpr int ChainedDepth = engine::Instance::MostDepth / 2;
constexpr Milliseconds ChainRemembered{60'000};

// Of those of a home, in the order of their scripts: the one whose handler was not called, the script whose fact or signal
// it was, and those that passed such a chain on within the last minute. In shadow nobody hears of what it does: alone.
std::vector<InstanceEntryPtr> scriptsOfLoop(const std::vector<InstanceEntryPtr>& ofHome, const InstanceEntryPtr& found,
                                            ScriptId sender, Timestamp now);
// What its authors and the coordinators read.
QString wordsOfLoop(const std::vector<InstanceEntryPtr>& scripts, const QString& handler, const QString& event);

} // namespace cohort::composer

// Which runs are kept, and how their trigger reads.
// Thread: pure functions. Owner: nobody. Flow: finished run → here → script_run.
// Source: composer.md, "Traces".
#pragma once

#include "server/engine/model.h"

#include <QJsonObject>
#include <QString>

namespace cohort::composer {

constexpr std::uint32_t LongRunUs = 100'000;
constexpr std::uint64_t SampleOneOf = 100;

// Every run with an effect, an error, a reason or a line of log, or that took long; of the others one in a hundred, by
// its seed. A line stays until ScriptLinesMost newer ones are there (RunLogRepository::keepNewestLines).
bool isRecorded(const engine::Run& run, const engine::RunResult& result);
// {kind, time, name, index, device (key), value, previous, late, depth, data}; what is empty is left out.
QJsonObject triggerJson(const engine::Event& event, const engine::HomeInfo& home);

} // namespace cohort::composer

// A row of the log as an instance is given it, and the rows that composer writes itself.
// Thread: pure functions. Owner: nobody. Flow: store::LogRow ⇄ engine::Input.
// Source: architecture.md, rule 2.
#pragma once

#include "server/composer/instances/instance_entry.h"
#include "server/store/log/log_row.h"
#include "server/store/repositories/silence_repository.h"

#include <QJsonValue>

namespace cohort::composer {

struct InputRow
{
    InputPtr input;
    ScriptId only; // the row is for this script; none: for all
};

// Nothing for rows that start no handler of anybody (timers' firings, configuration).
std::optional<InputRow> inputOf(const store::LogBatch& batch, const store::LogRow& row);
// With the prefix that facts have in the log.
std::string factStreamName(const std::string& name);

// Rows of composer's own writer, without ordinals.
store::LogRow firingRow(const InstanceEntry& entry, const engine::Firing& firing);
// `effect`: the payload as the run gave it, of which every digit is kept.
store::LogRow signalRow(const InstanceEntry& entry, const std::string& effect, Timestamp now, int depth);
std::optional<store::LogRow> factRow(const InstanceEntry& entry, const QJsonObject& payload, Timestamp now, int depth);
store::LogRow installedRow(LocationId location, ScriptId script, Timestamp now);
// event.data: {"since": ISO time} of the last measurement before the silence.
store::LogRow silenceRow(const store::SilenceChange& change, Timestamp now);

} // namespace cohort::composer

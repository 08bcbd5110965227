// What the log is made of: rows in batches. Composer, subscriptions and backtests all see these.
// Thread: values. Owner: shared, constant after the commit. Flow: committer or composer's shards → bus → readers.
// Source: architecture.md, rule 2.
#pragma once

#include "shared/base/ids.h"
#include "shared/base/time.h"
#include "shared/base/value.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cohort::store {

// Measurement and Fact are rows of `measurement`; the others of `event` (column kind: the name beside it).
enum class RowKind : std::uint8_t {
    Measurement,
    Fact,
    Timer,              // timer: name = the timer's name, data = its data; script in data.script
    DeviceConnected,    // device-connected
    DeviceDisconnected, // device-disconnected
    DeviceReporting,    // device-reporting
    DeviceSilent,       // device-silent
    AlertAnswered,      // alert-answered: name = key, data = {alert, answer, action, actor}; script, where it is one's
    QuestionAnswered,   // question-answered: name = key, data = {message, answer, participant}
    ParticipantMessage, // participant-message: data = {message, participant}
    CommandFinished,    // command-finished: data = {command, state, result}; script, where one asked
    Signal,             // signal: name, data
    Installed,          // installed: data = {script}
    Configuration,      // configuration: something that scripts see of the home changed
};
const char* rowKindName(RowKind kind);
std::optional<RowKind> rowKindFromName(std::string_view name);

// Flags of a measurement.
constexpr std::int16_t NoClockFlag = 1;    // its time is that of its receipt
constexpr std::int16_t DurationalFlag = 2; // a difference since the last one
constexpr std::int16_t OfTextsFlag = 4;    // a text of a stream of texts: no word that there is no number

struct LogRow
{
    std::int32_t ordinal = 0;
    RowKind kind = RowKind::Measurement;
    LocationId location;
    DeviceId device;        // none: about the location
    StreamId stream;        // measurements and facts
    Timestamp time;         // event time
    Value value;            // measurements and facts
    std::string name;       // the parameter, fact, timer, alert key, signal
    std::string index;      // measurements: the parameter's index
    std::string data;       // events: a JSON object
    ScriptId script;        // facts, timers, signals: the script that made it
    int depth = 0;          // how many facts or signals deep from one measurement
    std::int16_t flags = 0; // measurements: NoClockFlag, …
};

// One committed batch.
struct LogBatch
{
    std::int16_t writer = 0;
    std::int64_t number = 0;
    Timestamp arrival;
    std::vector<LogRow> rows; // by ordinal
};
using LogBatchPtr = std::shared_ptr<const LogBatch>;

} // namespace cohort::store

// Messages between a worker's host and cohort-worker: packed little-endian binary, length-prefixed, with a
// nonce. Thread: pure functions. Owner: nobody. Flow: host → frame → worker → frame → host, which trusts
// nothing in it. Source: composer.md, "The sandbox", 5.
#pragma once

#include "server/engine/model.h"

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace cohort::engine::wire {

constexpr std::size_t FrameLimit = 8 * 1024 * 1024; // larger: the worker is killed

// ---- host → worker
// -------------------------------------------------------------------------------------------
struct Load // a script's version; answered by Loaded
{
    std::uint32_t script = 0; // the host's handle for this version
    std::string source;
    std::map<std::string, std::string> helpers;
};
struct Check // sanitize and load, keep nothing; answered by Loaded; the worker is thrown away after it
{
    std::string name; // for messages, "script"
    std::string source;
    std::map<std::string, std::string> helpers;
};
struct SetHome // the home's configuration; before its first run and when it changes
{
    std::uint32_t home = 0; // the host's handle
    HomeInfo info;
};
struct SetInstance // parameters and state of (script, home); before its first run and when parameters change
{
    std::uint32_t script = 0;
    std::uint32_t home = 0;
    std::string parameters; // JSON object: every parameter, defaults filled in
    std::string state;      // JSON
    bool dropLatest = true; // forget the mirror of latest values
};
struct RunOne
{
    std::uint32_t script = 0;
    std::uint32_t home = 0;
    Run run;
    std::vector<Latest> changes;     // to the mirror of latest values, before the run
    std::vector<std::string> timers; // names of the script's timers that run
};
struct RunBatch
{
    std::vector<RunOne> runs;
}; // done in order; a run that awaits lets the next ones go on
struct HistoryAnswer
{
    std::uint64_t run = 0;
    std::uint32_t query = 0;
    std::string error;                 // empty: fine
    std::vector<std::int64_t> timesMs; // oldest first
    std::vector<Value> values;         // as many: numbers; none: a gap
};

// ---- worker → host
// -------------------------------------------------------------------------------------------
struct Fault
{
    std::string file; // script, or the helper's name
    int line = 0;     // 1…
    int column = 0;   // 1…
    std::string message;
};
struct Loaded
{
    std::uint32_t script = 0;
    std::vector<Fault> faults; // not empty: refused
    std::string manifest;      // JSON
};
struct HistoryRequest
{
    std::uint64_t run = 0;
    std::uint32_t query = 0;
    std::uint32_t home = 0;
    DeviceId device; // none: a fact of the home
    std::string name;
    bool isFact = false;
    std::int64_t sinceMs = 0, untilMs = 0; // [since, until]
    std::int64_t everyMs = 0;              // 0: raw samples
    std::string aggregate;                 // mean, min, max, last, count, sum
};
struct RunDone
{
    RunResult result;
};
struct Ready
{
}; // locked down; the first frame

using ToWorker = std::variant<Load, Check, SetHome, SetInstance, RunBatch, HistoryAnswer>;
using FromWorker = std::variant<Ready, Loaded, HistoryRequest, RunDone>;

// A whole frame: u32 length of the rest, u64 nonce, u8 kind, body.
std::string pack(const ToWorker& message, std::uint64_t nonce);
std::string pack(const FromWorker& message, std::uint64_t nonce);
// The body of a frame without its length. Errors: CannotParse (short, unknown kind, wrong nonce, not finite,
// bad UTF-8, a count that the frame cannot hold).
Result<ToWorker> unpackToWorker(std::string_view frame, std::uint64_t nonce);
Result<FromWorker> unpackFromWorker(std::string_view frame, std::uint64_t nonce);

} // namespace cohort::engine::wire

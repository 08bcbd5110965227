// The load generator: many devices' WebSockets, each posting measurements at a rate or as fast as it is answered.
// Thread: its own io_context on the caller's. Owner: `cohort-sim load`, programs of tests/load.
// Flow: connect all → post for a time → latency from post to acknowledgement. Source: benchmarks.md, B1 to B3.
#pragma once

#include "server/sim/device_channel.h"
#include "shared/base/time.h"

#include <string>
#include <vector>

namespace cohort::sim {

struct LoadDevice
{
    std::string id;
    std::string token;
};

struct LoadOptions
{
    ChannelOptions server;           // without id and token
    std::vector<LoadDevice> devices; // one connection each
    std::size_t posting = 0;         // how many of them post; 0: all
    double postsPerSecond = 0;       // all together, evenly spread; 0: each posts again when it is answered
    int measuresPerPost = 1;         // each one millisecond after the other
    int inFlight = 1;                // per connection, without a rate
    std::chrono::seconds warmUp{1};
    std::chrono::seconds duration{10};
    std::size_t connectAtOnce = 200;
    std::chrono::seconds firstWithin{10}; // for the first of them: where none connects, waiting longer helps nobody
    std::chrono::seconds connectWithin{120};
};

struct LoadReport
{
    std::size_t connected = 0;
    std::uint64_t posts = 0;      // acknowledged within the counted time
    std::uint64_t refused = 0;    // answered with anything but ACK or CONT
    std::uint64_t failures = 0;   // connections that broke
    std::uint64_t unanswered = 0; // still out at the end
    double seconds = 0;
    double p50Ms = 0, p99Ms = 0, longestMs = 0;
};

// Blocks until it is over. Errors: Unavailable when not all connect in time, with why the last one did not.
Result<LoadReport> runLoad(const LoadOptions& options, const Clock& clock);
// The report as one JSON object.
std::string toJson(const LoadReport& report);
// Lines `id,token`. Errors: WrongValue.
Result<std::vector<LoadDevice>> readLoadDevices(const std::string& path);

} // namespace cohort::sim

// What the parts of the edge share: options and the neighbours they hand work to.
// Thread: constant after the start. Owner: DeviceHandler. Flow: app → here → sessions.
#pragma once

#include "server/edge/command_channels.h"
#include "server/ingest/intake.h"
#include "server/metrics/metrics.h"
#include "server/net/http.h"

namespace cohort::edge {

struct EdgeOptions
{
    std::chrono::milliseconds pollConnected{30'000}; // after a poll the device counts as connected so long
    std::chrono::milliseconds longestPoll{120'000};
    std::chrono::milliseconds usualPoll{60'000}; // of a poll that names no timeout
    std::chrono::milliseconds holdFor{5'000};    // back-pressure before ERR
    std::chrono::milliseconds retryHeld{100};
    std::size_t pipelined = 64; // uploads of one WebSocket on their way; then it is not read
    // True while the committer's queue is nearly full; asked before each upload. Any thread, never waits.
    std::function<bool()> pressure;
    // True when this server may be given devices (GET /espapi/watch).
    std::function<bool()> ready;
    // A device has a channel now: send it what is queued. Any thread, never waits.
    std::function<void(DeviceId)> connected;
    // A command went out with a post's reply. Any thread, never waits.
    std::function<void(CommandId)> commandDelivered;
};

struct EdgeMetrics
{
    explicit EdgeMetrics(metrics::Registry& registry);
    metrics::Counter& replaced;
    metrics::Counter& unauthorized;
    metrics::Counter& held;
    metrics::Counter& heldTooLong;
    metrics::Counter& commands;
};

struct Edge
{
    const EdgeOptions options;
    ingest::DeviceCache& cache;
    ingest::Intake& intake;
    const Clock& clock;
    CommandChannels channels;
    EdgeMetrics metrics;

    bool isUnderPressure() const { return options.pressure && options.pressure(); }
    void reportConnected(DeviceId device) const
    {
        if (options.connected)
            options.connected(device);
    }
};
using EdgePtr = std::shared_ptr<Edge>;

// An ingest reply as HTTP, with Retry-After where it says when.
net::Response responseOf(const ingest::UploadReply& reply);
net::Response responseOf(const Edge& edge, const Error& error);

// Gives the upload to ingest, or holds it back as long as the committer is full (at most `holdFor`, then
// ERR). `timers`: of the connection that it came on. `done` exactly once, on any thread. True: it is held
// back now, do not read more.
bool upload(const EdgePtr& edge, const net::TimersPtr& timers, const ingest::DeviceContextPtr& context,
            std::string json, std::function<void(ingest::UploadReply)> done);

} // namespace cohort::edge

// GET /deviceio/mljson: what it asks for, and how it is begun.
// Thread: any. Owner: nobody. Flow: DeviceHandler → parsePoll() → beginPoll() → LongPoll.
// Source: device-protocol.md, "The channel for commands".
#pragma once

#include "server/edge/edge.h"

namespace cohort::edge {

struct PollRequest
{
    std::string id;
    std::chrono::milliseconds timeout{0};
    std::vector<std::int64_t> received; // ids of commands that the device has
};

// Errors: CannotParse (what idOf() refuses, timeout not in 1 to 120, a cmdId that is no id, over 100 of them).
Result<PollRequest> parsePoll(const net::Request& request, const EdgeOptions& options);
// Acknowledges what the device has received, then polls on the device's channel.
void beginPoll(const EdgePtr& edge, const ingest::DeviceContextPtr& context, bool hasToken, const PollRequest& request,
               const net::Reply& reply);

} // namespace cohort::edge

// The worker's end of the socket pair: whole frames in, whole frames out, both blocking.
// Thread: the worker's only one. Owner: main. Flow: host → read() → next(); put() → flush() → host.
// Source: server/engine/wire.h.
#pragma once

#include "server/engine/wire.h"

#include <optional>
#include <string>
#include <string_view>

namespace cohort::worker {

class HostChannel
{
public:
    HostChannel(int descriptor, std::uint64_t nonce) : m_descriptor(descriptor), m_nonce(nonce) {}

    // The next message; nothing when the host has closed. Errors: CannotParse (the worker must end).
    Result<std::optional<engine::wire::ToWorker>> next();
    // Adds a message to what goes out with the next flush(), which happens here when much has gathered.
    void put(const engine::wire::FromWorker& message);
    // Writes what has gathered; false when the host is gone.
    bool flush();

private:
    // A whole frame without its length, valid until the next call.
    Result<std::optional<std::string_view>> nextFrame();

    const int m_descriptor;
    const std::uint64_t m_nonce;
    std::string m_in;
    std::size_t m_consumed = 0; // of m_in, already handed out
    std::string m_out;
};

} // namespace cohort::worker

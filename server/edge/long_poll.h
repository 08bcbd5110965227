// A device that polls for commands: one poll at a time, connected for a while between them.
// Thread: any. Owner: Channels, from the first poll until none came for `pollConnected`.
// Flow: GET → begin() → deliver() or time over → reply. Source: device-protocol.md, "The channel for commands".
#pragma once

#include "server/edge/edge.h"

#include <optional>

namespace cohort::edge {

class LongPoll final : public Channel, public std::enable_shared_from_this<LongPoll>
{
public:
    LongPoll(EdgePtr edge, ingest::DeviceContextPtr context, bool hasToken);
    // Answers `reply` with the first command that comes within `timeout`, else with one character. A poll that was
    // waiting gets its one character now.
    void begin(net::Reply reply, std::chrono::milliseconds timeout);

    bool deliver(const actions::OutgoingCommand& command) override;
    void replaced() override;
    void signedOut() override;
    void askToMove(std::chrono::milliseconds after, const std::string& url) override;

private:
    void finish(std::uint64_t number);
    void fade(std::uint64_t number);
    void watch(std::uint64_t number);
    // Takes the poll that waits, if it is this one (0: any).
    std::optional<net::Reply> take(std::uint64_t number);

    const EdgePtr m_edge;
    std::mutex m_mutex; // all below
    std::optional<net::Reply> m_reply;
    std::uint64_t m_number = 0; // of the newest poll
    bool m_ended = false;       // another channel has taken over, or signed out
};

} // namespace cohort::edge

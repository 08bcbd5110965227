// A device that polls for commands: one poll at a time, connected for a while between them.
// Thread: any; its timers are those of the newest poll's connection. Owner: CommandChannels, from the first poll
// until none came for `pollConnected`. Flow: GET → arrive() → begin() → deliver(), time over or client gone → reply,
// fade. Source: device-protocol.md, "The channel for commands".
#pragma once

#include "server/edge/edge.h"

#include <optional>

namespace cohort::edge {

class LongPoll final : public CommandChannel, public std::enable_shared_from_this<LongPoll>
{
public:
    LongPoll(EdgePtr edge, ingest::DeviceContextPtr context, bool hasToken);
    // The number of a poll that has just been read; of two polls the one that arrived later is the one that waits.
    std::uint64_t arrive();
    // Answers `reply`, of the poll `number`, with the first command that comes within `timeout`, else with one
    // character. A poll that was waiting gets its one character now.
    void begin(std::uint64_t number, const net::Reply& reply, std::chrono::milliseconds timeout);

    bool deliver(const actions::OutgoingCommand& command) override;
    void replaced() override;
    void signedOut() override;
    void serverStops() override;
    void askToMove(std::chrono::milliseconds after, const std::string& url) override;

private:
    // finish(number) after `delay`.
    net::Timer finishAfter(const net::TimersPtr& timers, std::uint64_t number, std::chrono::milliseconds delay);
    // Puts `timer` into its place while poll `number` is the newest and still (or no longer) waits; else
    // drops it.
    void keep(net::Timer LongPoll::*place, std::uint64_t number, bool waits, net::Timer timer);
    void finish(std::uint64_t number);
    // Between polls the device counts as connected for a while.
    void fade(const net::TimersPtr& timers, std::uint64_t number);
    void end(std::uint64_t number);
    // Takes the poll that waits, if it is this one (0: any).
    std::optional<net::Reply> claimReply(std::uint64_t number);

    const EdgePtr m_edge;
    std::mutex m_mutex; // all below
    std::optional<net::Reply> m_reply;
    std::uint64_t m_arrived = 0; // polls so far
    std::uint64_t m_number = 0;  // of the newest poll that has begun
    bool m_isToMove = false;     // asked to between two polls, or before one began
    bool m_ended = false;        // another channel has taken over, or signed out
    net::Timer m_next;           // the end of the poll that waits, or of being connected
    net::Timer m_move;           // an earlier end, when the device is to move
};

} // namespace cohort::edge

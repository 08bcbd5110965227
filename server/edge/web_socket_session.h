// A device on a WebSocket: uploads in, replies in their order, commands out.
// Thread: on…() on its I/O thread; replies and commands from any. Owner: the connection, and CommandChannels.
// Flow: frame → upload() → reply in its place → frame. Source: device-protocol.md, "The channel for commands".
#pragma once

#include "server/edge/edge.h"
#include "shared/base/hand_over.h"

#include <deque>
#include <optional>

namespace cohort::edge {

class WebSocketSession final : public net::WebSocketHandler,
                               public CommandChannel,
                               public std::enable_shared_from_this<WebSocketSession>
{
public:
    WebSocketSession(EdgePtr edge, ingest::DeviceContextPtr context, bool hasToken);

    void onOpen(net::WebSocketPtr socket) override;
    void onText(std::string text) override;
    void onClose(int code) override;

    bool deliver(const actions::OutgoingCommand& command) override;
    void replaced() override;
    void signedOut() override;
    void askToMove(std::chrono::milliseconds after, const std::string& url) override;

private:
    // The place of an upload whose reply has to wait for those before it.
    struct Place
    {
        bool answered = false;
        std::string reply;
    };
    // What the socket is to do next: send this, or read on.
    struct Step
    {
        net::WebSocketPtr socket;
        std::optional<std::string> reply;
    };
    void onReply(std::uint64_t number, ingest::UploadReply reply);
    // The replies whose turn has come, and whether to read on; with the lock held.
    void addSteps(bool isUnderPressure);
    net::WebSocketPtr socket() const;
    void closeSocket(int code, const char* reason);

    const EdgePtr m_edge;
    mutable std::mutex m_mutex; // all below
    net::WebSocketPtr m_socket; // null before onOpen() and after onClose()
    std::deque<Place> m_places;
    std::uint64_t m_firstPlace = 0; // number of m_places.front()
    bool m_paused = false;
    HandOver<Step> m_steps;
};

} // namespace cohort::edge

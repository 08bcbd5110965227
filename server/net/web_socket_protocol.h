// A WebSocket on a connection: frames in and out, pings, pausing, closing. Idle it holds no buffer at all.
// Thread: the connection's I/O thread; the functions of WebSocket from any, through an outbox. Owner:
// Connection and the handler that got it. Flow: WebSocketFrameReader → WebSocketHandler; send() → outbox → ClientConnection.
// Source: RFC 6455.
#pragma once

#include "server/net/http.h"
#include "server/net/protocol.h"
#include "server/net/web_socket_frame_reader.h"

#include <memory>
#include <mutex>
#include <vector>

namespace cohort::net {

class ClientConnection;
class IoWorker;

class WebSocketProtocol final : public Protocol,
                                public WebSocket,
                                public std::enable_shared_from_this<WebSocketProtocol>
{
public:
    WebSocketProtocol(ClientConnection& connection, std::shared_ptr<WebSocketHandler> handler);
    ~WebSocketProtocol() override;
    // Tells the handler; the frames begin after it.
    void open();

    void send(std::string text) override;
    void close(int code, std::string reason) override;
    void pauseReading() override;
    void resumeReading() override;
    std::string peer() const override { return m_peer; }
    TimersPtr timers() const override;

    std::size_t onBytes(std::string_view bytes) override;
    bool wantsBytes() const override { return !m_flow.paused && !m_flow.ended; }
    void onEof() override;
    TimePoint deadline() const override;
    void onDeadline(TimePoint now) override;
    void onStopping() override;
    void onClosed() override;
    std::size_t sendLimit() const override;

private:
    struct Flow
    {
        bool paused = false;
        bool ended = false;
        bool inHandler = false;
        std::uint8_t unanswered = 0;
    };
    struct Outbox
    {
        std::mutex mutex;
        std::vector<std::string> texts;
        bool posted = false;
        bool closed = false; // what comes after close() is not wanted
    };

    void onEvent(const WebSocketFrameReader::Step& step);
    void drainOutbox();
    void end(int code, std::string_view reason, bool sayClose);
    void sendPing(TimePoint now);
    // Runs `work` in a turn of the connection, if there still is one; from any thread.
    template <typename Work>
    void postTurn(Work work);

    ClientConnection* m_connection; // null after onClosed()
    const std::shared_ptr<IoWorker> m_worker;
    std::shared_ptr<WebSocketHandler> m_handler; // null once it was told of the end
    const std::string m_peer;
    WebSocketFrameReader m_reader;
    Outbox m_outbox;
    TimePoint m_nextPing;
    TimePoint m_frameSince; // first byte of the frame that is not complete
    Flow m_flow;
};

} // namespace cohort::net

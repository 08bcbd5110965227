// One accepted socket: TLS, reading, writing, deadlines, ending; what the bytes mean is its protocol's.
// Thread: one I/O thread. Owner: itself, from start() to drop().
// Flow: listener → start() → Protocol ⇄ turn(), write() → finish() or drop().
#pragma once

#include "server/net/io_worker.h"
#include "server/net/port.h"
#include "server/net/protocol.h"
#include "server/net/timing_wheel.h"
#include "server/net/transport.h"

#include <memory>
#include <string>

namespace cohort::net {

class ClientConnection final : public std::enable_shared_from_this<ClientConnection>, public WheelEntry
{
public:
    // Takes over the place that its address has in `port.addresses`.
    ClientConnection(std::shared_ptr<IoWorker> worker, PortPtr port, Socket socket, asio::ip::address peer);
    ~ClientConnection() override;
    void start();

    // Runs `work`, then writes what it queued and goes on reading. A protocol does everything in a turn: its own
    // callbacks are in one already.
    template <typename Work>
    void turn(const Work& work)
    {
        if (m_flow.stage == Stage::Closed)
            return;
        const auto self = shared_from_this();
        ++m_flow.depth;
        work();
        if (--m_flow.depth == 0)
            endTurn();
    }
    // What is to be written: append to it in a turn.
    std::string& out() { return m_out; }
    std::size_t waitingBytes() const { return m_out.size() - m_written; }
    // When all is written: FIN, then reads and forgets for at most 2 s, so that the peer sees the last words.
    void finish();
    void drop();
    void setProtocol(std::shared_ptr<Protocol> protocol);
    void stopping();

    Port& port() { return *m_port; }
    const std::shared_ptr<IoWorker>& worker() const { return m_worker; }
    std::string peer() const { return m_peer.to_string(); }

private:
    enum class Stage : std::uint8_t { Handshake, Open, Lingering, Closed };
    struct Flow
    {
        Stage stage = Stage::Handshake;
        std::uint8_t depth = 0;
        bool finishing = false;
        bool eof = false;
        bool readArmed = false;
        bool writeArmed = false;
        bool handshakeWantsWrite = false;
    };

    void onDeadline(TimePoint now) override;
    void onShutdown() override { drop(); }
    void handshake();
    void onReadable();
    void readSome();
    bool receive(std::string_view bytes);
    void linger();
    std::size_t feedFrom(std::string_view bytes);
    void flush();
    void endTurn();
    void arm();
    void armDeadline();

    const std::shared_ptr<IoWorker> m_worker;
    const PortPtr m_port;
    const asio::ip::address m_peer;
    Transport m_transport;
    std::shared_ptr<Protocol> m_protocol;
    std::string m_kept; // read, not yet taken by the protocol
    std::string m_out;
    std::size_t m_written = 0; // of m_out
    TimePoint m_since;         // the handshake's start, the write's last progress, the lingering's start
    std::size_t m_forgotten = 0;
    Flow m_flow;
    std::shared_ptr<ClientConnection> m_self; // from start() to drop(): while nothing is read, no wait holds it
};

} // namespace cohort::net

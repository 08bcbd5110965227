// The bytes of one connection, plain or TLS: OpenSSL works on the descriptor itself, so that an idle connection holds
// neither records nor a BIO pair. Nothing here waits.
// Thread: one I/O thread. Owner: ClientConnection. Flow: socket ⇄ read(), write() ⇄ ClientConnection.
// Source: measured in architecture.md, "What runs on what" (14 KB instead of 75 KB a connection).
#pragma once

#include "server/net/socket.h"
#include "server/net/tls_context.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace cohort::net {

enum class IoStatus : std::uint8_t { Done, WantRead, WantWrite, Closed, Failed };

struct IoResult
{
    IoStatus status = IoStatus::Done;
    std::size_t bytes = 0;
};

class Transport
{
public:
    // `context` null: plain.
    Transport(Socket socket, ssl_ctx_st* context);
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    ~Transport();

    bool isTls() const { return m_tls != nullptr; }
    // One step of the TLS handshake.
    IoStatus handshake();
    IoResult read(std::span<char> into);
    IoResult write(std::string_view bytes);
    // Says that nothing more will be written (close_notify and FIN).
    void shutdownWrite();
    void close();
    Socket& socket() { return m_socket; }

private:
    IoResult tlsResult(int result) const;

    Socket m_socket;
    TlsConnection m_tls;
};

} // namespace cohort::net

// HTTP/1.0 and 1.1 on one connection: one request at a time, so that pipelined answers keep their order.
// Thread: the connection's I/O thread; replies come from any, through the worker's inbox. Owner: ClientConnection.
// Flow: bytes → Beast's parser → checks → Handler → Reply → bytes. Source: RFC 9110, 9112.
#pragma once

#include "server/net/http.h"
#include "server/net/protocol.h"

#include <memory>

namespace cohort::net {

class ClientConnection;
enum class Refusal : std::uint8_t;

class HttpProtocol final : public Protocol, public std::enable_shared_from_this<HttpProtocol>
{
public:
    explicit HttpProtocol(ClientConnection& connection);
    ~HttpProtocol() override;

    std::size_t onBytes(std::string_view bytes) override;
    bool wantsBytes() const override;
    bool watchesPeer() const override { return m_state == State::Waiting; }
    void onEof() override;
    TimePoint deadline() const override;
    void onDeadline(TimePoint now) override;
    void onStopping() override;
    void onClosed() override;

private:
    enum class State : std::uint8_t { Idle, Reading, Waiting, Ended };
    struct Parser;

    void checkHeader();
    void dispatch();
    void dispatchUpgrade(Request request);
    void answer(const Response& response);
    void acceptUpgrade(Upgrade upgrade);
    void refuse(int status, std::string_view reason, Refusal why);
    Reply makeReply();

    ClientConnection* m_connection; // null after onClosed()
    std::unique_ptr<Parser> m_parser;
    Reply::Watch m_reply; // of the request that waits, to tell it that the client has gone
    std::string m_key;    // Sec-WebSocket-Key of the upgrade that waits
    TimePoint m_since;    // the connection's or last answer's moment; a request's first byte; its end
    State m_state = State::Idle;
    bool m_headerChecked = false;
    bool m_isHead = false;
    bool m_keepAlive = true;
    bool m_stopping = false;
};

} // namespace cohort::net

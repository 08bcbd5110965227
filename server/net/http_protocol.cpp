#include "server/net/http_protocol.h"

#include "server/net/client_connection.h"
#include "server/net/content_encoding.h"
#include "server/net/http_request.h"
#include "server/net/text.h"
#include "server/net/web_socket_protocol.h"

#include <boost/asio/buffer.hpp>

#include <atomic>

namespace cohort::net {

namespace beast_http = boost::beast::http;

namespace {

// A reply may come two minutes later (long polls); what takes longer is lost.
constexpr std::chrono::seconds AnswerTime{150};
constexpr std::string_view LastChunk = "0\r\n\r\n"; // the shortest

struct ParserFault
{
    int status;
    std::string_view reason;
    Refusal why;
};

ParserFault faultOf(const boost::system::error_code& error)
{
    if (error == beast_http::error::header_limit)
        return {431, "the header is over the limit", Refusal::HeaderTooLarge};
    if (error == beast_http::error::body_limit)
        return {413, "the body is over the limit", Refusal::BodyTooLarge};
    return {400, "this is not HTTP/1.1", Refusal::Malformed};
}

// Sees to it that an upgrade is answered once, even when the handler forgets it.
class UpgradeAnswer
{
public:
    explicit UpgradeAnswer(UpgradeReply sink) : m_sink(std::move(sink)) {}
    UpgradeAnswer(const UpgradeAnswer&) = delete;
    UpgradeAnswer& operator=(const UpgradeAnswer&) = delete;
    ~UpgradeAnswer() { send({nullptr, {}, {500, "text/plain", "no answer was made", {}, true}}); }
    void send(Upgrade upgrade)
    {
        if (!m_sent.exchange(true))
            m_sink(std::move(upgrade));
    }

private:
    const UpgradeReply m_sink;
    std::atomic<bool> m_sent{false};
};

} // namespace

struct HttpProtocol::Parser : HttpParser
{
    explicit Parser(const Limits& limits)
    {
        header_limit(static_cast<std::uint32_t>(limits.headerBytes));
        body_limit(limits.bodyBytes);
    }
    // As they were at the header's end: Beast adds the trailers of a body in chunks to them (RFC 9110, 6.5.1).
    Headers headers;
    bool upgrades = false;
};

HttpProtocol::HttpProtocol(ClientConnection& connection)
    : m_connection(&connection), m_since(connection.worker()->now())
{
}

HttpProtocol::~HttpProtocol() = default;

bool HttpProtocol::wantsBytes() const
{
    return (m_state == State::Idle || m_state == State::Reading) && m_connection->waitingBytes() == 0;
}

std::size_t HttpProtocol::onBytes(std::string_view bytes)
{
    const Limits& limits = m_connection->port().options.limits;
    if (m_state == State::Idle) {
        if (bytes == "\r")
            return 0; // perhaps the first half of
        if (bytes.starts_with("\r\n"))
            return 2; // an old client's, after its last body (RFC 9112, 2.2)
        m_since = m_connection->worker()->now();
        m_state = State::Reading;
    }
    if (!m_parser) {
        m_parser = std::make_unique<Parser>(limits);
        m_headerChecked = false;
        m_isHead = false;
    }
    // Beast asserts that an end of chunks of which it has seen "0\r\n" has five bytes now. Until there are so many no
    // body in chunks can end: nobody waits for what would be done with fewer.
    if (m_parser->is_header_done() && m_parser->chunked() && bytes.size() < LastChunk.size())
        return 0;
    boost::system::error_code error;
    const std::size_t consumed = m_parser->put(asio::buffer(bytes.data(), bytes.size()), error);
    if (error && error != beast_http::error::need_more) {
        const ParserFault fault = faultOf(error);
        refuse(fault.status, fault.reason, fault.why);
        return bytes.size();
    }
    if (consumed == 0 && bytes.size() > limits.headerBytes) {
        refuse(400, "a line is too long", Refusal::Malformed);
        return bytes.size();
    }
    if (m_parser->is_header_done() && !m_headerChecked)
        checkHeader();
    if (m_state == State::Reading && m_parser->is_done())
        dispatch();
    return consumed;
}

void HttpProtocol::checkHeader()
{
    m_headerChecked = true;
    m_isHead = m_parser->get().method() == beast_http::verb::head;
    m_parser->headers = headersOf(m_parser->get());
    m_parser->upgrades = isUpgrade(m_parser->get());
    if (const auto fault = headerFault(m_parser->get())) {
        refuse(fault->status, fault->reason, Refusal::Malformed);
        return;
    }
    if (m_parser->upgrades) {
        if (const auto fault = upgradeFault(*m_parser))
            refuse(fault->status, fault->reason, Refusal::Malformed);
    } else if (expectsContinue(m_parser->get()) && !m_parser->is_done()) {
        m_connection->out().append("HTTP/1.1 100 Continue\r\n\r\n");
    }
}

void HttpProtocol::dispatch()
{
    const auto parser = std::exchange(m_parser, nullptr);
    const bool upgrades = parser->upgrades;
    m_keepAlive = parser->get().keep_alive();
    if (upgrades)
        m_key = std::string(trimmed(parser->get()[beast_http::field::sec_websocket_key]));
    auto request = requestOf(*parser);
    if (!request) {
        refuse(400, "the path or the query cannot be decoded", Refusal::Malformed);
        return;
    }
    request->headers = std::move(parser->headers);
    if (const auto fault = unpackBody(*request, m_connection->port().options.limits.bodyBytes)) {
        refuse(fault->status, fault->reason, fault->status == 413 ? Refusal::BodyTooLarge : Refusal::Malformed);
        return;
    }
    ++m_connection->port().requests;
    m_state = State::Waiting;
    m_since = m_connection->worker()->now();
    request->peer = m_connection->peer();
    request->tls = m_connection->port().tls != nullptr;
    request->isHead = m_isHead;
    if (m_isHead)
        request->method = "GET"; // the same answer, of which the body stays here
    if (upgrades) {
        dispatchUpgrade(std::move(*request));
    } else if (request->path == "*") {
        answer({204, {}, {}, {{"Allow", "GET, HEAD, POST, PUT, DELETE, OPTIONS"}}, false});
    } else {
        Reply reply = makeReply();
        m_reply = reply.watch();
        m_connection->port().handler->onRequest(std::move(*request), std::move(reply));
    }
}

Reply HttpProtocol::makeReply()
{
    const auto& worker = m_connection->worker();
    auto sink = [worker, weak = weak_from_this()](Response response) {
        auto shared = std::make_shared<Response>(std::move(response));
        worker->post([weak, shared] {
            const auto self = weak.lock();
            if (self && self->m_connection != nullptr)
                self->m_connection->turn([&] { self->answer(*shared); });
        });
    };
    return Reply(std::move(sink), worker);
}

void HttpProtocol::dispatchUpgrade(Request request)
{
    auto once =
        std::make_shared<UpgradeAnswer>([worker = m_connection->worker(), weak = weak_from_this()](Upgrade upgrade) {
            auto shared = std::make_shared<Upgrade>(std::move(upgrade));
            worker->post([weak, shared] {
                const auto self = weak.lock();
                if (self && self->m_connection != nullptr)
                    self->m_connection->turn([&] { self->acceptUpgrade(std::move(*shared)); });
            });
        });
    m_connection->port().handler->onUpgrade(std::move(request),
                                            [once](Upgrade upgrade) { once->send(std::move(upgrade)); });
}

void HttpProtocol::answer(const Response& response)
{
    if (m_state != State::Waiting)
        return;
    const bool keepAlive = m_keepAlive && !response.close && !m_stopping;
    m_connection->out().append(serialized(response, m_isHead, keepAlive, m_connection->worker()->httpDate()));
    m_state = keepAlive ? State::Idle : State::Ended;
    m_since = m_connection->worker()->now();
    if (!keepAlive)
        m_connection->finish();
}

void HttpProtocol::acceptUpgrade(Upgrade upgrade)
{
    if (m_state != State::Waiting)
        return;
    if (!upgrade.handler || m_stopping) {
        upgrade.refusal.close = true;
        if (upgrade.handler)
            upgrade.refusal.status = 503;
        answer(upgrade.refusal);
        return;
    }
    std::string head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       "Sec-WebSocket-Accept: " +
                       webSocketAccept(m_key) + "\r\n";
    if (!upgrade.subprotocol.empty())
        head += "Sec-WebSocket-Protocol: " + upgrade.subprotocol + "\r\n";
    m_connection->out().append(head + "\r\n");
    ClientConnection& connection = *std::exchange(m_connection, nullptr);
    m_state = State::Ended;
    const auto protocol = std::make_shared<WebSocketProtocol>(connection, std::move(upgrade.handler));
    connection.setProtocol(protocol);
    protocol->open();
}

void HttpProtocol::refuse(int status, std::string_view reason, Refusal why)
{
    m_connection->port().refuse(why);
    Response response = m_connection->port().handler->onRefused(status, reason);
    if (status == 426)
        response.headers.emplace_back("Sec-WebSocket-Version", "13");
    m_connection->out().append(serialized(response, m_isHead, false, m_connection->worker()->httpDate()));
    m_parser.reset();
    m_state = State::Ended;
    m_connection->finish();
}

void HttpProtocol::onEof()
{
    m_keepAlive = false;
    if (m_state == State::Waiting)
        m_reply.setGone(); // perhaps only half closed: the answer is written all the same
    else if (m_state != State::Ended && m_connection->waitingBytes() == 0)
        m_connection->drop();
    else
        m_connection->finish();
}

TimePoint HttpProtocol::deadline() const
{
    const Limits& limits = m_connection->port().options.limits;
    switch (m_state) {
    case State::Idle:
        return m_since + limits.keepAlive;
    case State::Reading:
        return m_since + limits.requestTime;
    case State::Waiting:
        return m_since + AnswerTime;
    default:
        return TimePoint::max();
    }
}

void HttpProtocol::onDeadline(TimePoint)
{
    if (m_state == State::Reading)
        refuse(408, "the request was not complete in time", Refusal::SlowRequest);
    else if (m_state == State::Waiting)
        answer({503, "text/plain", "no answer in time\n", {{"Retry-After", "5"}}, true});
    else
        m_connection->finish();
}

void HttpProtocol::onStopping()
{
    m_stopping = true;
    if (m_state == State::Idle)
        m_connection->finish();
}

void HttpProtocol::onClosed()
{
    m_connection = nullptr;
    m_state = State::Ended;
    m_reply.setGone();
}

} // namespace cohort::net

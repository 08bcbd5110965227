#include "server/net/web_socket_protocol.h"

#include "server/net/client_connection.h"
#include "server/net/close_codes.h"

#include <algorithm>

namespace cohort::net {

namespace {

constexpr int MostUnanswered = 3;

// Between 0.9 and 1.1 of `every`, so that many that came together do not stay together.
std::chrono::milliseconds spread(std::chrono::milliseconds every, TimePoint now, const void* salt)
{
    auto mixed = static_cast<std::uint64_t>(now.time_since_epoch().count()) ^ reinterpret_cast<std::uintptr_t>(salt);
    mixed = (mixed ^ (mixed >> 31)) * 0x9E3779B97F4A7C15U;
    const auto permille = static_cast<std::int64_t>((mixed >> 40) % 201);
    return every * (900 + permille) / 1000;
}

} // namespace

WebSocketProtocol::WebSocketProtocol(ClientConnection& connection, std::shared_ptr<WebSocketHandler> handler)
    : m_connection(&connection), m_worker(connection.worker()), m_handler(std::move(handler)),
      m_peer(connection.peer()), m_reader(connection.port().options.limits.bodyBytes)
{
    const TimePoint now = m_worker->now();
    m_nextPing = now + spread(connection.port().options.limits.pingEvery, now, this);
}

WebSocketProtocol::~WebSocketProtocol() = default;

TimersPtr WebSocketProtocol::timers() const
{
    return m_worker;
}

void WebSocketProtocol::open()
{
    const auto handler = m_handler;
    handler->onOpen(shared_from_this());
}

template <typename Work>
void WebSocketProtocol::postTurn(Work work)
{
    m_worker->post([weak = weak_from_this(), work = std::move(work)] {
        const auto self = weak.lock();
        if (self && self->m_connection != nullptr)
            self->m_connection->turn([&] { work(*self); });
    });
}

void WebSocketProtocol::send(std::string text)
{
    if (m_worker->isHere() && m_flow.inHandler) { // in a turn already, and nobody may have overtaken
        const std::lock_guard lock(m_outbox.mutex);
        if (m_outbox.texts.empty()) {
            if (!m_flow.ended && !m_outbox.closed)
                appendFrame(m_connection->out(), Opcode::Text, text);
            return;
        }
    }
    {
        const std::lock_guard lock(m_outbox.mutex);
        if (m_outbox.closed)
            return;
        m_outbox.texts.push_back(std::move(text));
        if (std::exchange(m_outbox.posted, true))
            return;
    }
    postTurn([](WebSocketProtocol& self) { self.drainOutbox(); });
}

void WebSocketProtocol::drainOutbox()
{
    std::vector<std::string> texts;
    {
        const std::lock_guard lock(m_outbox.mutex);
        texts.swap(m_outbox.texts);
        m_outbox.posted = false;
    }
    if (m_flow.ended)
        return;
    for (const std::string& text : texts)
        appendFrame(m_connection->out(), Opcode::Text, text);
}

void WebSocketProtocol::close(int code, std::string reason)
{
    {
        const std::lock_guard lock(m_outbox.mutex);
        m_outbox.closed = true;
    }
    postTurn([code, reason = std::move(reason)](WebSocketProtocol& self) {
        self.drainOutbox();
        self.end(code, reason, true);
    });
}

void WebSocketProtocol::pauseReading()
{
    if (m_worker->isHere())
        m_flow.paused = true; // takes effect at the next frame
    else
        postTurn([](WebSocketProtocol& self) { self.m_flow.paused = true; });
}

void WebSocketProtocol::resumeReading()
{
    postTurn([](WebSocketProtocol& self) {
        self.m_flow.paused = false;
        self.m_flow.unanswered = 0;
        self.m_frameSince = self.m_worker->now();
    });
}

std::size_t WebSocketProtocol::onBytes(std::string_view bytes)
{
    m_flow.unanswered = 0;
    const bool wasMidFrame = m_reader.isMidFrame();
    bool anyFrameEnded = false;
    std::size_t consumed = 0;
    while (consumed < bytes.size() && wantsBytes()) {
        const WebSocketFrameReader::Step step = m_reader.feed(bytes.substr(consumed));
        consumed += step.consumed;
        anyFrameEnded = anyFrameEnded || !m_reader.isMidFrame();
        if (step.event != FrameEvent::NeedMore)
            onEvent(step);
    }
    if (m_reader.isMidFrame() && (!wasMidFrame || anyFrameEnded))
        m_frameSince = m_worker->now();
    return consumed;
}

void WebSocketProtocol::onEvent(const WebSocketFrameReader::Step& step)
{
    switch (step.event) {
    case FrameEvent::Message: {
        ++m_connection->port().frames;
        const auto handler = m_handler;
        m_flow.inHandler = true;
        handler->onText(m_reader.extractMessage());
        m_flow.inHandler = false;
        break;
    }
    case FrameEvent::Ping:
        appendFrame(m_connection->out(), Opcode::Pong, m_reader.extractControl());
        break;
    case FrameEvent::Close:
        end(step.closeCode, {}, true);
        break;
    case FrameEvent::Error:
        m_connection->port().refuse(step.closeCode == TooBig ? Refusal::FrameTooLarge : Refusal::FrameError);
        end(step.closeCode, step.closeCode == TooBig ? "message over the limit" : "protocol error", true);
        break;
    case FrameEvent::Pong:
    case FrameEvent::NeedMore:
        break;
    }
}

// The last thing that the handler hears; the connection follows when the close frame is written.
void WebSocketProtocol::end(int code, std::string_view reason, bool sayClose)
{
    if (m_flow.ended)
        return;
    m_flow.ended = true;
    if (sayClose) {
        const std::string payload = code == NoStatus ? std::string() : closePayload(code, reason);
        appendFrame(m_connection->out(), Opcode::Close, payload);
        m_connection->finish();
    }
    if (const auto handler = std::exchange(m_handler, nullptr))
        handler->onClose(code);
}

void WebSocketProtocol::onEof()
{
    end(NoCloseFrame, {}, false);
    m_connection->drop();
}

TimePoint WebSocketProtocol::deadline() const
{
    if (m_flow.ended)
        return TimePoint::max();
    if (m_reader.isMidFrame() && !m_flow.paused)
        return std::min(m_nextPing, m_frameSince + m_connection->port().options.limits.frameTime);
    return m_nextPing;
}

void WebSocketProtocol::onDeadline(TimePoint now)
{
    const Limits& limits = m_connection->port().options.limits;
    if (m_reader.isMidFrame() && !m_flow.paused && now >= m_frameSince + limits.frameTime) {
        m_connection->port().refuse(Refusal::SlowFrame);
        end(TooSlow, "frame not complete in time", true);
        return;
    }
    if (now >= m_nextPing)
        sendPing(now);
}

void WebSocketProtocol::sendPing(TimePoint now)
{
    m_nextPing = now + spread(m_connection->port().options.limits.pingEvery, now, this);
    if (!m_flow.paused && m_flow.unanswered >= MostUnanswered) {
        m_connection->port().refuse(Refusal::Silent);
        end(NoCloseFrame, {}, false);
        m_connection->drop();
        return;
    }
    if (!m_flow.paused)
        ++m_flow.unanswered;
    appendFrame(m_connection->out(), Opcode::Ping, {});
}

void WebSocketProtocol::onStopping()
{
    drainOutbox();
    end(GoingAway, "the server stops", true);
}

void WebSocketProtocol::onClosed()
{
    end(NoCloseFrame, {}, false);
    m_connection = nullptr;
}

std::size_t WebSocketProtocol::sendLimit() const
{
    return m_connection->port().options.limits.sendQueueBytes;
}

} // namespace cohort::net

#include "server/edge/web_socket_session.h"

#include "shared/base/log.h"

namespace cohort::edge {

namespace {

constexpr int Replaced = 4001;
constexpr int SignedOut = 4003;

} // namespace

WebSocketSession::WebSocketSession(EdgePtr edge, ingest::DeviceContextPtr context, bool hasToken)
    : CommandChannel(std::move(context), hasToken), m_edge(std::move(edge))
{
}

net::WebSocketPtr WebSocketSession::socket() const
{
    const std::lock_guard lock(m_mutex);
    return m_socket;
}

void WebSocketSession::onOpen(net::WebSocketPtr socket)
{
    {
        const std::lock_guard lock(m_mutex);
        m_socket = socket;
    }
    if (!m_edge->channels.open(shared_from_this())) {
        socket->close(SignedOut, "the device is connected with its token");
        return;
    }
    m_edge->reportConnected(context().id);
}

void WebSocketSession::onText(std::string text)
{
    std::uint64_t number = 0;
    bool pauses = false;
    net::WebSocketPtr socket;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_socket)
            return;
        number = m_firstPlace + m_places.size();
        m_places.emplace_back();
        pauses = m_places.size() >= m_edge->options.pipelined;
        m_paused = m_paused || pauses;
        socket = m_socket;
    }
    if (pauses)
        socket->pauseReading();
    const bool isHeld = upload(
        m_edge, socket->timers(), sharedContext(), std::move(text),
        [self = shared_from_this(), number](ingest::UploadReply reply) { self->onReply(number, std::move(reply)); });
    if (!isHeld)
        return;
    {
        const std::lock_guard lock(m_mutex);
        if (m_places.empty()) // answered meanwhile
            return;
        m_paused = true;
    }
    socket->pauseReading();
}

void WebSocketSession::onReply(std::uint64_t number, ingest::UploadReply reply)
{
    const bool isUnderPressure = m_edge->isUnderPressure();
    {
        const std::lock_guard lock(m_mutex);
        if (!m_socket || number < m_firstPlace)
            return;
        Place& place = m_places[static_cast<std::size_t>(number - m_firstPlace)];
        place.answered = true;
        place.reply = std::move(reply.json);
        addSteps(isUnderPressure);
    }
    m_steps.drain(m_mutex, [](Step&& step) {
        if (step.reply)
            step.socket->send(std::move(*step.reply));
        else
            step.socket->resumeReading();
    });
}

void WebSocketSession::addSteps(bool isUnderPressure)
{
    while (!m_places.empty() && m_places.front().answered) {
        m_steps.add({m_socket, std::move(m_places.front().reply)});
        m_places.pop_front();
        ++m_firstPlace;
    }
    const bool isFree = m_places.size() <= m_edge->options.pipelined / 2;
    if (m_paused && isFree && !(isUnderPressure && !m_places.empty())) {
        m_paused = false;
        m_steps.add({m_socket, std::nullopt});
    }
}

void WebSocketSession::onClose(int)
{
    {
        const std::lock_guard lock(m_mutex);
        m_socket.reset();
        m_places.clear();
    }
    m_edge->channels.close(shared_from_this());
}

bool WebSocketSession::deliver(const actions::OutgoingCommand& command)
{
    const net::WebSocketPtr open = socket();
    if (!open || !command.take(m_edge->clock.steady()))
        return false;
    open->send(commandsText(command));
    m_edge->metrics.commands.add();
    return true;
}

void WebSocketSession::closeSocket(int code, const char* reason)
{
    if (const net::WebSocketPtr open = socket())
        open->close(code, reason);
}

void WebSocketSession::replaced()
{
    m_edge->metrics.replaced.add();
    closeSocket(Replaced, "replaced");
}

void WebSocketSession::signedOut()
{
    closeSocket(SignedOut, "signed out");
}

void WebSocketSession::askToMove(std::chrono::milliseconds after, const std::string& url)
{
    const net::WebSocketPtr open = socket();
    if (!open)
        return;
    std::string text = R"({"reconnect":{"afterMs":)" + std::to_string(after.count());
    if (!url.empty())
        text += ",\"url\":\"" + url + "\"";
    open->send(text + "}}");
}

} // namespace cohort::edge

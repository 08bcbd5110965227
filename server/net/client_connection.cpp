#include "server/net/client_connection.h"

#include "server/net/http_protocol.h"

#include <algorithm>

namespace cohort::net {

namespace {

constexpr std::size_t MostKept = 16 * 1024;        // pipelined behind a request that is being answered
constexpr std::size_t MostForgotten = 1024 * 1024; // read and forgotten after the last words
constexpr int ReadsPerTurn = 4;
constexpr std::chrono::seconds LingerTime{2};

} // namespace

ClientConnection::ClientConnection(std::shared_ptr<IoWorker> worker, PortPtr port, Socket socket,
                                   asio::ip::address peer)
    : m_worker(std::move(worker)), m_port(std::move(port)), m_peer(std::move(peer)),
      m_transport(std::move(socket), m_port->tls.get()), m_since(m_worker->now())
{
    ++m_port->open;
}

ClientConnection::~ClientConnection()
{
    m_port->addresses.leave(m_peer);
    --m_port->open;
}

void ClientConnection::start()
{
    m_self = shared_from_this();
    m_protocol = std::make_shared<HttpProtocol>(*this);
    if (m_transport.isTls()) {
        handshake();
        return;
    }
    m_flow.stage = Stage::Open;
    turn([this] { readSome(); });
}

void ClientConnection::handshake()
{
    switch (m_transport.handshake()) {
    case IoStatus::Done:
        m_flow.stage = Stage::Open;
        m_flow.handshakeWantsWrite = false;
        setProtocol(std::make_shared<HttpProtocol>(*this)); // its waiting for a request begins now
        turn([this] { readSome(); });
        return;
    case IoStatus::WantRead:
        m_flow.handshakeWantsWrite = false;
        break;
    case IoStatus::WantWrite:
        m_flow.handshakeWantsWrite = true;
        break;
    default:
        m_port->refuse(Refusal::Tls);
        drop();
        return;
    }
    armDeadline();
    arm();
}

void ClientConnection::setProtocol(std::shared_ptr<Protocol> protocol)
{
    m_protocol = std::move(protocol);
}

void ClientConnection::stopping()
{
    turn([this] {
        if (m_flow.stage == Stage::Handshake)
            drop();
        else if (m_protocol)
            m_protocol->onStopping();
    });
}

void ClientConnection::finish()
{
    m_flow.finishing = true;
}

void ClientConnection::drop()
{
    if (m_flow.stage == Stage::Closed)
        return;
    const auto self = std::exchange(m_self, nullptr); // to the end of this function
    m_flow.stage = Stage::Closed;
    m_worker->wheel().remove(*this);
    m_transport.close();
    m_kept = {};
    m_out = {};
    m_written = 0;
    if (const auto protocol = std::exchange(m_protocol, nullptr))
        protocol->onClosed();
}

void ClientConnection::onReadable()
{
    if (m_flow.stage == Stage::Handshake)
        handshake();
    else if (m_flow.stage == Stage::Lingering)
        linger();
    else
        turn([this] { readSome(); });
}

void ClientConnection::readSome()
{
    const auto scratch = m_worker->scratch();
    for (int i = 0; i < ReadsPerTurn && m_flow.stage == Stage::Open && !m_flow.finishing; ++i) {
        const IoResult result = m_transport.read(scratch);
        if (result.status == IoStatus::Done) {
            receive({scratch.data(), result.bytes});
            // A short read has emptied a plain socket; TLS says itself when it is empty.
            if (!m_transport.isTls() && result.bytes < scratch.size())
                return;
            if (m_kept.size() > MostKept)
                return;
            continue;
        }
        if (result.status == IoStatus::Closed) {
            m_flow.eof = true;
            if (m_protocol)
                m_protocol->onEof();
        } else if (result.status == IoStatus::Failed) {
            drop();
        }
        return;
    }
}

// Gives what was kept and what is new to the protocol, keeps what is left; whether it took some.
bool ClientConnection::receive(std::string_view bytes)
{
    if (m_flow.stage != Stage::Open)
        return false;
    std::string kept = std::exchange(m_kept, {});
    if (!kept.empty()) {
        kept.append(bytes);
        bytes = kept;
    }
    const std::size_t consumed = feedFrom(bytes);
    if (consumed < bytes.size() && m_flow.stage == Stage::Open)
        m_kept.assign(bytes.substr(consumed));
    return consumed > 0;
}

// Gives bytes as long as the protocol takes some; how many it took.
std::size_t ClientConnection::feedFrom(std::string_view bytes)
{
    std::size_t consumed = 0;
    while (consumed < bytes.size() && m_flow.stage == Stage::Open && !m_flow.finishing && m_protocol->wantsBytes()) {
        const auto protocol = m_protocol; // an upgrade replaces it meanwhile
        const std::size_t step = protocol->onBytes(bytes.substr(consumed));
        if (step == 0 && protocol == m_protocol)
            break;
        consumed += step;
    }
    return consumed;
}

void ClientConnection::flush()
{
    while (waitingBytes() > 0 && m_flow.stage != Stage::Closed) {
        const IoResult result = m_transport.write(std::string_view(m_out).substr(m_written));
        if (result.status == IoStatus::Done) {
            m_written += result.bytes;
            m_since = m_worker->now();
            continue;
        }
        if (result.status != IoStatus::WantRead && result.status != IoStatus::WantWrite)
            drop();
        else if (!m_flow.writeArmed)
            m_since = m_worker->now(); // it begins to be stuck
        break;
    }
    if (waitingBytes() == 0) {
        m_out = {};
        m_written = 0;
    } else if (m_written > MostKept) {
        m_out.erase(0, m_written);
        m_written = 0;
    }
}

// The end of every turn: write, let the protocol have what was kept, and again until neither moves.
void ClientConnection::endTurn()
{
    ++m_flow.depth; // what the protocol does meanwhile is in this turn
    do
        flush();
    while (!m_flow.finishing && !m_kept.empty() && receive({}));
    flush();
    --m_flow.depth;
    if (m_flow.stage == Stage::Closed)
        return;
    if (m_protocol && waitingBytes() > m_protocol->sendLimit()) {
        ++m_port->slowPeersDropped;
        drop();
        return;
    }
    if (m_flow.finishing && waitingBytes() == 0 && m_flow.stage == Stage::Open) {
        m_transport.shutdownWrite();
        m_flow.stage = Stage::Lingering;
        m_kept = {};
        m_since = m_worker->now();
        if (m_flow.eof) {
            drop();
            return;
        }
    }
    armDeadline();
    arm();
}

void ClientConnection::linger()
{
    const auto scratch = m_worker->scratch();
    for (int i = 0; i < ReadsPerTurn; ++i) {
        // Below TLS: what comes now is not looked at.
        const ssize_t got = ::recv(m_transport.socket().native_handle(), scratch.data(), scratch.size(), 0);
        const bool isEmpty = got < 0 && (errno == EAGAIN || errno == EINTR);
        m_forgotten += got > 0 ? static_cast<std::size_t>(got) : 0;
        if (m_forgotten > MostForgotten || (got <= 0 && !isEmpty)) {
            drop();
            return;
        }
        if (isEmpty)
            break;
    }
    arm();
}

void ClientConnection::arm()
{
    const bool isOpen = m_flow.stage == Stage::Open && !m_flow.eof && !m_flow.finishing;
    const bool watches =
        isOpen && (m_protocol->wantsBytes() || (m_protocol->watchesPeer() && m_kept.size() < MostKept));
    const bool reads = watches || m_flow.stage == Stage::Lingering ||
                       (m_flow.stage == Stage::Handshake && !m_flow.handshakeWantsWrite);
    if (reads && !m_flow.readArmed) {
        m_flow.readArmed = true;
        m_transport.socket().async_wait(Socket::wait_read, [self = shared_from_this()](const auto& error) {
            self->m_flow.readArmed = false;
            if (!error && self->m_flow.stage != Stage::Closed)
                self->onReadable();
        });
    }
    const bool writes = waitingBytes() > 0 || m_flow.handshakeWantsWrite;
    if (writes && !m_flow.writeArmed) {
        m_flow.writeArmed = true;
        m_transport.socket().async_wait(Socket::wait_write, [self = shared_from_this()](const auto& error) {
            self->m_flow.writeArmed = false;
            if (error || self->m_flow.stage == Stage::Closed)
                return;
            if (self->m_flow.stage == Stage::Handshake)
                self->handshake();
            else
                self->turn([] {});
        });
    }
}

void ClientConnection::armDeadline()
{
    const Limits& limits = m_port->options.limits;
    TimePoint deadline = TimePoint::max();
    if (m_flow.stage == Stage::Handshake)
        deadline = m_since + limits.tlsTime;
    else if (m_flow.stage == Stage::Lingering)
        deadline = m_since + LingerTime;
    else if (m_protocol)
        deadline = m_protocol->deadline();
    if (m_flow.stage == Stage::Open && waitingBytes() > 0)
        deadline = std::min(deadline, m_since + limits.frameTime);
    m_worker->wheel().set(*this, std::min(deadline, m_worker->now() + std::chrono::hours(1)));
}

void ClientConnection::onDeadline(TimePoint now)
{
    const auto self = shared_from_this();
    if (m_flow.stage == Stage::Handshake)
        m_port->refuse(Refusal::Tls);
    if (m_flow.stage != Stage::Open) {
        drop();
        return;
    }
    if (waitingBytes() > 0 && now >= m_since + m_port->options.limits.frameTime) {
        ++m_port->slowPeersDropped;
        drop();
        return;
    }
    turn([&] {
        if (m_protocol && now >= m_protocol->deadline())
            m_protocol->onDeadline(now);
    });
}

} // namespace cohort::net

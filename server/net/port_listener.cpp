#include "server/net/port_listener.h"

#include "server/net/client_connection.h"

#include <sys/socket.h>

#include <thread>

namespace cohort::net {

namespace {

constexpr std::chrono::milliseconds PauseWithoutDescriptors{100};
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

tl::unexpected<Error> cannotListen(const asio::ip::tcp::endpoint& endpoint, const boost::system::error_code& error)
{
    const bool isTaken = error == asio::error::address_in_use;
    const std::string where = endpoint.address().to_string() + ":" + std::to_string(endpoint.port());
    return fail(isTaken ? ErrorCode::Unavailable : ErrorCode::WrongValue,
                QStringLiteral("cannot listen on %1: %2")
                    .arg(QString::fromStdString(where),
                         isTaken ? QStringLiteral("another program listens there; end it, or give another port")
                                 : QString::fromStdString(error.message())));
}

} // namespace

// By a socket that shares nothing, closed again. One that is just ending has a second for it.
Result<void> checkNobodyListens(const asio::ip::tcp::endpoint& endpoint)
{
    constexpr int Tries = 20;
    boost::system::error_code error;
    for (int i = 0; i < Tries; ++i) {
        asio::io_context context;
        asio::ip::tcp::acceptor probe(context);
        probe.open(endpoint.protocol(), error);
        if (!error)
            probe.set_option(asio::ip::tcp::acceptor::reuse_address(true), error);
        if (!error)
            probe.bind(endpoint, error);
        if (error != asio::error::address_in_use)
            break;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return error ? Result<void>(cannotListen(endpoint, error)) : Result<void>();
}

PortListener::PortListener(std::shared_ptr<IoWorker> worker, PortPtr port)
    : m_worker(std::move(worker)), m_port(std::move(port)), m_acceptor(m_worker->context()),
      m_pause(m_worker->context())
{
}

Result<void> PortListener::open(const asio::ip::tcp::endpoint& endpoint)
{
    boost::system::error_code error;
    const auto succeeded = [&error](auto&& step) {
        if (!error)
            step();
    };
    succeeded([&] { m_acceptor.open(endpoint.protocol(), error); });
    succeeded([&] { m_acceptor.set_option(Acceptor::reuse_address(true), error); });
    succeeded([&] { m_acceptor.set_option(ReusePort(true), error); });
    succeeded([&] { m_acceptor.bind(endpoint, error); });
    succeeded([&] { m_acceptor.listen(4096, error); });
    if (error)
        return cannotListen(endpoint, error);
    return {};
}

std::uint16_t PortListener::boundPort() const
{
    boost::system::error_code ignored;
    return m_acceptor.local_endpoint(ignored).port();
}

void PortListener::start()
{
    m_worker->post([self = shared_from_this()] {
        self->m_worker->atEnd([weak = std::weak_ptr(self)] {
            if (const auto listener = weak.lock())
                listener->close();
        });
        self->accept();
    });
}

void PortListener::accept()
{
    m_acceptor.async_accept([self = shared_from_this()](const boost::system::error_code& error, Socket socket) {
        if (error == asio::error::operation_aborted || !self->m_acceptor.is_open())
            return;
        if (!error) {
            self->admit(std::move(socket));
            self->accept();
            return;
        }
        // Out of descriptors or memory: accepting at once would only spin.
        self->m_pause.expires_after(PauseWithoutDescriptors);
        self->m_pause.async_wait([self](const auto& aborted) {
            if (!aborted)
                self->accept();
        });
    });
}

void PortListener::admit(Socket socket)
{
    ++m_port->accepted;
    boost::system::error_code error;
    const auto peer = socket.remote_endpoint(error).address();
    if (!error)
        socket.native_non_blocking(true, error);
    if (error)
        return;
    const Limits& limits = m_port->options.limits;
    if (m_port->stopping || m_port->open >= limits.connections ||
        !m_port->addresses.enter(peer, limits.connectionsPerAddress)) {
        refuse(socket);
        return;
    }
    socket.set_option(asio::ip::tcp::no_delay(true), error);
    std::make_shared<ClientConnection>(m_worker, m_port, std::move(socket), peer)->start();
}

void PortListener::refuse(Socket& socket)
{
    m_port->refuse(Refusal::TooManyConnections);
    if (m_port->tls)
        return;
    constexpr std::string_view Full = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n"
                                      "Connection: close\r\n\r\n";
    ::send(socket.native_handle(), Full.data(), Full.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void PortListener::close()
{
    boost::system::error_code ignored;
    m_acceptor.close(ignored);
    m_pause.cancel();
}

void PortListener::stop()
{
    m_worker->post([self = shared_from_this()] {
        self->close();
        self->m_worker->wheel().forEach([&](WheelEntry& entry) {
            auto* connection = dynamic_cast<ClientConnection*>(&entry);
            if (connection != nullptr && &connection->port() == self->m_port.get())
                connection->stopping();
        });
    });
}

} // namespace cohort::net

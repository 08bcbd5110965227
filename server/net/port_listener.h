// Accepts for one port on one I/O thread; SO_REUSEPORT lets the kernel spread connections over the threads.
// Thread: open() and the constructor before the thread runs it, then its I/O thread. Owner: Server.
// Flow: kernel → accept → limits → ClientConnection.
#pragma once

#include "server/net/io_worker.h"
#include "server/net/port.h"
#include "shared/base/result.h"

#include <boost/asio/steady_timer.hpp>

namespace cohort::net {

// Listeners share a port among the threads of one server, which another server of the same user could join without a
// word: each would get half of the connections. Errors: Unavailable, WrongValue.
Result<void> checkNobodyListens(const asio::ip::tcp::endpoint& endpoint);

class PortListener : public std::enable_shared_from_this<PortListener>
{
public:
    PortListener(std::shared_ptr<IoWorker> worker, PortPtr port);
    // Binds and listens. Errors: WrongValue, Unavailable.
    Result<void> open(const asio::ip::tcp::endpoint& endpoint);
    std::uint16_t boundPort() const;
    // Begins to accept; posts to its thread.
    void start();
    // Ends accepting and tells every connection of this port on this thread; from any thread.
    void stop();

private:
    void accept();
    void close();
    void admit(Socket socket);
    void refuse(Socket& socket);

    const std::shared_ptr<IoWorker> m_worker;
    const PortPtr m_port;
    Acceptor m_acceptor;
    asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Executor> m_pause;
};

} // namespace cohort::net

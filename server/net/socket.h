// The names of Asio that this folder uses, with the executor known at compile time (smaller and faster sockets).
// Thread: types only. Owner: nobody. Flow: included by the private headers of net, never by others.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>

namespace cohort::net {

namespace asio = boost::asio;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using SteadyClock = std::chrono::steady_clock;
using TimePoint = SteadyClock::time_point;

} // namespace cohort::net

// The I/O threads and the listening ports.
// Thread: start() and stop() from the owner's. Owner: app. Flow: sockets → connections → Handler.
#pragma once

#include "server/net/http.h"
#include "shared/base/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace cohort::net {

// device-protocol.md, "Bad input, and what it gets".
struct Limits
{
    std::size_t headerBytes = 8 * 1024;
    std::size_t bodyBytes = 64 * 1024;    // HTTP body and WebSocket message
    std::size_t sendQueueBytes = 256 * 1024;
    std::chrono::milliseconds requestTime{10'000};
    std::chrono::milliseconds tlsTime{10'000};
    std::chrono::milliseconds keepAlive{75'000};
    std::chrono::milliseconds frameTime{30'000};
    std::chrono::milliseconds pingEvery{55'000}; // spread by a fifth; three unanswered: closed
    std::size_t connectionsPerAddress = 20'000;
    std::size_t connections = 19'500;
};

struct ListenOptions
{
    std::string address = "127.0.0.1";
    std::uint16_t port = 0; // 0: any; Server::port() tells
    std::string certificateFile; // PEM; empty: no TLS
    std::string keyFile;
    Limits limits;
};

// One io_context per thread; every listening port has one SO_REUSEPORT listener on each.
class IoThreads
{
public:
    explicit IoThreads(int count);
    ~IoThreads(); // stop()
    void start();
    void stop();
    // CPU time used by all the threads so far.
    std::chrono::microseconds cpuTime() const;

    struct Private;
    Private& internals() { return *d; }

private:
    std::unique_ptr<Private> d;
};

// Figures of one port, safe to read from any thread.
struct ServerFigures
{
    std::uint64_t accepted = 0;
    std::uint64_t open = 0;
    std::uint64_t requests = 0;
    std::uint64_t frames = 0;
    std::uint64_t refused = 0; // by a limit or malformed
    std::uint64_t slowPeersDropped = 0;
};

class Server
{
public:
    Server(IoThreads& threads, ListenOptions options, std::shared_ptr<Handler> handler);
    ~Server();
    // Errors: WrongValue (address, certificate), Unavailable (port in use).
    Result<void> start();
    std::uint16_t port() const;
    ServerFigures figures() const;
    // Stops accepting, closes WebSockets with 1001 and idle connections; returns at once.
    void stop();

private:
    struct Private;
    std::shared_ptr<Private> d;
};

} // namespace cohort::net

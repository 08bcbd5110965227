// The I/O threads and the listening ports.
// Thread: start() and stop() from the owner's. Owner: app. Flow: sockets → connections → Handler.
#pragma once

#include "server/net/http.h"
#include "shared/base/time.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace cohort::metrics {
class Registry;
}

namespace cohort::net {

// device-protocol.md, "Bad input, and what it gets".
struct Limits
{
    std::size_t headerBytes = 8 * 1024;
    std::size_t bodyBytes = 64 * 1024; // HTTP body and WebSocket message
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
    std::uint16_t port = 0;      // 0: any; Server::port() tells
    std::string certificateFile; // PEM; empty: no TLS
    std::string keyFile;
    Limits limits;
};

// One io_context per thread; every listening port has one SO_REUSEPORT listener on each.
class IoThreads
{
public:
    // `clock` outlives the threads: deadlines and the date of answers go by it.
    IoThreads(int count, const Clock& clock);
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

// Why something from outside was refused; X(enumerator, label in /metrics).
#define COHORT_REFUSALS(X)                                                                                             \
    X(TooManyConnections, "connections") /* in all, or from one address */                                             \
    X(Tls, "tls")                        /* handshake failed or not finished in time */                                \
    X(Malformed, "malformed")            /* HTTP that breaks a rule: 400, 405, 415, 417, 426 */                        \
    X(HeaderTooLarge, "header-too-large")                                                                              \
    X(BodyTooLarge, "body-too-large")                                                                                  \
    X(SlowRequest, "slow-request")                                                                                     \
    X(FrameError, "frame-error") /* 1002, 1003, 1007 */                                                                \
    X(FrameTooLarge, "frame-too-large")                                                                                \
    X(SlowFrame, "slow-frame")                                                                                         \
    X(Silent, "silent") /* three pings without a sign of life */
enum class Refusal : std::uint8_t {
#define COHORT_X(name, label) name,
    COHORT_REFUSALS(COHORT_X)
#undef COHORT_X
};
#define COHORT_X(name, label) +1
inline constexpr std::size_t RefusalCount = 0 COHORT_REFUSALS(COHORT_X);
#undef COHORT_X
const char* refusalLabel(Refusal why);

// Figures of one port, safe to read from any thread.
struct ServerFigures
{
    std::uint64_t accepted = 0;
    std::uint64_t open = 0;
    std::uint64_t requests = 0;
    std::uint64_t frames = 0;
    std::uint64_t refused = 0; // by a limit or malformed
    std::uint64_t slowPeersDropped = 0;
    std::array<std::uint64_t, RefusalCount> refusedBy{}; // by Refusal; their sum is `refused`
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
    // Shows the figures in /metrics, labelled port="label".
    void exportTo(metrics::Registry& registry, const std::string& label) const;
    // Stops accepting, closes WebSockets with 1001 and idle connections; returns at once.
    void stop();

private:
    struct Private;
    std::shared_ptr<Private> d;
};

} // namespace cohort::net

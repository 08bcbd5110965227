// A real server on a free port with the echo handler, for the socket tests of net.
// Thread: the test's. Owner: the test function. Flow: limits → Server on loopback → RawClient.
#pragma once

#include "server/net/server.h"
#include "shared/base/system_clock.h"
#include "tests/kit/manual_clock.h"
#include "tests/kit/wait_until.h"
#include "tests/unit/server/net/echo_handler.h"
#include "tests/unit/server/net/raw_client.h"

namespace cohort::testing {

struct RunningServer
{
    explicit RunningServer(net::Limits limits = {}, std::string certificate = {}, std::string key = {},
                           const Clock* clock = nullptr)
        : threads(2, clock != nullptr ? *clock : machine),
          server(threads, {"127.0.0.1", 0, std::move(certificate), std::move(key), limits}, handler)
    {
        threads.start();
        started = server.start().has_value();
    }
    ~RunningServer()
    {
        server.stop();
        threads.stop();
    }
    RawClient connect() { return RawClient(server.port()); }
    // A WebSocket that is open.
    RawClient webSocket()
    {
        RawClient client = connect();
        client.send(upgradeRequest("/ws"));
        client.readHttp();
        return client;
    }
    // Moves the clock on, a second at a time, until `condition` holds; false: it never did.
    static bool passes(testkit::ManualClock& clock, const std::function<bool()>& condition)
    {
        return testkit::waitUntil([&] {
            if (condition())
                return true;
            clock.advance(std::chrono::seconds(1));
            return false;
        });
    }
    // The count of refusals of this kind becomes so large within 5 s (it is counted after the answer is sent).
    bool counts(net::Refusal why, std::uint64_t count = 1, int looks = 500)
    {
        for (int i = 0; i < looks; ++i) {
            if (server.figures().refusedBy[static_cast<std::size_t>(why)] >= count)
                return true;
            ::usleep(10'000);
        }
        return false;
    }

    std::shared_ptr<EchoHandler> handler = std::make_shared<EchoHandler>();
    SystemClock machine;
    net::IoThreads threads;
    net::Server server;
    bool started = false;
};

} // namespace cohort::testing

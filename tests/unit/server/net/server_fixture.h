// A real server on a free port with the echo handler, for the socket tests of net.
// Thread: the test's. Owner: the test function. Flow: limits → Server on loopback → RawClient.
#pragma once

#include "server/net/server.h"
#include "tests/unit/server/net/echo_handler.h"
#include "tests/unit/server/net/raw_client.h"

namespace cohort::testing {

struct RunningServer
{
    explicit RunningServer(net::Limits limits = {}, std::string certificate = {}, std::string key = {})
        : server(threads, {"127.0.0.1", 0, std::move(certificate), std::move(key), limits}, handler)
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
    // The count of refusals of this kind becomes so large within 5 s (it is counted after the answer is sent).
    bool counts(net::Refusal why, std::uint64_t count = 1)
    {
        for (int i = 0; i < 500; ++i) {
            if (server.figures().refusedBy[static_cast<std::size_t>(why)] >= count)
                return true;
            ::usleep(10'000);
        }
        return false;
    }

    std::shared_ptr<EchoHandler> handler = std::make_shared<EchoHandler>();
    net::IoThreads threads{2};
    net::Server server;
    bool started = false;
};

} // namespace cohort::testing

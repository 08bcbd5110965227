// All of port 8460: the console's WebSocket, POST /api/v1/METHOD, the Application API for devices, the participants'
// page, /espapi/watch and /metrics.
// Thread: net's I/O threads call it; nothing here waits. Owner: app, shared with net::Server.
// Flow: net::Server → here → executor (2 threads with a database connection each) → Reply.
#pragma once

#include "server/api/dispatch/services.h"
#include "server/net/http.h"
#include "server/net/server.h"

#include <memory>

namespace cohort::api {

struct ApiOptions
{
    store::ConnectionSettings database;
    int threads = 2;
    ApiSettings settings;
};

class ApiHandler final : public net::Handler
{
public:
    ApiHandler(ApiOptions options, Services services);
    ~ApiHandler() override; // stop()

    // Starts the executor and the live notifications; before net::Server::start.
    void start();
    // After net::Server::stop; ends both, within a statement's timeout.
    void stop();
    // What this port should allow beyond net's own limits: imports and exports are larger than a device's post.
    static net::Limits limits();

    void onRequest(net::Request request, net::Reply reply) override;
    void onUpgrade(net::Request request, net::UpgradeReply reply) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace cohort::api

// The api role: what handlers need of the rest of the server, and the port of the Application API.
// Thread: main makes, starts and stops it. Owner: Node. Flow: neighbours → Services → ApiHandler → the port.
#pragma once

#include "server/api/dispatch/api_handler.h"
#include "server/app/device_role.h"
#include "server/app/script_services.h"
#include "server/metrics/sampler.h"

namespace cohort::app {

// What only some processes have; what is null is answered as unavailable.
struct ApiNeighbours
{
    directory::Directory* directory = nullptr;
    ScriptServices* scripts = nullptr;
    std::function<model::ComposerState()> composerState;
    std::function<QList<model::MetricSample>(Timestamp, Timestamp)> samples;
};

class ApiRole
{
public:
    ApiRole(const Common& common, const ApiNeighbours& neighbours);
    ~ApiRole();

    Result<void> start();
    void stopPort();
    void stop();

private:
    std::shared_ptr<api::ApiHandler> m_handler;
    std::unique_ptr<net::Server> m_port;
};

} // namespace cohort::app

// The deviceio role: who devices are, what they post, their channels, and the pool's directory.
// Thread: main makes, starts and stops it. Owner: Node. Flow: options → ingest, edge, directory → the device port.
#pragma once

#include "server/app/options.h"
#include "server/directory/directory_service.h"
#include "server/edge/device_handler.h"
#include "server/ingest/intake.h"
#include "server/net/server.h"

#include <atomic>
#include <memory>

namespace cohort::actions {
class Dispatcher;
}

namespace cohort::app {

// What every role is given; all of it outlives the roles.
struct Common
{
    const Options& options;
    store::ConnectionSettings database;
    bus::Bus& bus;
    store::Committer& committer;
    metrics::Registry& metrics;
    const Clock& clock;
    net::IoThreads& io;
    const std::atomic<bool>& isReady; // false while starting and stopping
};

net::ListenOptions listenOptions(const Options& options, const ListenAddress& listen);

class DeviceRole
{
public:
    explicit DeviceRole(const Common& common);
    ~DeviceRole();

    Result<void> start();
    // The port stops accepting, devices are told; what they posted is still committed.
    void stopPort();
    void stop();

    actions::CommandSink& commandSink() { return m_handler->commandSink(); }
    directory::Directory& directory() { return m_directory.directory(); }
    // Before start(): whom the edge tells of channels and commands.
    void setDispatcher(actions::Dispatcher* dispatcher) { m_dispatcher = dispatcher; }
    double connections() const;

private:
    edge::EdgeOptions edgeOptions();
    directory::DirectoryServiceOptions directoryOptions();

    const Common& m_common;
    std::atomic<actions::Dispatcher*> m_dispatcher{nullptr};
    ingest::DeviceCache m_cache;
    ingest::Intake m_intake;
    directory::DirectoryService m_directory;
    std::shared_ptr<edge::DeviceHandler> m_handler;
    std::unique_ptr<net::Server> m_port;
};

} // namespace cohort::app

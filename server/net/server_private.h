// The insides of IoThreads and Server, for the files of this folder only.
// Thread: constant after start(). Owner: IoThreads, Server. Flow: Server → workers, listeners.
#pragma once

#include "server/net/io_worker.h"
#include "server/net/port_listener.h"
#include "server/net/server.h"

namespace cohort::net {

struct IoThreads::Private
{
    std::vector<std::shared_ptr<IoWorker>> workers;
};

struct Server::Private
{
    explicit Private(IoThreads& all) : threads(all) {}

    IoThreads& threads;
    PortPtr port = std::make_shared<Port>();
    std::vector<std::shared_ptr<PortListener>> listeners;
    std::uint16_t number = 0;
};

} // namespace cohort::net

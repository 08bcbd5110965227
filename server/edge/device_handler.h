// The device port: uploads by POST, long polls, the device's WebSocket, readiness and metrics.
// Thread: several I/O threads at a time. Owner: app. Flow: net → routes → sessions → ingest; CommandChannels ← dispatcher.
// Source: device-protocol.md.
#pragma once

#include "server/edge/edge.h"

namespace cohort::edge {

class DeviceHandler final : public net::Handler
{
public:
    // Registers with the cache's onInvalidated(), so make it before cache.start(). `report` as in CommandChannels.
    DeviceHandler(EdgeOptions options, ingest::DeviceCache& cache, ingest::Intake& intake, metrics::Registry& metrics,
                  const Clock& clock, std::function<void(directory::PresenceChange)> report);
    ~DeviceHandler() override; // stop()

    void onRequest(net::Request request, net::Reply reply) override;
    void onUpgrade(net::Request request, net::UpgradeReply reply) override;
    net::Response onRefused(int status, std::string_view reason) override;

    // For the dispatcher.
    actions::CommandSink& commandSink();
    std::size_t channels() const;
    // Asks every device to move within `over`, and says 503 to GET /espapi/watch from now on (false: no longer).
    void drain(bool draining, std::chrono::milliseconds over, const std::string& url);
    // Lets go of the channels, without telling anybody; after the port has stopped.
    void stop();

private:
    void post(net::Request request, const net::Reply& reply);
    void poll(const net::Request& request, const net::Reply& reply);
    void watch(const net::Reply& reply) const;

    metrics::Registry& m_metrics;
    EdgePtr m_edge;
    std::atomic<bool> m_draining{false};
};

} // namespace cohort::edge

#include "server/metrics/metrics.h"
#include "server/net/server_private.h"

namespace cohort::net {

using metrics::Metric;

void Server::exportTo(metrics::Registry& registry, const std::string& label) const
{
    const auto read = [port = std::weak_ptr(d->port)](std::atomic<std::uint64_t>& value) {
        return [port, &value] {
            const auto alive = port.lock();
            return alive ? static_cast<double>(value.load()) : 0.0;
        };
    };
    registry.counted<Metric::NetAccepted>(read(d->port->accepted), label);
    registry.gauge<Metric::NetOpen>(read(d->port->open), label);
    registry.counted<Metric::NetRequests>(read(d->port->requests), label);
    registry.counted<Metric::NetFrames>(read(d->port->frames), label);
    registry.counted<Metric::NetSlowPeersDropped>(read(d->port->slowPeersDropped), label);
    for (std::size_t i = 0; i < RefusalCount; ++i)
        registry.counted<Metric::NetRefused>(read(d->port->refused[i]), label, refusalLabel(static_cast<Refusal>(i)));
}

} // namespace cohort::net

#include "server/metrics/metrics.h"
#include "server/net/server_private.h"

namespace cohort::net {

void Server::exportTo(metrics::Registry& registry, const std::string& label) const
{
    const std::string port = "port=\"" + label + "\"";
    const auto show = [&](const char* name, const char* help, std::atomic<std::uint64_t>& value,
                          std::string more = {}) {
        registry.gauge(
            name, help, [held = d->port, &value] { return static_cast<double>(value.load()); },
            "{" + port + more + "}");
    };
    show("cohort_net_accepted_total", "Connections accepted", d->port->accepted);
    show("cohort_net_open", "Connections open now", d->port->open);
    show("cohort_net_requests_total", "HTTP requests given to handlers", d->port->requests);
    show("cohort_net_frames_total", "WebSocket messages received", d->port->frames);
    show("cohort_net_slow_peers_dropped_total", "Peers that did not read what they were sent",
         d->port->slowPeersDropped);
    for (std::size_t i = 0; i < RefusalCount; ++i) {
        const std::string reason = std::string(",reason=\"") + refusalLabel(static_cast<Refusal>(i)) + "\"";
        show("cohort_net_refused_total", "Connections, requests and frames refused", d->port->refused[i], reason);
    }
}

} // namespace cohort::net

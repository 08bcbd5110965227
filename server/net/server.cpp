#include "server/net/server.h"

#include "server/net/server_private.h"

#include <algorithm>
#include <numeric>

namespace cohort::net {

const char* refusalLabel(Refusal why)
{
    static constexpr const char* Labels[] = {
#define COHORT_X(name, label) label,
        COHORT_REFUSALS(COHORT_X)
#undef COHORT_X
    };
    return Labels[static_cast<std::size_t>(why)];
}

IoThreads::IoThreads(int count, const Clock& clock) : d(std::make_unique<Private>())
{
    for (int i = 1; i <= std::max(count, 1); ++i)
        d->workers.push_back(std::make_shared<IoWorker>(i, clock));
}

IoThreads::~IoThreads()
{
    stop();
}

void IoThreads::start()
{
    for (const auto& worker : d->workers)
        worker->start();
}

void IoThreads::stop()
{
    for (const auto& worker : d->workers)
        worker->stop();
}

std::chrono::microseconds IoThreads::cpuTime() const
{
    std::chrono::microseconds sum{0};
    for (const auto& worker : d->workers)
        sum += worker->cpuTime();
    return sum;
}

Server::Server(IoThreads& threads, ListenOptions options, std::shared_ptr<Handler> handler)
    : d(std::make_shared<Private>(threads))
{
    d->port->options = std::move(options);
    d->port->handler = std::move(handler);
}

Server::~Server()
{
    stop();
}

Result<void> Server::start()
{
    const ListenOptions& options = d->port->options;
    if (options.certificateFile.empty() != options.keyFile.empty())
        return fail(ErrorCode::WrongValue, QStringLiteral("a TLS certificate and its key go together"));
    if (!options.certificateFile.empty()) {
        COHORT_TRY(context, makeTlsContext(options.certificateFile, options.keyFile));
        d->port->tls = std::move(context);
    }
    boost::system::error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error)
        return fail(ErrorCode::WrongValue, QStringLiteral("%1 is not an address to listen on; give it in numbers")
                                               .arg(QString::fromStdString(options.address)));
    d->number = options.port;
    if (d->number != 0)
        COHORT_CHECK(checkNobodyListens({address, d->number}));
    std::vector<std::shared_ptr<PortListener>> listeners;
    for (const auto& worker : d->threads.internals().workers) {
        listeners.push_back(std::make_shared<PortListener>(worker, d->port));
        COHORT_CHECK(listeners.back()->open({address, d->number}));
        d->number = listeners.back()->boundPort();
    }
    d->listeners = std::move(listeners);
    for (const auto& listener : d->listeners)
        listener->start();
    return {};
}

std::uint16_t Server::port() const
{
    return d->number;
}

ServerFigures Server::figures() const
{
    const Port& port = *d->port;
    ServerFigures figures;
    figures.accepted = port.accepted;
    figures.open = port.open;
    figures.requests = port.requests;
    figures.frames = port.frames;
    figures.slowPeersDropped = port.slowPeersDropped;
    std::copy(port.refused.begin(), port.refused.end(), figures.refusedBy.begin());
    figures.refused = std::accumulate(figures.refusedBy.begin(), figures.refusedBy.end(), std::uint64_t{0});
    return figures;
}

void Server::stop()
{
    if (d->port->stopping.exchange(true))
        return;
    for (const auto& listener : d->listeners)
        listener->stop();
    d->listeners.clear();
}

} // namespace cohort::net

#include "server/app/device_role.h"

#include "server/actions/dispatcher.h"

namespace cohort::app {

namespace {

constexpr std::size_t CommitterNearlyFull = 15'000; // of its 20,000 submissions
constexpr std::chrono::minutes DrainOver{5};

ingest::IntakeOptions intakeOptions(const Options& options, const bus::Bus& bus)
{
    ingest::IntakeOptions intake;
    if (options.messagesPerSecond > 0)
        intake.messagesPerSecond = static_cast<int>(options.messagesPerSecond);
    if (options.measurementsPerSecond > 0)
        intake.measurementsPerSecond = static_cast<int>(options.measurementsPerSecond);
    intake.watched = [&homes = bus.watchedHomes()](LocationId home) { return homes.contains(home); };
    return intake;
}

} // namespace

net::ListenOptions listenOptions(const Options& options, const ListenAddress& listen)
{
    net::ListenOptions out;
    out.address = listen.address.toStdString();
    out.port = listen.port;
    out.certificateFile = options.tlsCertificate.toStdString();
    out.keyFile = options.tlsKey.toStdString();
    if (options.connectionsPerAddress > 0)
        out.limits.connectionsPerAddress = options.connectionsPerAddress;
    return out;
}

DeviceRole::DeviceRole(const Common& common)
    : m_common(common), m_cache({common.database}, common.bus, common.metrics, common.clock),
      m_intake(intakeOptions(common.options, common.bus), m_cache, common.committer, common.metrics, common.clock),
      m_directory(directoryOptions(), common.bus, common.committer, common.metrics, common.clock),
      m_handler(std::make_shared<edge::DeviceHandler>(
          edgeOptions(), m_cache, m_intake, common.metrics, common.clock,
          [this](const directory::PresenceChange& change) { m_directory.presence().report(change); })),
      m_port(
          std::make_unique<net::Server>(common.io, listenOptions(common.options, common.options.deviceIo), m_handler))
{
    common.metrics.gauge<metrics::Metric::EdgeConnections>([this] { return connections(); });
    m_port->exportTo(common.metrics, "device");
}

DeviceRole::~DeviceRole()
{
    stop();
}

edge::EdgeOptions DeviceRole::edgeOptions()
{
    edge::EdgeOptions options;
    options.pressure = [&committer = m_common.committer] { return committer.waiting() > CommitterNearlyFull; };
    options.ready = [this] {
        return m_common.isReady.load() && !m_common.committer.isReplaced() && !m_common.committer.isSilent();
    };
    options.connected = [this](DeviceId device) {
        if (auto* dispatcher = m_dispatcher.load())
            dispatcher->deviceConnected(device);
    };
    options.commandDelivered = [this](CommandId command) {
        if (auto* dispatcher = m_dispatcher.load())
            dispatcher->commandDelivered(command);
    };
    return options;
}

directory::DirectoryServiceOptions DeviceRole::directoryOptions()
{
    directory::DirectoryServiceOptions options;
    options.database = m_common.database;
    options.node.name = m_common.options.node;
    options.node.deviceioUrl = m_common.options.deviceIoUrl;
    options.node.apiUrl = m_common.options.apiUrl();
    options.node.roles = m_common.options.roles.join(QLatin1Char(','));
    options.node.capacity = static_cast<int>(net::Limits().connections);
    options.node.version = QStringLiteral(COHORT_VERSION);
    options.connections = [this] { return static_cast<int>(connections()); };
    options.cpu = [&io = m_common.io, &clock = m_common.clock, threads = m_common.options.ioThreads,
                   last = std::chrono::microseconds(0), at = m_common.clock.steady()]() mutable {
        using Seconds = std::chrono::duration<double>;
        const auto used = io.cpuTime();
        const auto now = clock.steady();
        const double share = Seconds(used - last) / std::max(Seconds(now - at), Seconds(0.001)) / threads;
        last = used;
        at = now;
        return share;
    };
    options.onDraining = [this](bool draining) {
        m_handler->drain(draining, DrainOver, m_common.options.deviceIoUrl.toStdString());
    };
    return options;
}

double DeviceRole::connections() const
{
    return m_port ? static_cast<double>(m_port->figures().open) : 0;
}

Result<void> DeviceRole::start()
{
    COHORT_CHECK(m_cache.start());
    COHORT_CHECK(m_directory.start());
    return m_port->start();
}

void DeviceRole::stopPort()
{
    m_port->stop();
}

void DeviceRole::stop()
{
    m_dispatcher = nullptr;
    m_port->stop();
    m_handler->stop();
    m_directory.stop();
    m_cache.stop();
}

} // namespace cohort::app

#include "server/app/node.h"

#include "server/actions/dispatcher.h"
#include "server/api/dispatch/sign_in.h"
#include "server/app/api_role.h"
#include "server/app/sampling.h"
#include "server/composer/composer_service.h"
#include "server/net/tls_context.h"
#include "shared/base/fingerprint.h"
#include "shared/base/log.h"
#include "shared/base/system_clock.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QSslCertificate>

#include <cstdio>

namespace cohort::app {

namespace {

worker::WorkerOptions workerOptions(const Options& options)
{
    worker::WorkerOptions worker;
    worker.rulesPath = options.rulesDirectory;
    return worker;
}

store::CommitterOptions committerOptions(const Options& options, const store::ConnectionSettings& database)
{
    store::CommitterOptions committer;
    committer.database = database;
    committer.node = options.node;
    return committer;
}

// What the console asks to be compared at its first contact.
void logFingerprint(const QString& certificateFile, Timestamp now)
{
    const auto chain = QSslCertificate::fromPath(certificateFile);
    if (chain.isEmpty())
        return;
    const QStringList groups = fingerprintGroups(chain.first().digest(QCryptographicHash::Sha256).toHex());
    const QDateTime until = chain.first().expiryDate();
    log(until.toMSecsSinceEpoch() < toMs(now) ? LogLevel::Error : LogLevel::Info, "tls-certificate",
        {{"fingerprint", groups.join(QLatin1Char(' '))}, {"until", until.toUTC().toString(Qt::ISODate)}});
}

// One step of the order in THREADS.md, which names it by the same word; a part that this node does not have is no step.
template <typename Part, typename Stop>
void stopPart(const char* name, const Part& part, Stop stop)
{
    if (!part)
        return;
    log(LogLevel::Info, "stopping", {{"part", name}});
    stop(*part);
}

template <typename Part>
void stopPart(const char* name, const Part& part)
{
    stopPart(name, part, [](auto& it) { it.stop(); });
}

} // namespace

// Declared in the order of starting; destroyed in the opposite one.
struct Node::Private
{
    explicit Private(Options given) : options(std::move(given)), database(options) {}

    const Options options;
    Database database;
    SystemClock clock;
    metrics::Registry metrics;
    bus::Bus bus;
    std::atomic<bool> isReady{false};
    std::unique_ptr<net::IoThreads> io;
    std::unique_ptr<store::Committer> committer;
    std::optional<Common> common;
    std::unique_ptr<DeviceRole> devices;
    std::unique_ptr<actions::Dispatcher> dispatcher;
    std::unique_ptr<composer::ComposerService> composer;
    std::unique_ptr<ScriptServices> scripts;
    std::unique_ptr<ApiRole> api;
    std::unique_ptr<Sampling> sampling;

    Result<void> startStore();
    Result<void> startDevices();
    Result<void> startComposer();
    Result<void> startApi();
    Result<void> announceFirstAdmin();
    model::ComposerState composerState() const;
};

Result<void> Node::Private::startStore()
{
    COHORT_CHECK(database.open());
    io = std::make_unique<net::IoThreads>(options.ioThreads, clock);
    committer = std::make_unique<store::Committer>(
        committerOptions(options, database.settings()),
        [this](store::LogBatchPtr batch) { bus.publish(bus::BatchCommitted{std::move(batch)}); },
        [this](CommandId command, LocationId location) {
            bus.publish(bus::CommandChanged{command, {}, location});
        });
    COHORT_CHECK(committer->start());
    metrics.gauge<metrics::Metric::CommitterWaiting>([this] { return static_cast<double>(committer->waiting()); });
    common.emplace(Common{options, database.settings(), bus, *committer, metrics, clock, *io, isReady});
    return {};
}

Result<void> Node::Private::startDevices()
{
    if (options.hasRole(QStringLiteral("deviceio")))
        devices = std::make_unique<DeviceRole>(*common);
    actions::DispatcherOptions dispatching;
    dispatching.database = database.settings();
    dispatching.node = options.node;
    dispatcher = std::make_unique<actions::Dispatcher>(dispatching, bus, *committer,
                                                       devices ? &devices->commandSink() : nullptr, metrics, clock);
    COHORT_CHECK(dispatcher->start());
    if (!devices)
        return {};
    devices->setDispatcher(dispatcher.get());
    return devices->start();
}

Result<void> Node::Private::startComposer()
{
    scripts = std::make_unique<ScriptServices>(workerOptions(options), options.libraryDirectory);
    if (!options.hasRole(QStringLiteral("composer")))
        return {};
    composer::ComposerOptions composing;
    composing.database = database.settings();
    composing.node = options.node;
    composing.worker = workerOptions(options);
    composer = std::make_unique<composer::ComposerService>(composing, bus, metrics, clock);
    return composer->start();
}

model::ComposerState Node::Private::composerState() const
{
    if (!composer)
        return {model::ComposerStatus::Off, QStringLiteral("this server does not play the composer role")};
    const QString reason = composer->unsafeReason();
    return {reason.isEmpty() ? model::ComposerStatus::Running : model::ComposerStatus::Off, reason};
}

Result<void> Node::Private::startApi()
{
    sampling = std::make_unique<Sampling>(options, database, metrics, bus, clock);
    sampling->start();
    if (!options.hasRole(QStringLiteral("api")))
        return {};
    ApiNeighbours neighbours;
    neighbours.directory = devices ? &devices->directory() : nullptr;
    neighbours.scripts = scripts.get();
    neighbours.composerState = [this] { return composerState(); };
    neighbours.samples = [this](Timestamp from, Timestamp to) { return sampling->sampler().samples(from, to); };
    api = std::make_unique<ApiRole>(*common, std::move(neighbours));
    COHORT_CHECK(api->start());
    return announceFirstAdmin();
}

Result<void> Node::Private::announceFirstAdmin()
{
    COHORT_TRY(connection, store::Connection::open(database.settings()));
    COHORT_TRY(code, api::Bootstrap::oneTimeCode(*connection));
    if (!code.isEmpty())
        log(LogLevel::Info, "first-admin",
            {{"code", code}, {"use", "cohort-console, Sign in, First administrator"}, {"hours", 1}});
    return {};
}

Node::Node(Options options) : d(std::make_unique<Private>(std::move(options))) {}

Node::~Node()
{
    stop();
}

Result<void> Node::start()
{
    log(LogLevel::Info, "starting",
        {{"version", COHORT_VERSION}, {"node", d->options.node}, {"data", d->options.dataDirectory}});
    if (!d->options.tlsCertificate.isEmpty()) // before a database is started for nothing
        COHORT_CHECK(net::makeTlsContext(d->options.tlsCertificate.toStdString(), d->options.tlsKey.toStdString()));
    COHORT_CHECK(d->startStore());
    COHORT_CHECK(d->startDevices());
    COHORT_CHECK(d->startComposer());
    COHORT_CHECK(d->startApi());
    d->io->start();
    d->isReady = true;
    if (!d->options.tlsCertificate.isEmpty())
        logFingerprint(d->options.tlsCertificate, d->clock.now());
    const model::ComposerState composer = d->composerState();
    log(LogLevel::Info, "ready",
        {{"api", d->options.api.port},
         {"deviceio", d->options.deviceIo.port},
         {"composer", model::textOf(composer.status)},
         {"reason", composer.reason}});
    return {};
}

void Node::stop()
{
    if (!d->committer && !d->io) {
        d->database.close();
        return;
    }
    log(LogLevel::Info, "stopping");
    d->isReady = false;
    stopPart("device-port", d->devices, [](DeviceRole& devices) { devices.stopPort(); });
    stopPart("api", d->api);
    stopPart("composer", d->composer);
    stopPart("actions", d->dispatcher);
    stopPart("devices", d->devices);
    stopPart("sampling", d->sampling);
    stopPart("committer", d->committer);
    stopPart("io", d->io);
    d->api.reset();
    d->scripts.reset();
    d->composer.reset();
    d->devices.reset();
    d->dispatcher.reset();
    d->sampling.reset();
    d->common.reset();
    d->committer.reset();
    d->io.reset();
    stopPart("database", &d->database, [](Database& database) { database.close(); });
    log(LogLevel::Info, "stopped");
}

} // namespace cohort::app

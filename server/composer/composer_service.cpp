#include "server/composer/composer_service.h"

#include "server/composer/running/core.h"
#include "shared/base/log.h"

#include <QThread>

namespace cohort::composer {

namespace {

ComposerSessionOptions sessionOptions(const ComposerOptions& options)
{
    ComposerSessionOptions session;
    session.database = options.database;
    session.node = options.node;
    session.pool.lane.worker = options.worker;
    session.pool.lanesPerDeployment = options.lanesPerDeployment;
    session.mostInstances = options.mostInstances;
    return session;
}

} // namespace

struct ComposerService::Private
{
    Private(ComposerOptions o, bus::Bus& b, metrics::Registry& registry, const Clock& c)
        : options(std::move(o)), bus(b), meters(registry), clock(c)
    {
    }

    ComposerOptions options;
    bus::Bus& bus;
    Meters meters;
    const Clock& clock;
    QString unsafe;
    QThread thread;
    std::unique_ptr<Core> core;

    void end(bool commit);
};

void ComposerService::Private::end(bool commit)
{
    if (!core)
        return;
    QMetaObject::invokeMethod(
        core.get(), [this, commit] { core->end(commit); }, Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();
    core.reset();
}

ComposerService::ComposerService(ComposerOptions options, bus::Bus& bus, metrics::Registry& registry,
                                 const Clock& clock)
    : d(std::make_unique<Private>(std::move(options), bus, registry, clock))
{
}

ComposerService::~ComposerService()
{
    d->end(false);
}

Result<void> ComposerService::start()
{
    if (d->options.selfTest) {
        auto tested = worker::selfTest(d->options.worker);
        if (!tested) {
            d->unsafe = tested.error().message();
            log(LogLevel::Error, "composer-off", {{"reason", d->unsafe}});
            return {};
        }
        for (const QString& warning : *tested)
            log(LogLevel::Warning, "sandbox", {{"warning", warning}});
    }
    d->core = std::make_unique<Core>(sessionOptions(d->options), d->bus, d->meters, d->clock);
    d->core->moveToThread(&d->thread);
    d->thread.setObjectName(QStringLiteral("composer"));
    d->thread.start();
    QMetaObject::invokeMethod(d->core.get(), &Core::begin, Qt::QueuedConnection);
    return {};
}

void ComposerService::stop()
{
    d->end(true);
}

QString ComposerService::unsafeReason() const
{
    return d->unsafe;
}

std::optional<store::LogPosition> ComposerService::restsAt() const
{
    std::optional<store::LogPosition> position;
    if (d->core)
        QMetaObject::invokeMethod(
            d->core.get(), [this, &position] { position = d->core->restsAt(); }, Qt::BlockingQueuedConnection);
    return position;
}

} // namespace cohort::composer

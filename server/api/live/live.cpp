#include "server/api/live/live.h"

#include "server/api/live/live_loader.h"
#include "server/store/repositories/session_repository.h"
#include "shared/base/log.h"
#include "shared/base/mailbox.h"
#include "shared/model/device_types.h"
#include "shared/model/json.h"
#include "shared/protocol/notification.h"

#include <QLocale>

#include <pthread.h>

#include <atomic>
#include <thread>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr Milliseconds Tick{100};
constexpr int TicksPerSecond = 10;
constexpr std::size_t NoticesMost = 8'192;
constexpr std::uint64_t LiveLane = 1; // the executor's lane of loads
template <typename... F>
struct Overloaded : F...
{
    using F::operator()...;
};
template <typename... F>
Overloaded(F...) -> Overloaded<F...>;

QString shown(const Value& value)
{
    return value.isNone() ? QStringLiteral("no value") : QString::fromStdString(textOf(value));
}

protocol::SampleArrived sampleOf(const store::LogRow& row)
{
    return {{.stream = row.stream,
             .device = row.device,
             .name = QString::fromStdString(row.name),
             .index = QString::fromStdString(row.index),
             .time = toMs(row.time),
             .value = row.value,
             .isFact = row.kind == store::RowKind::Fact}};
}

model::TimelineKind kindOf(store::RowKind kind)
{
    switch (kind) {
    case store::RowKind::Measurement:
        return model::TimelineKind::Measurement;
    case store::RowKind::Fact:
        return model::TimelineKind::Fact;
    case store::RowKind::Installed:
        return model::TimelineKind::Script;
    default:
        return model::TimelineKind::Event;
    }
}

protocol::TimelineAdded entryOf(const store::LogRow& row)
{
    const QString name = QString::fromStdString(row.name);
    const bool isValue = row.kind == store::RowKind::Measurement || row.kind == store::RowKind::Fact;
    const QString event = QString::fromLatin1(store::rowKindName(row.kind));
    return {{.time = row.time,
             .kind = kindOf(row.kind),
             .text = isValue ? name + u" = "_s + shown(row.value) : event + (name.isEmpty() ? name : u": "_s + name),
             .object = row.device ? u"device:%1"_s.arg(row.device.value) : QString()}};
}

} // namespace

struct Live::Private
{
    Private(bus::Bus& b, Executor& e, const Services& s)
        : bus(b), executor(e), services(s), subscribers(b.watchedHomes()), loader(subscribers, s.clock),
          notices(NoticesMost)
    {
    }

    bus::Bus& bus;
    Executor& executor;
    const Services& services;
    LiveSubscribers subscribers;
    LiveLoader loader;
    Mailbox<bus::Notice> notices;
    std::atomic<bool> lost{false};
    std::atomic<bool> stopping{false};
    std::unique_ptr<bus::Bus::Subscription> subscription;
    std::thread thread;
    std::map<qint64, QList<protocol::SampleArrived>> measurements; // by location, of this tick
    std::map<qint64, QList<protocol::TimelineAdded>> timeline;     // likewise

    void run(const std::shared_ptr<Private>& self);
    void tick(const std::shared_ptr<Private>& self, bool lookAgain);
    void take(const store::LogBatch& batch);
    void gather(const bus::Notice& notice, LiveChanges& changes);
    void postLoad(const std::shared_ptr<Private>& self, LiveChanges changes);
    void tellMetrics();
    void review(const std::shared_ptr<Private>& self);
};

void Live::Private::take(const store::LogBatch& batch)
{
    for (const auto& row : batch.rows) {
        const bool isMeasurement = row.kind == store::RowKind::Measurement, isFact = row.kind == store::RowKind::Fact;
        const auto location = row.location.value;
        if ((isMeasurement || isFact) && subscribers.isFollowed("measurements", location))
            measurements[location].append(sampleOf(row));
        const bool shown = !isMeasurement || model::reportsOnChange(row.name);
        if (shown && subscribers.isFollowed("timeline", location))
            timeline[location].append(entryOf(row));
    }
}

void Live::Private::tellMetrics()
{
    if (!services.samples || !subscribers.isFollowed("metrics"))
        return;
    const auto now = services.clock.now();
    const auto samples = services.samples(now - std::chrono::seconds(20), now + std::chrono::seconds(1));
    if (!samples.isEmpty())
        subscribers.publish(0, QList{protocol::MetricsSampled{samples.last()}});
}

void Live::Private::gather(const bus::Notice& notice, LiveChanges& changes)
{
    std::visit(Overloaded{
                   [&](const bus::BatchCommitted& n) {
                       if (n.batch && subscribers.hasRowFollowers())
                           take(*n.batch);
                   },
                   [&](const bus::CommandChanged& n) { changes.commands.insert(n.command); },
                   [&](const bus::AlertChanged& n) { changes.alerts.insert(n.alert); },
                   [&](const bus::MessageChanged& n) { changes.messages.emplace(n.message, n.deployment); },
                   [&](const bus::ScriptChanged& n) {
                       subscribers.publish(n.deployment.value, QList{protocol::ScriptChanged{n.script}});
                   },
                   [&](const bus::RunRecorded& n) {
                       if (subscribers.isFollowed("runs", n.script.value))
                           changes.runs[n.script.value] = 1;
                   },
                   [&](const bus::PresenceChanged& n) {
                       if (subscribers.isFollowed("presence"))
                           changes.presence.push_back(n);
                   },
                   [&](const bus::ConfigurationChanged&) {
                       changes.configuration = changes.configuration || subscribers.isFollowed("configuration");
                   },
                   [&](const bus::MetricsSampled&) { tellMetrics(); },
               },
               notice);
}

void Live::Private::postLoad(const std::shared_ptr<Private>& self, LiveChanges changes)
{
    if (changes.isEmpty())
        return;
    Executor::Job job;
    job.work = [self, changes = std::move(changes)](store::Connection& connection) {
        return self->loader.load(connection, changes);
    };
    job.finish = [self](const Result<void>& done) {
        if (!done && !self->stopping)
            self->subscribers.resync({});
    };
    job.again = true;
    if (!executor.post(LiveLane, std::move(job)))
        subscribers.resync({});
}

void Live::Private::tick(const std::shared_ptr<Private>& self, bool lookAgain)
{
    if (lost.exchange(false)) {
        log(LogLevel::Warning, "live-notices-lost");
        subscribers.resync({});
    }
    LiveChanges changes;
    changes.configuration = lookAgain;
    for (const auto& notice : notices.drainAll())
        gather(notice, changes);
    if (!subscribers.hasActionFollowers()) { // who comes later loads everything first
        changes.commands.clear();
        changes.alerts.clear();
        changes.messages.clear();
    }
    for (const auto& [location, items] : std::exchange(measurements, {}))
        subscribers.publish(location, items);
    for (const auto& [location, items] : std::exchange(timeline, {}))
        subscribers.publish(location, items);
    postLoad(self, std::move(changes));
}

// One statement for the sessions of all. A database that is away says nothing of them.
void Live::Private::review(const std::shared_ptr<Private>& self)
{
    std::vector<std::pair<std::shared_ptr<Listener>, QByteArray>> listeners;
    const auto standing = std::make_shared<store::StandingSessions>();
    QList<QByteArray> sessions;
    for (auto& listener : subscribers.reviewed()) {
        const QByteArray session = listener->session();
        if (!session.isEmpty())
            sessions.append(session);
        listeners.emplace_back(std::move(listener), session);
    }
    if (listeners.empty())
        return;
    Executor::Job job;
    job.work = [standing, sessions](store::Connection& connection) -> Result<void> {
        if (sessions.isEmpty())
            return {};
        COHORT_TRY(found, store::SessionRepository(connection).standing(sessions));
        *standing = std::move(found);
        return {};
    };
    job.finish = [self, listeners = std::move(listeners), standing](const Result<void>& done) {
        if (!done || self->stopping)
            return;
        for (const auto& [listener, session] : listeners) {
            const auto found = standing->find(session);
            listener->review(session, found == standing->end() ? std::nullopt : std::optional(found->second));
        }
    };
    if (!executor.post(LiveLane, std::move(job)))
        log(LogLevel::Warning, "sessions-not-reviewed");
}

void Live::Private::run(const std::shared_ptr<Private>& self)
{
    pthread_setname_np(pthread_self(), "api-live");
    for (int ticks = 1; !stopping; ++ticks) {
        std::this_thread::sleep_for(Tick);
        const bool second = ticks % TicksPerSecond == 0;
        tick(self, second && loader.isBehind());
        if (second)
            review(self);
    }
}

Live::Live(bus::Bus& bus, Executor& executor, const Services& services)
    : d(std::make_shared<Private>(bus, executor, services))
{
}

Live::~Live()
{
    stop();
}

void Live::start()
{
    d->subscription = d->bus.subscribe(bus::allTopics(), [self = d.get()](const bus::Notice& notice) {
        if (!self->notices.put(bus::Notice(notice)))
            self->lost = true;
    });
    LiveChanges first; // begins to follow the configuration
    first.configuration = true;
    d->postLoad(d, std::move(first));
    d->thread = std::thread([self = d] { self->run(self); });
}

void Live::stop()
{
    d->stopping = true;
    d->subscription.reset();
    if (d->thread.joinable())
        d->thread.join();
}

Result<std::int64_t> Live::add(const std::shared_ptr<Listener>& listener, const std::string& topic, std::int64_t filter,
                               Eyes eyes)
{
    return d->subscribers.add(listener, topic, filter, eyes);
}

Result<void> Live::remove(const Listener* listener, std::int64_t subscription)
{
    return d->subscribers.remove(listener, subscription);
}

void Live::removeAll(const Listener* listener)
{
    d->subscribers.removeAll(listener);
}

void Live::endAll(const Listener* listener)
{
    d->subscribers.endAll(listener);
}

void Live::addReviewed(const std::shared_ptr<Listener>& listener)
{
    d->subscribers.addReviewed(listener);
}

void Live::addPage(const std::shared_ptr<Listener>& listener, ParticipantId participant)
{
    d->subscribers.addPage(listener, participant);
}

} // namespace cohort::api

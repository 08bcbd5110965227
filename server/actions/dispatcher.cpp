#include "server/actions/dispatcher.h"

#include "server/actions/open_commands.h"
#include "server/actions/outbox.h"
#include "server/store/pool/node_repository.h"
#include "server/store/repositories/alert_repository.h"
#include "server/store/repositories/message_repository.h"
#include "shared/base/log.h"
#include "shared/base/mailbox.h"

#include <pthread.h>

#include <atomic>
#include <set>
#include <thread>

namespace cohort::actions {

namespace {

constexpr std::size_t Hints = 50'000; // above: lost, the poll finds out
constexpr int RoundsBetweenFullPolls = 30;
constexpr Milliseconds PollWindow{20'000}; // of polls for new commands: longer than any transaction that makes one

struct Connected
{
    DeviceId gateway;
};
struct Delivered
{
    CommandId command;
};
struct Changed
{
    CommandId command;
};
struct Answered
{
}; // somebody did something that belongs into the log
using Hint = std::variant<Connected, Delivered, Changed, Answered>;

struct Counters
{
    explicit Counters(metrics::Registry& registry)
        : sent(registry.counter<metrics::Metric::ActionsCommandsSent>()),
          expired(registry.counter<metrics::Metric::ActionsCommandsExpired>())
    {
    }
    metrics::Counter& sent;
    metrics::Counter& expired;
};

} // namespace

struct Dispatcher::Private
{
    Private(DispatcherOptions o, bus::Bus& bus_, store::Committer& committer, CommandSink* sink_,
            metrics::Registry& registry, const Clock& clock_)
        : options(std::move(o)), clock(clock_), bus(bus_), sink(sink_), hints(Hints), logged(Hints),
          outbox(committer,
                 [this](OutboxDone done) {
                     if (logged.put(std::move(done)))
                         (void)hints.put(Answered{}); // wakes the thread
                 }),
          counters(registry), own(options.resendAfter)
    {
    }

    void run();
    Result<void> connect();
    Result<void> round(const std::deque<Hint>& received, bool tick);
    Result<void> handle(const std::deque<Hint>& received);
    Result<void> poll();
    Result<void> deliver();
    Result<void> maintain();
    Result<void> publishFresh();
    void publish(const std::vector<store::CommandPlace>& commands);
    void publish(const std::vector<store::AlertPlace>& alerts);

    const DispatcherOptions options;
    const Clock& clock;
    bus::Bus& bus;
    CommandSink* const sink;
    Mailbox<Hint> hints;
    Mailbox<OutboxDone> logged; // a few for each round
    Outbox outbox;
    Counters counters;
    std::atomic<bool> stopping{false};
    std::thread thread;
    std::unique_ptr<bus::Bus::Subscription> subscription;

    // The thread's own.
    struct Own
    {
        explicit Own(Milliseconds resendAfter) : open(resendAfter) {}
        std::unique_ptr<store::Connection> connection;
        OpenCommands open;
        bool isKeeper = false; // this dispatcher holds the lock of the pool's one
        bool outboxAsked = false;
        int rounds = 0;
        std::optional<Timestamp> freshSince;
        std::vector<CommandId> toMark; // handed over, not yet marked as sent
    } own;
};

Result<void> Dispatcher::Private::connect()
{
    if (own.connection && own.connection->isOpen())
        return {};
    own.isKeeper = false; // the lock went with the connection
    own.rounds = 0;
    if (own.connection)
        return own.connection->reopen();
    COHORT_TRY(connection, store::Connection::open(options.database));
    own.connection = std::move(connection);
    return {};
}

void Dispatcher::Private::run()
{
    pthread_setname_np(pthread_self(), "actions");
    auto nextTick = clock.steady();
    while (!stopping) {
        const auto left = std::chrono::ceil<Milliseconds>(nextTick - clock.steady());
        auto received = hints.drainAll(std::clamp(left, Milliseconds(0), options.pollEvery));
        if (stopping)
            break;
        const bool tick = clock.steady() >= nextTick;
        Result<void> done = connect();
        if (done)
            done = round(received, tick);
        if (!done) {
            log(LogLevel::Warning, "dispatcher-round-failed", {{"error", done.error().message()}});
            own.rounds = 0; // hints may be lost: look at all
            std::this_thread::sleep_for(Milliseconds(200));
        }
        if (tick)
            nextTick = clock.steady() + options.pollEvery;
    }
}

Result<void> Dispatcher::Private::round(const std::deque<Hint>& received, bool tick)
{
    COHORT_CHECK(handle(received));
    if (tick)
        COHORT_CHECK(poll());
    COHORT_CHECK(deliver());
    if (tick)
        COHORT_CHECK(maintain());
    if (own.isKeeper && (tick || own.outboxAsked)) {
        COHORT_CHECK(outbox.submitNew(*own.connection));
        own.outboxAsked = false;
    }
    return tick ? publishFresh() : Result<void>();
}

Result<void> Dispatcher::Private::handle(const std::deque<Hint>& received)
{
    for (const OutboxDone& done : logged.drainAll())
        COHORT_CHECK(outbox.finished(*own.connection, done));
    std::set<CommandId> ids;
    for (const Hint& hint : received) {
        if (const auto* connected = std::get_if<Connected>(&hint)) {
            own.open.channelOpened(connected->gateway, clock.steady());
        } else if (const auto* command = std::get_if<Changed>(&hint)) {
            ids.insert(command->command);
        } else if (const auto* delivered = std::get_if<Delivered>(&hint)) {
            own.toMark.push_back(delivered->command);
            own.open.sent(delivered->command, clock.steady());
        } else {
            own.outboxAsked = true;
        }
    }
    if (ids.empty())
        return {};
    const SteadyTime asked = clock.steady(); // before, so that no expiry is taken for a later one
    COHORT_TRY(rows, store::CommandRepository(*own.connection).open(options.resendAfter, {ids.begin(), ids.end()}));
    for (const auto& row : rows)
        ids.erase(row.id);
    for (const CommandId ended : ids)
        own.open.remove(ended);
    own.open.update(std::move(rows), asked, false);
    return {};
}

// New commands that no hint told of; now and then all of them.
Result<void> Dispatcher::Private::poll()
{
    const bool all = own.rounds++ % RoundsBetweenFullPolls == 0;
    store::CommandRepository commands(*own.connection);
    const SteadyTime asked = clock.steady();
    auto rows = all ? commands.open(options.resendAfter) : commands.openMadeWithin(options.resendAfter, PollWindow);
    if (!rows)
        return fail(std::move(rows.error()));
    own.open.update(std::move(*rows), asked, all);
    return {};
}

Result<void> Dispatcher::Private::deliver()
{
    if (sink) {
        const auto delivered = own.open.deliverDue(*sink, clock.steady(), options.pollEvery);
        counters.sent.add(delivered.size());
        own.toMark.insert(own.toMark.end(), delivered.begin(), delivered.end());
    }
    if (own.toMark.empty())
        return {};
    COHORT_TRY(marked, store::CommandRepository(*own.connection).markSent(own.toMark));
    own.toMark.clear();
    publish(marked);
    return {};
}

// What one dispatcher of the pool does for all: expiry, snoozes, actions that came to nothing, reminders, delayed messages.
Result<void> Dispatcher::Private::maintain()
{
    if (!own.isKeeper) {
        COHORT_TRY(taken, store::NodeRepository(*own.connection).becomeKeeper());
        own.isKeeper = taken;
    }
    if (!own.isKeeper)
        return {};
    COHORT_TRY(over, store::CommandRepository(*own.connection).expire());
    counters.expired.add(over.size());
    for (const store::CommandPlace& command : over)
        own.open.remove(command.id);
    publish(over);
    store::AlertRepository alerts(*own.connection);
    COHORT_TRY(reopened, alerts.reopenSnoozed());
    publish(reopened);
    COHORT_TRY(undone, alerts.reopenUndone());
    publish(undone);
    COHORT_TRY(reminded, alerts.remind());
    publish(reminded);
    COHORT_TRY(released, store::MessageRepository(*own.connection).release());
    for (const store::MessagePlace& message : released)
        subscription->publishToOthers(bus::MessageChanged{message.id, message.deployment, message.participant});
    return {};
}

// Alerts that devices raised, and those that became due for somebody: pages are told.
Result<void> Dispatcher::Private::publishFresh()
{
    COHORT_TRY(now, store::NodeRepository(*own.connection).now());
    if (own.freshSince) {
        COHORT_TRY(fresh, store::AlertRepository(*own.connection).freshSince(*own.freshSince));
        publish(fresh);
    }
    own.freshSince = now - options.pollEvery; // overlapping, for transactions that ended late
    return {};
}

void Dispatcher::Private::publish(const std::vector<store::CommandPlace>& commands)
{
    for (const store::CommandPlace& command : commands)
        subscription->publishToOthers(bus::CommandChanged{command.id, command.deployment, command.location});
}

void Dispatcher::Private::publish(const std::vector<store::AlertPlace>& alerts)
{
    for (const store::AlertPlace& alert : alerts)
        subscription->publishToOthers(bus::AlertChanged{alert.id, alert.deployment, alert.location});
}

Dispatcher::Dispatcher(DispatcherOptions options, bus::Bus& bus, store::Committer& committer, CommandSink* sink,
                       metrics::Registry& metrics, const Clock& clock)
    : d(std::make_unique<Private>(std::move(options), bus, committer, sink, metrics, clock))
{
}

Dispatcher::~Dispatcher()
{
    stop();
}

Result<void> Dispatcher::start()
{
    // Hints only: when the box is full, the next round finds the same in the database.
    const auto topics = bus::topics<bus::CommandChanged, bus::AlertChanged, bus::MessageChanged>();
    d->subscription = d->bus.subscribe(topics, [this](const bus::Notice& notice) {
        if (const auto* command = std::get_if<bus::CommandChanged>(&notice))
            (void)d->hints.put(Changed{command->command});
        else
            (void)d->hints.put(Answered{});
    });
    d->thread = std::thread([this] { d->run(); });
    return {};
}

void Dispatcher::stop()
{
    d->stopping = true;
    d->hints.close();
    if (d->thread.joinable())
        d->thread.join();
    d->subscription.reset(); // which the thread publishes through
}

void Dispatcher::deviceConnected(DeviceId gateway)
{
    (void)d->hints.put(Connected{gateway});
}

void Dispatcher::commandDelivered(CommandId command)
{
    (void)d->hints.put(Delivered{command});
}

} // namespace cohort::actions

#include "server/composer/running/composer_session.h"

#include "server/composer/running/composer_session_parts.h"
#include "shared/base/log.h"

namespace cohort::composer {

namespace {

constexpr int RowsPerRead = 20'000;
constexpr std::size_t WakesPerStep = 500;
constexpr int RestEvery = 300; // seconds
constexpr Milliseconds SilencesEvery{60'000};
constexpr Milliseconds LongestTimer{60'000};
constexpr Milliseconds WhileFull{20};

// Tells scripts which devices fell silent, and which report again.
Result<void> tellSilences(store::Connection& connection, const std::vector<int>& shards, CommitQueue& commits)
{
    COHORT_CHECK(commits.flush()); // what was told is known then, so that nothing is told twice
    COHORT_TRY(changes, store::SilenceRepository(connection).changes(shards));
    for (store::SilenceChange& change : changes)
        commits.addSilence(std::move(change));
    return {};
}

} // namespace

ComposerSession::ComposerSession(ComposerSessionOptions options, Surroundings around,
                                 std::function<void(const Error&)> lost)
    : m_options(std::move(options)), m_around(std::move(around)), m_lost(std::move(lost))
{
    m_wakeTimer.setSingleShot(true);
    connect(&m_wakeTimer, &QTimer::timeout, this, &ComposerSession::wake);
}

ComposerSession::~ComposerSession() = default;

Result<std::unique_ptr<ComposerSession>> ComposerSession::open(ComposerSessionOptions options, Surroundings around,
                                                               std::function<void(const Error&)> lost)
{
    std::unique_ptr<ComposerSession> session(
        new ComposerSession(std::move(options), std::move(around), std::move(lost)));
    COHORT_CHECK(session->start());
    return session;
}

Result<void> ComposerSession::start()
{
    COHORT_TRY(connection, store::Connection::open(m_options.database));
    store::ShardRepository repository(*connection);
    COHORT_TRY(shards, repository.lockFree());
    if (shards.empty())
        return fail(ErrorCode::Unavailable, QStringLiteral("other servers own all shards"), 1'000);
    COHORT_TRY(writer, repository.claimWriter(m_options.node));
    m_parts = std::make_unique<Parts>(
        std::move(connection), m_around, m_options, writer, callbacks(),
        [this](const store::LogBatch& batch) { return m_parts->distributor.distribute(batch); });
    COHORT_CHECK(m_parts->feed.begin(shards));
    COHORT_TRY(changed, m_parts->configuration.load(shards));
    COHORT_CHECK(apply(changed));
    log(LogLevel::Info, "composer-started", {{"shards", shards.size()}, {"scripts", changed.scripts.size()}});
    wake();
    return {};
}

void ComposerSession::wake()
{
    if (std::exchange(m_stepping, true))
        return;
    QMetaObject::invokeMethod(this, &ComposerSession::step, Qt::QueuedConnection);
}

void ComposerSession::step()
{
    m_stepping = false;
    auto log = consumeLog();
    if (!log) {
        (void)check(fail(log.error()));
        return;
    }
    auto due = wakeDue();
    if (!due) {
        (void)check(fail(due.error()));
        return;
    }
    m_parts->runner.pool().pump();
    if (*log || *due)
        wake();
    else
        armWakeTimer();
}

// True when there is more to take at once.
Result<bool> ComposerSession::consumeLog()
{
    m_full = !m_parts->hasRoom(m_options.mostWaitingRows);
    if (m_full)
        return false;
    COHORT_TRY(complete, m_parts->feed.consumeHints());
    if (complete && !m_behind)
        return false;
    COHORT_TRY(more, m_parts->feed.read(RowsPerRead));
    m_behind = more;
    return more;
}

Result<bool> ComposerSession::wakeDue()
{
    const auto keys = m_parts->wakes.popDue(m_around.clock.now(), WakesPerStep);
    for (const InstanceKey& key : keys) {
        COHORT_TRY(entry, m_parts->table.findOrLoad(key, m_parts->distributor.positionOf(key.location)));
        if (entry)
            m_parts->runner.pool().add(entry);
    }
    return keys.size() == WakesPerStep;
}

void ComposerSession::armWakeTimer()
{
    const auto next = m_parts->wakes.next();
    if (!next && !m_full)
        return m_wakeTimer.stop();
    const Milliseconds due =
        next ? std::clamp(*next - m_around.clock.now(), Milliseconds(0), LongestTimer) : LongestTimer;
    m_wakeTimer.start(m_full ? std::min(due, WhileFull) : due);
}

void ComposerSession::second()
{
    if (!check(pollConfiguration()))
        return;
    m_behind = true;
    m_parts->commits.tick();
    m_parts->table.evict();
    if (++m_seconds % RestEvery == 0)
        m_parts->runner.pool().rest();
    const SteadyTime now = m_around.clock.steady();
    if (!m_silencesAt || now - *m_silencesAt >= SilencesEvery) {
        m_silencesAt = now;
        if (!check(tellSilences(*m_parts->connection, m_parts->configuration.shards(), m_parts->commits)))
            return;
    }
    m_around.meters.instances = m_parts->table.all().size();
    m_around.meters.ready = m_parts->runner.pool().waiting();
    m_around.meters.uncommitted = m_parts->commits.size();
    m_around.meters.questions = m_around.history.waiting();
    wake();
}

void ComposerSession::answer(const engine::wire::HistoryAnswer& answer, std::uint64_t serial)
{
    m_parts->runner.pool().answer(answer, serial);
}

void ComposerSession::finish()
{
    if (auto flushed = m_parts->commits.flush(); !flushed)
        log(LogLevel::Warning, "composer-not-flushed", {{"reason", flushed.error().message()}});
}

std::optional<store::LogPosition> ComposerSession::restsAt()
{
    const auto due = m_parts->wakes.next();
    if (due && *due <= m_around.clock.now())
        wake(); // the timer was set before the clock was moved
    const WorkerPool& pool = m_parts->runner.pool();
    const bool works = m_stepping || m_full || m_around.box->size() > 0 || pool.waiting() + pool.out() > 0 ||
                       m_parts->commits.hasRows();
    return works ? std::nullopt : std::optional(m_parts->feed.position());
}

bool ComposerSession::check(const Result<void>& result)
{
    if (result)
        return true;
    if (!m_parts->connection->isOpen() || result.error().code == ErrorCode::DatabaseLost) {
        if (m_lost)
            std::exchange(m_lost, nullptr)(result.error());
        return false;
    }
    log(LogLevel::Warning, "composer-trouble", {{"reason", result.error().message()}});
    return true; // tried again within a second
}

Result<void> ComposerSession::pollConfiguration()
{
    COHORT_TRY(due, m_parts->configuration.due());
    if (!due)
        return {};
    COHORT_CHECK(m_parts->commits.flush()); // what ran so far belongs to what was
    COHORT_TRY(changed, m_parts->configuration.apply());
    return apply(changed);
}

Result<void> ComposerSession::apply(const Changed& changed)
{
    for (const auto* keys : {&changed.gone, &changed.renewed})
        for (const InstanceKey& key : *keys)
            drop(key);
    for (const bus::Notice& notice : changed.notices)
        m_around.bus.publish(notice);
    for (const ScriptId script : changed.scripts)
        COHORT_CHECK(applyScript(script));
    for (const LocationId home : changed.homes)
        COHORT_CHECK(applyHome(home));
    for (const store::LogRow& row : changed.installed)
        m_parts->commits.addRow(row);
    return {};
}

void ComposerSession::drop(const InstanceKey& key)
{
    m_parts->table.remove(key);
    m_parts->wakes.set(key, std::nullopt);
}

Result<void> ComposerSession::applyScript(ScriptId script)
{
    m_parts->table.forgetStopped(script);
    for (const InstanceEntryPtr& entry : m_parts->table.of(script)) {
        const Placement* placement = m_parts->configuration.placement(entry->key);
        if (!placement)
            drop(entry->key); // its row went with its place
        if (!placement || placement->paused)
            continue;
        if (placement->version->id != entry->version->id) {
            COHORT_CHECK(m_parts->table.rebuild(*entry, placement->version, placement->version->manifest->freshState));
            m_parts->commits.touch(entry);
        }
        std::string parameters = m_parts->configuration.parameters(entry->key, *entry->version);
        if (parameters != entry->parameters) {
            entry->parameters = std::move(parameters);
            entry->work.mirror = 0;
        }
        m_parts->runner.pool().add(entry);
    }
    store::InstanceRepository repository(*m_parts->connection);
    COHORT_TRY(sleepers, repository.sleepers(m_parts->configuration.shards(), script));
    for (const store::SleeperRow& sleeper : sleepers) {
        const InstanceKey key{sleeper.id.script, sleeper.id.location, sleeper.id.mode};
        if (!m_parts->table.find(key))
            m_parts->wakes.set(key, sleeper.wakeAt);
    }
    return {};
}

Result<void> ComposerSession::applyHome(LocationId location)
{
    for (const InstanceEntryPtr& entry : m_parts->table.of(location)) {
        if (!m_parts->configuration.homes().deploymentOf(location)) {
            drop(entry->key); // retired
            continue;
        }
        COHORT_TRY(home, m_parts->configuration.homes().home(*m_parts->connection, location));
        COHORT_CHECK(m_parts->table.changeHome(*entry, home.info));
        m_parts->runner.pool().add(entry);
    }
    return {};
}

CommitCallbacks ComposerSession::callbacks()
{
    CommitCallbacks callbacks;
    callbacks.written = [this](const Written& written) {
        if (written.batch)
            m_around.bus.publish(bus::BatchCommitted{written.batch});
        for (const bus::Notice& notice : written.notices)
            m_around.bus.publish(notice);
        if (written.batch && check(m_parts->feed.consumeOwn(written.batch)))
            wake();
    };
    callbacks.done = [this](const Pending& done) { committed(done); };
    callbacks.spoiled = [this](const InstanceEntryPtr& entry) {
        m_parts->table.stop(entry->key);
        m_parts->wakes.set(entry->key, std::nullopt);
    };
    callbacks.lost = [this](const Error& error) { (void)check(fail(error)); };
    callbacks.positions = [this] { return m_parts->shardPositions(); };
    return callbacks;
}

void ComposerSession::committed(const Pending& done)
{
    const Timestamp now = m_around.clock.now();
    for (const FinishedRun& run : done.runs) {
        if (run.arrival && !run.effects.empty())
            m_around.meters.seconds.record(std::max(now - *run.arrival, Milliseconds(0)));
    }
    for (const InstanceEntryPtr& entry : done.stopped) {
        m_parts->table.stop(entry->key);
        m_parts->wakes.set(entry->key, std::nullopt);
    }
}

} // namespace cohort::composer

#include "server/composer/commit/commit_queue.h"

#include "server/composer/feed/row_input.h"
#include "shared/base/log.h"

#include <algorithm>
#include <set>

namespace cohort::composer {

namespace {

constexpr Milliseconds Soon{5};
constexpr Milliseconds Later{1'000};
constexpr Milliseconds AfterFailure{100};
constexpr int FailuresBeforeApart = 3;
constexpr std::size_t MostRuns = 5'000; // then it does not wait

// Nobody else is to blame, and trying again helps.
bool isPassing(ErrorCode code)
{
    return code == ErrorCode::Conflict || code == ErrorCode::Timeout || code == ErrorCode::AlreadyExists;
}

template <typename Rows, typename Where>
Rows only(const Rows& rows, Where where)
{
    Rows kept;
    for (const auto& row : rows) {
        if (where(row))
            kept.push_back(row);
    }
    return kept;
}

} // namespace

CommitQueue::CommitQueue(store::Connection& connection, store::WriterRow writer, CommitCallbacks callbacks,
                         const Clock& clock)
    : m_connection(connection), m_clock(clock), m_writer(connection, writer, clock), m_callbacks(std::move(callbacks))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &CommitQueue::tryFlush);
}

void CommitQueue::wait(Milliseconds longest)
{
    const auto ms = static_cast<int>(longest.count());
    if (!m_timer.isActive() || m_timer.remainingTime() > ms)
        m_timer.start(ms);
}

void CommitQueue::addRun(FinishedRun run)
{
    m_pending.runs.push_back(std::move(run));
    wait(Later);
    if (m_pending.runs.size() > MostRuns)
        expedite();
}

void CommitQueue::count(ScriptId script, const engine::RunResult& result, std::size_t effects)
{
    store::ScriptUsage& usage = m_pending.usage[script];
    ++usage.runs;
    usage.errors += result.status == engine::RunStatus::Ok ? 0 : 1;
    usage.effects += static_cast<std::int64_t>(effects);
    usage.cpuUs += result.cpuUs;
}

void CommitQueue::addRow(store::LogRow row)
{
    m_pending.rows.push_back(std::move(row));
    expedite();
}

void CommitQueue::addSilence(store::SilenceChange change)
{
    if (!change.told)
        m_pending.rows.push_back(silenceRow(change, m_clock.now()));
    m_pending.silences.push_back(std::move(change));
    expedite();
}

void CommitQueue::addStopped(const InstanceEntryPtr& entry)
{
    m_pending.stopped.push_back(entry);
    touch(entry);
    expedite();
}

void CommitQueue::touch(const InstanceEntryPtr& entry)
{
    if (!entry->work.touched) {
        entry->work.touched = true;
        m_touched.push_back(entry);
    }
    wait(Later);
}

void CommitQueue::expedite()
{
    if (m_failures == 0)
        wait(Soon);
}

void CommitQueue::tryFlush()
{
    auto flushed = flush();
    if (flushed)
        return;
    if (!m_connection.isOpen() || flushed.error().code == ErrorCode::DatabaseLost) {
        m_callbacks.lost(flushed.error());
        return;
    }
    log(LogLevel::Warning, "commit-failed", {{"failures", m_failures}, {"reason", flushed.error().message()}});
    wait(AfterFailure * std::clamp(m_failures, 1, 50));
}

void CommitQueue::tick()
{
    if (!m_timer.isActive())
        tryFlush();
}

CommitQueue::Snapshots CommitQueue::snapshots() const
{
    std::set<const InstanceEntry*> withRuns;
    for (const FinishedRun& run : m_pending.runs)
        withRuns.insert(run.entry.get());
    Snapshots all;
    for (const InstanceEntryPtr& entry : m_touched) {
        if (entry->work.removed)
            continue;
        if (auto row = rowToStore(*entry, withRuns.contains(entry.get())))
            all.emplace_back(entry, std::move(*row));
    }
    return all;
}

Result<void> CommitQueue::flush()
{
    m_timer.stop();
    const Timestamp now = m_clock.now();
    const bool withPositions = now - m_positionsAt >= Later;
    if (isEmpty() && !withPositions)
        return {};
    const Snapshots changed = snapshots();
    Result<void> done = m_failures >= FailuresBeforeApart ? writeApart(changed) : writeAll(changed);
    if (!done) {
        if (!isPassing(done.error().code))
            ++m_failures;
        return done;
    }
    m_failures = 0;
    return {};
}

Result<void> CommitQueue::writeAll(const Snapshots& changed)
{
    std::vector<store::InstanceRow> rows;
    for (const auto& [entry, row] : changed)
        rows.push_back(row.row);
    std::vector<store::ShardPosition> positions;
    const Timestamp now = m_clock.now();
    if (now - m_positionsAt >= Later)
        positions = m_callbacks.positions();
    if (m_pending.empty() && rows.empty() && positions.empty()) {
        complete(changed);
        return {};
    }
    COHORT_TRY(written, m_writer.write(m_pending, rows, positions));
    if (now - m_positionsAt >= Later)
        m_positionsAt = now;
    complete(changed);
    const Pending done = std::exchange(m_pending, {});
    m_callbacks.written(written);
    m_callbacks.done(done);
    return {};
}

void CommitQueue::complete(const Snapshots& changed)
{
    for (const auto& [entry, row] : changed)
        entry->stored = row.stored;
    for (const InstanceEntryPtr& entry : std::exchange(m_touched, {}))
        entry->work.touched = false;
}

Result<void> CommitQueue::writeApart(const Snapshots& changed)
{
    std::set<LocationId> homes;
    for (const FinishedRun& run : m_pending.runs)
        homes.insert(run.entry->key.location);
    for (const store::LogRow& row : m_pending.rows)
        homes.insert(row.location);
    for (const auto& [entry, row] : changed)
        homes.insert(entry->key.location);
    for (const store::SilenceChange& change : m_pending.silences)
        homes.insert(change.location);
    for (const LocationId home : homes) {
        const auto ofEntry = [home](const InstanceEntryPtr& entry) { return entry->key.location == home; };
        Pending pending;
        pending.runs = only(m_pending.runs, [&](const FinishedRun& run) { return ofEntry(run.entry); });
        pending.rows = only(m_pending.rows, [&](const store::LogRow& row) { return row.location == home; });
        pending.stopped = only(m_pending.stopped, ofEntry);
        pending.silences = only(m_pending.silences, [&](const auto& change) { return change.location == home; });
        const Snapshots mine = only(changed, [&](const auto& one) { return ofEntry(one.first); });
        std::vector<store::InstanceRow> rows;
        for (const auto& [entry, row] : mine)
            rows.push_back(row.row);
        auto written = m_writer.write(pending, rows, {});
        if (!written && (isPassing(written.error().code) || written.error().code == ErrorCode::DatabaseLost))
            return fail(written.error()); // the homes before this one are done
        if (!written)
            COHORT_CHECK(spoil(mine, home, written.error()));
        // One home less, so that a later failure does not write it again.
        std::erase_if(m_pending.runs, [&](const FinishedRun& run) { return ofEntry(run.entry); });
        std::erase_if(m_pending.rows, [&](const store::LogRow& row) { return row.location == home; });
        std::erase_if(m_pending.stopped, ofEntry);
        std::erase_if(m_pending.silences, [&](const auto& change) { return change.location == home; });
        for (const auto& [entry, row] : mine)
            entry->stored = row.stored;
        if (written) {
            m_callbacks.written(*written);
            m_callbacks.done(pending);
        }
    }
    complete({});
    return {};
}

Result<void> CommitQueue::spoil(const Snapshots& changed, LocationId location, const Error& error)
{
    log(LogLevel::Error, "home-not-stored", {{"location", location.value}, {"reason", error.message()}});
    store::InstanceRepository repository(m_connection);
    for (const auto& [entry, row] : changed) {
        const QString why = QStringLiteral("what it gave could not be stored: %1").arg(error.detail);
        entry->trouble.status = model::InstanceStatus::PausedByErrors;
        entry->trouble.detail = why;
        COHORT_CHECK(repository.setStatus(entry->key.script, {entry->trouble.status, why, {}}, {row.row.id}));
        m_callbacks.spoiled(entry);
    }
    return {};
}

} // namespace cohort::composer

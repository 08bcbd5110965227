// What has to be committed: gathers for at most 5 ms when effects wait, else for a second, and keeps it until it is in
// the database.
// Thread: composer's. Owner: Core. Flow: InstanceRunner, Configuration → here → CommitWriter → Core (bus, feed).
// Source: architecture.md, rule 4.
#pragma once

#include "server/composer/commit/commit_writer.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <unordered_set>

namespace cohort::composer {

struct CommitCallbacks
{
    std::function<void(const Written&)> written;
    std::function<void(const Pending&)> done;                     // after `written`: what became durable
    std::function<void(const InstanceEntryPtr&)> spoiled;         // what it gave cannot be stored: it was paused
    std::function<void(const Error&)> lost;                       // the connection broke: drop everything
    std::function<std::vector<store::ShardPosition>()> positions; // asked at most once a second
};

class CommitQueue : public QObject
{
public:
    CommitQueue(store::Connection& connection, store::WriterRow writer, CommitCallbacks callbacks, const Clock& clock);

    void addRun(FinishedRun run);
    // Every run, recorded or not.
    void count(ScriptId script, const engine::RunResult& result, std::size_t effects);
    void addRow(store::LogRow row);
    // With its event, unless the cause is known.
    void addSilence(store::SilenceChange change);
    void addStopped(const InstanceEntryPtr& entry);
    // Something of the entry may have changed.
    void touch(const InstanceEntryPtr& entry);
    // It need not wait for the second.
    void expedite();
    // Commits all of it now. Errors: those of Connection; it is kept and tried again.
    Result<void> flush();
    // Once a second: shard positions, although nothing waits.
    void tick();
    bool isEmpty() const { return m_pending.empty() && m_touched.empty(); }
    // Something waits to be in the log.
    bool hasRows() const { return !m_pending.rows.empty(); }
    std::size_t size() const { return m_pending.runs.size() + m_pending.rows.size(); }

private:
    using Snapshots = std::vector<std::pair<InstanceEntryPtr, RowToStore>>;
    void wait(Milliseconds longest);
    void tryFlush();
    Snapshots snapshots() const;
    Result<void> writeAll(const Snapshots& changed);
    void complete(const Snapshots& changed);
    // Home by home, so that one that cannot be stored does not hold up the others.
    Result<void> writeApart(const Snapshots& changed);
    Result<void> spoil(const Snapshots& changed, LocationId location, const Error& error);

    store::Connection& m_connection;
    const Clock& m_clock;
    CommitWriter m_writer;
    CommitCallbacks m_callbacks;
    QTimer m_timer;
    Pending m_pending;
    std::vector<InstanceEntryPtr> m_touched;
    int m_failures = 0;
    Timestamp m_positionsAt{};
};

} // namespace cohort::composer

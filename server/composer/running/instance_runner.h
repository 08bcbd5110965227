// Between instances and workers: gives the next run, takes what came back, decides what follows.
// Thread: composer's. Owner: Core. Flow: InstanceEntry → next run → lane → result → Instance, CommitQueue.
// Source: composer.md, "Where it runs" and "Limits".
#pragma once

#include "server/composer/commit/commit_queue.h"
#include "server/composer/instances/instance_table.h"
#include "server/composer/instances/wake_queue.h"
#include "server/composer/meters.h"
#include "server/composer/running/history.h"
#include "server/composer/running/worker_pool.h"

namespace cohort::composer {

// What InstanceRunner works with; all of it outlives it.
struct InstanceRunnerParts
{
    InstanceTable& table;
    CommitQueue& commits;
    WakeQueue& wakes;
    History& history;
    Meters& meters;
    const Clock& clock;
};

class InstanceRunner final : public LaneOwner
{
public:
    InstanceRunner(InstanceRunnerParts parts, PoolOptions options) : m_parts(parts), m_pool(std::move(options), *this)
    {
    }

    WorkerPool& pool() { return m_pool; }

    std::optional<engine::Run> nextRun(const InstanceEntryPtr& entry) override;
    void runDone(const InstanceEntryPtr& entry, const engine::Run& run, engine::RunResult result) override;
    void runKilled(const InstanceEntryPtr& entry, const engine::Run& run, const worker::Ended& ended,
                   bool alone) override;
    void runLost(const InstanceEntryPtr& entry, const engine::Run& run) override;
    void versionRefused(const VersionPtr& version, const QString& why) override;
    void historyWanted(Lane& lane, const InstanceEntryPtr& entry, const engine::Run& run,
                       const engine::wire::HistoryRequest& request) override;
    // A version that no worker takes: its instances are paused when they are to run.
    const QString* refusalOf(VersionId version) const;

private:
    bool isOut(const InstanceEntry& entry, const engine::Run& run) const;
    void drainFirings(const InstanceEntryPtr& entry);
    void drainLooping(const InstanceEntryPtr& entry);
    void finish(const InstanceEntryPtr& entry, const engine::Run& run, engine::RunResult result);
    void logRows(const FinishedRun& finished);
    void pause(const InstanceEntryPtr& entry);

    InstanceRunnerParts m_parts;
    WorkerPool m_pool;
    std::map<VersionId, QString> m_refused;
};

} // namespace cohort::composer

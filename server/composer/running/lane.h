// One worker process and the instances that wait for it: sends their runs in batches, knows what is out, and says whom
// a dead worker was running.
// Thread: composer's. Owner: WorkerPool. Flow: ready entries → RunBatch → worker → results → LaneOwner.
// Source: composer.md, "Where it runs".
#pragma once

#include "server/composer/instances/instance_entry.h"
#include "server/worker/host/worker_process.h"

#include <deque>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

namespace cohort::composer {

class Lane;

// What a lane tells; implemented by InstanceRunner.
class LaneOwner
{
public:
    virtual ~LaneOwner() = default;
    // The entry's next run, or nothing.
    virtual std::optional<engine::Run> nextRun(const InstanceEntryPtr& entry) = 0;
    virtual void runDone(const InstanceEntryPtr& entry, const engine::Run& run, engine::RunResult result) = 0;
    // The worker did not survive this run. `alone`: nothing else can have been at fault.
    virtual void runKilled(const InstanceEntryPtr& entry, const engine::Run& run, const worker::Ended& ended,
                           bool alone) = 0;
    // It was out when its worker ended, and is to be made again.
    virtual void runLost(const InstanceEntryPtr& entry, const engine::Run& run) = 0;
    virtual void versionRefused(const VersionPtr& version, const QString& why) = 0;
    virtual void historyWanted(Lane& lane, const InstanceEntryPtr& entry, const engine::Run& run,
                               const engine::wire::HistoryRequest& request) = 0;
};

struct LaneOptions
{
    worker::WorkerOptions worker;
    std::size_t runsPerBatch = 512;
    bool oneAtATime = false;       // for suspects
    std::size_t mostHomes = 2'000; // then a fresh worker: it keeps every instance's state
    int mostQueries = 64;          // of one run
};

class Lane
{
public:
    Lane(LaneOptions options, LaneOwner& owner);
    Lane(const Lane&) = delete;

    // The entry may have a run. It is asked when the worker is idle.
    void add(const InstanceEntryPtr& entry, bool first = false);
    // Sends what can be sent.
    void pump();
    void answer(const engine::wire::HistoryAnswer& answer, std::uint64_t serial);
    // Ends the worker when it has nothing to do; it starts again when needed.
    void rest();

    std::size_t waiting() const { return m_ready.size(); }
    std::size_t out() const { return m_out.size(); }
    std::uint64_t serial() const { return m_worker.serial; }

private:
    struct Out
    {
        InstanceEntryPtr entry;
        engine::Run run;
        int queries = 0; // asked
        int open = 0;    // and not answered
    };
    struct Known // what the worker has been told
    {
        std::map<std::pair<VersionId, Mode>, std::uint32_t> versions;
        std::map<std::uint32_t, VersionPtr> byHandle;
        std::unordered_map<LocationId, std::pair<std::uint32_t, HomePtr>> homes;
        std::uint32_t last = 0;
    };
    struct Worker
    {
        std::unique_ptr<worker::WorkerProcess> process;
        std::uint64_t serial = 0;
        bool ready = false;
        bool used = false;
        Known known;
        int blindEnds = 0; // in a row, without a run at work
    };

    bool start();
    void endWorker();
    bool isIdle() const;
    engine::wire::RunOne prepare(const InstanceEntryPtr& entry, const engine::Run& run);
    std::uint32_t versionHandle(const InstanceEntry& entry);
    std::uint32_t homeHandle(const InstanceEntry& entry);
    void onMessage(engine::wire::FromWorker message);
    void onDone(engine::wire::RunDone done);
    void onHistory(const engine::wire::HistoryRequest& request);
    void onEnded(const worker::Ended& ended);
    void markSuspects(const worker::Ended& ended, std::map<std::uint64_t, Out>& lost);

    LaneOptions m_options;
    LaneOwner& m_owner;
    Worker m_worker;
    std::deque<InstanceEntryPtr> m_ready;
    std::map<std::uint64_t, Out> m_out;
    std::size_t m_asleep = 0; // of those out, how many wait for history
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace cohort::composer

// Everything that hangs on one database connection: shards, instances, workers, what waits for a commit. When the
// connection is lost it is thrown away, and a new one begins from the database.
// Thread: composer's. Owner: Core. Flow: log → Feed → Distributor → InstanceRunner → CommitQueue → log.
// Source: architecture.md, rules 4 and 5.
#pragma once

#include "server/bus/bus.h"
#include "server/composer/commit/commit_queue.h"
#include "server/composer/deployed/configuration.h"
#include "server/composer/feed/distributor.h"
#include "server/composer/feed/feed.h"
#include "server/composer/instances/instance_table.h"
#include "server/composer/instances/wake_queue.h"
#include "server/composer/running/instance_runner.h"

#include <functional>
#include <memory>
#include <optional>

namespace cohort::composer {

struct ComposerSessionOptions
{
    store::ConnectionSettings database;
    QString node;
    PoolOptions pool;
    std::size_t mostInstances = 50'000;    // in memory
    std::size_t mostWaitingRows = 200'000; // then the log waits
};

// What outlives a session.
struct Surroundings
{
    bus::Bus& bus;
    Meters& meters;
    History& history;
    std::shared_ptr<BatchBox> box;
    const Clock& clock;
};

class ComposerSession : public QObject
{
public:
    // Connects, takes the free shards and loads what is deployed. `lost` is called once, when it is of no use any
    // more; it must not delete the session at once. Errors: DatabaseLost; Unavailable (no shard is free).
    static Result<std::unique_ptr<ComposerSession>> open(ComposerSessionOptions options, Surroundings around,
                                                         std::function<void(const Error&)> lost);
    ~ComposerSession() override;

    // There are hints in the box, or something else to do: soon.
    void wake();
    // Once a second: what nothing tells of.
    void second();
    void answer(const engine::wire::HistoryAnswer& answer, std::uint64_t serial);
    // Commits what has gathered.
    void finish();
    // As ComposerService::restsAt(); looks at once for what a moved clock has made due.
    std::optional<store::LogPosition> restsAt();

private:
    ComposerSession(ComposerSessionOptions options, Surroundings around, std::function<void(const Error&)> lost);
    struct Parts;
    Result<void> start();
    void step();
    Result<bool> consumeLog();
    Result<bool> wakeDue();
    Result<void> pollConfiguration();
    Result<void> apply(const Changed& changed);
    void drop(const InstanceKey& key);
    Result<void> applyScript(ScriptId script);
    Result<void> applyHome(LocationId location);
    void armWakeTimer();
    // False and done with when the connection is of no use any more; other errors are logged and tried again.
    bool check(const Result<void>& result);
    CommitCallbacks callbacks();
    void committed(const Pending& done);

    const ComposerSessionOptions m_options;
    Surroundings m_around;
    std::function<void(const Error&)> m_lost;
    std::unique_ptr<Parts> m_parts;
    QTimer m_wakeTimer;
    bool m_stepping = false; // a step is queued
    bool m_behind = true;    // the database may have batches that no hint told of
    bool m_full = false;     // instances have enough rows to look at
    int m_seconds = 0;
    std::optional<SteadyTime> m_silencesAt; // when it was looked for them last
};

} // namespace cohort::composer

// Composer: runs the scripts that are deployed, in a thread of its own.
// Thread: start(), stop() from the owner's; the rest lives in composer's thread. Owner: app.
// Flow: bus and database → ComposerSession → workers → database → bus. Source: composer.md; architecture.md, rules 4 and 5.
#pragma once

#include "server/bus/bus.h"
#include "server/metrics/metrics.h"
#include "server/store/log/log_reader.h"
#include "server/store/postgres/connection.h"
#include "server/worker/host/worker_process.h"

#include <QString>

#include <memory>
#include <optional>

namespace cohort::composer {

struct ComposerOptions
{
    store::ConnectionSettings database;
    QString node;
    worker::WorkerOptions worker;
    int lanesPerDeployment = 4;         // worker processes for a deployment's scripts
    std::size_t mostInstances = 50'000; // in memory
    bool selfTest = true;               // false only in tests of other things
};

class ComposerService
{
public:
    ComposerService(ComposerOptions options, bus::Bus& bus, metrics::Registry& registry, const Clock& clock);
    ~ComposerService(); // as if the process had been killed: what was not committed is gone, and comes again

    // Runs the sandbox's self-test (about a second), then starts the thread. An unsafe sandbox is no error here:
    // composer stays off, says so loudly, and the rest of the server goes on; see unsafeReason().
    Result<void> start();
    // Commits what has gathered and ends the thread.
    void stop();
    // Why no script runs; empty: they do.
    QString unsafeReason() const;
    // Where it is at rest: up to there it has taken the log, all that is due by the clock has fired, and what that started
    // has run and is in the log. Nothing: it is at work, or off. Waits for composer's thread; for whoever moves its clock.
    std::optional<store::LogPosition> restsAt() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace cohort::composer

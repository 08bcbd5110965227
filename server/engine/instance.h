// One script in one home: takes log rows in order, says which handler to run next, takes what the run changed.
// The same code runs live, in backtests and in cohort-script, so they agree.
// Thread: the owner's. Owner: a shard, or cohort-script. Flow: offer() → next() → worker → complete() → snapshot().
// Source: composer.md; architecture.md, rules 5 and 7.
#pragma once

#include "server/engine/model.h"

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cohort::engine {

struct Timer
{
    std::string name; // the script's; lasting conditions and schedules use names that scripts cannot write
    Timestamp due;
    std::string data; // JSON, empty for none
};

// All that has to be kept between runs, and is restored after a restart.
struct InstanceState
{
    std::string state = "{}";          // home.state, JSON
    std::vector<Timer> timers;         // by due time, then name
    std::vector<Latest> latest;        // as of `applied`
    std::optional<Timestamp> clock;    // the newest event time applied (events clock), or of the last run
    LogPosition applied;
    std::string extra;                 // the engine's own (lasting conditions, schedule cursors), JSON
};

// What was decided since the last call, in order, for traces and for the log (a firing is a log row).
struct Firing
{
    std::string name;
    Timestamp due;
    std::string data;
    bool late = false;
};

class Instance
{
public:
    Instance(std::shared_ptr<const Manifest> manifest, std::shared_ptr<const HomeInfo> home, ScriptId script,
             InstanceState state);
    ~Instance();
    Instance(Instance&&) noexcept;

    // Takes a row; rows that `applied` covers already are skipped. Cheap; bounded by the caller.
    void offer(std::shared_ptr<const Input> input);
    // The next run, or nothing when there is none now. `present` is the server's clock: in a home with the `real`
    // clock, timers and schedules due at or before it fire; with the `events` clock it is ignored. While a run is
    // out (no complete() yet) there is nothing.
    std::optional<Run> next(Timestamp present);
    // What the run asked for: timers are set, facts and state kept. Effects with other consequences are the
    // caller's. Facts set are visible to this instance from now on.
    void complete(const RunResult& result);
    // When next() may have something although nothing is offered (real clock only); nothing: never.
    std::optional<Timestamp> wakeAt() const;
    // Rows offered and not yet looked at.
    std::size_t waiting() const;

    // Latest values that changed since the last takeChanges(), for the worker's mirror; all of them after
    // resetMirror() (a new worker).
    std::vector<Latest> takeChanges();
    void resetMirror();
    // Timers that fired since the last call, oldest first.
    std::vector<Firing> takeFirings();

    // The names of timers that run now: home.timer_running() in the worker.
    std::vector<Timer> timers() const;
    const std::string& state() const;
    const LogPosition& applied() const;
    // The home's clock as of the position: newest event time (events clock) or the last run's time.
    std::optional<Timestamp> clock() const;
    InstanceState snapshot() const;
    // The configuration changed: devices, rooms, uses, time zone.
    void setHome(std::shared_ptr<const HomeInfo> home);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace cohort::engine

// One script in one home: takes log rows in order, says which handler to run next, takes what the run
// changed. The same code runs live, in backtests and in cohort-script, so they agree. Thread: the owner's.
// Owner: a shard, or cohort-script. Flow: offer() → next() → worker → complete() → snapshot(). Source:
// composer.md; architecture.md, rules 5 and 7; how events are ordered: event_order.md beside this file.
#pragma once

#include "server/engine/model.h"
#include "shared/base/limits.h"

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cohort::engine {

struct Timer
{
    std::string name; // the script's; lasting conditions and schedules are kept in `extra`
    Timestamp due;
    std::string data; // JSON, empty for none
};

// All that has to be kept between runs, and is restored after a restart.
struct InstanceState
{
    std::string state = "{}";   // home.state, JSON
    std::vector<Timer> timers;  // by due time, then name
    std::vector<Latest> latest; // as of `applied`
    // The newest event time applied (events clock), or of the last run. Set it at deployment to what the
    // home's clock shows then: schedules begin after it. Nothing: they begin at the first row (events) or the
    // first next() (real).
    std::optional<Timestamp> clock;
    LogPosition applied;
    std::string extra; // the engine's own (lasting conditions, schedule cursors), JSON
    // After a pause, the home's present at its end: no schedule that was due until then fires.
    std::optional<Timestamp> schedulesFrom = {};
};

// What was decided since the last call, in order, for traces and for the log (a firing is a log row).
struct Firing
{
    EventKind kind = EventKind::Timer; // Timer, Schedule, Every; Measurement or Fact: a lasting condition
    std::string name;                  // the timer's; else @lasting, @schedule or @every with the trigger's signature
    Timestamp due;
    std::string data;
    bool late = false;
};

// A condition that has to last and holds by the newest value, of which it is not known since when.
struct Beginning
{
    std::size_t trigger = 0; // index into Manifest::triggers
    Latest latest;           // the value for which it holds
    Timestamp from;          // it is enough to look so far back
};

// A call that was not made because its event is too many facts or signals away from a measurement.
struct Looping
{
    int handler = 0;
    Event event;
};

class Instance
{
public:
    static constexpr int MostDepth = 8;
    static constexpr int MostCallsPerRow = 256; // own facts and signals included; over it: Looping
    static constexpr Milliseconds ShortestTimer{1'000};
    static constexpr Milliseconds LateAfter = std::chrono::seconds(LateAfterS);

    Instance(std::shared_ptr<const Manifest> manifest, std::shared_ptr<const HomeInfo> home, ScriptId script,
             InstanceState state);
    ~Instance();
    Instance(Instance&&) noexcept;

    // Takes a row; rows that `applied` covers already are skipped. Cheap; bounded by the caller.
    void offer(std::shared_ptr<const Input> input);
    // The next run, or nothing when there is none now. `present` is the server's clock: in a home with the
    // `real` clock, timers and schedules due at or before it fire; with the `events` clock it is ignored.
    // While a run is out (no complete() yet) there is nothing.
    std::optional<Run> next(Timestamp present);
    // What the run asked for: timers are set, facts and state kept. Effects with other consequences are the
    // caller's. Facts set are visible to this instance from now on, and its own handlers of them (and of
    // signals) run next, before any other row, at the same home.now; their rows in the log start nothing here
    // when they come back. A result with another number than the run that is out is ignored.
    void complete(const RunResult& result);
    // When next() may have something although nothing is offered (real clock only); nothing: never.
    std::optional<Timestamp> wakeAt() const;
    // Rows offered and not yet looked at.
    std::size_t waiting() const;

    // Latest values that changed since the last drainChanges(), for the worker's mirror; all of them after
    // resetMirror() (a new worker).
    std::vector<Latest> drainChanges();
    void resetMirror();
    // Timers that fired since the last call, oldest first.
    std::vector<Firing> drainFirings();
    // Calls not made since the last call of this: to be traced as runs with RunStatus::Looping.
    std::vector<Looping> drainLooping();

    // The names of timers that run now: home.timer_running() in the worker.
    std::vector<Timer> timers() const;
    const std::string& state() const;
    // The newest value of a fact, of the home without a device; nothing: there is none.
    std::optional<Value> fact(DeviceId device, const std::string& name) const;
    const LogPosition& applied() const;
    // The home's clock as of the position: newest event time (events clock) or the last run's time.
    std::optional<Timestamp> clock() const;
    // At any moment, also between the calls of one row: what is left of it is inside. A run that is out is in
    // it as not yet made.
    InstanceState snapshot() const;
    // Conditions that hold by the stored values and are not known yet: after a deployment, at `present` (real clock) or
    // the home's clock.
    std::vector<Beginning> beginnings(Timestamp present) const;
    // Since when one of them holds; where it is over already it fires once, at the clock.
    void begin(const Beginning& beginning, Timestamp since, Timestamp present);
    // The configuration changed: devices, rooms, uses, time zone. A condition on a device that is gone ends.
    void setHome(std::shared_ptr<const HomeInfo> home);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace cohort::engine

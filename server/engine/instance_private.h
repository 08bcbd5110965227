// The inside of an Instance, shared by its three files: flow (instance.cpp), rows (instance_rows.cpp), what
// runs changed (instance_effects.cpp). Thread: the owner's. Owner: one Instance. Flow: see instance.h.
#pragma once

#include "server/engine/instance.h"
#include "server/engine/instance_state.h"
#include "server/engine/lasting.h"
#include "server/engine/latest_table.h"
#include "server/engine/schedule.h"
#include "server/engine/standing.h"

#include <unordered_map>

class QJsonObject;

namespace cohort::engine {

// What goes into a snapshot.
struct Memory
{
    std::string state;
    std::vector<Timer> timers; // by due time, then name
    LatestTable latest;
    std::optional<Timestamp> clock;
    LogPosition applied;
    LastingConditions lasting;
    Schedules schedules;
};

// Where the instance is in its rows.
struct Progress
{
    std::deque<std::shared_ptr<const Input>> queue;
    LogPosition offered;
    Unit unit;
    std::optional<std::uint64_t> out; // the number of the run that is out
    std::uint64_t runs = 0;
};

struct Instance::Private
{
    std::shared_ptr<const Manifest> manifest;
    std::shared_ptr<const HomeInfo> home;
    ScriptId script;
    std::unordered_map<DeviceId, const DeviceInfo*> devices;
    std::unordered_map<std::string, const DeviceInfo*> devicesByKey;
    Memory memory;
    Progress progress;
    std::vector<Firing> firings;
    std::vector<Looping> looping;

    // instance.cpp
    void restore(InstanceState state);
    bool byEvents() const { return home->clock == HomeClock::Events; }
    const DeviceInfo* device(DeviceId id) const;
    std::optional<int> handlerOf(const std::string& name) const;
    std::optional<Run> startRun();
    void finishUnit();
    void beginSchedules(Timestamp present);
    // Fires the first timer, lasting condition or schedule that is within reach; `reference` is
    // against which a schedule is late. At one moment: lasting conditions, schedules, timers. False when
    // nothing is due.
    bool fireDue(const LastingConditions::Reach& reach, Timestamp reference);
    void fireTimer();
    void fireLasting(const std::pair<const LastingConditions::Key, LastingConditions::Entry>& condition);
    void fireSchedule(std::size_t index, Timestamp reference);
    void passClock(Timestamp time);

    // instance_rows.cpp
    // False when the oldest row has to wait (an events clock that has not begun).
    bool readyForRow();
    Timestamp limitOf(const Input& row) const;
    bool isLate(const Input& row) const;
    bool startsNothing(const Input& row) const;
    void evaluate(const Input& row);
    Event eventOf(const Input& row, bool late) const;
    // Sets the event's value, previous value and lateness, and what is newest of its stream.
    Standing takeValue(Event& event, const Input& row);
    // Queues the calls for an event, noting lasting conditions on the way.
    void dispatch(const Event& event, Timestamp now, Standing standing);
    void enqueue(int handler, const Event& event, Timestamp now);

    // instance_effects.cpp
    void apply(const Effect& effect, const PendingRun& run);
    void setFact(const QJsonObject& payload, const PendingRun& run);
    void startTimer(const QJsonObject& payload, std::string data, const PendingRun& run);
    void cancelTimer(const std::string& name);
    void emitSignal(const QJsonObject& payload, std::string data, const PendingRun& run);
};

// The seed of a run: from what the event is, not from where it lies in the log, so that batching does not
// change it.
std::uint64_t seedOf(ScriptId script, LocationId home, int handler, const Event& event, Timestamp now);

} // namespace cohort::engine

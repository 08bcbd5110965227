#include "server/engine/instance.h"

#include "server/engine/instance_private.h"
#include "server/engine/trigger_filter.h"

#include <algorithm>

namespace cohort::engine {

Instance::Instance(std::shared_ptr<const Manifest> manifest, std::shared_ptr<const HomeInfo> home, ScriptId script,
                   InstanceState state)
    : d(std::make_unique<Private>())
{
    d->manifest = std::move(manifest);
    d->script = script;
    d->memory.schedules.setManifest(*d->manifest);
    setHome(std::move(home));
    d->restore(std::move(state));
}

Instance::~Instance() = default;
Instance::Instance(Instance&&) noexcept = default;

void Instance::setHome(std::shared_ptr<const HomeInfo> home)
{
    d->home = std::move(home);
    d->devices.clear();
    d->devicesByKey.clear();
    for (const DeviceInfo& device : d->home->devices) {
        d->devices[device.id] = &device;
        d->devicesByKey[device.key] = &device;
    }
    d->memory.schedules.setZone(d->home->timeZone);
    d->memory.lasting.keepOnly(
        [this](const LastingConditions::Key& key) { return !key.device || d->device(key.device); });
}

void Instance::Private::restore(InstanceState state)
{
    memory.state = std::move(state.state);
    memory.timers = std::move(state.timers);
    std::sort(memory.timers.begin(), memory.timers.end(),
              [](const Timer& a, const Timer& b) { return std::tie(a.due, a.name) < std::tie(b.due, b.name); });
    memory.latest.restore(state.latest);
    memory.clock = state.clock;
    memory.applied = state.applied;
    progress.offered = state.applied;
    Extra extra = extraFromJson(state.extra);
    for (auto& [key, entry] : extra.lasting)
        memory.lasting.restore(key, std::move(entry));
    for (const auto& [signature, cursor] : extra.schedules)
        memory.schedules.restore(signature, cursor);
    if (memory.clock)
        memory.schedules.begin(*memory.clock);
    if (state.schedulesFrom)
        memory.schedules.skipTo(*state.schedulesFrom);
    progress.unit = std::move(extra.unit);
    std::erase_if(progress.unit.pending, [this](const PendingRun& run) { return !handlerOf(run.handler); });
    if (progress.unit.pending.empty())
        finishUnit();
}

void Instance::offer(std::shared_ptr<const Input> input)
{
    const Unit::Row row{input->writer, input->number, input->ordinal};
    if (d->progress.offered.covers(row.writer, row.number, row.ordinal) || d->progress.unit.row == row)
        return;
    d->progress.offered.advance(row.writer, row.number, row.ordinal);
    d->progress.queue.push_back(std::move(input));
}

std::optional<Run> Instance::next(Timestamp present)
{
    if (d->progress.out)
        return std::nullopt;
    while (d->progress.unit.pending.empty()) {
        if (d->progress.queue.empty()) {
            if (d->byEvents() && !d->memory.clock)
                return std::nullopt;
            const Timestamp clock = d->byEvents() ? *d->memory.clock : present;
            d->beginSchedules(clock);
            if (!d->fireDue({clock, nullptr, d->byEvents()}, clock))
                return std::nullopt;
            continue;
        }
        if (!d->readyForRow())
            return std::nullopt;
        const auto row = d->progress.queue.front();
        const Timestamp limit = d->limitOf(*row);
        d->beginSchedules(limit);
        if (d->fireDue({limit, d->isLate(*row) ? row.get() : nullptr, false}, row->arrival))
            continue;
        d->progress.queue.pop_front();
        d->evaluate(*row);
        if (d->progress.unit.pending.empty())
            d->finishUnit();
    }
    return d->startRun();
}

void Instance::Private::beginSchedules(Timestamp present)
{
    // What is due at the very first moment is not before it, and fires.
    if (!memory.schedules.begun())
        memory.schedules.begin(present - Milliseconds(1));
}

void Instance::Private::passClock(Timestamp time)
{
    if (!memory.clock || *memory.clock < time)
        memory.clock = time;
}

const DeviceInfo* Instance::Private::device(DeviceId id) const
{
    const auto found = devices.find(id);
    return found == devices.end() ? nullptr : found->second;
}

std::optional<int> Instance::Private::handlerOf(const std::string& name) const
{
    const auto found = std::find(manifest->handlers.begin(), manifest->handlers.end(), name);
    if (found == manifest->handlers.end())
        return std::nullopt;
    return static_cast<int>(found - manifest->handlers.begin());
}

std::optional<Run> Instance::Private::startRun()
{
    const PendingRun& pending = progress.unit.pending.front();
    Run run;
    run.handler = *handlerOf(pending.handler);
    run.event = pending.event;
    run.now = pending.now;
    run.seed = seedOf(script, home->id, run.handler, run.event, run.now);
    // Unique among all instances of the process: no two live ones share an address.
    run.number = (static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(this)) << 24) ^ ++progress.runs;
    progress.out = run.number;
    return run;
}

void Instance::Private::finishUnit()
{
    if (progress.unit.row) {
        const Unit::Row row = *progress.unit.row;
        memory.applied.advance(row.writer, row.number, row.ordinal);
        progress.offered.advance(row.writer, row.number, row.ordinal);
    }
    progress.unit = {};
}

bool Instance::Private::fireDue(const LastingConditions::Reach& reach, Timestamp reference)
{
    const Timestamp limit = reach.limit;
    const auto entry = memory.schedules.first();
    if (entry && !byEvents() && *memory.schedules.entries()[*entry].next <= limit)
        memory.schedules.skipMissed(*entry, limit, reference - LateAfter);
    const auto* condition = memory.lasting.first(reach);
    // Never is later than everything.
    const Timestamp timer = memory.timers.empty() ? Timestamp::max() : memory.timers.front().due;
    const Timestamp lasting = condition ? condition->second.moment() : Timestamp::max();
    const Timestamp schedule =
        entry ? memory.schedules.entries()[*entry].next.value_or(Timestamp::max()) : Timestamp::max();
    const Timestamp due = std::min({timer, lasting, schedule});
    if (due == Timestamp::max() || (due > limit && lasting != due))
        return false;
    if (lasting == due)
        fireLasting(*condition);
    else if (schedule == due)
        fireSchedule(*entry, reference);
    else
        fireTimer();
    return true;
}

void Instance::Private::fireTimer()
{
    const Timer timer = memory.timers.front();
    memory.timers.erase(memory.timers.begin());
    passClock(timer.due);
    firings.push_back({EventKind::Timer, timer.name, timer.due, timer.data, false});
    Event event;
    event.kind = EventKind::Timer;
    event.time = timer.due;
    event.name = timer.name;
    event.data = timer.data;
    dispatch(event, timer.due, Standing::State);
}

void Instance::Private::fireLasting(const std::pair<const LastingConditions::Key, LastingConditions::Entry>& condition)
{
    const auto [key, entry] = condition;
    const Timestamp moment = entry.moment();
    memory.lasting.fired(key);
    for (std::size_t i = 0; i < manifest->triggers.size(); ++i) {
        const Trigger& trigger = manifest->triggers[i];
        const Latest* latest = memory.latest.find(trigger.kind == EventKind::Fact, key.device, key.name, key.index);
        if (!trigger.lasting || signatureOf(trigger, *manifest) != key.trigger || !latest ||
            !admits(trigger, trigger.kind, key.name, device(key.device)))
            continue;
        passClock(moment);
        firings.push_back({trigger.kind, "@lasting:" + key.trigger, moment, {}, false});
        Event event;
        event.kind = trigger.kind;
        event.time = moment;
        event.name = key.name;
        event.index = key.index;
        event.device = key.device;
        event.value = latest->value;
        enqueue(trigger.handler, event, moment);
        return;
    }
    memory.lasting.drop(key); // the device or the script's version is another one now
}

void Instance::Private::fireSchedule(std::size_t index, Timestamp reference)
{
    const Schedules::Entry entry = memory.schedules.entries()[index];
    memory.schedules.fired(index);
    const Trigger& trigger = manifest->triggers[entry.trigger];
    const Timestamp due = entry.next.value_or(reference);
    passClock(due);
    Event event;
    event.kind = trigger.kind;
    event.time = due;
    event.late = !byEvents() && reference - due > LateAfter;
    firings.push_back({trigger.kind,
                       (trigger.kind == EventKind::Every ? "@every:" : "@schedule:") + entry.signature,
                       due,
                       {},
                       event.late});
    if (hears(trigger, event, Standing::State))
        enqueue(trigger.handler, event, due);
}

void Instance::complete(const RunResult& result)
{
    if (!d->progress.out || result.number != *d->progress.out)
        return;
    d->progress.out.reset();
    const PendingRun run = std::move(d->progress.unit.pending.front());
    d->progress.unit.pending.pop_front();
    if (!d->byEvents())
        d->passClock(run.now);
    if (result.status == RunStatus::Ok) {
        if (result.state)
            d->memory.state = *result.state;
        for (const Effect& effect : result.effects)
            d->apply(effect, run);
    }
    if (d->progress.unit.pending.empty())
        d->finishUnit();
}

std::optional<Timestamp> Instance::wakeAt() const
{
    if (d->byEvents())
        return std::nullopt;
    if (!d->memory.schedules.begun())
        return Timestamp{};
    std::optional<Timestamp> earliest;
    const auto consider = [&earliest](std::optional<Timestamp> due) {
        if (due && (!earliest || *due < *earliest))
            earliest = due;
    };
    if (!d->memory.timers.empty())
        consider(d->memory.timers.front().due);
    consider(d->memory.lasting.next());
    if (const auto entry = d->memory.schedules.first())
        consider(d->memory.schedules.entries()[*entry].next);
    return earliest;
}

std::size_t Instance::waiting() const
{
    return d->progress.queue.size();
}
std::vector<Latest> Instance::drainChanges()
{
    return d->memory.latest.drainChanges();
}
void Instance::resetMirror()
{
    d->memory.latest.markAllChanged();
}
std::vector<Firing> Instance::drainFirings()
{
    return std::exchange(d->firings, {});
}
std::vector<Looping> Instance::drainLooping()
{
    return std::exchange(d->looping, {});
}
std::vector<Timer> Instance::timers() const
{
    return d->memory.timers;
}
const std::string& Instance::state() const
{
    return d->memory.state;
}
std::optional<Value> Instance::fact(DeviceId device, const std::string& name) const
{
    const Latest* latest = d->memory.latest.find(true, device, name, {});
    return latest ? std::optional(latest->value) : std::nullopt;
}
const LogPosition& Instance::applied() const
{
    return d->memory.applied;
}
std::optional<Timestamp> Instance::clock() const
{
    return d->memory.clock;
}

InstanceState Instance::snapshot() const
{
    InstanceState state;
    state.state = d->memory.state;
    state.timers = d->memory.timers;
    state.latest = d->memory.latest.all();
    state.clock = d->memory.clock;
    state.applied = d->memory.applied;
    Extra extra;
    extra.lasting = d->memory.lasting.entries();
    for (const Schedules::Entry& entry : d->memory.schedules.entries()) {
        if (entry.cursor)
            extra.schedules[entry.signature] = *entry.cursor;
    }
    extra.unit = d->progress.unit;
    state.extra = toJson(extra);
    return state;
}

} // namespace cohort::engine

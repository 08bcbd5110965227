#include "server/engine/instance_private.h"
#include "server/engine/trigger_filter.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace cohort::engine {
namespace {

class Hash
{
public:
    void add(std::uint64_t value)
    {
        for (int i = 0; i < 8; ++i)
            addByte((value >> (8 * i)) & 0xff);
    }
    void add(std::string_view text)
    {
        add(text.size());
        for (const char c : text)
            addByte(static_cast<unsigned char>(c));
    }
    std::uint64_t value() const { return m_value; }

private:
    void addByte(std::uint64_t byte) { m_value = (m_value ^ byte) * 0x100000001b3ULL; } // FNV-1a

    std::uint64_t m_value = 0xcbf29ce484222325ULL;
};

bool isFiring(EventKind kind)
{
    return kind == EventKind::Timer || kind == EventKind::Schedule || kind == EventKind::Every;
}

bool isConnection(EventKind kind)
{
    return kind == EventKind::DeviceConnected || kind == EventKind::DeviceDisconnected;
}

// Events that are about one script's own doing, whatever their names.
bool isOfOneScript(EventKind kind)
{
    return kind == EventKind::AlertAnswered || kind == EventKind::QuestionAnswered ||
           kind == EventKind::CommandFinished || kind == EventKind::Installed;
}

} // namespace

std::uint64_t seedOf(ScriptId script, LocationId home, int handler, const Event& event, Timestamp now)
{
    Hash hash;
    hash.add(static_cast<std::uint64_t>(script.value));
    hash.add(static_cast<std::uint64_t>(home.value));
    hash.add(static_cast<std::uint64_t>(handler));
    hash.add(static_cast<std::uint64_t>(event.kind));
    hash.add(static_cast<std::uint64_t>(toMs(event.time)));
    hash.add(static_cast<std::uint64_t>(toMs(now)));
    hash.add(static_cast<std::uint64_t>(event.device.value));
    hash.add(event.name);
    hash.add(event.index);
    if (event.value && event.value->number)
        hash.add(std::bit_cast<std::uint64_t>(*event.value->number));
    if (event.value && event.value->text)
        hash.add(*event.value->text);
    return hash.value();
}

bool Instance::Private::readyForRow()
{
    if (!byEvents() || memory.clock)
        return true;
    // The data's clock begins with the first measurement; what came before it in the log is told at that
    // time.
    const auto first = std::find_if(progress.queue.begin(), progress.queue.end(),
                                    [](const auto& row) { return row->kind == EventKind::Measurement; });
    if (first == progress.queue.end())
        return false;
    beginSchedules((*first)->time);
    memory.clock = (*first)->time;
    return true;
}

Timestamp Instance::Private::limitOf(const Input& row) const
{
    if (!byEvents())
        return row.arrival; // whatever the device's clock says: what was due until then has fired by ours
    return row.kind == EventKind::Measurement ? std::max(*memory.clock, row.time) : *memory.clock;
}

bool Instance::Private::isLate(const Input& row) const
{
    if (row.kind != EventKind::Measurement)
        return false;
    return byEvents() ? row.time < *memory.clock : row.arrival - row.time > LateAfter;
}

Event Instance::Private::eventOf(const Input& row, bool late) const
{
    Event event;
    event.kind = row.kind;
    // What people and servers do carries the server's time, which says nothing in a home with the data's
    // clock.
    event.time = byEvents() ? std::min(row.time, *memory.clock) : row.time;
    event.name = scriptName(row.kind, row.name);
    event.index = row.index;
    event.device = row.device;
    event.data = row.data;
    event.late = late;
    event.depth = row.depth;
    event.script = row.script;
    return event;
}

bool Instance::Private::startsNothing(const Input& row) const
{
    const bool own = row.script && row.script == script;
    return isFiring(row.kind) || (isConnection(row.kind) && byEvents()) ||
           (own && (row.kind == EventKind::Fact || row.kind == EventKind::Signal)) ||
           (row.script && !own && isOfOneScript(row.kind));
}

Standing Instance::Private::takeValue(Event& event, const Input& row)
{
    const bool isFact = row.kind == EventKind::Fact;
    const Latest* latest = memory.latest.find(isFact, row.device, event.name, row.index);
    const Standing standing = standingOf(row, latest);
    event.late = event.late || standing == Standing::History || (latest && latest->time > row.time);
    // A stream that was one of texts has no number before this one, one that was of numbers no text.
    const bool turned = latest && (row.value.number ? !latest->value.number : row.isOfTexts && latest->value.number);
    if (latest && !turned && (standing == Standing::State || standing == Standing::Missing))
        event.previous = latest->value;
    if (isMissing(standing))
        return standing;
    event.value = row.value;
    memory.latest.offer({row.device, event.name, row.index, row.value, row.time, isFact});
    return standing;
}

void Instance::Private::evaluate(const Input& row)
{
    progress.unit = {};
    progress.unit.row = {row.writer, row.number, row.ordinal};
    if (startsNothing(row))
        return;
    const bool late = isLate(row); // before the clock goes on
    if (byEvents() && row.kind == EventKind::Measurement)
        passClock(row.time);
    Event event = eventOf(row, late);
    Standing standing = Standing::State;
    if (row.kind == EventKind::Measurement || row.kind == EventKind::Fact)
        standing = takeValue(event, row);
    // Never earlier than the run before: what came late set the clock to its arrival, and facts are set by the clock.
    const Timestamp own = event.late ? row.arrival : row.time;
    dispatch(event, byEvents() ? *memory.clock : std::max(memory.clock.value_or(own), own), standing);
}

void Instance::Private::dispatch(const Event& event, Timestamp now, Standing standing)
{
    std::set<int> handlers;
    const DeviceInfo* source = device(event.device);
    for (const Trigger& trigger : manifest->triggers) {
        if (!admits(trigger, event.kind, event.name, source))
            continue;
        const bool isHeard = hears(trigger, event, standing);
        if (trigger.lasting) {
            // What came late begins nothing where it is kept out; what it ends is over all the same.
            if (event.value && standing == Standing::State && (isHeard || !conditionHolds(trigger, *event.value)))
                memory.lasting.note(trigger, {signatureOf(trigger, *manifest), event.device, event.name, event.index},
                                    *event.value, event.time, now);
            continue;
        }
        if (!isHeard)
            continue;
        if (event.value && (!conditionHolds(trigger, *event.value) ||
                            (trigger.changed && event.previous && *event.previous == *event.value)))
            continue;
        handlers.insert(trigger.handler);
    }
    for (const int handler : handlers)
        enqueue(handler, event, now);
}

std::vector<Beginning> Instance::beginnings(Timestamp present) const
{
    std::vector<Beginning> unknown;
    if (d->byEvents() && !d->memory.clock)
        return unknown;
    const Timestamp now = d->byEvents() ? *d->memory.clock : present;
    for (std::size_t i = 0; i < d->manifest->triggers.size(); ++i) {
        const Trigger& trigger = d->manifest->triggers[i];
        if (!trigger.lasting)
            continue;
        for (const Latest& latest : d->memory.latest.all()) {
            const EventKind kind = latest.isFact ? EventKind::Fact : EventKind::Measurement;
            const LastingConditions::Key key{signatureOf(trigger, *d->manifest), latest.device, latest.name,
                                             latest.index};
            const DeviceInfo* source = d->device(latest.device);
            if ((source || !latest.device) && admits(trigger, kind, latest.name, source) &&
                conditionHolds(trigger, latest.value) && !d->memory.lasting.entries().contains(key))
                unknown.push_back({i, latest, now - *trigger.lasting});
        }
    }
    return unknown;
}

void Instance::begin(const Beginning& beginning, Timestamp since, Timestamp present)
{
    const Trigger& trigger = d->manifest->triggers.at(beginning.trigger);
    const Latest& latest = beginning.latest;
    const Timestamp now = d->byEvents() ? d->memory.clock.value_or(present) : present;
    const Timestamp due = std::max(since + trigger.lasting.value_or(Milliseconds(0)), now);
    d->memory.lasting.restore({signatureOf(trigger, *d->manifest), latest.device, latest.name, latest.index},
                              {since, due, latest.value, false, now});
}

void Instance::Private::enqueue(int handler, const Event& event, Timestamp now)
{
    if (event.depth >= MostDepth || progress.unit.calls >= MostCallsPerRow) {
        looping.push_back({handler, event});
        return;
    }
    ++progress.unit.calls;
    progress.unit.pending.push_back({manifest->handlers[static_cast<std::size_t>(handler)], event, now});
}

} // namespace cohort::engine

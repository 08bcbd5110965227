#include "server/engine/instance_private.h"
#include "server/engine/raw_json.h"
#include "shared/base/limits.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace cohort::engine {
namespace {

constexpr double LongestTimerMs = 10.0 * 366 * 86'400'000;

std::string textAt(const QJsonObject& object, const char* member)
{
    return object.value(QLatin1String(member)).toString().toStdString();
}

} // namespace

void Instance::Private::apply(const Effect& effect, const PendingRun& run)
{
    const QJsonObject payload = QJsonDocument::fromJson(QByteArray::fromStdString(effect.payload)).object();
    switch (effect.kind) {
    case EffectKind::SetFact:
        return setFact(payload, run);
    case EffectKind::StartTimer:
        return startTimer(payload, payload.isEmpty() ? std::string() : rawMember(effect.payload, "data"), run);
    case EffectKind::CancelTimer:
        return cancelTimer(textAt(payload, "name"));
    case EffectKind::Emit:
        return emitSignal(payload, payload.isEmpty() ? std::string() : rawMember(effect.payload, "data"), run);
    default:
        return; // the caller's
    }
}

void Instance::Private::setFact(const QJsonObject& payload, const PendingRun& run)
{
    const auto value = valueFromJson(payload.value(QLatin1String("value")));
    const std::string key = textAt(payload, "device");
    const auto found = devicesByKey.find(key);
    if (!value || (!key.empty() && found == devicesByKey.end()))
        return;
    Event event;
    event.kind = EventKind::Fact;
    event.name = textAt(payload, "name");
    event.device = key.empty() ? DeviceId{} : found->second->id;
    event.value = value;
    event.depth = run.event.depth + 1;
    event.script = script;
    event.time = run.now;
    if (const auto time = fromIso(textAt(payload, "time")); time && *time < run.now)
        event.time = *time;
    const Latest* latest = memory.latest.find(true, event.device, event.name, {});
    const Standing standing = standingOf(event.time, latest);
    event.late = standing == Standing::History;
    if (latest && standing == Standing::State)
        event.previous = latest->value;
    memory.latest.offer({event.device, event.name, {}, *value, event.time, true});
    dispatch(event, run.now, standing);
}

void Instance::Private::startTimer(const QJsonObject& payload, std::string data, const PendingRun& run)
{
    const double after = payload.value(QLatin1String("after_ms")).toDouble(-1);
    const std::string name = textAt(payload, "name");
    if (name.empty() || !(after >= 0) || after > LongestTimerMs)
        return;
    cancelTimer(name);
    if (memory.timers.size() >= TimersMost)
        return;
    const Milliseconds wait = std::max(Milliseconds(std::llround(after)), ShortestTimer);
    Timer timer{name, run.now + wait, std::move(data)};
    const auto place =
        std::upper_bound(memory.timers.begin(), memory.timers.end(), timer, [](const Timer& a, const Timer& b) {
            return std::tie(a.due, a.name) < std::tie(b.due, b.name);
        });
    memory.timers.insert(place, std::move(timer));
}

void Instance::Private::cancelTimer(const std::string& name)
{
    std::erase_if(memory.timers, [&name](const Timer& timer) { return timer.name == name; });
}

void Instance::Private::emitSignal(const QJsonObject& payload, std::string data, const PendingRun& run)
{
    Event event;
    event.kind = EventKind::Signal;
    event.name = textAt(payload, "name");
    event.data = std::move(data);
    event.depth = run.event.depth + 1;
    event.script = script;
    event.time = run.now;
    dispatch(event, run.now, Standing::State);
}

} // namespace cohort::engine

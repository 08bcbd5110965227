#include "server/worker/script/unmatched.h"

#include "server/engine/trigger_filter.h"
#include "shared/base/value_order.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace cohort::worker {
namespace {

using engine::DeviceInfo;
using engine::EventKind;
using engine::Trigger;

bool isFiltered(const Trigger& trigger)
{
    return trigger.use || trigger.type || trigger.room || trigger.device;
}

// 1h, 90s
QString durationOf(Milliseconds length)
{
    constexpr std::pair<qint64, char> Units[] = {{86'400'000, 'd'}, {3'600'000, 'h'}, {60'000, 'm'}, {1'000, 's'}};
    const qint64 ms = length.count();
    for (const auto& [unit, letter] : Units) {
        if (ms > 0 && ms % unit == 0)
            return QString::number(ms / unit) + QLatin1Char(letter);
    }
    return QStringLiteral("%1ms").arg(ms);
}

// on.measurement('power', use='stove')
QString written(const Trigger& trigger)
{
    QStringList parts;
    const auto add = [&parts](const char* name, const std::optional<std::string>& value) {
        if (value)
            parts.append(QStringLiteral("%1='%2'").arg(QLatin1String(name), QString::fromStdString(*value)));
    };
    if (!trigger.name.empty())
        parts.append(QStringLiteral("'%1'").arg(QString::fromStdString(trigger.name)));
    if (trigger.kind == EventKind::Schedule)
        parts.append(QStringLiteral("'%1:%2'")
                         .arg(trigger.minuteOfDay / 60, 2, 10, QLatin1Char('0'))
                         .arg(trigger.minuteOfDay % 60, 2, 10, QLatin1Char('0')));
    if (trigger.kind == EventKind::Every)
        parts.append(QStringLiteral("'%1'").arg(durationOf(trigger.every)));
    add("use", trigger.use);
    if (trigger.type)
        parts.append(QStringLiteral("type=%1").arg(*trigger.type));
    add("room", trigger.room);
    add("device", trigger.device);
    return QStringLiteral("on.%1(%2)")
        .arg(QLatin1String(engine::eventKindName(trigger.kind)), parts.join(QStringLiteral(", ")));
}

QString listed(const char* what, const std::set<QString>& values)
{
    constexpr std::size_t Most = 20;
    QStringList shown;
    for (const QString& value : values) {
        if (!value.isEmpty() && shown.size() < static_cast<qsizetype>(Most))
            shown.append(value);
    }
    if (shown.isEmpty())
        return QStringLiteral("no device has a %1").arg(QLatin1String(what));
    if (values.size() > Most)
        shown.append(QStringLiteral("…"));
    return QStringLiteral("there is %1 %2").arg(QLatin1String(what), shown.join(QStringLiteral(", ")));
}

template <typename Of>
std::set<QString> allOf(const engine::HomeInfo& home, Of of)
{
    std::set<QString> values;
    for (const DeviceInfo& device : home.devices)
        values.insert(of(device));
    return values;
}

// What there is of each thing that the trigger asks for.
QString having(const Trigger& trigger, const engine::HomeInfo& home)
{
    QStringList parts;
    if (trigger.use)
        parts.append(listed("use", allOf(home, [](const DeviceInfo& one) { return QString::fromStdString(one.use); })));
    if (trigger.type)
        parts.append(listed("type", allOf(home, [](const DeviceInfo& one) {
                                return one.type ? QString::number(one.type) : QString();
                            })));
    if (trigger.room)
        parts.append(
            listed("room", allOf(home, [](const DeviceInfo& one) { return QString::fromStdString(one.room); })));
    if (trigger.device)
        parts.append(
            listed("device", allOf(home, [](const DeviceInfo& one) { return QString::fromStdString(one.key); })));
    return parts.join(QStringLiteral("; "));
}

bool lets(const Trigger& trigger, const DeviceInfo& device)
{
    return engine::admits(trigger, trigger.kind, trigger.name, &device);
}

// above 3 and below 9
QString condition(const Trigger& trigger)
{
    QStringList asked;
    if (trigger.above)
        asked.append(QStringLiteral("above %1").arg(QString::fromStdString(textOf(*trigger.above))));
    if (trigger.below)
        asked.append(QStringLiteral("below %1").arg(QString::fromStdString(textOf(*trigger.below))));
    return asked.join(QStringLiteral(" and "));
}

// Of a measurement's condition on the value that no row fulfils: what is there instead; nothing when one does.
QString outOfReach(const Trigger& trigger, const QString& said, const std::map<DeviceId, const DeviceInfo*>& devices,
                   const Rows& rows)
{
    std::optional<std::pair<Value, Value>> range;
    for (const auto& row : rows) {
        const auto device = devices.find(row->device);
        if (row->kind != EventKind::Measurement || row->name != trigger.name || device == devices.end() ||
            !lets(trigger, *device->second))
            continue;
        if (engine::conditionHolds(trigger, row->value))
            return {};
        if (row->value.number)
            range = range ? std::pair{std::min(range->first, row->value, isLess),
                                      std::max(range->second, row->value, isLess)}
                          : std::pair{row->value, row->value};
    }
    return QStringLiteral("%1 has no value %2 in the data: %3")
        .arg(said, condition(trigger),
             range
                 ? QStringLiteral("they go from %1 to %2")
                       .arg(QString::fromStdString(textOf(range->first)), QString::fromStdString(textOf(range->second)))
                 : QStringLiteral("none is a number"));
}

// What a trigger that no run came from waits for, after its own words; empty: nothing to be said.
QString whyUnheard(const Trigger& trigger, const QString& span)
{
    switch (trigger.kind) {
    case EventKind::Measurement:
        return trigger.lasting ? QStringLiteral(" was never %1 for %2 in the data")
                                     .arg(condition(trigger), durationOf(*trigger.lasting))
                               : QString();
    case EventKind::Fact:
        return QStringLiteral(" heard nothing: no run set this fact, and other scripts do not run here");
    case EventKind::Signal:
        return QStringLiteral(" heard nothing: no run emitted this signal, and other scripts do not run here");
    case EventKind::AlertAnswered:
    case EventKind::QuestionAnswered:
    case EventKind::ParticipantMessage:
        return QStringLiteral(" heard nothing: nobody answers or writes while a file is run over");
    case EventKind::CommandFinished:
        return QStringLiteral(" heard nothing: no device carries out commands while a file is run over");
    case EventKind::DeviceConnected:
    case EventKind::DeviceDisconnected:
    case EventKind::DeviceReporting:
    case EventKind::DeviceSilent:
        return QStringLiteral(" heard nothing: a file does not say when devices are connected or silent");
    case EventKind::Schedule:
    case EventKind::Every:
        return span.isEmpty() ? QString() : QStringLiteral(" did not come: the data goes from ") + span;
    default:
        return {};
    }
}

} // namespace

std::map<std::size_t, QString> unmatchedTriggers(const engine::Manifest& manifest, const engine::HomeInfo& home,
                                                 const Rows& rows)
{
    std::map<DeviceId, const DeviceInfo*> devices;
    for (const DeviceInfo& device : home.devices)
        devices[device.id] = &device;
    std::map<DeviceId, std::set<QString>> names; // of measurements
    for (const auto& row : rows) {
        if (row->kind == EventKind::Measurement)
            names[row->device].insert(QString::fromStdString(row->name));
    }
    std::map<std::size_t, QString> sentences;
    for (std::size_t place = 0; place < manifest.triggers.size(); ++place) {
        const Trigger& trigger = manifest.triggers[place];
        const QString said = written(trigger);
        const auto matches = [&](const DeviceInfo& device) { return lets(trigger, device); };
        if (isFiltered(trigger) && std::none_of(home.devices.begin(), home.devices.end(), matches)) {
            sentences[place] = QStringLiteral("%1 matches no device: %2").arg(said, having(trigger, home));
            continue;
        }
        if (trigger.kind != EventKind::Measurement)
            continue;
        std::set<QString> there;
        for (const auto& [id, of] : names) {
            const auto device = devices.find(id);
            if (device != devices.end() && matches(*device->second))
                there.insert(of.begin(), of.end());
        }
        if (!there.contains(QString::fromStdString(trigger.name)))
            sentences[place] = QStringLiteral("%1 has no row in the data: %2").arg(said, listed("parameter", there));
        else if (trigger.above || trigger.below)
            sentences[place] = outOfReach(trigger, said, devices, rows);
    }
    std::erase_if(sentences, [](const auto& one) { return one.second.isEmpty(); });
    return sentences;
}

TriggerPlaces triggersOf(const engine::Run& run, const engine::Manifest& manifest)
{
    TriggerPlaces places;
    for (std::size_t place = 0; place < manifest.triggers.size(); ++place) {
        const Trigger& trigger = manifest.triggers[place];
        const bool isNamed = trigger.name.empty() || trigger.name == engine::scriptName(run.event.kind, run.event.name);
        if (trigger.handler == run.handler && trigger.kind == run.event.kind && isNamed)
            places.insert(place);
    }
    return places;
}

QStringList unheardTriggers(const engine::Manifest& manifest, const TriggerPlaces& heard, const QString& span)
{
    QStringList sentences;
    for (std::size_t place = 0; place < manifest.triggers.size(); ++place) {
        const Trigger& trigger = manifest.triggers[place];
        const QString why = heard.contains(place) ? QString() : whyUnheard(trigger, span);
        if (!why.isEmpty())
            sentences.append(written(trigger) + why);
    }
    sentences.removeDuplicates();
    return sentences;
}

} // namespace cohort::worker

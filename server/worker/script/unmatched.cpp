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
    QStringList asked;
    if (trigger.above)
        asked.append(QStringLiteral("above %1").arg(QString::fromStdString(textOf(*trigger.above))));
    if (trigger.below)
        asked.append(QStringLiteral("below %1").arg(QString::fromStdString(textOf(*trigger.below))));
    return QStringLiteral("%1 has no value %2 in the data: %3")
        .arg(said, asked.join(QStringLiteral(" and ")),
             range
                 ? QStringLiteral("they go from %1 to %2")
                       .arg(QString::fromStdString(textOf(range->first)), QString::fromStdString(textOf(range->second)))
                 : QStringLiteral("none is a number"));
}

} // namespace

QStringList unmatchedTriggers(const engine::Manifest& manifest, const engine::HomeInfo& home, const Rows& rows)
{
    std::map<DeviceId, const DeviceInfo*> devices;
    for (const DeviceInfo& device : home.devices)
        devices[device.id] = &device;
    std::map<DeviceId, std::set<QString>> names; // of measurements
    for (const auto& row : rows) {
        if (row->kind == EventKind::Measurement)
            names[row->device].insert(QString::fromStdString(row->name));
    }
    QStringList sentences;
    for (const Trigger& trigger : manifest.triggers) {
        const QString said = written(trigger);
        const auto matches = [&](const DeviceInfo& device) { return lets(trigger, device); };
        if (isFiltered(trigger) && std::none_of(home.devices.begin(), home.devices.end(), matches)) {
            sentences.append(QStringLiteral("%1 matches no device: %2").arg(said, having(trigger, home)));
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
            sentences.append(QStringLiteral("%1 has no row in the data: %2").arg(said, listed("parameter", there)));
        else if (trigger.above || trigger.below)
            sentences.append(outOfReach(trigger, said, devices, rows));
    }
    sentences.removeAll(QString());
    sentences.removeDuplicates();
    return sentences;
}

} // namespace cohort::worker

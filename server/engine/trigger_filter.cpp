#include "server/engine/trigger_filter.h"

#include "shared/base/value_order.h"

#include <cstdlib>

namespace cohort::engine {
namespace {

// Six decimals, as instances have kept signatures from the first, wherever they say the whole number.
std::string limitText(const std::optional<Value>& limit)
{
    if (!limit)
        return "|";
    const std::string text = std::to_string(*limit->number);
    const bool isWhole = !limit->integer && std::strtod(text.c_str(), nullptr) == *limit->number;
    return "|" + (isWhole ? text : textOf(*limit));
}

} // namespace

bool admits(const Trigger& trigger, EventKind kind, const std::string& name, const DeviceInfo* device)
{
    if (trigger.kind != kind || (!trigger.name.empty() && trigger.name != name))
        return false;
    const bool filtered = trigger.use || trigger.type || trigger.room || trigger.device;
    if (!device)
        return !filtered;
    return (!trigger.use || *trigger.use == device->use) && (!trigger.type || *trigger.type == device->type) &&
           (!trigger.room || *trigger.room == device->room) && (!trigger.device || *trigger.device == device->key);
}

bool conditionHolds(const Trigger& trigger, const Value& value)
{
    if (!trigger.above && !trigger.below)
        return true;
    if (!value.number)
        return false;
    return (!trigger.above || isLess(*trigger.above, value)) && (!trigger.below || isLess(value, *trigger.below));
}

std::string signatureOf(const Trigger& trigger, const Manifest& manifest)
{
    const auto part = [](const auto& optional) -> std::string {
        if (!optional)
            return "|";
        if constexpr (std::is_same_v<std::decay_t<decltype(*optional)>, std::string>)
            return "|" + *optional;
        else
            return "|" + std::to_string(*optional);
    };
    return manifest.handlers.at(static_cast<std::size_t>(trigger.handler)) + "|" + eventKindName(trigger.kind) + "|" +
           trigger.name + part(trigger.use) + part(trigger.room) + part(trigger.device) + part(trigger.type) +
           limitText(trigger.above) + limitText(trigger.below) + "|" +
           std::to_string(trigger.lasting.value_or(Milliseconds(0)).count()) + "|" +
           std::to_string(trigger.minuteOfDay) + "|" + std::to_string(trigger.days) + "|" +
           std::to_string(trigger.every.count()) + (trigger.lasting && trigger.late == false ? "|timely" : "");
}

std::string scriptName(EventKind kind, const std::string& name)
{
    return kind == EventKind::Fact && name.starts_with("syn.") ? name.substr(4) : name;
}

} // namespace cohort::engine

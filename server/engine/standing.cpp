#include "server/engine/standing.h"

#include "shared/model/stored_value.h"

namespace cohort::engine {

Standing standingOf(EventKind kind, const Value& value, Timestamp time, const Latest* latest)
{
    const bool ofNumbers = latest && latest->value.number;
    if (kind == EventKind::Measurement && !value.number &&
        (ofNumbers || !value.text || (!latest && model::saysNoValue(*value.text))))
        return Standing::Missing;
    return latest && latest->time > time ? Standing::History : Standing::State;
}

bool hears(const Trigger& trigger, const Event& event, Standing standing)
{
    if (standing == Standing::Missing && !trigger.unavailable)
        return false;
    if (standing == Standing::History)
        return trigger.late.value_or(false);
    return !event.late || trigger.late.value_or(true);
}

} // namespace cohort::engine

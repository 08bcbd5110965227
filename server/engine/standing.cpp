#include "server/engine/standing.h"

#include "shared/model/stored_value.h"

namespace cohort::engine {

Standing standingOf(Timestamp time, const Latest* latest)
{
    return latest && latest->time > time ? Standing::History : Standing::State;
}

Standing standingOf(const Input& row, const Latest* latest)
{
    const bool ofNumbers = latest && latest->value.number && !row.isOfTexts;
    if (row.kind == EventKind::Measurement && !row.value.number &&
        (ofNumbers || !row.value.text || (!latest && model::saysNoValue(*row.value.text))))
        return latest && latest->time > row.time ? Standing::MissingBefore : Standing::Missing;
    return standingOf(row.time, latest);
}

bool hears(const Trigger& trigger, const Event& event, Standing standing)
{
    if (isMissing(standing) && !trigger.unavailable)
        return false;
    if (standing == Standing::History || standing == Standing::MissingBefore)
        return trigger.late.value_or(false);
    return !event.late || trigger.late.value_or(true);
}

} // namespace cohort::engine

#include "server/engine/standing.h"

#include <algorithm>
#include <array>

namespace cohort::engine {

bool meansNoValue(std::string_view text)
{
    static constexpr std::array<std::string_view, 6> words{"", "nan", "none", "null", "unavailable", "unknown"};
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return std::equal(text.begin(), text.end(), word.begin(), word.end(),
                          [&](char a, char b) { return lower(a) == b; });
    });
}

Standing standingOf(EventKind kind, const Value& value, Timestamp time, const Latest* latest)
{
    const bool ofNumbers = latest && latest->value.number;
    if (kind == EventKind::Measurement && !value.number &&
        (ofNumbers || !value.text || (!latest && meansNoValue(*value.text))))
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

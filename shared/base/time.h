// Moments and clocks. A moment is milliseconds since 1970 UTC everywhere; zones come in only where people look.
// Thread: values; a clock may be asked on any. Owner: nobody. Flow: wire ⇄ Timestamp ⇄ database.
#pragma once

#include "shared/base/result.h"

#include <QString>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace cohort {

using Milliseconds = std::chrono::milliseconds;
using Timestamp = std::chrono::sys_time<Milliseconds>;

// A moment of a clock that nobody sets: for deadlines and how long something took.
using SteadyTime = std::chrono::steady_clock::time_point;

// Where the present comes from, so that tests bring their own.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual Timestamp now() const = 0;
    virtual SteadyTime steady() const = 0;
};

constexpr std::int64_t toMs(Timestamp time)
{
    return time.time_since_epoch().count();
}
constexpr Timestamp fromMs(std::int64_t ms)
{
    return Timestamp(Milliseconds(ms));
}

// Times that a measurement may have: from 1970 to the end of 2199.
bool isMeasurable(Timestamp time);
// ISO 8601 in UTC with milliseconds: 2026-01-31T12:00:00.000Z.
std::string toIso(Timestamp time);
// ISO 8601 with `Z` or an offset; a time without one is an error (WrongValue).
Result<Timestamp> fromIso(std::string_view text);
// "90s", "10m", "1h", "7d", "250ms": a duration as scripts and options write it; else WrongValue.
Result<Milliseconds> parseDuration(std::string_view text);

} // namespace cohort

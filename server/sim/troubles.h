// What goes wrong in homes now and then, where a recording is asked for it.
// Thread: value. Owner: RecordOptions. Flow: options → Uplink (gateways away), withGaps() (sensors without a value).
#pragma once

#include "shared/base/time.h"

#include <optional>

namespace cohort::sim {

// How long a gateway is away at a time, in minutes.
struct AwayMinutes
{
    int least = 0, most = 0;
};

constexpr int MostMinutesAway = 1'440;

struct Troubles
{
    std::optional<AwayMinutes> away; // some times a day; nothing: 5 to 90 minutes every 3 to 17 days
    bool unavailable = false;        // sensors say so for some minutes, some times a day
};

} // namespace cohort::sim

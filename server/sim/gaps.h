// Sensors that are out of reach of their gateway now and then: `unavailable`, nothing for some minutes, then what is so.
// Thread: pure function. Owner: nobody. Flow: readings of a home → withGaps() → what the gateway hears.
#pragma once

#include "server/sim/resident.h"

namespace cohort::sim {

struct Heard
{
    Reading reading;
    bool unavailable = false; // says that it has no value
};

// Both by time. One sensor at a time, for less than ten minutes, each 1 to 4 hours; what it measures meanwhile is lost,
// but for how things are when it is back.
std::vector<Heard> withGaps(std::uint64_t seed, std::uint32_t home, Timestamp from,
                            const std::vector<Reading>& readings);

} // namespace cohort::sim

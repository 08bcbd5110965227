// A simulated home's days at once, as a log would hold them: measurements with their arrival, and what the person did.
// Thread: pure function. Owner: nobody. Flow: Resident, Stove, Climate → readings by time → withGaps() → Uplink → rows.
#pragma once

#include "server/sim/resident.h"
#include "server/sim/troubles.h"

namespace cohort::sim {

struct RecordedRow
{
    Reading reading;
    Timestamp arrival;
    bool unavailable = false; // the reading's value says nothing
};

struct RecordedHome
{
    std::vector<RecordedRow> rows;    // by arrival, and by time but for what came behind newer ones
    std::vector<Activity> activities; // by start
};

struct RecordedSpan
{
    QTimeZone zone;
    Timestamp from, to; // `to` is not in it
};

// The same seed, number, span and troubles give the same home. About 700 rows a day of 56 bytes each.
RecordedHome recordHome(std::uint64_t seed, int number, const RecordedSpan& span, const Troubles& troubles = {});

} // namespace cohort::sim

// A simulated home's days at once, as a log would hold them: measurements with their arrival, and what the person did.
// Thread: pure function. Owner: nobody. Flow: Resident, Stove, Climate → readings by time → Uplink → rows.
#pragma once

#include "server/sim/resident.h"

namespace cohort::sim {

struct RecordedRow
{
    Reading reading;
    Timestamp arrival;
};

struct RecordedHome
{
    std::vector<RecordedRow> rows;    // by time, which is by arrival too
    std::vector<Activity> activities; // by start
};

struct RecordedSpan
{
    QTimeZone zone;
    Timestamp from, to; // `to` is not in it
};

// The same seed, number and span give the same home. About 700 rows a day of 40 bytes each.
RecordedHome recordHome(std::uint64_t seed, int number, const RecordedSpan& span);

} // namespace cohort::sim

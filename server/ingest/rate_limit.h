// How fast one device may send: the generic cell rate algorithm on one atomic, so no lock and no memory but the device's.
// Thread: any. Owner: none. Flow: Intake → taken or how long to wait.
// Source: ITU-T I.371, the generic cell rate algorithm.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace cohort::ingest {

struct RateLimit
{
    std::int64_t perSecond = 1;
    std::chrono::microseconds window{0}; // so long a burst over the rate may last

    // Takes `count` at `now` (any steady clock); zero when taken, else the time after which it would be.
    std::chrono::microseconds acquire(std::atomic<std::int64_t>& dueUs, std::int64_t count,
                                      std::chrono::microseconds now) const;
};

} // namespace cohort::ingest

#include "server/ingest/rate_limit.h"

#include <algorithm>

namespace cohort::ingest {

std::chrono::microseconds RateLimit::acquire(std::atomic<std::int64_t>& dueUs, std::int64_t count,
                                             std::chrono::microseconds now) const
{
    const std::int64_t cost = count * 1'000'000 / std::max<std::int64_t>(perSecond, 1);
    std::int64_t due = dueUs.load(std::memory_order_relaxed);
    for (;;) {
        const std::int64_t from = std::max(due, now.count());
        const std::int64_t over = from + cost - now.count() - window.count();
        // A single upload larger than the window is let through when the device was quiet before.
        if (over > 0 && from > now.count())
            return std::chrono::microseconds(over);
        if (dueUs.compare_exchange_weak(due, from + cost, std::memory_order_relaxed))
            return std::chrono::microseconds(0);
    }
}

} // namespace cohort::ingest

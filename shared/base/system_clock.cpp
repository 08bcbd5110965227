#include "shared/base/system_clock.h"

#include <algorithm>

namespace cohort {

Timestamp SystemClock::now() const
{
    return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
}

SteadyTime SystemClock::steady() const
{
    return std::chrono::steady_clock::now();
}

Deadline Deadline::after(Milliseconds limit)
{
    return Deadline(std::chrono::steady_clock::now() + limit);
}

bool Deadline::isOver() const
{
    return std::chrono::steady_clock::now() >= m_end;
}

Milliseconds Deadline::left() const
{
    if (isNever())
        return Milliseconds::max();
    return std::max(Milliseconds(0), std::chrono::ceil<Milliseconds>(m_end - std::chrono::steady_clock::now()));
}

Stopwatch::Stopwatch() : m_start(std::chrono::steady_clock::now()) {}

std::chrono::microseconds Stopwatch::elapsed() const
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - m_start);
}

} // namespace cohort

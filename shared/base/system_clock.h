// The machine's own time: the clock that programs make once and hand down; and for waits on sockets, processes and other
// threads, which end by the machine's time whatever that clock says, deadlines and stopwatches.
// Thread: SystemClock any; the others values. Owner: a program's first object. Flow: app → Clock → all who ask for the time.
#pragma once

#include "shared/base/time.h"

namespace cohort {

class SystemClock final : public Clock
{
public:
    Timestamp now() const override;
    SteadyTime steady() const override;
};

// The end of waiting for a socket, a process or another thread.
class Deadline
{
public:
    static Deadline after(Milliseconds limit);
    static Deadline never() { return Deadline(SteadyTime::max()); }
    bool isNever() const { return m_end == SteadyTime::max(); }
    bool isOver() const;
    // Rounded up; never below 0.
    Milliseconds left() const;
    SteadyTime end() const { return m_end; }
    bool operator==(const Deadline&) const = default;

private:
    explicit Deadline(SteadyTime end) : m_end(end) {}
    SteadyTime m_end;
};

// How long something of the machine's has taken.
class Stopwatch
{
public:
    Stopwatch();
    std::chrono::microseconds elapsed() const;

private:
    SteadyTime m_start;
};

} // namespace cohort

#include "server/net/timing_wheel.h"

#include <algorithm>

namespace cohort::net {

void WheelLink::unlink()
{
    previous->next = next;
    next->previous = previous;
    previous = next = this;
}

void WheelLink::insertBefore(WheelLink& other)
{
    previous = other.previous;
    next = &other;
    previous->next = this;
    other.previous = this;
}

WheelEntry::~WheelEntry()
{
    unlink();
}

TimingWheel::TimingWheel(TimePoint start) : m_start(start) {}

std::uint64_t TimingWheel::tickOf(TimePoint time) const
{
    if (time <= m_start)
        return 1;
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(time - m_start);
    return static_cast<std::uint64_t>(elapsed / Tick) + 2; // rounded up: never early
}

void TimingWheel::set(WheelEntry& entry, TimePoint deadline)
{
    entry.m_deadline = deadline;
    if (entry.m_tick != 0 && entry.m_tick <= tickOf(deadline))
        return; // looked at before, then linked anew
    link(entry);
}

void TimingWheel::link(WheelEntry& entry)
{
    entry.unlink();
    entry.m_tick = std::clamp(tickOf(entry.m_deadline), m_now + 1, m_now + Slots - 1);
    entry.insertBefore(m_slots[entry.m_tick % Slots]);
}

void TimingWheel::remove(WheelEntry& entry)
{
    entry.unlink();
    entry.m_tick = 0;
}

void TimingWheel::advance(TimePoint now)
{
    const std::uint64_t until = tickOf(now) - 1;
    while (m_now < until) {
        ++m_now;
        WheelLink due;
        WheelLink& slot = m_slots[m_now % Slots];
        while (slot.next != &slot) {
            WheelLink* first = slot.next;
            first->unlink();
            first->insertBefore(due);
        }
        while (due.next != &due) {
            auto* entry = static_cast<WheelEntry*>(due.next);
            remove(*entry);
            if (entry->m_deadline > now)
                link(*entry);
            else
                entry->onDeadline(now);
        }
    }
}

void TimingWheel::forEach(const std::function<void(WheelEntry&)>& visit)
{
    for (WheelLink& slot : m_slots) {
        WheelLink seen; // a visit may end any entry: look at the ring anew each time
        while (slot.next != &slot) {
            WheelLink* first = slot.next;
            first->unlink();
            first->insertBefore(seen);
            visit(*static_cast<WheelEntry*>(first));
        }
        while (seen.next != &seen) {
            WheelLink* first = seen.next;
            first->unlink();
            first->insertBefore(slot);
        }
    }
}

} // namespace cohort::net

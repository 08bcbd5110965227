// All deadlines of one I/O thread in a wheel of lists: no timer object and no system call per connection.
// Thread: one I/O thread. Owner: IoWorker. Flow: ClientConnection → set() → advance() → onDeadline().
// Source: Varghese and Lauck, "Hashed and hierarchical timing wheels", 1987, scheme 6.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>

namespace cohort::net {

// A member of a doubly linked ring; a ring of one is "in no list".
struct WheelLink
{
    WheelLink* previous = this;
    WheelLink* next = this;

    WheelLink() = default;
    WheelLink(const WheelLink&) = delete;
    WheelLink& operator=(const WheelLink&) = delete;
    void unlink();
    void insertBefore(WheelLink& other);
};

class WheelEntry : private WheelLink
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;
    virtual ~WheelEntry();
    // The deadline has come; the entry is out of the wheel until it is set again.
    virtual void onDeadline(TimePoint now) = 0;
    // The thread has ended: let go of everything.
    virtual void onShutdown() = 0;

private:
    friend class TimingWheel;
    TimePoint m_deadline{};
    std::uint64_t m_tick = 0; // when the wheel looks at it next; 0: not in the wheel
};

class TimingWheel
{
public:
    using TimePoint = WheelEntry::TimePoint;
    static constexpr std::chrono::milliseconds Tick{50};

    explicit TimingWheel(TimePoint start);
    // Fires at `deadline`, at most one tick late. Cheap when the deadline only moves away.
    void set(WheelEntry& entry, TimePoint deadline);
    void remove(WheelEntry& entry);
    void advance(TimePoint now);
    // Every entry, in no order; `visit` may remove and set entries.
    void forEach(const std::function<void(WheelEntry&)>& visit);

private:
    static constexpr std::size_t Slots = 2048;
    std::uint64_t tickOf(TimePoint time) const;
    void link(WheelEntry& entry);

    const TimePoint m_start;
    std::uint64_t m_now = 1;
    std::array<WheelLink, Slots> m_slots;
};

} // namespace cohort::net

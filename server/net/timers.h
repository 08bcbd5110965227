// Work for later on one I/O thread, in its timing wheel: neither a thread nor a wake-up of its own.
// Thread: all functions from any; the work runs on the I/O thread and must be short. Owner: whoever keeps the
// Timer. Flow: Reply::timers(), WebSocket::timers() → after() → TimingWheel → work.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace cohort::net {

class TimerEntry;

// One piece of work that is still to come; dropping it takes the work back.
class Timer
{
public:
    Timer() = default;
    explicit Timer(std::shared_ptr<TimerEntry> entry);
    Timer(Timer&& other) noexcept;
    Timer& operator=(Timer&& other) noexcept;
    ~Timer(); // cancel()
    // Takes the work back. Called on the I/O thread it will not run any more; from elsewhere it may be under
    // way.
    void cancel();

private:
    std::shared_ptr<TimerEntry> m_entry;
};

// The timers of one I/O thread: those of the connection that gave them.
class Timers
{
public:
    virtual ~Timers() = default;
    // Runs `work` after `delay`, at most 100 ms late. Forgotten, without running, when the thread ends
    // before.
    [[nodiscard]] virtual Timer after(std::chrono::milliseconds delay, std::function<void()> work) = 0;
};
using TimersPtr = std::shared_ptr<Timers>;

} // namespace cohort::net

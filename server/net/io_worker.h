// One I/O thread: its io_context, its inbox for other threads, its timing wheel and the buffer all its reads
// share. Thread: post(), after() and cpuTime() from any; the rest from its own. Owner: IoThreads and every
// connection of it. Flow: other threads → post() → here → connections.
#pragma once

#include "server/net/socket.h"
#include "server/net/timers.h"
#include "server/net/timing_wheel.h"
#include "shared/base/time.h"

#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace cohort::net {

class IoWorker final : public Timers, public std::enable_shared_from_this<IoWorker>
{
public:
    IoWorker(int number, const Clock& clock);
    void start();
    // Closes every connection that is left and ends the thread.
    void stop();
    // Called once on the thread when it ends; from the thread.
    void atEnd(std::function<void()> work) { m_atEnd.push_back(std::move(work)); }
    asio::io_context& context() { return m_context; }
    SteadyTime now() const { return m_clock.steady(); }
    // Runs `work` on the thread, after what was posted before; wakes the thread once for many. Forgotten when
    // the thread has ended.
    void post(std::function<void()> work);
    Timer after(std::chrono::milliseconds delay, std::function<void()> work) override;
    bool isHere() const { return std::this_thread::get_id() == m_own.id.load(); }
    TimingWheel& wheel() { return m_wheel; }
    // For bytes just read; whoever reads has used them or copied them before it returns.
    std::span<char> scratch() { return m_scratch; }
    // An HTTP date (RFC 9110, 5.6.7) of this second.
    const std::string& httpDate();
    std::chrono::microseconds cpuTime() const;

private:
    void run();
    void drainInbox();
    void tick();
    void closeAll();

    const int m_number;
    const Clock& m_clock;
    asio::io_context m_context{1};
    asio::executor_work_guard<Executor> m_guard;
    asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Executor> m_ticker;
    TimingWheel m_wheel;
    std::vector<char> m_scratch;
    // What the thread says of itself before anything runs on it: who starts it may still be writing `thread` then.
    struct Own
    {
        std::thread thread;
        std::atomic<std::thread::id> id;
        std::atomic<clockid_t> cpuClock{0}; // of its time on the CPU; 0: it has not begun
        std::atomic<std::int64_t> finalCpuUs{-1};
    };
    Own m_own;
    struct Inbox
    {
        std::mutex mutex;
        std::vector<std::function<void()>> work;
        bool closed = false;
    };
    Inbox m_inbox;
    std::vector<std::function<void()>> m_atEnd;
    std::pair<std::time_t, std::string> m_date;
};

} // namespace cohort::net

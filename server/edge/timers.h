// What has to happen a little later: polls that end, uploads that were held back, presence that fades.
// Thread: after() from any; the work runs on the own thread and must be short. Owner: DeviceHandler.
// Flow: sessions → after() → thread "edge-timer" → sessions. Entries are bounded by the connections that make them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace cohort::edge {

class Timers
{
public:
    Timers();
    ~Timers(); // stop()
    void after(std::chrono::milliseconds delay, std::function<void()> work);
    // Ends the thread; what has not come yet is forgotten.
    void stop();

private:
    using TimePoint = std::chrono::steady_clock::time_point;
    void run();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::multimap<TimePoint, std::function<void()>> m_work;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace cohort::edge

// Shuts a database socket when a call on it takes longer than its limit, so that no thread waits for ever.
// Thread: arm and disarm from the connection's thread; it has one thread of its own that nearly always sleeps.
// Owner: Connection. Flow: Connection arms → a call hangs → shutdown() → the call fails as a lost connection.
#pragma once

#include "shared/base/system_clock.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace cohort::store {

class Watchdog
{
public:
    // Watches `socket` through a duplicate of its own, so that a number used again by another file is never shut.
    explicit Watchdog(int socket);
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    // From now on the call that begins has this long.
    void arm(Milliseconds limit);
    // The call ended in time.
    void disarm();
    // Whether the socket was shut.
    bool hasFired() const;

private:
    void run();

    const int m_socket;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<Deadline> m_deadline;
    bool m_sleeping = false; // the thread waits for an arm() that wakes it
    bool m_fired = false;
    bool m_ended = false;
    std::thread m_thread;
};

// Arms on construction, disarms at the end of the scope.
class WatchdogScope
{
public:
    WatchdogScope(Watchdog* watchdog, Milliseconds limit) : m_watchdog(watchdog)
    {
        if (m_watchdog)
            m_watchdog->arm(limit);
    }
    ~WatchdogScope()
    {
        if (m_watchdog)
            m_watchdog->disarm();
    }
    WatchdogScope(const WatchdogScope&) = delete;
    WatchdogScope& operator=(const WatchdogScope&) = delete;

private:
    Watchdog* m_watchdog;
};

} // namespace cohort::store

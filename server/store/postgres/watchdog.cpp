#include "server/store/postgres/watchdog.h"

#include "shared/base/log.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cohort::store {

Watchdog::Watchdog(int socket) : m_socket(::fcntl(socket, F_DUPFD_CLOEXEC, 0)), m_thread([this] { run(); })
{
    ::pthread_setname_np(m_thread.native_handle(), "db-watchdog");
}

Watchdog::~Watchdog()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
    }
    m_changed.notify_all();
    m_thread.join();
    if (m_socket >= 0)
        ::close(m_socket);
}

void Watchdog::arm(Milliseconds limit)
{
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        m_deadline = Deadline::after(limit);
        wake = std::exchange(m_sleeping, false);
    }
    if (wake)
        m_changed.notify_one();
}

void Watchdog::disarm()
{
    const std::lock_guard lock(m_mutex);
    m_deadline.reset();
}

bool Watchdog::hasFired() const
{
    const std::lock_guard lock(m_mutex);
    return m_fired;
}

// Under load the deadline moves with every call; the thread only looks again when the one it saw has passed, so a
// busy connection wakes it once in a statement's limit and not with each statement.
void Watchdog::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_ended) {
        if (!m_deadline) {
            m_sleeping = true;
            m_changed.wait(lock, [this] { return m_ended || !m_sleeping; });
            continue;
        }
        const SteadyTime seen = m_deadline->end();
        m_changed.wait_until(lock, seen, [this, seen] { return m_ended || (m_deadline && m_deadline->end() < seen); });
        if (m_ended || !m_deadline || !m_deadline->isOver())
            continue;
        m_fired = true;
        m_deadline.reset();
        ::shutdown(m_socket, SHUT_RDWR);
        log(LogLevel::Error, "database-call-too-long", {{"action", "connection shut"}});
    }
}

} // namespace cohort::store

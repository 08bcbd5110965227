#include "server/edge/timers.h"

#include <pthread.h>
#include <vector>

namespace cohort::edge {

Timers::Timers() : m_thread([this] { run(); })
{
}

Timers::~Timers()
{
    stop();
}

void Timers::after(std::chrono::milliseconds delay, std::function<void()> work)
{
    const TimePoint due = std::chrono::steady_clock::now() + delay;
    const std::lock_guard lock(m_mutex);
    const bool isFirst = m_work.empty() || due < m_work.begin()->first;
    m_work.emplace(due, std::move(work));
    if (isFirst)
        m_changed.notify_one();
}

void Timers::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_one();
    if (m_thread.joinable())
        m_thread.join();
    const std::lock_guard lock(m_mutex);
    m_work.clear();
}

void Timers::run()
{
    pthread_setname_np(pthread_self(), "edge-timer");
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        if (m_work.empty()) {
            m_changed.wait(lock);
            continue;
        }
        const TimePoint due = m_work.begin()->first;
        if (std::chrono::steady_clock::now() < due) {
            m_changed.wait_until(lock, due);
            continue;
        }
        const auto work = std::move(m_work.extract(m_work.begin()).mapped());
        lock.unlock();
        work();
        lock.lock();
    }
}

} // namespace cohort::edge

// A bounded queue that hands values to one owner thread, which takes all that has gathered at once.
// Thread: put from any, take from the owner. Owner: the taking object. Flow: producers → mailbox → owner's loop.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

namespace cohort {

template <typename T>
class Mailbox
{
public:
    // `wake` is called (on the putting thread, without the lock) when the box was empty; it may be null for a
    // loop that waits in `drainAll(timeout)`.
    explicit Mailbox(std::size_t capacity, std::function<void()> wake = {})
        : m_capacity(capacity), m_wake(std::move(wake))
    {
    }

    // False when the box is full or closed; the value is then untouched.
    [[nodiscard]] bool put(T&& value)
    {
        // Once the value can be seen, its taker may end and take the box with it: a box without `wake` is not touched
        // after the lock.
        bool wakes = false;
        {
            const std::lock_guard lock(m_mutex);
            if (m_closed || m_values.size() >= m_capacity)
                return false;
            const bool wasEmpty = m_values.empty();
            m_values.push_back(std::move(value));
            wakes = wasEmpty && m_wake;
            if (wasEmpty)
                m_filled.notify_one();
        }
        if (wakes)
            m_wake();
        return true;
    }

    // All values in the order they came; empty when there are none.
    std::deque<T> drainAll()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_values, {});
    }

    // Waits until there is a value, the box is closed or the time is over.
    std::deque<T> drainAll(std::chrono::milliseconds timeout)
    {
        std::unique_lock lock(m_mutex);
        m_filled.wait_for(lock, timeout, [this] { return m_closed || !m_values.empty(); });
        return std::exchange(m_values, {});
    }

    // From now on nothing can be put; what is inside can still be taken.
    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
        }
        m_filled.notify_all();
        if (m_wake)
            m_wake();
    }

    std::size_t size() const
    {
        const std::lock_guard lock(m_mutex);
        return m_values.size();
    }

private:
    const std::size_t m_capacity;
    const std::function<void()> m_wake;
    mutable std::mutex m_mutex;
    std::condition_variable m_filled;
    std::deque<T> m_values;
    bool m_closed = false;
};

} // namespace cohort

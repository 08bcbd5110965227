// Values that many threads add under a lock of their owner's, and that are handed on in this order under no lock: whoever
// finds nobody at it hands on, what others add meanwhile too.
// Thread: any; each call says how. Owner: the object whose mutex guards it. Flow: add() → drain() → whoever is handed them.
#pragma once

#include <deque>
#include <mutex>
#include <utility>

namespace cohort {

template <typename T>
class HandOver
{
public:
    // With the owner's lock held.
    void add(T value) { m_values.push_back(std::move(value)); }

    // With no lock held; `mutex` is the owner's. Calls `hand` for each value, unless another thread is at it, which then
    // does so before it leaves. What `hand` adds itself comes after what waits.
    template <typename Hand>
    void drain(std::mutex& mutex, Hand hand)
    {
        std::unique_lock lock(mutex);
        if (m_isDraining)
            return;
        m_isDraining = true;
        while (!m_values.empty()) {
            std::deque<T> values = std::exchange(m_values, {});
            lock.unlock();
            for (T& value : values)
                hand(std::move(value));
            values.clear(); // what they hold ends under no lock either
            lock.lock();
        }
        m_isDraining = false;
    }

private:
    std::deque<T> m_values;
    bool m_isDraining = false;
};

} // namespace cohort

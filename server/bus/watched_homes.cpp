#include "server/bus/watched_homes.h"

#include <array>
#include <atomic>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace cohort::bus {

// How many look at each home. Every upload asks, and nearly always about a home that nobody looks at: the slot of its
// number says so without the lock.
struct WatchedHomes::Private
{
    std::atomic<std::uint32_t>& slotOf(LocationId home)
    {
        return slots[static_cast<std::size_t>(home.value) % slots.size()];
    }

    std::array<std::atomic<std::uint32_t>, 1'024> slots{};
    std::mutex mutex; // of counts
    std::unordered_map<LocationId, int> counts;
};

WatchedHomes::WatchedHomes() : d(std::make_shared<Private>()) {}

WatchedHomes::Watch WatchedHomes::begin(LocationId home) const
{
    return Watch(d, home);
}

bool WatchedHomes::contains(LocationId home) const
{
    if (d->slotOf(home).load(std::memory_order_relaxed) == 0)
        return false;
    const std::lock_guard lock(d->mutex);
    return d->counts.contains(home);
}

WatchedHomes::Watch::Watch(std::shared_ptr<Private> homes, LocationId home) : m_homes(std::move(homes)), m_home(home)
{
    {
        const std::lock_guard lock(m_homes->mutex);
        ++m_homes->counts[home];
    }
    m_homes->slotOf(home).fetch_add(1, std::memory_order_relaxed);
}

WatchedHomes::Watch::Watch(Watch&& other) noexcept = default;

WatchedHomes::Watch& WatchedHomes::Watch::operator=(Watch&& other) noexcept
{
    std::swap(m_homes, other.m_homes);
    std::swap(m_home, other.m_home);
    return *this;
}

WatchedHomes::Watch::~Watch()
{
    if (!m_homes)
        return;
    m_homes->slotOf(m_home).fetch_sub(1, std::memory_order_relaxed);
    const std::lock_guard lock(m_homes->mutex);
    const auto found = m_homes->counts.find(m_home);
    if (--found->second == 0)
        m_homes->counts.erase(found);
}

} // namespace cohort::bus

#include "server/composer/running/worker_pool.h"

namespace cohort::composer {

namespace {
constexpr int FirstSuspectSlot = 1'000;
}

int WorkerPool::slotOf(DeploymentId deployment, ScriptId script)
{
    auto& slots = m_slots[deployment];
    const auto next = static_cast<int>(slots.size()) % m_options.lanesPerDeployment;
    return slots.try_emplace(script, next).first->second;
}

Lane& WorkerPool::laneOf(const InstanceEntry& entry)
{
    int slot = slotOf(entry.deployment, entry.key.script);
    if (entry.trouble.suspect)
        slot = FirstSuspectSlot +
               static_cast<int>(InstanceKeyHash{}(entry.key) % static_cast<std::size_t>(m_options.suspectLanes));
    auto& lane = m_lanes[{entry.deployment, slot}];
    if (!lane) {
        LaneOptions options = m_options.lane;
        options.oneAtATime = entry.trouble.suspect;
        options.worker.numpy = entry.numpy;
        lane = std::make_unique<Lane>(std::move(options), m_owner);
    }
    return *lane;
}

void WorkerPool::add(const InstanceEntryPtr& entry, bool first)
{
    laneOf(*entry).add(entry, first);
}

void WorkerPool::pump()
{
    for (const auto& [key, lane] : m_lanes)
        lane->pump();
}

void WorkerPool::answer(const engine::wire::HistoryAnswer& answer, std::uint64_t serial)
{
    for (const auto& [key, lane] : m_lanes) {
        if (lane->serial() == serial) {
            lane->answer(answer, serial);
            lane->pump();
            return;
        }
    }
}

void WorkerPool::rest()
{
    for (const auto& [key, lane] : m_lanes)
        lane->rest();
}

std::size_t WorkerPool::waiting() const
{
    std::size_t sum = 0;
    for (const auto& [key, lane] : m_lanes)
        sum += lane->waiting();
    return sum;
}

std::size_t WorkerPool::out() const
{
    std::size_t sum = 0;
    for (const auto& [key, lane] : m_lanes)
        sum += lane->out();
    return sum;
}

} // namespace cohort::composer

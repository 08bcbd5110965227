#include "server/sim/uplink.h"

#include <algorithm>

namespace cohort::sim {

namespace {

constexpr Milliseconds Minute{60'000};
constexpr int MinutesOfDay = 1'440;

} // namespace

Uplink::Uplink(std::uint64_t seed, std::uint32_t home, Timestamp from)
    : m_random(seed, home, Random::Purpose::Uplink), m_last(from)
{
    planOutage(from);
}

void Uplink::planOutage(Timestamp after)
{
    m_outageFrom = after + m_random.between(3 * MinutesOfDay, 17 * MinutesOfDay) * Minute;
    m_outageTo = m_outageFrom + m_random.between(5, 90) * Minute;
}

Timestamp Uplink::arrival(Timestamp sent)
{
    while (sent >= m_outageTo)
        planOutage(m_outageTo);
    const Timestamp leaves = sent >= m_outageFrom ? m_outageTo : sent;
    m_last = std::max(m_last, leaves + Milliseconds(m_random.between(80, 900)));
    return m_last;
}

} // namespace cohort::sim

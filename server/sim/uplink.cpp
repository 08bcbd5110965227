#include "server/sim/uplink.h"

#include <algorithm>

namespace cohort::sim {

namespace {

constexpr Milliseconds Minute{60'000};
constexpr int MinutesOfDay = 1'440;

} // namespace

Uplink::Uplink(std::uint64_t seed, std::uint32_t home, Timestamp from, std::optional<AwayMinutes> away)
    : m_random(seed, home, Random::Purpose::Uplink), m_away(away), m_newestFirst(away && home % 2 == 0), m_last(from)
{
    planOutage(from);
}

void Uplink::planOutage(Timestamp after)
{
    const AwayMinutes pause = m_away ? AwayMinutes{2 * 60, 10 * 60} : AwayMinutes{3 * MinutesOfDay, 17 * MinutesOfDay};
    const AwayMinutes length = m_away.value_or(AwayMinutes{5, 90});
    m_outageFrom = after + m_random.between(pause.least, pause.most) * Minute;
    m_outageTo = m_outageFrom + m_random.between(length.least, length.most) * Minute;
    m_lastKept = m_outageTo + Minute;
}

Timestamp Uplink::arrival(Timestamp sent)
{
    while (sent >= m_outageTo)
        planOutage(m_outageTo);
    if (sent >= m_outageFrom && m_newestFirst)
        return arrivalOfKept();
    const Timestamp leaves = sent >= m_outageFrom ? m_outageTo : sent;
    m_last = std::max(m_last, leaves + Milliseconds(m_random.between(80, 900)));
    return m_last;
}

// One after the other, from a minute after the gateway is back.
Timestamp Uplink::arrivalOfKept()
{
    m_lastKept += Milliseconds(m_random.between(80, 900));
    return m_lastKept;
}

} // namespace cohort::sim

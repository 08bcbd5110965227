#include "server/actions/command_turn.h"

#include <limits>

namespace cohort::actions {

CommandTurn::CommandTurn(SteadyTime expires, SteadyTime from, Milliseconds resendAfter)
    : m_expires(ticks(expires)), m_from(ticks(from)),
      m_resendAfter(std::chrono::duration_cast<SteadyTime::duration>(resendAfter).count())
{
}

bool CommandTurn::take(SteadyTime now)
{
    if (isOver(now))
        return false;
    Ticks from = m_from.load();
    while (from <= ticks(now)) {
        if (m_from.compare_exchange_weak(from, ticks(now) + m_resendAfter))
            return true;
    }
    return false;
}

void CommandTurn::giveBack()
{
    m_from = std::numeric_limits<Ticks>::min();
}

void CommandTurn::waitUntil(SteadyTime from)
{
    Ticks before = m_from.load();
    while (before < ticks(from) && !m_from.compare_exchange_weak(before, ticks(from))) {
    }
}

void CommandTurn::end()
{
    m_expires = std::numeric_limits<Ticks>::min();
}

void CommandTurn::expireAt(SteadyTime expires)
{
    // What has ended stays so.
    Ticks before = m_expires.load();
    while (before != std::numeric_limits<Ticks>::min() && !m_expires.compare_exchange_weak(before, ticks(expires))) {
    }
}

bool CommandTurn::isOver(SteadyTime now) const
{
    return m_expires.load() <= ticks(now);
}

} // namespace cohort::actions

#include "server/worker/host/run_time_limit.h"

namespace cohort::worker {

namespace {
constexpr int TimesWithoutFrame = 4;
}

std::optional<EndReason> RunTimeLimit::over(const UsageSample& since, const UsageSample& now, int times) const
{
    if (now.cpu - since.cpu > m_cpuLimit * times)
        return EndReason::CpuLimit;
    if (now.at - since.at > m_wallLimit * times)
        return EndReason::WallLimit;
    return std::nullopt;
}

std::optional<EndReason> RunTimeLimit::evaluate(const UsageSample& now)
{
    if (!now.owing) {
        m_turnBegan.reset();
        m_frameCame.reset();
        return std::nullopt;
    }
    const bool newFrame = !m_frameCame || m_frameCame->frames != now.frames;
    if (newFrame)
        m_frameCame = now;
    if (newFrame || !m_turnBegan || m_turnBegan->run != now.run || m_turnBegan->turn != now.turn) {
        // A worker in the hands of its script could write new turns for ever, but no frames.
        const bool first = !m_turnBegan || newFrame;
        m_turnBegan = now;
        return first ? std::nullopt : over(*m_frameCame, now, TimesWithoutFrame);
    }
    if (const auto reason = over(*m_turnBegan, now, 1))
        return reason;
    return over(*m_frameCame, now, TimesWithoutFrame);
}

} // namespace cohort::worker

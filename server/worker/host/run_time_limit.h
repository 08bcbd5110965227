// Judges from readings whether a worker's run has used up its time. It believes the page only as long as frames come.
// Thread: value. Owner: WorkerProcess, selfTest. Flow: readings every few ms → evaluate() → the reason to kill.
// Source: composer.md, "The sandbox", 3.
#pragma once

#include "server/worker/host/worker_process.h"

#include <optional>

namespace cohort::worker {

struct UsageSample
{
    std::uint64_t run = 0; // from the page
    std::uint64_t turn = 0;
    std::uint64_t frames = 0; // received so far
    bool owing = false;       // it has an answer to give that does not wait for the host
    std::chrono::microseconds cpu{0};
    std::chrono::microseconds at{0}; // since the worker was started
};

class RunTimeLimit
{
public:
    RunTimeLimit(Milliseconds cpuPerRun, Milliseconds wallPerRun) : m_cpuLimit(cpuPerRun), m_wallLimit(wallPerRun) {}

    // CpuLimit or WallLimit when the worker has to be killed.
    std::optional<EndReason> evaluate(const UsageSample& now);

private:
    std::optional<EndReason> over(const UsageSample& since, const UsageSample& now, int times) const;

    const Milliseconds m_cpuLimit;
    const Milliseconds m_wallLimit;
    std::optional<UsageSample> m_turnBegan; // since the page says the same
    std::optional<UsageSample> m_frameCame; // since the last frame: whatever the page says
};

} // namespace cohort::worker

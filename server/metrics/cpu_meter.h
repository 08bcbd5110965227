// How much processor each component uses: our threads by their names, PostgreSQL's and the workers' processes.
// Thread: one (main). Owner: Sampler. Flow: /proc → shares of one core since the last look.
#pragma once

#include "shared/base/time.h"
#include "shared/model/server.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string_view>

#include <sys/types.h>

namespace cohort::metrics {

// io-…, committer, lookup, actions → deviceio; api-… → api; composer, history, cohort-worker → composer;
// postgres → database; all else → other.
enum class Component { DeviceIo, Api, Composer, Database, Other };
Component componentOf(std::string_view threadName);

class CpuMeter
{
public:
    // `postmaster` gives PostgreSQL's first process, 0 for none here.
    CpuMeter(std::function<std::int64_t()> postmaster, const Clock& clock);
    // Shares of one core (two busy cores are 2) since the last call; all 0 at the first.
    model::CpuShares measure();

private:
    using Used = std::map<std::int64_t, std::pair<Component, std::chrono::nanoseconds>>; // by thread number
    Used read() const;

    std::function<std::int64_t()> m_postmaster;
    const Clock& m_clock;
    Used m_last;
    SteadyTime m_lastSampled;
    bool m_hasSampled = false;
};

} // namespace cohort::metrics

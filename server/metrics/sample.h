// The server's figures over the last seconds, as charts show them.
// Thread: value. Owner: nobody. Flow: Sampler → metric_sample and `metrics.query` → console.
#pragma once

#include "server/metrics/cpu_meter.h"
#include "shared/base/result.h"
#include "shared/base/time.h"

#include <QJsonObject>

namespace cohort::metrics {

struct Sample
{
    Timestamp at;
    CpuShares cpu;
    double connections = 0;
    double postsPerSecond = 0;
    double measurementsPerSecond = 0;
    double ingestP50Ms = 0; // 0: nothing was posted
    double ingestP99Ms = 0;
    double runsPerSecond = 0;
    double effectsPerSecond = 0;
    double queue = 0; // submissions that wait for their commit
    bool operator==(const Sample&) const = default;
};

// {"at": ms, "cpu": {"deviceio", …}, "connections", …}
QJsonObject toJson(const Sample& sample);
// What is missing stays 0; for samples that an earlier version wrote.
Sample sampleFromJson(const QJsonObject& json);

} // namespace cohort::metrics

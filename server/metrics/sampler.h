// Makes a sample every five seconds, keeps an hour of them, hands one a minute on to be stored.
// Thread: sample() from one (main, a timer of app's); samples() from any. Owner: app.
// Flow: Registry, /proc → sample() → memory, the database, subscriptions.
#pragma once

#include "server/metrics/metrics.h"
#include "shared/base/time.h"
#include "shared/model/server.h"

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace cohort::metrics {

class Sampler
{
public:
    static constexpr std::size_t Kept = 720; // an hour
    // `postmaster` gives PostgreSQL's first process, 0: not on this machine.
    Sampler(const Registry& registry, std::function<std::int64_t()> postmaster, const Clock& clock);
    ~Sampler();

    // The figures since the last call; app calls it every five seconds. The rates are by steady(), which nobody sets.
    model::MetricSample sample();
    // The mean of what was taken since the last call, for metric_sample, once a minute; nothing when there is none.
    std::optional<model::MetricSample> drainMinute();
    // Those kept with from ≤ at < to, oldest first.
    QList<model::MetricSample> samples(Timestamp from, Timestamp to) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace cohort::metrics

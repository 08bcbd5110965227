// What composer counts.
// Thread: counting from composer's, reading from any. Owner: ComposerService. Flow: InstanceRunner, Core → metrics::Registry.
#pragma once

#include "server/metrics/metrics.h"

#include <atomic>

namespace cohort::composer {

struct Meters
{
    explicit Meters(metrics::Registry& registry)
        : runs(registry.counter<metrics::Metric::ComposerRuns>()),
          effects(registry.counter<metrics::Metric::ComposerEffects>()),
          errors(registry.counter<metrics::Metric::ComposerErrors>()),
          kills(registry.counter<metrics::Metric::ComposerKills>()),
          seconds(registry.histogram<metrics::Metric::ComposerSeconds>())
    {
        const auto read = [](const std::atomic<std::size_t>& value) {
            return [&value] { return static_cast<double>(value.load(std::memory_order_relaxed)); };
        };
        registry.gauge<metrics::Metric::ComposerInstances>(read(instances));
        registry.gauge<metrics::Metric::ComposerReady>(read(ready));
        registry.gauge<metrics::Metric::ComposerUncommitted>(read(uncommitted));
        registry.gauge<metrics::Metric::ComposerHistoryQuestions>(read(questions));
    }

    metrics::Counter& runs;
    metrics::Counter& effects;
    metrics::Counter& errors;
    metrics::Counter& kills;
    metrics::Histogram& seconds;
    std::atomic<std::size_t> instances{0}, ready{0}, uncommitted{0}, questions{0};
};

} // namespace cohort::composer

// What composer counts.
// Thread: counting from composer's, reading from any. Owner: ComposerService. Flow: InstanceRunner, Core → metrics::Registry.
#pragma once

#include "server/metrics/metrics.h"

#include <atomic>

namespace cohort::composer {

struct Meters
{
    explicit Meters(metrics::Registry& registry)
        : runs(registry.counter("cohort_composer_runs_total", "handlers of scripts that were called")),
          effects(registry.counter("cohort_composer_effects_total", "effects that scripts asked for")),
          errors(registry.counter("cohort_composer_errors_total", "runs that ended with an error or a limit")),
          kills(registry.counter("cohort_composer_kills_total", "runs that their worker did not survive")),
          seconds(registry.histogram("cohort_composer_seconds", "from an event's arrival to the commit of its effects"))
    {
        const auto read = [](const std::atomic<std::size_t>& value) {
            return [&value] { return static_cast<double>(value.load(std::memory_order_relaxed)); };
        };
        registry.gauge("cohort_composer_instances", "scripts in homes that are in memory", read(instances));
        registry.gauge("cohort_composer_ready", "instances that wait for a worker", read(ready));
        registry.gauge("cohort_composer_uncommitted", "runs and rows that wait for a commit", read(uncommitted));
        registry.gauge("cohort_composer_history_questions", "questions for stored data that wait", read(questions));
    }

    metrics::Counter& runs;
    metrics::Counter& effects;
    metrics::Counter& errors;
    metrics::Counter& kills;
    metrics::Histogram& seconds;
    std::atomic<std::size_t> instances{0}, ready{0}, uncommitted{0}, questions{0};
};

} // namespace cohort::composer

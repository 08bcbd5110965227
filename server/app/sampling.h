// The server's own figures: a sample every five seconds, one a minute into the database, old ones pruned.
// Thread: main. Owner: Node. Flow: metrics, /proc → Sampler → memory, metric_sample, bus::MetricsSampled.
#pragma once

#include "server/app/database.h"
#include "server/bus/bus.h"
#include "server/metrics/sampler.h"

#include <QTimer>

namespace cohort::app {

class Sampling
{
public:
    Sampling(const Options& options, const Database& database, const metrics::Registry& metrics, bus::Bus& bus,
             const Clock& clock);

    void start();
    void stop();
    const metrics::Sampler& sampler() const { return m_sampler; }

private:
    void sample();
    void store();

    const Options& m_options;
    const Database& m_database;
    bus::Bus& m_bus;
    metrics::Sampler m_sampler;
    std::unique_ptr<store::Connection> m_connection;
    QTimer m_everyFiveSeconds, m_everyMinute;
    int m_minutes = 0;
};

} // namespace cohort::app

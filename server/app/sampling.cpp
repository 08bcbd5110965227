#include "server/app/sampling.h"

#include "server/store/repositories/metric_sample_repository.h"
#include "shared/base/log.h"

namespace cohort::app {

namespace {

constexpr int PruneEveryMinutes = 60;

} // namespace

Sampling::Sampling(const Options& options, const Database& database, const metrics::Registry& metrics, bus::Bus& bus,
                   const Clock& clock)
    : m_options(options), m_database(database), m_bus(bus),
      m_sampler(
          metrics, [&database] { return database.postmaster(); }, clock)
{
    QObject::connect(&m_everyFiveSeconds, &QTimer::timeout, &m_everyFiveSeconds, [this] { sample(); });
    QObject::connect(&m_everyMinute, &QTimer::timeout, &m_everyMinute, [this] { store(); });
}

void Sampling::start()
{
    sample();
    m_everyFiveSeconds.start(std::chrono::seconds(5));
    m_everyMinute.start(std::chrono::minutes(1));
}

void Sampling::stop()
{
    m_everyFiveSeconds.stop();
    m_everyMinute.stop();
    m_connection.reset();
}

void Sampling::sample()
{
    m_sampler.sample();
    m_bus.publish(bus::MetricsSampled{m_options.node.toStdString()});
}

// What cannot be written now is lost to the charts of long ago and to nothing else.
void Sampling::store()
{
    const auto sample = m_sampler.drainMinute();
    if (!m_connection) {
        auto opened = store::Connection::open(m_database.settings());
        if (!opened)
            return;
        m_connection = std::move(*opened);
    }
    store::MetricSampleRepository samples(*m_connection);
    Result<void> result;
    if (sample)
        result = samples.add(m_options.node, *sample);
    if (result && ++m_minutes % PruneEveryMinutes == 0)
        result = samples.prune();
    if (!result) {
        log(LogLevel::Warning, "sample-not-stored", {{"reason", result.error().message()}});
        m_connection.reset();
    }
}

} // namespace cohort::app

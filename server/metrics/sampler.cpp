#include "server/metrics/sampler.h"

#include "server/metrics/cpu_meter.h"

#include <algorithm>

namespace cohort::metrics {

namespace {

using model::MetricSample;
using Counts = std::array<std::uint64_t, Histogram::Buckets>;

// The counters as they stood at one moment.
struct Totals
{
    std::uint64_t posts = 0;
    std::uint64_t measurements = 0;
    std::uint64_t runs = 0;
    std::uint64_t effects = 0;
    Counts ingest{};
    SteadyTime at;
};

std::uint64_t sumOf(const std::vector<const Counter*>& counters)
{
    std::uint64_t sum = 0;
    for (const Counter* counter : counters)
        sum += counter->value();
    return sum;
}

Totals totalsOf(const SampleSources& sources, const Clock& clock)
{
    Totals totals{sumOf(sources.posts), sumOf(sources.measurements), sumOf(sources.runs), sumOf(sources.effects), {},
                  clock.steady()};
    for (const Histogram* histogram : sources.ingest) {
        const Counts counts = histogram->counts();
        for (std::size_t bucket = 0; bucket < counts.size(); ++bucket)
            totals.ingest.at(bucket) += counts.at(bucket);
    }
    return totals;
}

double milliseconds(std::chrono::microseconds duration)
{
    return static_cast<double>(duration.count()) / 1'000.0;
}

MetricSample sampleBetween(const Totals& before, const Totals& after)
{
    const std::chrono::duration<double> elapsed = after.at - before.at;
    const double seconds = std::max(elapsed.count(), 1e-3);
    const auto rate = [seconds](std::uint64_t from, std::uint64_t to) {
        return static_cast<double>(to - from) / seconds;
    };
    Counts ingest{};
    for (std::size_t bucket = 0; bucket < ingest.size(); ++bucket)
        ingest.at(bucket) = after.ingest.at(bucket) - before.ingest.at(bucket);
    MetricSample sample;
    sample.postsPerSecond = rate(before.posts, after.posts);
    sample.measurementsPerSecond = rate(before.measurements, after.measurements);
    sample.runsPerSecond = rate(before.runs, after.runs);
    sample.effectsPerSecond = rate(before.effects, after.effects);
    if (std::any_of(ingest.begin(), ingest.end(), [](std::uint64_t count) { return count > 0; })) {
        sample.ingestP50Ms = milliseconds(Histogram::quantileOf(ingest, 0.5));
        sample.ingestP99Ms = milliseconds(Histogram::quantileOf(ingest, 0.99));
    }
    return sample;
}

// The mean of all; of the slowest ingest the worst, which is what one looks for.
MetricSample meanOf(const QList<MetricSample>& samples)
{
    MetricSample mean;
    const double part = 1.0 / static_cast<double>(samples.size());
    constexpr std::array<double MetricSample::*, 6> fields{
        &MetricSample::connections,   &MetricSample::postsPerSecond,   &MetricSample::measurementsPerSecond,
        &MetricSample::runsPerSecond, &MetricSample::effectsPerSecond, &MetricSample::queue};
    constexpr std::array<double model::CpuShares::*, 5> shares{&model::CpuShares::deviceio, &model::CpuShares::api,
                                                               &model::CpuShares::composer, &model::CpuShares::database,
                                                               &model::CpuShares::other};
    int posted = 0; // samples in which something was
    double ingest = 0;
    for (const MetricSample& sample : samples) {
        for (const auto field : fields)
            mean.*field += sample.*field * part;
        for (const auto share : shares)
            mean.cpu.*share += sample.cpu.*share * part;
        if (!sample.ingestP50Ms || !sample.ingestP99Ms)
            continue;
        ++posted;
        ingest += *sample.ingestP50Ms;
        mean.ingestP50Ms = ingest / posted;
        mean.ingestP99Ms = std::max(mean.ingestP99Ms.value_or(0), *sample.ingestP99Ms);
    }
    mean.at = samples.last().at;
    return mean;
}

} // namespace

struct Sampler::Private
{
    Private(SampleSources s, const Clock& c)
        : sources(std::move(s)), clock(c), cpu(sources.postmaster, c), last(totalsOf(sources, c))
    {
        (void)cpu.measure();
    }
    SampleSources sources;
    const Clock& clock;
    CpuMeter cpu;
    Totals last;
    QList<MetricSample> minute;
    mutable std::mutex mutex; // of `kept`
    std::deque<MetricSample> kept;
};

Sampler::Sampler(SampleSources sources, const Clock& clock) : d(std::make_unique<Private>(std::move(sources), clock)) {}
Sampler::~Sampler() = default;

MetricSample Sampler::sample()
{
    const Totals totals = totalsOf(d->sources, d->clock);
    MetricSample sample = sampleBetween(d->last, totals);
    d->last = totals;
    sample.at = toMs(d->clock.now());
    sample.cpu = d->cpu.measure();
    sample.connections = d->sources.connections ? d->sources.connections() : 0;
    sample.queue = d->sources.queue ? d->sources.queue() : 0;
    if (d->minute.size() < static_cast<qsizetype>(Kept))
        d->minute.append(sample);
    const std::lock_guard lock(d->mutex);
    d->kept.push_back(sample);
    if (d->kept.size() > Kept)
        d->kept.pop_front();
    return sample;
}

std::optional<MetricSample> Sampler::drainMinute()
{
    if (d->minute.isEmpty())
        return std::nullopt;
    const MetricSample mean = meanOf(d->minute);
    d->minute.clear();
    return mean;
}

QList<MetricSample> Sampler::samples(Timestamp from, Timestamp to) const
{
    const std::lock_guard lock(d->mutex);
    QList<MetricSample> chosen;
    for (const MetricSample& sample : d->kept) {
        if (sample.at >= toMs(from) && sample.at < toMs(to))
            chosen.append(sample);
    }
    return chosen;
}

} // namespace cohort::metrics

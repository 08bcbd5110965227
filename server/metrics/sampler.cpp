#include "server/metrics/sampler.h"

#include "server/metrics/cpu_meter.h"

#include <algorithm>

namespace cohort::metrics {

namespace {

using model::MetricSample;

// Each figure of a sample and the metric that it comes from: the rise of a counter by the second, or a gauge as it stands.
struct SampledFigure
{
    double MetricSample::*figure;
    Metric metric;
};
constexpr std::array SampledFigures{
    SampledFigure{&MetricSample::connections, Metric::EdgeConnections},
    SampledFigure{&MetricSample::postsPerSecond, Metric::IngestPosts},
    SampledFigure{&MetricSample::measurementsPerSecond, Metric::IngestMeasurements},
    SampledFigure{&MetricSample::runsPerSecond, Metric::ComposerRuns},
    SampledFigure{&MetricSample::effectsPerSecond, Metric::ComposerEffects},
    SampledFigure{&MetricSample::queue, Metric::CommitterWaiting},
};
constexpr Metric IngestTimes = Metric::IngestSeconds; // of ingestP50Ms and ingestP99Ms

constexpr bool isRate(const SampledFigure& sampled)
{
    return infoOf(sampled.metric).kind == Kind::Counter;
}
static_assert(std::none_of(SampledFigures.begin(), SampledFigures.end(),
                           [](const auto& sampled) { return infoOf(sampled.metric).kind == Kind::Histogram; }));
static_assert(infoOf(IngestTimes).kind == Kind::Histogram);

// The metrics as they stood at one moment; the values by figure.
struct Totals
{
    std::array<double, SampledFigures.size()> values{};
    Histogram::Counts ingest{};
    SteadyTime at;
};

Totals totalsOf(const Registry& registry, const Clock& clock)
{
    Totals totals;
    for (std::size_t i = 0; i < SampledFigures.size(); ++i)
        totals.values.at(i) = registry.total(SampledFigures.at(i).metric);
    totals.ingest = registry.counts(IngestTimes);
    totals.at = clock.steady();
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
    MetricSample sample;
    for (std::size_t i = 0; i < SampledFigures.size(); ++i) {
        const SampledFigure& sampled = SampledFigures.at(i);
        const double value = after.values.at(i);
        sample.*sampled.figure = isRate(sampled) ? (value - before.values.at(i)) / seconds : value;
    }
    Histogram::Counts ingest{};
    for (std::size_t bucket = 0; bucket < ingest.size(); ++bucket)
        ingest.at(bucket) = after.ingest.at(bucket) - before.ingest.at(bucket);
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
    constexpr std::array<double model::CpuShares::*, 5> shares{&model::CpuShares::deviceio, &model::CpuShares::api,
                                                               &model::CpuShares::composer, &model::CpuShares::database,
                                                               &model::CpuShares::other};
    int posted = 0; // samples in which something was
    double ingest = 0;
    for (const MetricSample& sample : samples) {
        for (const SampledFigure& sampled : SampledFigures)
            mean.*sampled.figure += sample.*sampled.figure * part;
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
    Private(const Registry& r, std::function<std::int64_t()> postmaster, const Clock& c)
        : registry(r), clock(c), cpu(std::move(postmaster), c), last(totalsOf(r, c))
    {
        (void)cpu.measure();
    }
    const Registry& registry;
    const Clock& clock;
    CpuMeter cpu;
    Totals last;
    QList<MetricSample> minute;
    mutable std::mutex mutex; // of `kept`
    std::deque<MetricSample> kept;
};

Sampler::Sampler(const Registry& registry, std::function<std::int64_t()> postmaster, const Clock& clock)
    : d(std::make_unique<Private>(registry, std::move(postmaster), clock))
{
}
Sampler::~Sampler() = default;

MetricSample Sampler::sample()
{
    const Totals totals = totalsOf(d->registry, d->clock);
    MetricSample sample = sampleBetween(d->last, totals);
    d->last = totals;
    sample.at = toMs(d->clock.now());
    sample.cpu = d->cpu.measure();
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

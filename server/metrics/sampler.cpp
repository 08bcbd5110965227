#include "server/metrics/sampler.h"

namespace cohort::metrics {

namespace {

using Counts = std::array<std::uint64_t, Histogram::Buckets>;

// The counters as they stood at one moment.
struct Totals
{
    std::uint64_t posts = 0;
    std::uint64_t measurements = 0;
    std::uint64_t runs = 0;
    std::uint64_t effects = 0;
    Counts ingest{};
    std::chrono::steady_clock::time_point at;
};

std::uint64_t sumOf(const std::vector<const Counter*>& counters)
{
    std::uint64_t sum = 0;
    for (const Counter* counter : counters)
        sum += counter->value();
    return sum;
}

Totals totalsOf(const SampleSources& sources)
{
    Totals totals{sumOf(sources.posts),
                  sumOf(sources.measurements),
                  sumOf(sources.runs),
                  sumOf(sources.effects),
                  {},
                  std::chrono::steady_clock::now()};
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

Sample sampleBetween(const Totals& before, const Totals& after)
{
    const std::chrono::duration<double> elapsed = after.at - before.at;
    const double seconds = std::max(elapsed.count(), 1e-3);
    const auto rate = [seconds](std::uint64_t from, std::uint64_t to) {
        return static_cast<double>(to - from) / seconds;
    };
    Counts ingest{};
    for (std::size_t bucket = 0; bucket < ingest.size(); ++bucket)
        ingest.at(bucket) = after.ingest.at(bucket) - before.ingest.at(bucket);
    Sample sample;
    sample.postsPerSecond = rate(before.posts, after.posts);
    sample.measurementsPerSecond = rate(before.measurements, after.measurements);
    sample.runsPerSecond = rate(before.runs, after.runs);
    sample.effectsPerSecond = rate(before.effects, after.effects);
    sample.ingestP50Ms = milliseconds(Histogram::quantileOf(ingest, 0.5));
    sample.ingestP99Ms = milliseconds(Histogram::quantileOf(ingest, 0.99));
    return sample;
}

// The mean of all; of the slowest ingest the worst, which is what one looks for.
Sample meanOf(const std::vector<Sample>& samples)
{
    Sample mean;
    const double part = 1.0 / static_cast<double>(samples.size());
    constexpr std::array<double Sample::*, 7> fields{
        &Sample::connections, &Sample::postsPerSecond, &Sample::measurementsPerSecond,
        &Sample::ingestP50Ms, &Sample::runsPerSecond,  &Sample::effectsPerSecond,
        &Sample::queue};
    constexpr std::array<double CpuShares::*, 5> shares{&CpuShares::deviceio, &CpuShares::api, &CpuShares::composer,
                                                        &CpuShares::database, &CpuShares::other};
    for (const Sample& sample : samples) {
        for (const auto field : fields)
            mean.*field += sample.*field * part;
        for (const auto share : shares)
            mean.cpu.*share += sample.cpu.*share * part;
        mean.ingestP99Ms = std::max(mean.ingestP99Ms, sample.ingestP99Ms);
    }
    mean.at = samples.back().at;
    return mean;
}

} // namespace

struct Sampler::Private
{
    explicit Private(SampleSources s) : sources(std::move(s)), cpu(sources.postmaster), last(totalsOf(sources))
    {
        (void)cpu.measure();
    }
    SampleSources sources;
    CpuMeter cpu;
    Totals last;
    std::vector<Sample> minute;
    mutable std::mutex mutex; // of `kept`
    std::deque<Sample> kept;
};

Sampler::Sampler(SampleSources sources) : d(std::make_unique<Private>(std::move(sources))) {}
Sampler::~Sampler() = default;

Sample Sampler::sample(Timestamp now)
{
    const Totals totals = totalsOf(d->sources);
    Sample sample = sampleBetween(d->last, totals);
    d->last = totals;
    sample.at = now;
    sample.cpu = d->cpu.measure();
    sample.connections = d->sources.connections ? d->sources.connections() : 0;
    sample.queue = d->sources.queue ? d->sources.queue() : 0;
    if (d->minute.size() < Kept)
        d->minute.push_back(sample);
    const std::lock_guard lock(d->mutex);
    d->kept.push_back(sample);
    if (d->kept.size() > Kept)
        d->kept.pop_front();
    return sample;
}

std::optional<Sample> Sampler::drainMinute()
{
    if (d->minute.empty())
        return std::nullopt;
    const Sample mean = meanOf(d->minute);
    d->minute.clear();
    return mean;
}

std::vector<Sample> Sampler::samples(Timestamp from, Timestamp to) const
{
    const std::lock_guard lock(d->mutex);
    std::vector<Sample> chosen;
    for (const Sample& sample : d->kept) {
        if (sample.at >= from && sample.at < to)
            chosen.push_back(sample);
    }
    return chosen;
}

std::optional<Sample> Sampler::newest() const
{
    const std::lock_guard lock(d->mutex);
    return d->kept.empty() ? std::nullopt : std::optional(d->kept.back());
}

} // namespace cohort::metrics

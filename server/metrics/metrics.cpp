#include "server/metrics/metrics.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace cohort::metrics {

namespace {

// Bucket b holds what is above edge(b - 1) and at most edge(b), edge(b) = 2^(b/4) µs; the last holds the rest.
std::size_t bucketOf(std::chrono::microseconds duration)
{
    const auto us = duration.count();
    if (us <= 1)
        return 0;
    const double exact = std::ceil(std::log2(static_cast<double>(us)) * 4.0 - 1e-9);
    return std::min(static_cast<std::size_t>(exact), Histogram::Buckets - 1);
}

std::string number(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "+Inf" : "-Inf";
    std::array<char, 40> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.15g", value);
    return std::string(text.data(), static_cast<std::size_t>(length));
}

// port,reason and device, tls → {port="device",reason="tls"}
std::string labelsText(std::string_view names, const std::vector<std::string>& values)
{
    std::string text;
    for (const std::string& value : values) {
        const std::size_t comma = std::min(names.find(','), names.size());
        text += (text.empty() ? "{" : ",") + std::string(names.substr(0, comma)) + "=\"" + value + "\"";
        names.remove_prefix(std::min(comma + 1, names.size()));
    }
    return text.empty() ? text : text + "}";
}

constexpr const char* typeOf(Kind kind)
{
    return kind == Kind::Counter ? "counter" : kind == Kind::Gauge ? "gauge" : "histogram";
}

std::string headOf(const MetricInfo& info)
{
    const std::string name(info.name);
    const std::string unit = info.unit == Unit::Seconds ? "# UNIT " + name + " seconds\n" : std::string();
    return "# HELP " + name + " " + std::string(info.help) + "\n# TYPE " + name + " " + typeOf(info.kind) + "\n" + unit;
}

// {role="api"} and le="0.5" → {role="api",le="0.5"}
std::string withLabel(const std::string& labels, const std::string& more)
{
    if (labels.size() < 2)
        return "{" + more + "}";
    return labels.substr(0, labels.size() - 1) + "," + more + "}";
}

std::string histogramText(const std::string& name, const std::string& labels, const Histogram& histogram)
{
    std::string text;
    const auto counts = histogram.counts();
    std::uint64_t sum = 0;
    for (std::size_t bucket = 0; bucket < counts.size(); ++bucket) {
        sum += counts.at(bucket);
        // Every fourth edge, a power of two, is fine enough for a page that is fetched all day.
        if (bucket % 4 != 0)
            continue;
        const double seconds = static_cast<double>(Histogram::upperEdge(bucket).count()) / 1e6;
        text +=
            name + "_bucket" + withLabel(labels, "le=\"" + number(seconds) + "\"") + " " + std::to_string(sum) + "\n";
    }
    text += name + "_bucket" + withLabel(labels, "le=\"+Inf\"") + " " + std::to_string(sum) + "\n";
    text += name + "_sum" + labels + " " + number(static_cast<double>(histogram.sumUs()) / 1e6) + "\n";
    return text + name + "_count" + labels + " " + std::to_string(sum) + "\n";
}

// The table's rows as the page shows them.
std::array<Metric, MetricTable.size()> byName()
{
    std::array<Metric, MetricTable.size()> sorted{};
    for (std::size_t row = 0; row < sorted.size(); ++row)
        sorted.at(row) = static_cast<Metric>(row);
    std::sort(sorted.begin(), sorted.end(), [](Metric a, Metric b) { return infoOf(a).name < infoOf(b).name; });
    return sorted;
}

} // namespace

void Histogram::record(std::chrono::microseconds duration)
{
    m_counts.at(bucketOf(duration)).fetch_add(1, std::memory_order_relaxed);
    m_sumUs.fetch_add(static_cast<std::uint64_t>(std::max<std::int64_t>(0, duration.count())),
                      std::memory_order_relaxed);
}

Histogram::Counts Histogram::counts() const
{
    Counts counts{};
    for (std::size_t bucket = 0; bucket < Buckets; ++bucket)
        counts.at(bucket) = m_counts.at(bucket).load(std::memory_order_relaxed);
    return counts;
}

std::chrono::microseconds Histogram::quantileOf(const Counts& counts, double share)
{
    std::uint64_t all = 0;
    for (const std::uint64_t count : counts)
        all += count;
    if (all == 0)
        return std::chrono::microseconds(0);
    const double wanted = std::clamp(share, 0.0, 1.0) * static_cast<double>(all);
    std::uint64_t sum = 0;
    for (std::size_t bucket = 0; bucket < Buckets; ++bucket) {
        sum += counts.at(bucket);
        if (sum > 0 && static_cast<double>(sum) >= wanted)
            return upperEdge(bucket);
    }
    return upperEdge(Buckets - 1);
}

std::chrono::microseconds Histogram::upperEdge(std::size_t bucket)
{
    return std::chrono::microseconds(std::llround(std::exp2(static_cast<double>(bucket) / 4.0)));
}

Registry::Series& Registry::seriesOf(Metric metric, const Values& values)
{
    std::vector<Series>& all = m_series.at(static_cast<std::size_t>(metric));
    std::string labels = labelsText(infoOf(metric).labels, values);
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Series& series) { return series.labels == labels; });
    if (found != all.end())
        return *found;
    all.push_back({std::move(labels), {}, {}, {}});
    return all.back();
}

std::vector<Registry::Series> Registry::seriesOf(Metric metric) const
{
    const std::lock_guard lock(m_mutex);
    return m_series.at(static_cast<std::size_t>(metric));
}

Counter& Registry::counterOf(Metric metric, const Values& values)
{
    const std::lock_guard lock(m_mutex);
    Series& series = seriesOf(metric, values);
    if (!series.counter)
        series.counter = std::make_shared<Counter>();
    return *series.counter;
}

Histogram& Registry::histogramOf(Metric metric, const Values& values)
{
    const std::lock_guard lock(m_mutex);
    Series& series = seriesOf(metric, values);
    if (!series.histogram)
        series.histogram = std::make_shared<Histogram>();
    return *series.histogram;
}

void Registry::readFrom(Metric metric, const Values& values, Reader read)
{
    auto reader = std::make_shared<const Reader>(std::move(read));
    const std::lock_guard lock(m_mutex);
    seriesOf(metric, values).reader.swap(reader);
}

double Registry::total(Metric metric) const
{
    double sum = 0;
    for (const Series& series : seriesOf(metric))
        sum += series.value();
    return sum;
}

Histogram::Counts Registry::counts(Metric metric) const
{
    Histogram::Counts sum{};
    for (const Series& series : seriesOf(metric)) {
        if (!series.histogram)
            continue;
        const Histogram::Counts counts = series.histogram->counts();
        for (std::size_t bucket = 0; bucket < sum.size(); ++bucket)
            sum.at(bucket) += counts.at(bucket);
    }
    return sum;
}

std::string Registry::prometheusText() const
{
    static const auto rows = byName();
    std::string text;
    for (const Metric metric : rows) {
        const std::vector<Series> all = seriesOf(metric);
        const std::string name(infoOf(metric).name);
        text += all.empty() ? std::string() : headOf(infoOf(metric));
        for (const Series& series : all)
            text += series.histogram ? histogramText(name, series.labels, *series.histogram)
                                     : name + series.labels + " " + number(series.value()) + "\n";
    }
    return text;
}

} // namespace cohort::metrics

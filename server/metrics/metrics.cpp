#include "server/metrics/metrics.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

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

// Help texts are one line in Prometheus' format.
std::string escapedHelp(const std::string& help)
{
    std::string escaped;
    for (const char c : help)
        escaped += c == '\\' ? "\\\\" : c == '\n' ? "\\n" : std::string(1, c);
    return escaped;
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

// Entries of one name stand together under one head.
struct Family
{
    std::string help;
    const char* type = "";
    std::string lines;
};

} // namespace

void Histogram::record(std::chrono::microseconds duration)
{
    m_counts.at(bucketOf(duration)).fetch_add(1, std::memory_order_relaxed);
    m_sumUs.fetch_add(static_cast<std::uint64_t>(std::max<std::int64_t>(0, duration.count())),
                      std::memory_order_relaxed);
}

std::uint64_t Histogram::count() const
{
    std::uint64_t sum = 0;
    for (const auto& count : m_counts)
        sum += count.load(std::memory_order_relaxed);
    return sum;
}

std::array<std::uint64_t, Histogram::Buckets> Histogram::counts() const
{
    std::array<std::uint64_t, Buckets> counts{};
    for (std::size_t bucket = 0; bucket < Buckets; ++bucket)
        counts.at(bucket) = m_counts.at(bucket).load(std::memory_order_relaxed);
    return counts;
}

std::chrono::microseconds Histogram::quantile(double share) const
{
    return quantileOf(counts(), share);
}

std::chrono::microseconds Histogram::quantileOf(const std::array<std::uint64_t, Buckets>& counts, double share)
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

Counter& Registry::counter(const std::string& name, const std::string& help, const std::string& labels)
{
    const std::lock_guard lock(m_mutex);
    for (const auto& entry : m_counters) {
        if (entry->name == name && entry->labels == labels)
            return entry->metric;
    }
    m_counters.push_back(std::make_unique<Entry<Counter>>(name, help, labels));
    return m_counters.back()->metric;
}

Histogram& Registry::histogram(const std::string& name, const std::string& help, const std::string& labels)
{
    const std::lock_guard lock(m_mutex);
    for (const auto& entry : m_histograms) {
        if (entry->name == name && entry->labels == labels)
            return entry->metric;
    }
    m_histograms.push_back(std::make_unique<Entry<Histogram>>(name, help, labels));
    return m_histograms.back()->metric;
}

void Registry::gauge(const std::string& name, const std::string& help, std::function<double()> read,
                     const std::string& labels)
{
    const std::lock_guard lock(m_mutex);
    for (const auto& entry : m_gauges) {
        if (entry->name == name && entry->labels == labels) {
            entry->metric = std::move(read);
            return;
        }
    }
    m_gauges.push_back(std::make_unique<Entry<std::function<double()>>>(name, help, labels, std::move(read)));
}

std::string Registry::prometheusText() const
{
    std::map<std::string, Family> families;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& entry : m_counters) {
            Family& family = families.try_emplace(entry->name, Family{entry->help, "counter", {}}).first->second;
            family.lines += entry->name + entry->labels + " " + std::to_string(entry->metric.value()) + "\n";
        }
        for (const auto& entry : m_histograms) {
            Family& family = families.try_emplace(entry->name, Family{entry->help, "histogram", {}}).first->second;
            family.lines += histogramText(entry->name, entry->labels, entry->metric);
        }
        for (const auto& entry : m_gauges) {
            Family& family = families.try_emplace(entry->name, Family{entry->help, "gauge", {}}).first->second;
            family.lines += entry->name + entry->labels + " " + number(entry->metric()) + "\n";
        }
    }
    std::string text;
    for (const auto& [name, family] : families)
        text += "# HELP " + name + " " + escapedHelp(family.help) + "\n# TYPE " + name + " " + family.type + "\n" +
                family.lines;
    return text;
}

} // namespace cohort::metrics

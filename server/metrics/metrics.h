// The values of the metrics that MetricTable declares; read by /metrics and by the samples.
// Thread: counting from any, without a lock. Owner: app makes one Registry and hands it on.
// Flow: every component → Registry → Prometheus text, Sample → store → console.
#pragma once

#include "server/metrics/metric_table.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace cohort::metrics {

class Counter
{
public:
    void add(std::uint64_t n = 1) { m_value.fetch_add(n, std::memory_order_relaxed); }
    std::uint64_t value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> m_value{0};
};

// Durations in buckets of a quarter of a power of two from 1 µs to over an hour.
class Histogram
{
public:
    static constexpr std::size_t Buckets = 130;
    using Counts = std::array<std::uint64_t, Buckets>;
    void record(std::chrono::microseconds duration);
    Counts counts() const;
    // The upper edge of the bucket in which this share (0 to 1) of all lies, of counts() or of the difference between
    // two moments' counts; 0 when nothing was recorded.
    static std::chrono::microseconds quantileOf(const Counts& counts, double share);
    static std::chrono::microseconds upperEdge(std::size_t bucket);
    std::uint64_t sumUs() const { return m_sumUs.load(std::memory_order_relaxed); }

private:
    std::array<std::atomic<std::uint64_t>, Buckets> m_counts{};
    std::atomic<std::uint64_t> m_sumUs{0};
};

// The table says that M is of this kind and has so many labels.
template <Metric M, Kind kind, typename... Labels>
concept Declared = isDeclared(M, kind, sizeof...(Labels));

// Each metric's values, one for each combination of its labels; the metrics themselves are MetricTable's. The values of
// labels are given in the table's order.
class Registry
{
public:
    // Made at the first call; lives as long as the registry.
    template <Metric M, typename... Labels>
    requires Declared<M, Kind::Counter, Labels...> Counter& counter(const Labels&... labels)
    {
        return counterOf(M, {std::string(labels)...});
    }
    template <Metric M, typename... Labels>
    requires Declared<M, Kind::Histogram, Labels...> Histogram& histogram(const Labels&... labels)
    {
        return histogramOf(M, {std::string(labels)...});
    }
    // A gauge, read when somebody looks, under no lock; replaced when given again.
    template <Metric M, typename... Labels>
    requires Declared<M, Kind::Gauge, Labels...>
    void gauge(std::function<double()>&& read, const Labels&... labels)
    {
        readFrom(M, {std::string(labels)...}, std::move(read));
    }
    // A counter that is kept elsewhere, read in the same way.
    template <Metric M, typename... Labels>
    requires Declared<M, Kind::Counter, Labels...>
    void counted(std::function<double()>&& read, const Labels&... labels)
    {
        readFrom(M, {std::string(labels)...}, std::move(read));
    }

    // Added up over all labels: of a counter or a gauge; 0 when there is none.
    double total(Metric metric) const;
    Histogram::Counts counts(Metric metric) const;
    // All of it in Prometheus' text format, by name.
    std::string prometheusText() const;

private:
    using Values = std::vector<std::string>;
    using Reader = std::function<double()>;
    struct Series
    {
        std::string labels; // {role="api"}, or empty
        std::shared_ptr<Counter> counter;
        std::shared_ptr<Histogram> histogram;
        std::shared_ptr<const Reader> reader;

        double value() const { return reader ? (*reader)() : counter ? static_cast<double>(counter->value()) : 0; }
    };

    Counter& counterOf(Metric metric, const Values& values);
    Histogram& histogramOf(Metric metric, const Values& values);
    void readFrom(Metric metric, const Values& values, Reader read);
    // The series of these labels, made where it is missing; with the lock held.
    Series& seriesOf(Metric metric, const Values& values);
    std::vector<Series> seriesOf(Metric metric) const;

    mutable std::mutex m_mutex;
    std::array<std::vector<Series>, MetricTable.size()> m_series;
};

} // namespace cohort::metrics

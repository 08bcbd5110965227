// Counters, gauges and histograms, each described where it is counted; read by /metrics and by the samples.
// Thread: counting from any, without a lock. Owner: app makes one Registry and hands it on.
// Flow: every component → Registry → Prometheus text, Sample → store → console.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
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
    void record(std::chrono::microseconds duration);
    std::uint64_t count() const;
    // The upper edge of the bucket in which this share (0 to 1) of all lies; 0 when nothing was recorded.
    std::chrono::microseconds quantile(double share) const;
    std::array<std::uint64_t, Buckets> counts() const;
    // The same of counts taken elsewhere: of the difference between two moments, say.
    static std::chrono::microseconds quantileOf(const std::array<std::uint64_t, Buckets>& counts, double share);
    static std::chrono::microseconds upperEdge(std::size_t bucket);
    std::uint64_t sumUs() const { return m_sumUs.load(std::memory_order_relaxed); }

private:
    std::array<std::atomic<std::uint64_t>, Buckets> m_counts{};
    std::atomic<std::uint64_t> m_sumUs{0};
};

class Registry
{
public:
    // The metric of this name, made at the first call. `name` is the Prometheus name, cohort_…_total for counters,
    // cohort_…_seconds for histograms; `labels` as in {role="api"} or empty.
    Counter& counter(const std::string& name, const std::string& help, const std::string& labels = {});
    Histogram& histogram(const std::string& name, const std::string& help, const std::string& labels = {});
    // A value read when somebody looks; replaced when registered again.
    void gauge(const std::string& name, const std::string& help, std::function<double()> read,
               const std::string& labels = {});
    // All of it in Prometheus' text format.
    std::string prometheusText() const;

private:
    template <typename T>
    struct Entry
    {
        Entry(std::string n, std::string h, std::string l, T m = T()) requires std::is_move_constructible_v<T>
            : name(std::move(n)), help(std::move(h)), labels(std::move(l)), metric(std::move(m))
        {
        }
        Entry(std::string n, std::string h, std::string l) requires(!std::is_move_constructible_v<T>)
            : name(std::move(n)), help(std::move(h)), labels(std::move(l))
        {
        }
        std::string name, help, labels;
        T metric;
    };
    mutable std::mutex m_mutex;
    std::vector<std::unique_ptr<Entry<Counter>>> m_counters;
    std::vector<std::unique_ptr<Entry<Histogram>>> m_histograms;
    std::vector<std::unique_ptr<Entry<std::function<double()>>>> m_gauges;
};

} // namespace cohort::metrics

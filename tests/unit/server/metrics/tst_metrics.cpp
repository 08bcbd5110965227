// Counts that are right, quantiles that are near, text that Prometheus reads, CPU that is somebody's.
#include "server/metrics/cpu_meter.h"
#include "server/metrics/metrics.h"
#include "server/metrics/sampler.h"
#include "shared/base/system_clock.h"
#include "shared/model/json.h"
#include "tests/kit/manual_clock.h"

#include <QTest>

#include <pthread.h>

#include <atomic>
#include <limits>
#include <numeric>
#include <set>
#include <thread>

using namespace cohort;
using namespace cohort::metrics;
using cohort::model::MetricSample;
using std::chrono::microseconds;

namespace {

// What the table does not have, or has otherwise, does not compile.
template <Metric M, typename... Labels>
concept Counted = requires(Registry& registry, Labels... labels)
{
    registry.counter<M>(labels...);
};
static_assert(Counted<Metric::IngestPosts> && !Counted<Metric::IngestPosts, std::string>);
static_assert(Counted<Metric::NetRefused, std::string, const char*> && !Counted<Metric::NetRefused, std::string>);
static_assert(!Counted<Metric::EdgeChannels> && !Counted<Metric::IngestSeconds>);

microseconds quantileOf(const Histogram& histogram, double share)
{
    return Histogram::quantileOf(histogram.counts(), share);
}

std::uint64_t countOf(const Histogram& histogram)
{
    const auto counts = histogram.counts();
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

} // namespace

class TestMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void putsDurationsIntoTheirBuckets()
    {
        for (std::size_t bucket = 20; bucket < Histogram::Buckets - 1; ++bucket) { // edges over 16 µs lie well apart
            Histogram histogram;
            histogram.record(Histogram::upperEdge(bucket) + microseconds(1));
            QCOMPARE(histogram.counts().at(bucket), std::uint64_t{0});
            QCOMPARE(quantileOf(histogram, 1), Histogram::upperEdge(bucket + 1));
        }
    }
    void takesAnyDuration()
    {
        Histogram histogram;
        histogram.record(microseconds(-5));
        histogram.record(microseconds(0));
        histogram.record(microseconds::max());
        QCOMPARE(countOf(histogram), std::uint64_t{3});
        QVERIFY(Histogram::upperEdge(Histogram::Buckets - 1) > std::chrono::hours(1));
    }
    void findsQuantiles()
    {
        Histogram histogram;
        QCOMPARE(quantileOf(histogram, 0.5), microseconds(0));
        for (int count = 0; count < 99; ++count)
            histogram.record(microseconds(1'000));
        histogram.record(microseconds(1'000'000));
        QVERIFY(quantileOf(histogram, 0.5) >= microseconds(1'000) && quantileOf(histogram, 0.5) < microseconds(1'200));
        QVERIFY(quantileOf(histogram, 0.999) >= microseconds(1'000'000));
        QVERIFY(quantileOf(histogram, -1) > microseconds(0));
        QCOMPARE(quantileOf(histogram, 7), quantileOf(histogram, 1));
    }
    void declaresEachMetricOnceAndByTheRules()
    {
        std::set<std::string_view> names;
        for (const MetricInfo& info : MetricTable) {
            QVERIFY2(names.insert(info.name).second, std::string(info.name).c_str());
            QVERIFY(info.name.starts_with("cohort_"));
            QCOMPARE(info.name.ends_with("_total"), info.kind == Kind::Counter);
            QCOMPARE(info.name.ends_with("_seconds"), info.unit == Unit::Seconds);
            QVERIFY(!info.help.empty() && info.help.find('\n') == std::string_view::npos);
            QVERIFY(info.help.front() >= 'A' && info.help.front() <= 'Z');
        }
    }
    void givesTheSameMetricForTheSameName()
    {
        Registry registry;
        Counter& one = registry.counter<Metric::IngestRejected>("busy");
        QCOMPARE(&registry.counter<Metric::IngestRejected>("busy"), &one);
        QVERIFY(&registry.counter<Metric::IngestRejected>("too-large") != &one);
        QCOMPARE(&registry.histogram<Metric::IngestSeconds>(), &registry.histogram<Metric::IngestSeconds>());
    }
    void writesPrometheusText()
    {
        Registry registry;
        QCOMPARE(registry.prometheusText(), std::string());
        registry.counter<Metric::IngestRejected>("busy").add(3);
        registry.counter<Metric::IngestRejected>("too-large").add();
        registry.gauge<Metric::EdgeChannels>([] { return 1.5; });
        registry.gauge<Metric::EdgeChannels>([] { return 2.5; });
        registry.counted<Metric::NetRefused>([] { return 7.0; }, "device", "tls");
        registry.histogram<Metric::IngestSeconds>().record(microseconds(3));
        const std::string text = registry.prometheusText();
        QVERIFY(text.starts_with("# HELP cohort_edge_channels Devices with an open channel\n"
                                 "# TYPE cohort_edge_channels gauge\ncohort_edge_channels 2.5\n"
                                 "# HELP cohort_ingest_rejected_total Uploads and measurements refused\n"
                                 "# TYPE cohort_ingest_rejected_total counter\n"
                                 "cohort_ingest_rejected_total{code=\"busy\"} 3\n"
                                 "cohort_ingest_rejected_total{code=\"too-large\"} 1\n"
                                 "# HELP cohort_ingest_seconds From the upload to its reply after the commit\n"
                                 "# TYPE cohort_ingest_seconds histogram\n# UNIT cohort_ingest_seconds seconds\n"
                                 "cohort_ingest_seconds_bucket{le=\"1e-06\"} 0\n"
                                 "cohort_ingest_seconds_bucket{le=\"2e-06\"} 0\n"
                                 "cohort_ingest_seconds_bucket{le=\"4e-06\"} 1\n"));
        QVERIFY(text.ends_with("cohort_ingest_seconds_bucket{le=\"+Inf\"} 1\ncohort_ingest_seconds_sum 3e-06\n"
                               "cohort_ingest_seconds_count 1\n"
                               "# HELP cohort_net_refused_total Connections, requests and frames refused\n"
                               "# TYPE cohort_net_refused_total counter\n"
                               "cohort_net_refused_total{port=\"device\",reason=\"tls\"} 7\n"));
    }
    void aCounterOnlyRises()
    {
        Registry registry;
        Counter& posts = registry.counter<Metric::IngestPosts>();
        QCOMPARE(registry.total(Metric::IngestPosts), 0.0);
        QVERIFY(registry.prometheusText().ends_with("# TYPE cohort_ingest_posts_total counter\n"
                                                    "cohort_ingest_posts_total 0\n")); // there before the first
        posts.add(0);
        posts.add();
        posts.add(5'000'000'000);
        QCOMPARE(posts.value(), std::uint64_t{5'000'000'001});
        QVERIFY(registry.prometheusText().ends_with("\ncohort_ingest_posts_total 5000000001\n"));
    }
    void aCounterKeptElsewhereIsReadWhenAsked()
    {
        Registry registry;
        double accepted = 1;
        registry.counted<Metric::NetAccepted>([&] { return accepted; }, "device");
        registry.counted<Metric::NetAccepted>([] { return 10.0; }, "api");
        accepted = 2;
        QCOMPARE(registry.total(Metric::NetAccepted), 12.0);
        registry.counted<Metric::NetAccepted>([] { return 3.0; }, "device"); // the port was opened again
        QCOMPARE(registry.total(Metric::NetAccepted), 13.0);
        QVERIFY(registry.prometheusText().ends_with("# TYPE cohort_net_accepted_total counter\n"
                                                    "cohort_net_accepted_total{port=\"device\"} 3\n"
                                                    "cohort_net_accepted_total{port=\"api\"} 10\n"));
    }
    void aGaugeMayShowAnything()
    {
        Registry registry;
        double open = -2;
        registry.gauge<Metric::NetOpen>([&] { return open; }, "device");
        const auto shown = [&] {
            const std::string text = registry.prometheusText();
            return text.substr(text.rfind(' ') + 1);
        };
        QCOMPARE(shown(), std::string("-2\n"));
        open = 0.1;
        QCOMPARE(shown(), std::string("0.1\n"));
        open = std::numeric_limits<double>::quiet_NaN();
        QCOMPARE(shown(), std::string("NaN\n"));
        open = std::numeric_limits<double>::infinity();
        QCOMPARE(shown(), std::string("+Inf\n"));
        open = -open;
        QCOMPARE(shown(), std::string("-Inf\n"));
        QCOMPARE(registry.counts(Metric::NetOpen), Histogram::Counts{});
    }
    void aHistogramAddsUpFromBucketToBucket()
    {
        Registry registry;
        Histogram& seconds = registry.histogram<Metric::ComposerSeconds>();
        for (const int us : {1, 2, 4, 1'000'000})
            seconds.record(microseconds(us));
        QCOMPARE(seconds.sumUs(), std::uint64_t{1'000'007});
        const std::string text = registry.prometheusText();
        std::uint64_t before = 0;
        int buckets = 0;
        for (std::size_t at = text.find("_bucket{"); at != std::string::npos; at = text.find("_bucket{", at + 1)) {
            const std::uint64_t count = std::stoull(text.substr(text.find(' ', at) + 1));
            QVERIFY(count >= before);
            before = count;
            ++buckets;
        }
        QCOMPARE(before, std::uint64_t{4});
        QCOMPARE(buckets, static_cast<int>((Histogram::Buckets + 3) / 4) + 1); // each power of two, and +Inf
        QVERIFY(text.find("_bucket{le=\"2e-06\"} 2\n") != std::string::npos);
        QVERIFY(text.ends_with("cohort_composer_seconds_sum 1.000007\ncohort_composer_seconds_count 4\n"));
        QCOMPARE(registry.total(Metric::ComposerSeconds), 0.0); // a total is of counts and gauges
    }
    void aQuantileIsOfWhatCameInBetween()
    {
        Histogram histogram;
        histogram.record(microseconds(1'000'000));
        const auto before = histogram.counts();
        for (int count = 0; count < 3; ++count)
            histogram.record(microseconds(16));
        auto between = histogram.counts();
        for (std::size_t bucket = 0; bucket < between.size(); ++bucket)
            between.at(bucket) -= before.at(bucket);
        QCOMPARE(Histogram::quantileOf(between, 1), microseconds(16));
        QCOMPARE(quantileOf(histogram, 0.75), microseconds(16));
        QVERIFY(quantileOf(histogram, 0.76) >= microseconds(1'000'000));
    }
    void readsUnderNoLock()
    {
        Registry registry;
        registry.gauge<Metric::EdgeChannels>([&] {
            registry.counter<Metric::IngestPosts>().add(2); // would wait for ever
            return registry.total(Metric::IngestPosts);
        });
        QCOMPARE(registry.total(Metric::EdgeChannels), 2.0);
        QVERIFY(registry.prometheusText().starts_with("# HELP cohort_edge_channels "));
    }
    void addsUpOverLabels()
    {
        Registry registry;
        registry.counter<Metric::IngestRejected>("busy").add(3);
        registry.counter<Metric::IngestRejected>("too-large").add();
        QCOMPARE(registry.total(Metric::IngestRejected), 4.0);
        QCOMPARE(registry.total(Metric::ComposerRuns), 0.0);
        registry.histogram<Metric::ComposerSeconds>().record(microseconds(1));
        QCOMPARE(registry.counts(Metric::ComposerSeconds).front(), std::uint64_t{1});
        QCOMPARE(registry.counts(Metric::IngestSeconds), Histogram::Counts{});
    }
    void countsFromManyThreads()
    {
        Registry registry;
        std::vector<std::thread> threads;
        threads.reserve(4);
        for (int number = 0; number < 4; ++number) {
            threads.emplace_back([&] {
                for (int count = 0; count < 10'000; ++count) {
                    registry.counter<Metric::IngestPosts>().add();
                    registry.histogram<Metric::IngestSeconds>().record(microseconds(count));
                }
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(registry.counter<Metric::IngestPosts>().value(), std::uint64_t{40'000});
        QCOMPARE(countOf(registry.histogram<Metric::IngestSeconds>()), std::uint64_t{40'000});
    }
    void knowsWhoseAThreadIs()
    {
        QCOMPARE(componentOf("io-1"), Component::DeviceIo);
        QCOMPARE(componentOf("committer"), Component::DeviceIo);
        QCOMPARE(componentOf("api-2"), Component::Api);
        QCOMPARE(componentOf("composer"), Component::Composer);
        QCOMPARE(componentOf("postgres"), Component::Database);
        QCOMPARE(componentOf(""), Component::Other);
    }
    void measuresTheThreadThatWorks()
    {
        const SystemClock clock;
        CpuMeter meter({}, clock);
        QCOMPARE(meter.measure().other, 0.0);
        std::atomic<bool> ended = false;
        std::thread busy([&] {
            ::pthread_setname_np(::pthread_self(), "api-1");
            while (!ended) {
            }
        });
        cohort::model::CpuShares shares;
        while (shares.api <= 0.0) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            shares = meter.measure();
        }
        ended = true;
        busy.join();
        QVERIFY(shares.api > shares.composer);
        QCOMPARE(shares.database, 0.0);
    }
    void bringsASampleThroughJson()
    {
        MetricSample sample;
        sample.at = 1'760'000'000'007;
        sample.cpu = {0.1, 0.2, 0.3, 0.4, 0.5};
        sample.ingestP99Ms = 4.5;
        const auto json = toJson(sample);
        QVERIFY(json.value(QLatin1String("ingestP50Ms")).isNull());
        const auto back = cohort::model::fromJson<MetricSample>(json);
        QVERIFY(back && back->at == sample.at && back->ingestP99Ms == sample.ingestP99Ms);
        QCOMPARE(back->cpu.database, 0.4);
        const auto earlier = cohort::model::fromJson<MetricSample>({}, cohort::model::Form::Stored);
        QVERIFY(earlier && earlier->connections == 0.0);
    }
    void samplesWhatHappenedSinceTheLast()
    {
        Registry registry;
        Counter& posts = registry.counter<Metric::IngestPosts>();
        Histogram& ingest = registry.histogram<Metric::IngestSeconds>();
        posts.add(1'000);
        ingest.record(microseconds(900'000));
        registry.gauge<Metric::EdgeConnections>([] { return 5.0; });
        testkit::ManualClock clock(fromMs(0));
        Sampler sampler(registry, {}, clock);
        QVERIFY(sampler.samples(fromMs(0), fromMs(10'000)).isEmpty());
        QVERIFY(!sampler.drainMinute());
        posts.add(10);
        ingest.record(microseconds(2'000));
        clock.advance(Milliseconds(2'000));
        const MetricSample first = sampler.sample();
        QCOMPARE(first.postsPerSecond, 5.0);
        QVERIFY(*first.ingestP99Ms >= 2 && *first.ingestP99Ms < 3);
        QCOMPARE(first.connections, 5.0);
        clock.set(fromMs(6'000)); // somebody set the machine's clock: rates go by the other
        const MetricSample second = sampler.sample();
        QCOMPARE(second.postsPerSecond, 0.0);
        QVERIFY(!second.ingestP50Ms && !second.ingestP99Ms);
        QCOMPARE(sampler.samples(fromMs(0), fromMs(6'000)).size(), 1);
        const auto minute = sampler.drainMinute();
        QVERIFY(minute);
        QCOMPARE(minute->at, 6'000);
        QCOMPARE(minute->connections, 5.0);
        QCOMPARE(minute->postsPerSecond, 2.5);
        QVERIFY(minute->ingestP99Ms == first.ingestP99Ms && minute->ingestP50Ms == first.ingestP50Ms);
        QVERIFY(!sampler.drainMinute());
    }
    void keepsAnHour()
    {
        Registry registry;
        testkit::ManualClock clock(fromMs(-1));
        Sampler sampler(registry, {}, clock);
        for (int count = 0; count < 730; ++count) {
            clock.advance(Milliseconds(1));
            (void)sampler.sample();
        }
        QCOMPARE(sampler.samples(fromMs(0), fromMs(10'000)).size(), qsizetype{Sampler::Kept});
        QCOMPARE(sampler.samples(fromMs(0), fromMs(10'000)).last().at, 729);
    }
};

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"

// Counts that are right, quantiles that are near, text that Prometheus reads, CPU that is somebody's.
#include "server/metrics/cpu_meter.h"
#include "server/metrics/metrics.h"
#include "server/metrics/sampler.h"
#include "shared/model/json.h"

#include <QTest>

#include <pthread.h>

#include <atomic>
#include <thread>

using namespace cohort;
using namespace cohort::metrics;
using cohort::model::MetricSample;
using std::chrono::microseconds;

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
            QCOMPARE(histogram.quantile(1), Histogram::upperEdge(bucket + 1));
        }
    }
    void takesAnyDuration()
    {
        Histogram histogram;
        histogram.record(microseconds(-5));
        histogram.record(microseconds(0));
        histogram.record(microseconds::max());
        QCOMPARE(histogram.count(), std::uint64_t{3});
        QVERIFY(Histogram::upperEdge(Histogram::Buckets - 1) > std::chrono::hours(1));
    }
    void findsQuantiles()
    {
        Histogram histogram;
        QCOMPARE(histogram.quantile(0.5), microseconds(0));
        for (int count = 0; count < 99; ++count)
            histogram.record(microseconds(1'000));
        histogram.record(microseconds(1'000'000));
        QVERIFY(histogram.quantile(0.5) >= microseconds(1'000) && histogram.quantile(0.5) < microseconds(1'200));
        QVERIFY(histogram.quantile(0.999) >= microseconds(1'000'000));
        QVERIFY(histogram.quantile(-1) > microseconds(0));
        QCOMPARE(histogram.quantile(7), histogram.quantile(1));
    }
    void givesTheSameMetricForTheSameName()
    {
        Registry registry;
        Counter& one = registry.counter("a_total", "help");
        QCOMPARE(&registry.counter("a_total", "other"), &one);
        QVERIFY(&registry.counter("a_total", "help", "{role=\"api\"}") != &one);
        QCOMPARE(&registry.histogram("b_seconds", "help"), &registry.histogram("b_seconds", "help"));
    }
    void writesPrometheusText()
    {
        Registry registry;
        registry.counter("cohort_b_total", "two\nlines", "{role=\"api\"}").add(3);
        registry.counter("cohort_b_total", "two\nlines", "{role=\"edge\"}").add();
        registry.gauge("cohort_a", "a gauge", [] { return 1.5; });
        registry.gauge("cohort_a", "a gauge", [] { return 2.5; });
        Histogram& histogram = registry.histogram("cohort_c_seconds", "durations", "{x=\"y\"}");
        histogram.record(microseconds(3));
        const std::string text = registry.prometheusText();
        QVERIFY(text.starts_with("# HELP cohort_a a gauge\n# TYPE cohort_a gauge\ncohort_a 2.5\n"
                                 "# HELP cohort_b_total two\\nlines\n# TYPE cohort_b_total counter\n"
                                 "cohort_b_total{role=\"api\"} 3\ncohort_b_total{role=\"edge\"} 1\n"
                                 "# HELP cohort_c_seconds durations\n# TYPE cohort_c_seconds histogram\n"
                                 "cohort_c_seconds_bucket{x=\"y\",le=\"1e-06\"} 0\n"
                                 "cohort_c_seconds_bucket{x=\"y\",le=\"2e-06\"} 0\n"
                                 "cohort_c_seconds_bucket{x=\"y\",le=\"4e-06\"} 1\n"));
        QVERIFY(text.ends_with("cohort_c_seconds_bucket{x=\"y\",le=\"+Inf\"} 1\ncohort_c_seconds_sum{x=\"y\"} 3e-06\n"
                               "cohort_c_seconds_count{x=\"y\"} 1\n"));
    }
    void countsFromManyThreads()
    {
        Registry registry;
        std::vector<std::thread> threads;
        for (int number = 0; number < 4; ++number) {
            threads.emplace_back([&] {
                for (int count = 0; count < 10'000; ++count) {
                    registry.counter("a_total", "help").add();
                    registry.histogram("b_seconds", "help").record(microseconds(count));
                }
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(registry.counter("a_total", "help").value(), std::uint64_t{40'000});
        QCOMPARE(registry.histogram("b_seconds", "help").count(), std::uint64_t{40'000});
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
        CpuMeter meter({});
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
        Counter posts;
        Histogram ingest;
        posts.add(1'000);
        ingest.record(microseconds(900'000));
        SampleSources sources;
        sources.posts = {&posts};
        sources.ingest = {&ingest};
        sources.connections = [] { return 5.0; };
        testkit::ManualClock clock(fromMs(0));
        Sampler sampler(sources, clock);
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
        QVERIFY(minute->ingestP99Ms == first.ingestP99Ms && minute->ingestP50Ms == first.ingestP50Ms);
        QVERIFY(!sampler.drainMinute());
    }
    void keepsAnHour()
    {
        testkit::ManualClock clock(fromMs(-1));
        Sampler sampler({}, clock);
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

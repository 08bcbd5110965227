// The server's figures: every sample is drawn at its place, axes end at round numbers above all of it.

#include "console/charts/metric_chart.h"

#include <QAreaSeries>
#include <QChart>
#include <QLineSeries>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 T0 = 1'767'225'600'000;

model::MetricSample sampleAt(qint64 at, double connections, double api = 0, double database = 0)
{
    model::MetricSample sample;
    sample.at = at;
    sample.connections = connections;
    sample.cpu.api = api;
    sample.cpu.database = database;
    return sample;
}

// The ready-made group of this place.
MetricGroup group(int place)
{
    return metricGroups().at(place);
}
constexpr int Cpu = 0, Connections = 2;

double axisEnd(const MetricChart& chart, Qt::Orientation orientation)
{
    return static_cast<const QValueAxis*>(chart.chart()->axes(orientation).first())->max();
}

QList<QPointF> lineOf(const MetricChart& chart, int index)
{
    return static_cast<const QLineSeries*>(chart.chart()->series().at(index))->points();
}

QList<QPointF> topOf(const MetricChart& chart, int index)
{
    return static_cast<const QAreaSeries*>(chart.chart()->series().at(index))->upperSeries()->points();
}

} // namespace

class TestMetricChart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theAxisEndsAtARoundNumberAboveAll_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<double>("end");
        QTest::newRow("nothing") << 0.0 << 1.0;
        QTest::newRow("small") << 0.3 << 0.5;
        QTest::newRow("just one") << 1.0 << 2.0;
        QTest::newRow("under two") << 1.9 << 2.0;
        QTest::newRow("two") << 2.0 << 5.0;
        QTest::newRow("five") << 5.0 << 10.0;
        QTest::newRow("ten") << 10.0 << 20.0;
        QTest::newRow("hundreds") << 950.0 << 1000.0;
        QTest::newRow("many") << 19'600.0 << 50'000.0;
    }
    void theAxisEndsAtARoundNumberAboveAll()
    {
        QFETCH(double, value);
        QFETCH(double, end);
        MetricChart chart(group(Connections));
        chart.setSamples({sampleAt(T0, 0), sampleAt(T0 + 5000, value), sampleAt(T0 + 10'000, 0)});
        QVERIFY(qFuzzyCompare(axisEnd(chart, Qt::Vertical), end));
    }

    void aLineHasEverySampleAndEndsWithTheNewest()
    {
        MetricChart chart(group(Connections));
        chart.setSamples({sampleAt(T0, 3), sampleAt(T0 + 5000, 4)});
        const QList<QPointF> expected{{double(T0), 3}, {double(T0 + 5000), 4}};
        QCOMPARE(lineOf(chart, 0), expected);
        QCOMPARE(axisEnd(chart, Qt::Horizontal), double(T0 + 5000));
        chart.setSamples({sampleAt(T0 + 5000, 4), sampleAt(T0 + 10'000, 5)});
        QCOMPARE(chart.chart()->series().size(), 1);
        QCOMPARE(axisEnd(chart, Qt::Horizontal), double(T0 + 10'000));
    }

    void sharesStandOnOneAnother()
    {
        MetricChart chart(group(Cpu));
        chart.setSamples({sampleAt(T0, 0, 0.1, 0.3), sampleAt(T0 + 5000, 0, 0.2, 0.5)});
        const QList<QList<double>> tops{{0, 0}, {10, 20}, {10, 20}, {40, 70}, {40, 70}}; // device IO, API, composer, …
        for (int part = 0; part < tops.size(); ++part) {
            const auto points = topOf(chart, part);
            QCOMPARE(points.size(), 2);
            QCOMPARE(points.first().x(), double(T0));
            QVERIFY(qAbs(points.first().y() - tops.at(part).first()) < 1e-9);
            QVERIFY(qAbs(points.last().y() - tops.at(part).last()) < 1e-9);
            const auto* area = static_cast<const QAreaSeries*>(chart.chart()->series().at(part));
            if (part > 0)
                QCOMPARE(area->lowerSeries()->points(), topOf(chart, part - 1));
        }
        QVERIFY(qFuzzyCompare(axisEnd(chart, Qt::Vertical), 100.0));
    }

    void manySamplesAreThinnedButTheNewestStays_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {599, 600, 601, 1000, 1001, 5000})
            QTest::newRow(qPrintable(QString::number(count))) << count;
    }
    void manySamplesAreThinnedButTheNewestStays()
    {
        QFETCH(int, count);
        MetricChart chart(group(Connections));
        chart.resize(300, 200);
        QList<model::MetricSample> samples;
        for (int i = 0; i < count; ++i)
            samples.append(sampleAt(T0 + i * 500, i));
        chart.setSamples(samples);
        const auto points = lineOf(chart, 0);
        QVERIFY(points.size() <= 600 && points.size() > 300);
        QCOMPARE(points.last(), QPointF(double(samples.last().at), count - 1));
        for (qsizetype i = 1; i < points.size(); ++i)
            QVERIFY(points.at(i).x() > points.at(i - 1).x());
    }

    void withoutSamplesNothingIsDrawn()
    {
        MetricChart chart(group(Connections));
        chart.setSamples({sampleAt(T0, 1)});
        chart.setSamples({});
        QVERIFY(chart.chart()->series().isEmpty());
        QVERIFY(!chart.grab().isNull());
    }

    void theReadyMadeOnesShowTheirFigures_data()
    {
        QTest::addColumn<int>("lines");
        QTest::addColumn<double>("end");
        QTest::newRow("CPU by part, % of one core") << 5 << 500.0;
        QTest::newRow("Time until a post is stored, ms") << 2 << 100.0;
        QTest::newRow("Connections") << 1 << 5000.0;
        QTest::newRow("Throughput") << 3 << 2000.0;
    }
    void theReadyMadeOnesShowTheirFigures()
    {
        QFETCH(int, lines);
        QFETCH(double, end);
        model::MetricSample sample = sampleAt(T0, 3'000, 0.5, 1);
        sample.cpu.deviceio = 0.25;
        sample.cpu.composer = 0.125;
        sample.cpu.other = 0.25;
        sample.ingestP50Ms = 4;
        sample.ingestP99Ms = 60;
        sample.postsPerSecond = 140;
        sample.measurementsPerSecond = 1'400;
        sample.runsPerSecond = 12;
        const QString title = QString::fromLatin1(QTest::currentDataTag());
        std::unique_ptr<MetricChart> chart;
        for (const MetricGroup& one : metricGroups()) {
            if (one.title == title)
                chart = std::make_unique<MetricChart>(one);
        }
        QVERIFY(chart);
        chart->setSamples({sample});
        QCOMPARE(chart->chart()->series().size(), lines);
        QVERIFY(qFuzzyCompare(axisEnd(*chart, Qt::Vertical), end));
    }

    // Posts now and then: each sample stands between two that have no latency, and is seen as a dot.
    void finding_chart_aLoneFigureIsSeen()
    {
        MetricChart chart(group(1));
        QList<model::MetricSample> samples{sampleAt(T0, 1), sampleAt(T0 + 5'000, 1), sampleAt(T0 + 10'000, 1)};
        samples[1].ingestP50Ms = 4;
        chart.setSamples(samples);
        QCOMPARE(lineOf(chart, 0).size(), 1);
        QVERIFY(static_cast<const QLineSeries*>(chart.chart()->series().first())->pointsVisible());
    }
};

QTEST_MAIN(TestMetricChart)
#include "tst_metric_chart.moc"

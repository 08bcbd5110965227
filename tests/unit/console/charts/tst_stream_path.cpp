// Lines of charts: steps hold, gaps stay visible, texts become levels; marks of the time axis stand at round times.

#include "console/charts/stream_path.h"
#include "console/charts/time_scale.h"

#include <QDateTime>
#include <QtTest>

#include <cmath>

using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

SeriesPoint at(qint64 time, double value)
{
    return {time, value, value, value, {}, 1};
}

qint64 ms(const char* iso)
{
    return QDateTime::fromString(QString::fromLatin1(iso), Qt::ISODate).toMSecsSinceEpoch();
}

} // namespace

class TestStreamPath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsHoldUntilTheNextSampleAndTheRightEdge()
    {
        SeriesPoints series;
        series.before = at(0, 1);
        series.points = {at(20, 0), at(30, 1)};
        const StreamPath path = stepPath(series, 10, 40);
        QCOMPARE(path.lines.size(), 1);
        const QList<QPointF> expected{{10, 1}, {20, 1}, {20, 0}, {30, 0}, {30, 1}, {40, 1}};
        QCOMPARE(path.lines.first(), expected);
        QCOMPARE(path.bottom, 0.0);
        QCOMPARE(path.top, 1.0);
    }

    void withoutAnythingBeforeNothingIsInvented()
    {
        SeriesPoints series;
        series.points = {at(20, 1)};
        QCOMPARE(stepPath(series, 10, 40).lines.first().first(), QPointF(20, 1));
        QVERIFY(stepPath(SeriesPoints(), 10, 40).lines.isEmpty());
    }

    void finding_F23_textsAmongNumbersAreCountedAndNotDrawnAsNumbers()
    {
        SeriesPoints series;
        series.points = {at(10, 20), {20, 0, 0, 0, u"unknown"_s, 1}, at(30, 22), {40, 0, 0, 0, u"broken"_s, 1}};
        QCOMPARE(undrawnTexts(series), 2);
        const StreamPath steps = stepPath(series, 0, 50);
        QCOMPARE(steps.lines, (QList<QList<QPointF>>{{{10, 20}, {20, 20}}, {{30, 22}, {40, 22}}}));
        QCOMPARE(steps.bottom, 20.0);
        QVERIFY(steps.categories.isEmpty());
        QCOMPARE(slopePath(series).lines, (QList<QList<QPointF>>{{{10, 20}}, {{30, 22}}}));
        series.raw = false;
        series.texts = 7; // those in the range of the buckets
        QCOMPARE(undrawnTexts(series), 9);
        series.points = {{20, 0, 0, 0, u"unknown"_s, 1}, {40, 0, 0, 0, u"broken"_s, 1}};
        QCOMPARE(undrawnTexts(series), 0); // texts alone are levels
        QCOMPARE(stepPath(series, 0, 50).categories, QStringList({u"unknown"_s, u"broken"_s}));
    }

    void aBucketWithBothValuesIsAStroke()
    {
        SeriesPoints series;
        series.raw = false;
        series.points = {{10, 0.4, 0, 1, {}, 9}};
        const StreamPath path = stepPath(series, 0, 20);
        QCOMPARE(path.top, 1.0);
        QCOMPARE(path.bottom, 0.0);
    }

    void gapsBreakALine()
    {
        SeriesPoints series;
        for (qint64 time = 0; time < 10; ++time)
            series.points.append(at(time * 60, 5));
        series.points.append(at(5000, 6));
        series.points.append(at(5060, 7));
        const StreamPath path = slopePath(series);
        QCOMPARE(path.lines.size(), 2);
        QCOMPARE(path.lines.first().size(), 10);
        QCOMPARE(path.lines.last().first(), QPointF(5000, 6));
    }

    void theBandCoversLeastAndGreatest()
    {
        SeriesPoints series;
        series.raw = false;
        series.points = {{0, 5, 1, 9, {}, 3}, {60, 6, 2, 12, {}, 3}};
        const StreamPath path = slopePath(series);
        QCOMPARE(path.least.size(), 2);
        QCOMPARE(path.greatest.last(), QPointF(60, 12));
        QCOMPARE(path.bottom, 1.0);
        QCOMPARE(path.top, 12.0);
    }

    void manyGapsAreBounded()
    {
        SeriesPoints series;
        qint64 time = 0;
        for (int i = 0; i < 5000; ++i)
            series.points.append(at(time += (i % 4 == 0 ? 1000 : 1), 1));
        QVERIFY(slopePath(series).lines.size() <= 201);
    }

    // An axis from -1.7e308 to 1.7e308 has no length that is a number.
    void finding_F22_hugeNumbersAreDrawn()
    {
        SeriesPoints series;
        series.raw = false;
        series.points = {{1, -1.7e308, -1.7e308, 1.7e308, {}, 2}, {2, 1.7e308, 1, 1.7e308, {}, 2}, {3, 2, 2, 2, {}, 1}};
        for (const StreamPath& path : {slopePath(series), stepPath(series, 0, 4)}) {
            QCOMPARE(path.bottom, -1.7e308);
            QCOMPARE(path.top, 1.7e308);
            QVERIFY(std::isfinite((drawn(path.top) - drawn(path.bottom)) * 1.16));
            for (const auto& line : {path.lines.value(0), path.least, path.greatest}) {
                for (const QPointF& point : line)
                    QVERIFY(std::abs(point.y()) <= DrawnMost);
            }
            QCOMPARE(path.lines.value(0).last().y(), 2.0);
        }
    }

    void textsBecomeLevels()
    {
        SeriesPoints series;
        series.points = {{1, 0, 0, 0, u"eco"_s, 1}, {2, 0, 0, 0, u"boost"_s, 1}, {3, 0, 0, 0, u"eco"_s, 1}};
        const StreamPath path = stepPath(series, 0, 4);
        QCOMPARE(path.categories, (QStringList{u"eco"_s, u"boost"_s}));
        QCOMPARE(path.top, 1.0);
    }

    void marksAreRoundInTheZone_data()
    {
        QTest::addColumn<qint64>("span");
        QTest::addColumn<qint64>("step");
        QTest::newRow("ten seconds") << qint64(10'000) << qint64(1000);
        QTest::newRow("an hour") << qint64(3'600'000) << qint64(600'000);
        QTest::newRow("a day") << qint64(86'400'000) << qint64(10'800'000);
        QTest::newRow("a week") << qint64(7 * 86'400'000LL) << qint64(86'400'000);
    }
    void marksAreRoundInTheZone()
    {
        QFETCH(qint64, span);
        QFETCH(qint64, step);
        const qint64 from = ms("2026-02-03T04:05:06Z");
        const QTimeZone zone("Asia/Kolkata"); // five and a half hours
        const QList<TimeMark> marks = timeMarks(from, from + span, 800, zone);
        QVERIFY(marks.size() >= 3);
        for (const TimeMark& mark : marks) {
            QVERIFY(mark.time >= from && mark.time <= from + span);
            QCOMPARE((mark.time + 19'800'000) % step, 0);
        }
        QVERIFY(marks.size() <= 800 / 80 + 1);
    }

    void marksStayRoundWhenTheClocksChange()
    {
        const QTimeZone berlin("Europe/Berlin");
        const qint64 from = ms("2026-03-27T00:00:00Z");
        for (const TimeMark& mark : timeMarks(from, from + 6 * 86'400'000LL, 800, berlin))
            QCOMPARE(QDateTime::fromMSecsSinceEpoch(mark.time, berlin).time(), QTime(0, 0));
    }

    void yearsHaveMonthsAndNonsenseHasNoMarks()
    {
        const qint64 from = ms("2024-05-01T00:00:00Z");
        const QList<TimeMark> marks = timeMarks(from, from + 2 * 365 * 86'400'000LL, 900, QTimeZone::utc());
        QVERIFY(marks.size() >= 4);
        QVERIFY(std::any_of(marks.begin(), marks.end(), [](const TimeMark& mark) { return mark.label == u"2025"_s; }));
        QVERIFY(timeMarks(10, 10, 800, QTimeZone::utc()).isEmpty());
        QVERIFY(timeMarks(10, 5, 800, QTimeZone::utc()).isEmpty());
        QVERIFY(timeMarks(0, 100'000, 0, QTimeZone::utc()).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestStreamPath)
#include "tst_stream_path.moc"

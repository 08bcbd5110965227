#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/engine/series.h"
#endif

#include <QtTest>

#include <limits>

using namespace cohort;
using namespace cohort::engine;

namespace {

wire::HistoryRequest request(std::int64_t since, std::int64_t until, std::int64_t every, const char* aggregate)
{
    wire::HistoryRequest request;
    request.run = 4;
    request.query = 2;
    request.sinceMs = since;
    request.untilMs = until;
    request.everyMs = every;
    request.aggregate = aggregate;
    return request;
}

QString told(const wire::HistoryAnswer& answer)
{
    QStringList parts;
    for (std::size_t i = 0; i < answer.timesMs.size(); ++i) {
        const auto& value = answer.values[i];
        parts.append(QStringLiteral("%1:%2")
                         .arg(answer.timesMs[i])
                         .arg(value.isNone() ? QStringLiteral("-") : QString::fromStdString(textOf(value))));
    }
    return parts.join(QLatin1Char(' '));
}

} // namespace

// Samples into stretches.
class TestSeries : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aggregates_data()
    {
        QTest::addColumn<QByteArray>("aggregate");
        QTest::addColumn<QString>("expected");
        QTest::newRow("mean") << QByteArray("mean") << QStringLiteral("100:3 110:- 120:5");
        QTest::newRow("min") << QByteArray("min") << QStringLiteral("100:1 110:- 120:4");
        QTest::newRow("max") << QByteArray("max") << QStringLiteral("100:6 110:- 120:6");
        QTest::newRow("last") << QByteArray("last") << QStringLiteral("100:2 110:- 120:6");
        QTest::newRow("count") << QByteArray("count") << QStringLiteral("100:3 110:0 120:2");
        QTest::newRow("sum") << QByteArray("sum") << QStringLiteral("100:9 110:- 120:10");
    }
    void aggregates()
    {
        QFETCH(QByteArray, aggregate);
        auto builder = SeriesBuilder::make(request(100, 125, 10, aggregate.constData()));
        QVERIFY(builder.has_value());
        const std::pair<int, double> samples[] = {{99, 1000}, {100, 1}, {105, 6}, {109, 2},
                                                  {120, 4},   {125, 6}, {126, 9}};
        for (const auto& [ms, number] : samples)
            builder->add(fromMs(ms), Value::ofNumber(number));
        const auto answer = builder->finish();
        QTEST(told(answer), "expected");
        QCOMPARE(answer.run, std::uint64_t(4));
        QCOMPARE(answer.query, std::uint32_t(2));
    }
    void countsTheEndIntoTheLastStretch()
    {
        auto builder = SeriesBuilder::make(request(0, 20, 10, "count"));
        builder->add(fromMs(20), Value::ofNumber(1));
        QCOMPARE(told(builder->finish()), QStringLiteral("0:0 10:1"));
    }
    void givesSamplesAsTheyAre()
    {
        auto builder = SeriesBuilder::make(request(0, 20, 0, ""));
        builder->add(fromMs(5), Value::ofNumber(1));
        builder->add(fromMs(5), Value::ofNumber(2));
        builder->add(fromMs(20), Value::ofNumber(std::numeric_limits<double>::quiet_NaN()));
        QCOMPARE(told(builder->finish()), QStringLiteral("5:1 5:2"));
    }
    void hasNoEndlessAnswer()
    {
        auto builder = SeriesBuilder::make(request(0, 1'000'000, 0, ""));
        for (int i = 0; i <= 100'000; ++i)
            builder->add(fromMs(i), Value::ofNumber(1));
        const auto answer = builder->finish();
        QVERIFY(!answer.error.empty());
        QVERIFY(answer.timesMs.empty());
        const auto tooFine = SeriesBuilder::make(request(0, 1'000'000, 1, "mean"));
        QCOMPARE(tooFine.error().code, ErrorCode::TooLarge);
    }
    void refusesNonsense()
    {
        constexpr auto least = std::numeric_limits<std::int64_t>::min();
        constexpr auto most = std::numeric_limits<std::int64_t>::max();
        QVERIFY(!SeriesBuilder::make(request(10, 9, 10, "mean")));
        QVERIFY(!SeriesBuilder::make(request(0, 9, -1, "mean")));
        QVERIFY(!SeriesBuilder::make(request(0, 9, 1, "median")));
        QVERIFY(!SeriesBuilder::make(request(least, most, 1, "mean")));
        auto one = SeriesBuilder::make(request(least, most, most, "count"));
        QVERIFY(one.has_value());
        one->add(fromMs(0), Value::ofNumber(1));
        QVERIFY(!one->finish().values.empty());
        auto moment = SeriesBuilder::make(request(5, 5, 10, "count"));
        moment->add(fromMs(5), Value::ofNumber(1));
        QCOMPARE(told(moment->finish()), QStringLiteral("5:1"));
    }
    void finding_F21_everyDigitOfLargeIntegers_data()
    {
        QTest::addColumn<QByteArray>("aggregate");
        QTest::addColumn<QString>("expected");
        QTest::newRow("as they are") << QByteArray()
                                     << QStringLiteral("1:9007199254740992 2:9007199254740993 3:9223372036854775807 "
                                                       "4:9223372036854775806 11:9007199254740993 12:-2");
        QTest::newRow("min") << QByteArray("min") << QStringLiteral("0:9007199254740992 10:-2");
        QTest::newRow("max") << QByteArray("max") << QStringLiteral("0:9223372036854775807 10:9007199254740993");
        QTest::newRow("last") << QByteArray("last") << QStringLiteral("0:9223372036854775806 10:-2");
        // Beyond 64 bits it is a double, as it has always been.
        QTest::newRow("sum") << QByteArray("sum") << QStringLiteral("0:1.8464758472219034e+19 10:9007199254740991");
    }
    void finding_F21_everyDigitOfLargeIntegers()
    {
        QFETCH(QByteArray, aggregate);
        auto builder = SeriesBuilder::make(request(0, 20, aggregate.isEmpty() ? 0 : 10, aggregate.constData()));
        QVERIFY(builder.has_value());
        const std::pair<int, std::int64_t> samples[] = {{1, 9'007'199'254'740'992},     {2, 9'007'199'254'740'993},
                                                        {3, 9'223'372'036'854'775'807}, {4, 9'223'372'036'854'775'806},
                                                        {11, 9'007'199'254'740'993},    {12, -2}};
        for (const auto& [ms, integer] : samples)
            builder->add(fromMs(ms), Value::ofInteger(integer));
        QTEST(told(builder->finish()), "expected");
    }
    void finding_F22_theMeanOfHugeNumbers_data()
    {
        QTest::addColumn<double>("first");
        QTest::addColumn<double>("second");
        QTest::addColumn<double>("mean");
        QTest::newRow("huge") << 1.7e308 << 1.7e308 << 1.7e308;
        QTest::newRow("huge below zero") << -1.7e308 << -1.7e308 << -1.7e308;
        QTest::newRow("ordinary") << 1.0 << 2.0 << 1.5;
    }
    void finding_F22_theMeanOfHugeNumbers()
    {
        QFETCH(double, first);
        QFETCH(double, second);
        QFETCH(double, mean);
        auto builder = SeriesBuilder::make(request(0, 10, 10, "mean"));
        QVERIFY(builder.has_value());
        builder->add(fromMs(1), Value::ofNumber(first));
        builder->add(fromMs(2), Value::ofNumber(second));
        QCOMPARE(builder->finish().values.at(0).number, std::optional(mean));
    }
    // As the database says it of many numbers.
    void finding_F22_aSumThatIsOutOfRangeOnlyOnTheWay()
    {
        const auto sumOf = [](std::initializer_list<double> numbers) {
            auto builder = SeriesBuilder::make(request(0, 10, 10, "sum"));
            for (const double number : numbers)
                builder->add(fromMs(1), Value::ofNumber(number));
            return builder->finish().values.at(0).number;
        };
        QCOMPARE(sumOf({1.5e308, 1.5e308, -1.5e308, -1.5e308}), std::optional(0.0));
        QCOMPARE(sumOf({1.5e308, 1.5e308, -1.5e308}), std::optional(1.5e308));
        QCOMPARE(sumOf({1.5e308, 1.5e308}), std::nullopt);
    }
};

QTEST_GUILESS_MAIN(TestSeries)
#include "tst_series.moc"

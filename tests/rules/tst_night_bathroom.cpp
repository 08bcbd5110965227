#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "script_run.h"
#endif

#include <QtTest>

using namespace cohort::test;

namespace {

// One visit as a kind of sensor sees it.
using Visit = void (*)(Days&, double minute);

void flush(Days& days, double minute)
{
    days.at(minute, "sensor", 1).at(minute + 0.5, "sensor", 0);
}
void motion(Days& days, double minute)
{
    for (double more = 0; more < 6; more += 1.5)
        days.at(minute + more, "sensor", 1).at(minute + more + 0.2, "sensor", 0);
}
void door(Days& days, double minute)
{
    days.at(minute, "sensor", 1)
        .at(minute + 0.1, "sensor", 0)
        .at(minute + 4, "sensor", 1)
        .at(minute + 4.1, "sensor", 0);
}

struct Home
{
    const char* parameter;
    const char* use;
    Visit visit;
};
const Home Homes[] = {{"flush", "toilet", flush}, {"motion", "", motion}, {"contact", "door", door}};

// Nights with so many visits each, an hour apart from 23:00 on; the home is used at noon, too.
Outcome nights(const Home& home, const std::vector<int>& counts, const QStringList& more = {},
               const QDate& first = QDate(2026, 3, 2))
{
    Days days(first);
    days.device("sensor", "bathroom", home.parameter, home.use);
    for (std::size_t night = 0; night < counts.size(); ++night) {
        const double begin = static_cast<double>(night) * Day;
        home.visit(days, begin + 12 * Hour);
        for (int visit = 0; visit < counts[night]; ++visit)
            home.visit(days, begin + 23 * Hour + visit * Hour);
    }
    days.at(static_cast<double>(counts.size()) * Day + 12 * Hour, "sensor", 1);
    return days.run("night_bathroom", more);
}

} // namespace

// Made-up nights in homes with different sensors.
class TestNightBathroom : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsVisitsWithAnySensor_data()
    {
        QTest::addColumn<int>("home");
        QTest::newRow("flush only") << 0;
        QTest::newRow("motion only") << 1;
        QTest::newRow("door only") << 2;
    }
    void countsVisitsWithAnySensor()
    {
        QFETCH(int, home);
        const Outcome outcome = nights(Homes[home], {1, 2, 0, 3});
        QVERIFY2(outcome.code == 0, outcome.trouble.constData());
        QCOMPARE(outcome.values("night_visits"), QStringLiteral("1 2 0 3"));
        QCOMPARE(outcome.of("set_fact", "visit").size(), std::size_t(6 + 4));
        QCOMPARE(outcome.of("set_fact", "visit").at(1).value(QStringLiteral("time")).toString(),
                 QStringLiteral("2026-03-02T23:00:00+01:00"));
    }
    void warnsOfAnUnusualNightAgainstTheHomesOwn()
    {
        const Outcome outcome = nights(Homes[0], {1, 1, 2, 1, 0, 1, 2, 1, 6, 1, 1});
        QCOMPARE(outcome.times("alert"), QStringLiteral("11 07:00"));
        QCOMPARE(outcome.times("resolve_alert"), QStringLiteral("12 07:00"));
    }
    void doesNotWarnWhereManyVisitsAreUsual()
    {
        const Outcome outcome = nights(Homes[1], {5, 6, 4, 5, 6, 5, 4, 6, 5, 6});
        QCOMPARE(outcome.times("alert"), QString());
    }
    void doesNotWarnBeforeSevenNights()
    {
        QCOMPARE(nights(Homes[0], {1, 1, 1, 1, 1, 1, 7}).times("alert"), QString());
        QCOMPARE(nights(Homes[0], {1, 1, 1, 1, 1, 1, 1, 7}).times("alert"), QStringLiteral("10 07:00"));
    }
    void countsTheNightOfTheParameters()
    {
        const Outcome outcome = nights(Homes[0], {3, 3},
                                       {QStringLiteral("--parameter"), QStringLiteral("night_start=23:30"),
                                        QStringLiteral("--parameter"), QStringLiteral("night_end=00:30")});
        QCOMPARE(outcome.values("night_visits"), QStringLiteral("1 1"));
        QCOMPARE(outcome.times("set_fact", "night_visits"), QStringLiteral("03 00:30, 04 00:30"));
    }
    void keepsToTheWallClockOverDaylightSaving()
    {
        // Clocks go forward in the night to 29 March 2026; visits of that night are at 23:00, 00:00, 01:00,
        // 03:00.
        const Outcome outcome = nights(Homes[0], {1, 4, 1}, {}, QDate(2026, 3, 27));
        QCOMPARE(outcome.times("set_fact", "night_visits"), QStringLiteral("28 07:00, 29 07:00, 30 07:00"));
        QCOMPARE(outcome.values("night_visits"), QStringLiteral("1 4 1"));
    }
    void leavesOutNightsWithoutAnySignOfTheSensors()
    {
        Days days;
        days.device("sensor", "bathroom", "flush", "toilet").device("living", "living", "motion");
        flush(days, 12 * Hour);
        flush(days, 23 * Hour);
        days.each(0, 5 * Day, 60, "living", 1); // the home goes on, its toilet sensor does not
        QCOMPARE(days.run("night_bathroom").values("night_visits"), QStringLiteral("1"));
    }
    void mergesBurstsIntoOneVisit()
    {
        Days days;
        days.device("sensor", "bathroom", "flush", "toilet");
        days.at(0, "sensor", 0);
        for (const double minute : {100.0, 102.0, 106.0, 110.5, 120.0})
            flush(days, minute);
        days.at(200, "sensor", 0);
        QCOMPARE(days.run("night_bathroom").values("visit"), QStringLiteral("660 30"));
    }
    void tellsAShowerFromAVisit()
    {
        Days days;
        days.device("sensor", "bathroom", "motion").device("shower", "bathroom", "motion", "shower");
        days.at(100, "sensor", 1).at(100.5, "shower", 1).at(108, "shower", 0).at(109, "sensor", 0);
        days.at(200, "sensor", 1).at(203, "sensor", 0).at(300, "shower", 0);
        QCOMPARE(days.run("night_bathroom").of("set_fact", "visit").size(), std::size_t(1));
    }
    void usesTheRoomWhenTheToiletsSensorIsBroken()
    {
        Days days;
        days.device("sensor", "bathroom", "flush", "toilet").device("motion", "bathroom", "motion");
        flush(days, 60);
        for (double day = 0; day < 12; ++day)
            days.at(day * Day + 600, "motion", 1).at(day * Day + 602, "motion", 0);
        days.at(13 * Day, "motion", 0);
        QCOMPARE(days.run("night_bathroom").of("set_fact", "visit").size(), std::size_t(1 + 5));
    }
    void seesNothingInOtherRooms()
    {
        Days days;
        days.device("sensor", "kitchen", "motion");
        motion(days, 23 * Hour);
        days.at(2 * Day, "sensor", 1);
        const Outcome outcome = days.run("night_bathroom");
        QCOMPARE(outcome.failed, QString());
        QVERIFY(outcome.of("set_fact", "visit").empty());
    }
};

QTEST_GUILESS_MAIN(TestNightBathroom)
#include "tst_night_bathroom.moc"

#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "script_run.h"
#endif

#include <QtTest>

using namespace cohort::test;

// The small scripts of the library over made-up days.
class TestLibrary : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void warnsOfAFrontDoorThatStaysOpenAtNight()
    {
        Days days;
        days.device("door", "entrance", "contact", "front door");
        days.at(10 * Hour, "door", 1).at(11 * Hour, "door", 0);             // by day
        days.at(23 * Hour, "door", 1).at(23 * Hour + 2, "door", 0);         // only for two minutes
        days.at(Day + 60, "door", 1).at(Day + 75, "door", 0);               // at one
        days.at(Day + 21 * Hour, "door", 1).at(Day + 23 * Hour, "door", 0); // open as the night begins
        const Outcome outcome = days.run("front_door_night");
        QCOMPARE(outcome.times("alert"), QStringLiteral("03 01:05, 03 22:05"));
        QCOMPARE(outcome.times("resolve_alert"), QStringLiteral("03 01:15, 03 23:00"));
    }
    void warnsOfAColdRoomOnceItLasts()
    {
        Days days;
        days.device("living", "living", "temperature").device("fridge", "kitchen", "temperature", "fridge");
        days.each(0, 60, 10, "living", 20).each(0, 300, 10, "fridge", 5);
        days.each(70, 80, 10, "living", 15)
            .at(90, "living", 20)
            .each(100, 200, 10, "living", 14.5)
            .each(210, 300, 10, "living", 31);
        const Outcome outcome = days.run("room_temperature");
        QCOMPARE(outcome.times("alert", "too-cold"), QStringLiteral("02 02:10"));
        QCOMPARE(outcome.times("resolve_alert", "too-cold"), QStringLiteral("02 03:30"));
        QCOMPARE(outcome.times("alert", "too-warm"), QStringLiteral("02 04:00"));
    }
    void knowsWhetherAnybodyIsAtHome()
    {
        Days days;
        days.device("door", "entrance", "contact", "front door")
            .device("living", "living", "motion")
            .device("bed", "bedroom", "pressure", "bed");
        days.at(480, "living", 1).at(481, "living", 0);
        days.at(500, "door", 1).at(501, "door", 0);                                           // left
        days.at(700, "door", 1).at(701, "door", 0).at(702, "living", 1).at(705, "living", 0); // back
        days.at(1300, "bed", 1).at(1320, "door", 1).at(1321, "door", 0).at(1900, "bed", 0);   // a visitor left
        const Outcome outcome = days.run("home_occupied");
        QCOMPARE(outcome.values("occupied"), QStringLiteral("1 0 1"));
        QCOMPARE(outcome.times("set_fact"), QStringLiteral("02 08:00, 02 08:51, 02 11:42"));
    }
    // The question first: whoever gets up late is no emergency.
    void finding_C11_asksBeforeItTellsCaregivers_data()
    {
        QTest::addColumn<double>("up"); // minutes after 10:00 on the third day
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<QString>("alerts");
        QTest::newRow("19 s late") << 0.3 << QStringList() << "05 11:00";
        QTest::newRow("36 min late") << 36.0 << QStringList() << "05 11:00";
        QTest::newRow("over an hour late") << 61.0 << QStringList() << "04 11:00, 05 11:00";
        QTest::newRow("less patience") << 36.0
                                       << QStringList{QStringLiteral("--parameter"), QStringLiteral("patience=30")}
                                       << "04 10:30, 05 10:30";
    }
    void finding_C11_asksBeforeItTellsCaregivers()
    {
        QFETCH(double, up);
        QFETCH(QStringList, more);
        QFETCH(QString, alerts);
        Days days;
        days.device("living", "living", "motion");
        for (const double day : {0.0, 1.0, 2.0})
            days.at(day * Day + 23 * Hour, "living", 1).at(day * Day + 23 * Hour + 1, "living", 0);
        days.at(Day + 8 * Hour, "living", 1).at(Day + 8 * Hour + 1, "living", 0); // up on the second day
        days.at(2 * Day + 10 * Hour + up, "living", 1).at(2 * Day + 10 * Hour + up + 1, "living", 0);
        days.at(3 * Day + 23 * Hour, "living", 1); // the fourth day says nothing
        const Outcome outcome = days.run("no_movement", more);
        QCOMPARE(outcome.times("ask"), QStringLiteral("04 10:00, 05 10:00"));
        QCOMPARE(outcome.times("alert"), alerts);
    }
};

QTEST_GUILESS_MAIN(TestLibrary)
#include "tst_library.moc"

#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "engine_kit.h"
#include "server/engine/schedule.h"
#endif

#include <QtTest>

using namespace cohort;
using namespace cohort::engine;
using namespace cohort::engine::test;

// Schedules over daylight saving, weekdays and odd zones.
class TestSchedule : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsTheNextMoment_data()
    {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<int>("minutes");
        QTest::addColumn<int>("days");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QStringList>("expected"); // one after the other
        const auto row = [](const char* name, const char* zone, int hour, int minutes, int days, const char* after,
                            const QStringList& expected) {
            QTest::newRow(name) << QString::fromLatin1(zone) << hour * 60 + minutes << days
                                << QString::fromLatin1(after) << expected;
        };
        const auto list = [](std::initializer_list<const char*> times) {
            QStringList all;
            for (const char* time : times)
                all.append(QString::fromLatin1(time));
            return all;
        };
        row("utc", "UTC", 7, 30, 0x7f, "2026-03-01T00:00:00Z",
            list({"2026-03-01T07:30:00.000Z", "2026-03-02T07:30:00.000Z"}));
        row("strictly after", "UTC", 7, 30, 0x7f, "2026-03-01T07:30:00Z", list({"2026-03-02T07:30:00.000Z"}));
        row("a zone east", "Europe/Madrid", 7, 30, 0x7f, "2026-01-10T00:00:00Z", list({"2026-01-10T06:30:00.000Z"}));
        row("skipped runs when the gap ends", "Europe/Madrid", 2, 30, 0x7f, "2026-03-28T12:00:00Z",
            list({"2026-03-29T01:00:00.000Z", "2026-03-30T00:30:00.000Z"}));
        row("the gap's first minute", "Europe/Madrid", 2, 0, 0x7f, "2026-03-28T12:00:00Z",
            list({"2026-03-29T01:00:00.000Z"}));
        row("before the gap", "Europe/Madrid", 1, 59, 0x7f, "2026-03-28T12:00:00Z", list({"2026-03-29T00:59:00.000Z"}));
        row("after the gap", "Europe/Madrid", 3, 0, 0x7f, "2026-03-28T12:00:00Z", list({"2026-03-29T01:00:00.000Z"}));
        row("twice runs once, the first", "Europe/Madrid", 2, 30, 0x7f, "2026-10-24T12:00:00Z",
            list({"2026-10-25T00:30:00.000Z", "2026-10-26T01:30:00.000Z"}));
        row("between the two", "Europe/Madrid", 2, 30, 0x7f, "2026-10-25T00:45:00Z",
            list({"2026-10-26T01:30:00.000Z"}));
        row("west, skipped", "America/New_York", 2, 30, 0x7f, "2026-03-07T12:00:00Z",
            list({"2026-03-08T07:00:00.000Z", "2026-03-09T06:30:00.000Z"}));
        row("west, twice", "America/New_York", 1, 30, 0x7f, "2026-10-31T12:00:00Z",
            list({"2026-11-01T05:30:00.000Z", "2026-11-02T06:30:00.000Z"}));
        row("half an hour of saving", "Australia/Lord_Howe", 2, 15, 0x7f, "2026-10-03T00:00:00Z",
            list({"2026-10-03T15:30:00.000Z", "2026-10-04T15:15:00.000Z"}));
        row("midnight skipped", "America/Havana", 0, 30, 0x7f, "2026-03-07T12:00:00Z",
            list({"2026-03-08T05:00:00.000Z"}));
        row("days", "UTC", 8, 0, 0x1f, "2026-03-06T12:00:00Z", list({"2026-03-09T08:00:00.000Z"})); // a Friday
        row("sunday only", "UTC", 8, 0, 0x40, "2026-03-02T00:00:00Z", list({"2026-03-08T08:00:00.000Z"}));
        row("local weekday", "Pacific/Auckland", 8, 0, 0x01, "2026-02-28T00:00:00Z",
            list({"2026-03-01T19:00:00.000Z"}));
        row("before 1970", "UTC", 7, 30, 0x7f, "1969-12-30T12:00:00Z", list({"1969-12-31T07:30:00.000Z"}));
        row("no days", "UTC", 7, 30, 0, "2026-03-01T00:00:00Z", {});
        row("no such zone is UTC", "Nowhere/None", 7, 30, 0x7f, "2026-03-01T00:00:00Z",
            list({"2026-03-01T07:30:00.000Z"}));
    }
    void findsTheNextMoment()
    {
        QFETCH(QString, zone);
        QFETCH(int, minutes);
        QFETCH(int, days);
        QFETCH(QString, after);
        QFETCH(QStringList, expected);
        const QTimeZone home = zoneOf(zone.toStdString());
        Timestamp cursor = *fromIso(after.toStdString());
        if (expected.isEmpty())
            QVERIFY(!nextSchedule(home, minutes, static_cast<std::uint8_t>(days), cursor));
        for (const QString& time : expected) {
            const auto next = nextSchedule(home, minutes, static_cast<std::uint8_t>(days), cursor);
            QVERIFY(next.has_value());
            QCOMPARE(QString::fromStdString(toIso(*next)), time);
            cursor = *next;
        }
    }
    void runsOnceADayAllYearInEveryZone_data()
    {
        QTest::addColumn<QString>("zone");
        for (const char* zone : {"Europe/Madrid", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe",
                                 "Africa/Casablanca", "Pacific/Chatham", "America/St_Johns"})
            QTest::newRow(zone) << QString::fromLatin1(zone);
    }
    void runsOnceADayAllYearInEveryZone()
    {
        QFETCH(QString, zone);
        const QTimeZone home = zoneOf(zone.toStdString());
        for (const int minutes : {0, 90, 135, 150, 180, 1'439}) {
            Timestamp cursor = at("2026-01-01T12:00:00Z");
            int count = 0;
            while (cursor < at("2027-01-01T12:00:00Z")) {
                const Timestamp next = *nextSchedule(home, minutes, 0x7f, cursor);
                const auto gap = next - cursor;
                QVERIFY2(gap > Milliseconds(0) && gap <= std::chrono::hours(49), toIso(next).c_str());
                cursor = next;
                ++count;
            }
            QVERIFY2(count == 365 || count == 366, qPrintable(QString::number(count)));
        }
    }
    void alignsEveryToTheLocalDay_data()
    {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<int>("minutes");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* zone, int minutes, const char* after, const char* expected) {
            QTest::newRow(name) << QString::fromLatin1(zone) << minutes << QString::fromLatin1(after)
                                << QString::fromLatin1(expected);
        };
        row("hour", "UTC", 60, "2026-03-01T00:10:00Z", "2026-03-01T01:00:00.000Z");
        row("strictly after", "UTC", 60, "2026-03-01T01:00:00Z", "2026-03-01T02:00:00.000Z");
        row("half-hour zone", "Asia/Kolkata", 60, "2026-03-01T00:10:00Z", "2026-03-01T00:30:00.000Z");
        row("day", "Europe/Madrid", 1440, "2026-03-01T12:00:00Z", "2026-03-01T23:00:00.000Z");
        row("day over saving", "Europe/Madrid", 1440, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00.000Z");
        row("day over its end", "Europe/Madrid", 1440, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00.000Z");
    }
    void alignsEveryToTheLocalDay()
    {
        QFETCH(QString, zone);
        QFETCH(int, minutes);
        QFETCH(QString, after);
        QFETCH(QString, expected);
        const Timestamp next =
            nextEvery(zoneOf(zone.toStdString()), std::chrono::minutes(minutes), *fromIso(after.toStdString()));
        QCOMPARE(QString::fromStdString(toIso(next)), expected);
    }
    void finding_F10_F11_countsElapsedTimeFromEachMidnight_data()
    {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<int>("minutes");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QStringList>("expected"); // local hours and minutes, one after the other
        const auto row = [](const char* name, const char* zone, int minutes, const char* after, const char* expected) {
            QTest::newRow(name) << QString::fromLatin1(zone) << minutes << QString::fromLatin1(after)
                                << QString::fromLatin1(expected).split(QLatin1Char(' '));
        };
        row("2 h when the clock goes forward", "Europe/Berlin", 120, "2026-03-28T22:59:59Z",
            "00:00 03:00 05:00 07:00 09:00 11:00 13:00 15:00 17:00 19:00 21:00 23:00 00:00 02:00");
        row("2 h when it goes back", "Europe/Berlin", 120, "2026-10-24T21:59:59Z",
            "00:00 02:00 03:00 05:00 07:00 09:00 11:00 13:00 15:00 17:00 19:00 21:00 23:00 00:00 02:00");
        row("15 min through both hours", "Europe/Berlin", 15, "2026-10-24T23:45:00Z",
            "02:00 02:15 02:30 02:45 02:00 02:15 02:30 02:45 03:00");
        row("1 h through both hours", "Europe/Berlin", 60, "2026-10-24T22:30:00Z", "01:00 02:00 02:00 03:00 04:00");
        row("1 h over the gap", "America/New_York", 60, "2026-03-08T05:30:00Z", "01:00 03:00 04:00");
        row("half an hour of saving", "Australia/Lord_Howe", 60, "2026-10-03T14:00:00Z", "01:00 02:30 03:30");
        row("midnight skipped", "America/Havana", 360, "2026-03-08T04:59:59Z", "01:00 07:00 13:00 19:00 00:00");
        row("midnight twice", "America/Havana", 60, "2026-11-01T03:30:00Z", "00:00 00:00 01:00 02:00");
        row("what does not fit falls away", "UTC", 7 * 60, "2026-03-01T20:00:00Z", "21:00 00:00 07:00");
        row("days are civil days", "Europe/Berlin", 24 * 60, "2026-03-28T12:00:00Z", "00:00 00:00 00:00");
        row("two days", "Europe/Berlin", 48 * 60, "2026-10-24T12:00:00Z", "00:00 00:00");
    }
    void finding_F10_F11_countsElapsedTimeFromEachMidnight()
    {
        QFETCH(QString, zone);
        QFETCH(int, minutes);
        QFETCH(QString, after);
        QFETCH(QStringList, expected);
        const QTimeZone home = zoneOf(zone.toStdString());
        Timestamp cursor = *fromIso(after.toStdString());
        QStringList found;
        for (qsizetype i = 0; i < expected.size(); ++i) {
            cursor = nextEvery(home, std::chrono::minutes(minutes), cursor);
            found.append(QDateTime::fromMSecsSinceEpoch(toMs(cursor), home).toString(QStringLiteral("HH:mm")));
        }
        QCOMPARE(found, expected);
    }
    void finding_F10_neverWaitsLongerThanTheInterval_data() { runsOnceADayAllYearInEveryZone_data(); }
    void finding_F10_neverWaitsLongerThanTheInterval()
    {
        QFETCH(QString, zone);
        const QTimeZone home = zoneOf(zone.toStdString());
        for (const int minutes : {30, 60, 420}) {
            Timestamp cursor = at("2026-01-01T12:00:00Z");
            while (cursor < at("2027-01-01T12:00:00Z")) {
                const Timestamp next = nextEvery(home, std::chrono::minutes(minutes), cursor);
                QVERIFY2(next > cursor && next - cursor <= std::chrono::minutes(minutes), toIso(next).c_str());
                cursor = next;
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestSchedule)
#include "tst_schedule.moc"

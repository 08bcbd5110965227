// Marks of a time axis: at round times of the zone, as close as they may be, written as fine as they stand.

#include "console/charts/time_scale.h"

#include <QDateTime>
#include <QtTest>

using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1000, Minute = 60 * Second, Hour = 60 * Minute, Day = 24 * Hour;

qint64 ms(const QString& iso)
{
    return QDateTime::fromString(iso, Qt::ISODate).toMSecsSinceEpoch();
}

QStringList labels(const QList<TimeMark>& marks)
{
    QStringList texts;
    for (const TimeMark& mark : marks)
        texts.append(mark.label + (mark.major ? u"!"_s : QString()));
    return texts;
}

} // namespace

class TestTimeScale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void marksAre_data();
    void marksAre();
    void standsAtMondaysWhateverTheWidth_data();
    void standsAtMondaysWhateverTheWidth();
    void goesOnWhereTheClocksChange_data();
    void goesOnWhereTheClocksChange();
    void hasNoMoreMarksThanFit();
    void writesTheCursorsTimeAsFineAsTheRange_data();
    void writesTheCursorsTimeAsFineAsTheRange();
};

// Ten marks fit, eighty pixels apart.
void TestTimeScale::marksAre_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<qint64>("span");
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* from, qint64 span, const char* zone, const char* expected) {
        QTest::newRow(name) << QString::fromLatin1(from) << span << QByteArray(zone) << QString::fromUtf8(expected);
    };
    row("ten seconds", "2026-02-03T04:05:06Z", 10 * Second, "UTC",
        "04:05:06 04:05:07 04:05:08 04:05:09 04:05:10 04:05:11 04:05:12 04:05:13 04:05:14 04:05:15 04:05:16");
    row("eleven seconds: every other", "2026-02-03T04:05:06Z", 11 * Second, "UTC",
        "04:05:06 04:05:08 04:05:10 04:05:12 04:05:14 04:05:16");
    row("a minute", "2026-02-03T04:05:06Z", Minute, "UTC", "04:05:10 04:05:20 04:05:30 04:05:40 04:05:50 04:06:00");
    row("five minutes: without seconds", "2026-02-03T04:05:06Z", 6 * Minute, "UTC",
        "04:06 04:07 04:08 04:09 04:10 04:11");
    row("over midnight", "2026-02-03T22:00:00Z", 4 * Hour, "UTC",
        "22:00 22:30 23:00 23:30 Wed_4.2.! 00:30 01:00 01:30 02:00");
    row("midnight there", "2026-02-03T17:30:00Z", 2 * Hour, "Asia/Kolkata", "23:00 23:30 Wed_4.2.! 00:30 01:00");
    row("hours of a quarter of an hour's zone", "2026-02-03T00:00:00Z", 9 * Hour, "Asia/Kathmandu",
        "06:00 07:00 08:00 09:00 10:00 11:00 12:00 13:00 14:00");
    row("days", "2026-02-03T04:05:06Z", 4 * Day, "UTC",
        "12:00 Wed_4.2.! 12:00 Thu_5.2.! 12:00 Fri_6.2.! 12:00 Sat_7.2.!");
    row("weeks begin on Monday", "2026-02-03T04:05:06Z", 50 * Day, "UTC",
        "Mon_9.2.! Mon_16.2.! Mon_23.2.! Mon_2.3.! Mon_9.3.! Mon_16.3.! Mon_23.3.!");
    row("every other Monday", "2026-02-03T04:05:06Z", 100 * Day, "UTC",
        "Mon_16.2.! Mon_2.3.! Mon_16.3.! Mon_30.3.! Mon_13.4.! Mon_27.4.! Mon_11.5.!");
    row("months", "2026-02-03T00:00:00Z", 170 * Day, "UTC", "Mar Apr May Jun Jul");
    row("quarters", "2024-05-01T00:00:00Z", 700 * Day, "UTC", "Jul Oct 2025! Apr Jul Oct 2026! Apr");
    row("years", "2019-06-01T00:00:00Z", 3000 * Day, "UTC", "2020! 2021! 2022! 2023! 2024! 2025! 2026! 2027!");
    row("nothing", "2026-02-03T04:05:06Z", 0, "UTC", "");
    row("backwards", "2026-02-03T04:05:06Z", -Hour, "UTC", "");
}

void TestTimeScale::marksAre()
{
    QFETCH(QString, from);
    QFETCH(qint64, span);
    QFETCH(QByteArray, zone);
    QFETCH(QString, expected);
    const auto marks = timeMarks(ms(from), ms(from) + span, 800, QTimeZone(zone));
    QCOMPARE(labels(marks).replaceInStrings(u" "_s, u"_"_s).join(u' '), expected);
    for (const TimeMark& mark : marks)
        QVERIFY(mark.time >= ms(from) && mark.time <= ms(from) + span);
}

void TestTimeScale::standsAtMondaysWhateverTheWidth_data()
{
    QTest::addColumn<QByteArray>("zone");
    for (const char* zone : {"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"})
        QTest::newRow(zone) << QByteArray(zone);
}

void TestTimeScale::standsAtMondaysWhateverTheWidth()
{
    QFETCH(QByteArray, zone);
    const QTimeZone there(zone);
    const qint64 from = ms(u"2025-09-01T10:00:00Z"_s);
    for (const int width : {400, 800, 1600}) {
        const auto marks = timeMarks(from, from + width / 80 * 6 * Day, width, there);
        QVERIFY(marks.size() >= 4);
        for (const TimeMark& mark : marks) {
            const QDateTime local = QDateTime::fromMSecsSinceEpoch(mark.time, there);
            QCOMPARE(local.date().dayOfWeek(), 1);
            QCOMPARE(local.time(), QTime(0, 0));
        }
    }
}

void TestTimeScale::goesOnWhereTheClocksChange_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QByteArray>("zone");
    QTest::newRow("an hour is left out") << u"2026-03-28T23:00:00Z"_s << QByteArray("Europe/Berlin");
    QTest::newRow("an hour comes twice") << u"2026-10-24T22:00:00Z"_s << QByteArray("Europe/Berlin");
    QTest::newRow("half an hour is left out") << u"2026-10-03T13:00:00Z"_s << QByteArray("Australia/Lord_Howe");
}

// No two marks at one time, and each label says the time it stands at.
void TestTimeScale::goesOnWhereTheClocksChange()
{
    QFETCH(QString, from);
    QFETCH(QByteArray, zone);
    const QTimeZone there(zone);
    for (const qint64 span : {2 * Hour, 6 * Hour, 24 * Hour, 4 * Day}) {
        qint64 last = 0;
        for (const TimeMark& mark : timeMarks(ms(from), ms(from) + span, 800, there)) {
            QVERIFY2(mark.time > last, qPrintable(mark.label));
            last = mark.time;
            if (!mark.major)
                QCOMPARE(mark.label, QDateTime::fromMSecsSinceEpoch(mark.time, there).toString(u"HH:mm"_s));
        }
    }
}

void TestTimeScale::hasNoMoreMarksThanFit()
{
    const qint64 from = ms(u"2026-01-05T00:00:00Z"_s);
    for (const int width : {1, 79, 80, 300, 1000, 4000}) {
        for (qint64 span = 700; span < 20 * 366 * Day; span = span * 3 / 2) {
            const auto marks = timeMarks(from, from + span, width, QTimeZone::utc());
            QVERIFY2(marks.size() <= std::max(1, width / 80) + 2, qPrintable(u"%1 %2"_s.arg(width).arg(span)));
        }
    }
}

void TestTimeScale::writesTheCursorsTimeAsFineAsTheRange_data()
{
    QTest::addColumn<qint64>("range");
    QTest::addColumn<QString>("clock");
    QTest::newRow("seconds") << 5 * Second << u" 05:05:06.789"_s;
    QTest::newRow("just under ten minutes") << 10 * Minute - 1 << u" 05:05:06.789"_s;
    QTest::newRow("ten minutes") << 10 * Minute << u" 05:05:06"_s;
    QTest::newRow("a year") << 365 * Day << u" 05:05:06"_s;
}

void TestTimeScale::writesTheCursorsTimeAsFineAsTheRange()
{
    QFETCH(qint64, range);
    QFETCH(QString, clock);
    const QString text = cursorText(ms(u"2026-02-03T04:05:06Z"_s) + 789, range, QTimeZone("Europe/Berlin"));
    QVERIFY2(text.endsWith(clock + u" CET"_s), qPrintable(text)); // the zone is named
    QVERIFY2(text.contains(u"2026"_s), qPrintable(text));
}

QTEST_GUILESS_MAIN(TestTimeScale)
#include "tst_time_scale.moc"

// Zones are names of the IANA database and nothing else; what a clock on a wall shows is a moment or an error.
#include "shared/base/near_names.h"
#include "shared/base/time_zone.h"

#include <QTest>

using namespace cohort;
using namespace Qt::StringLiterals;

class TestTimeZone : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesNamesOfTheDatabase_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"Europe/Berlin", "Asia/Calcutta", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT-2",
                                 "CET", "Pacific/Chatham"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void takesNamesOfTheDatabase()
    {
        QFETCH(QString, name);
        const auto zone = ianaZone(name);
        QVERIFY2(zone, zone ? "" : qPrintable(zone.error().detail));
        QCOMPARE(QString::fromLatin1(zone->id()), name);
    }

    void finding_F12_refusesWhatIsNoName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("near");
        QTest::newRow("an offset") << u"UTC+02:00"_s << u"Europe/"_s;
        QTest::newRow("another way to write one") << u"GMT+5:30"_s << u"Asia/Kolkata"_s;
        QTest::newRow("an abbreviation") << u"CEST"_s << u"Europe/"_s;
        QTest::newRow("an abbreviation, the best first") << u"CEST"_s << u"near it: Europe/"_s;
        QTest::newRow("one in small letters") << u"cest"_s << u"near it: Europe/"_s;
        QTest::newRow("one in German") << u"MESZ"_s << u"Europe/Berlin"_s;
        QTest::newRow("one in America") << u"PDT"_s << u"America/Los_Angeles"_s;
        QTest::newRow("of Windows") << u"W. Europe Standard Time"_s << u"Europe/Berlin"_s;
        QTest::newRow("as Windows shows it") << u"(UTC+01:00) Amsterdam, Berlin, Bern"_s << u"Europe/Berlin"_s;
        QTest::newRow("a town in German") << u"Wien"_s << u"Europe/Vienna"_s;
        QTest::newRow("a country") << u"Deutschland"_s << u"Europe/Berlin"_s;
        QTest::newRow("a country in English") << u"Germany"_s << u"Europe/Berlin"_s;
        QTest::newRow("of a region") << u"Pacific Time"_s << u"US/Pacific"_s;
        QTest::newRow("no letters") << u"+?*["_s << u"such as"_s;
        QTest::newRow("very long") << QString(100'000, u'x') << u"such as"_s;
        QTest::newRow("case") << u"europe/berlin"_s << u"Europe/Berlin"_s;
        QTest::newRow("a blank") << u"Europe/Berlin "_s << u"Europe/Berlin"_s;
        QTest::newRow("a letter") << u"Europe/Berln"_s << u"Europe/Berlin"_s;
        QTest::newRow("a town") << u"Berlin"_s << u"Europe/Berlin"_s;
        QTest::newRow("of POSIX") << u"CET-1CEST,M3.5.0,M10.5.0/3"_s << u"such as"_s;
        QTest::newRow("nothing") << QString() << u"such as"_s;
        QTest::newRow("a file") << u"../../etc/passwd"_s << u"such as"_s;
        QTest::newRow("another planet") << u"Mars/Olympus"_s << u"such as"_s;
    }
    void finding_F12_refusesWhatIsNoName()
    {
        QFETCH(QString, name);
        QFETCH(QString, near);
        const auto zone = ianaZone(name);
        QVERIFY(!zone);
        QCOMPARE(zone.error().code, ErrorCode::WrongValue);
        const QString& said = zone.error().detail;
        QVERIFY2(said.contains(near) && said.contains(u"IANA"_s), qPrintable(said));
        QVERIFY2(said.size() < 300, qPrintable(said));
    }

    void clocksOnWallsAreMoments_data()
    {
        QTest::addColumn<QDate>("date");
        QTest::addColumn<QTime>("time");
        QTest::addColumn<QString>("moment"); // or a word of the error
        QTest::newRow("winter") << QDate(2026, 1, 31) << QTime(12, 0) << u"2026-01-31T11:00:00.000Z"_s;
        QTest::newRow("summer") << QDate(2026, 7, 31) << QTime(0, 30) << u"2026-07-30T22:30:00.000Z"_s;
        QTest::newRow("before the gap") << QDate(2026, 3, 29) << QTime(1, 59) << u"2026-03-29T00:59:00.000Z"_s;
        QTest::newRow("in the gap") << QDate(2026, 3, 29) << QTime(2, 30) << u"put forward"_s;
        QTest::newRow("behind the gap") << QDate(2026, 3, 29) << QTime(3, 0) << u"2026-03-29T01:00:00.000Z"_s;
        QTest::newRow("before both") << QDate(2026, 10, 25) << QTime(1, 59) << u"2026-10-24T23:59:00.000Z"_s;
        QTest::newRow("twice") << QDate(2026, 10, 25) << QTime(2, 0) << u"twice"_s;
        QTest::newRow("behind both") << QDate(2026, 10, 25) << QTime(3, 0) << u"2026-10-25T02:00:00.000Z"_s;
    }
    void clocksOnWallsAreMoments()
    {
        QFETCH(QDate, date);
        QFETCH(QTime, time);
        QFETCH(QString, moment);
        const auto found = momentIn(*ianaZone(u"Europe/Berlin"_s), date, time);
        const QString said = found ? QString::fromStdString(toIso(*found)) : found.error().detail;
        QVERIFY2(found ? said == moment : said.contains(moment), qPrintable(said));
    }

    void nearNamesAreNear()
    {
        const QStringList known{u"separator"_s, u"decimal"_s, u"columns"_s};
        QCOMPARE(nearNames(u"seperator"_s, known), QStringList{u"separator"_s});
        QCOMPARE(nearNames(u"Columns"_s, known), QStringList{u"columns"_s});
        QCOMPARE(nearNames(u"cook"_s, known), QStringList());
        QCOMPARE(nearNames({}, known), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestTimeZone)
#include "tst_time_zone.moc"

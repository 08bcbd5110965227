// Times of files, in every form that a layout can say: the moment, or why there is none.
#include "server/api/operations/import/import_clock.h"

#include <QTest>

using namespace cohort;
using namespace cohort::api;
using namespace Qt::Literals::StringLiterals;

class TestImportClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_F18_readsTimes_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("moment"); // or a word of the reason
        const auto row = [](const char* format, const char* text, const char* moment) {
            QTest::addRow("%s: %s", format, text)
                << QString::fromLatin1(format) << QString::fromLatin1(text) << QString::fromLatin1(moment);
        };
        row("epoch-s", "1765517031", "2025-12-12T05:23:51.000Z");
        row("epoch-ns", "1765517031000000000", "2025-12-12T05:23:51.000Z");
        row("epoch-ms", "1765517031", "timestamp-in-seconds");
        row("epoch-us", "1765517031000", "say epoch-ms");
        row("epoch-ns", "1765517031000", "say epoch-ms");
        row("epoch-ns", "1765517031000000", "say epoch-us");
        row("epoch-s", "1765517031000", "after 2100");
        row("epoch-s", "45981.5", "spreadsheets");
        row("iso", "2026-11-20 10:00:00 UTC", "2026-11-20T10:00:00.000Z");
        row("iso", "2026-11-20 10:00:00.5 -0530", "2026-11-20T15:30:00.500Z");
        row("iso", "2026-11-20 10:00:00", "2026-11-20T09:00:00.000Z");
        row("iso", "20 UTC", "no ISO 8601 time");
        row("M/d/yyyy h:mm AP", "11/20/2026 12:05 AM", "2026-11-19T23:05:00.000Z");
        row("M/d/yyyy h:mm AP", "11/20/2026 12:05 p.m.", "2026-11-20T11:05:00.000Z");
        row("M/d/yyyy h:mm AP", "11/20/2026 13:05 PM", "no such time of a day");
        row("M/d/yyyy h:mm", "11/20/2026 1:05", "h with AP");
        row("M/d/yyyy H:mm AP", "11/20/2026 1:05 AM", "h with AP");
    }
    void finding_F18_readsTimes()
    {
        QFETCH(QString, format);
        QFETCH(QString, text);
        QFETCH(QString, moment);
        const bool hasZone = !format.startsWith(u"epoch"_s);
        const auto clock = ImportClock::make(format, hasZone ? std::optional(u"Europe/Berlin"_s) : std::nullopt);
        const auto read = clock ? clock->read(text) : Result<Timestamp>(fail(clock.error()));
        const QString said = read ? QString::fromStdString(toIso(*read)) : read.error().detail;
        QVERIFY2(read ? said == moment : said.contains(moment), qPrintable(said));
    }
};

QTEST_GUILESS_MAIN(TestImportClock)
#include "tst_import_clock.moc"

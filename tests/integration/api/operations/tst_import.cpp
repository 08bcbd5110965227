// measurement.import on a real database: what is told as stored, there already or refused is what the committer said.
#include "tests/integration/api/api_fixture.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;

namespace {

const QString Header = u"time,device_id,parameter,value\n"_s;

} // namespace

class TestImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_api = std::make_unique<RunningApi>();
        m_admin = m_api->admin();
    }
    void cleanupTestCase() { m_api.reset(); }

    void finding_N2_countsWhatTheCommitterSays()
    {
        QString csv = Header;
        for (int i = 0; i < 600; ++i)
            csv += u"2026-01-01T00:00:00Z,sensor-a,p%1,1\n"_s.arg(i);
        const auto report = import(csv);
        QVERIFY2(report, qPrintable(codeOf(report)));
        QCOMPARE(report->value("stored"_L1).toInt(), storedRows());
        QCOMPARE(report->value("already"_L1).toInt(), 0);
        QCOMPARE(report->value("refusedCount"_L1).toInt(), 600 - storedRows());
        const auto refused = report->value("refused"_L1).toArray();
        QVERIFY(!refused.isEmpty());
        for (const auto& line : refused)
            QVERIFY(line.toObject().value("reason"_L1).toString().contains(u"too-many-streams"_s));
        // Again: the lines that are there are there, the others are refused again.
        const auto again = import(csv);
        QCOMPARE(again->value("stored"_L1).toInt(), 0);
        QCOMPARE(again->value("already"_L1).toInt(), storedRows());
        QCOMPARE(again->value("refusedCount"_L1).toInt(), 600 - storedRows());
    }

    void finding_N2_countsLinesThatStandTwice()
    {
        const QString line = u"2026-02-01T00:00:00Z,sensor-a,p1,7\n"_s;
        const auto report = import(Header + line + line + u"2026-02-01T00:00:00Z,sensor-a,p1,8\n"_s);
        QVERIFY2(report, qPrintable(codeOf(report)));
        QCOMPARE(report->value("stored"_L1).toInt(), 2);
        QCOMPARE(report->value("already"_L1).toInt(), 1);
        QCOMPARE(report->value("refusedCount"_L1).toInt(), 0);
    }

    void finding_F20_cellsWithoutAValueAreNoneThatWereStored()
    {
        const QString csv = Header + u"2026-05-01T00:00:00Z,gateway-a,gaps,7\n2026-05-01T00:01:00Z,gateway-a,gaps,\n"
                                     "2026-05-01T00:02:00Z,gateway-a,gaps,nan\n2026-05-01T00:03:00Z,gateway-a,gaps,8\n"
                                     "2026-05-01T00:04:00Z,gateway-a,gaps,warm\n"_s;
        for (const int isNew : {1, 0}) { // again, what is there is there
            const auto report = import(csv);
            QVERIFY2(report, qPrintable(codeOf(report)));
            QCOMPARE(report->value("stored"_L1).toInt(), isNew ? 2 : 0);
            QCOMPARE(report->value("already"_L1).toInt(), isNew ? 0 : 2);
            QCOMPARE(report->value("noValue"_L1).toInt(), 2);
            QCOMPARE(report->value("refusedCount"_L1).toInt(), 1); // a word among numbers: the committer's
            QCOMPARE(m_api->database.value("SELECT count(*) FROM measurement m JOIN stream s ON s.id = m.stream_id "
                                           "WHERE s.name = 'gaps' AND m.number IS NOT NULL"),
                     u"2"_s);
        }
    }

    void finding_F20_oneBadLineInTenThousandIsOne()
    {
        const int before = storedRows();
        QString csv = Header;
        for (int i = 0; i < 10'001; ++i)
            csv += i == 10'000 ? u"1899-12-31T23:59:59Z,sensor-a,p1,1\n"_s
                               : u"2026-03-01T00:00:%1.%2Z,sensor-a,p1,1\n"_s.arg(i / 1'000, 2, 10, QChar(u'0'))
                                     .arg(i % 1'000, 3, 10, QChar(u'0'));
        const auto report = import(csv + u"2026-03-02T00:00:00Z,sensor-a,p1,1\n"_s);
        QVERIFY2(report, qPrintable(codeOf(report)));
        QCOMPARE(report->value("stored"_L1).toInt(), 10'001);
        QCOMPARE(storedRows() - before, 10'001);
        QCOMPARE(report->value("refusedCount"_L1).toInt(), 1);
        QCOMPARE(report->value("refused"_L1).toArray().first().toObject().value("line"_L1).toInt(), 10'002);
    }

    void finding_F20_aBrokenFileStoresNothing_data()
    {
        QTest::addColumn<QString>("end");
        QTest::addColumn<QString>("code");
        QTest::newRow("an open quote") << u"2026-04-01T00:00:00Z,sensor-a,p1,\"1\n"_s << u"cannot-parse"_s;
        QTest::newRow("a quote inside") << u"2026-04-01T00:00:00Z,sensor-a,p1,1\"\n"_s << u"cannot-parse"_s;
        QTest::newRow("too many lines") << QString(u"2026-04-01T00:00:00Z,,,\n"_s).repeated(100'000) << u"too-large"_s;
    }
    void finding_F20_aBrokenFileStoresNothing()
    {
        QFETCH(QString, end);
        const int before = storedRows();
        QTEST(codeOf(import(Header + u"2026-04-01T00:00:00Z,sensor-a,p1,1\n"_s + end)), "code");
        QCOMPARE(storedRows(), before);
    }

    void aPreviewStoresNothing()
    {
        const int before = storedRows();
        const auto report =
            import(u"Datum;Uhrzeit;Gerät;Parameter;Wert\n20.11.2026;10:00;sensor-a;p1;21,5\n"_s,
                   {{u"preview"_s, true}, {u"layout"_s, QJsonObject{{u"timeZone"_s, u"Europe/Berlin"_s}}}});
        QVERIFY2(report, qPrintable(codeOf(report)));
        QCOMPARE(storedRows(), before);
        QCOMPARE(report->value("stored"_L1).toInt(), 1);
        const auto first = report->value("first"_L1).toArray().first().toObject();
        QCOMPARE(first.value("value"_L1).toDouble(), 21.5);
        QCOMPARE(first.value("time"_L1).toString(), u"2026-11-20T09:00:00.000Z"_s);
        QCOMPARE(report->value("layout"_L1).toObject().value("separator"_L1).toString(), u"semicolon"_s);
    }

    void finding_F12_namesNearZones_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QJsonObject>("params");
        const auto row = [](const char* name, const QString& method, QJsonObject params) {
            params.insert(u"timeZone"_s, u"UTC+02:00"_s);
            QTest::newRow(name) << method << params;
        };
        const auto id = [&](auto number) { return static_cast<qint64>(number.value); };
        row("a new home", u"location.create"_s, {{u"deployment"_s, id(m_api->a.deployment)}, {u"name"_s, u"x"_s}});
        row("a home", u"location.update"_s, {{u"id"_s, id(m_api->a.location)}});
        row("a new deployment", u"deployment.create"_s, {{u"name"_s, u"x"_s}});
        row("a deployment", u"deployment.update"_s, {{u"id"_s, id(m_api->a.deployment)}});
    }
    void finding_F12_namesNearZones()
    {
        QFETCH(QString, method);
        QFETCH(QJsonObject, params);
        const auto refused = m_api->call(m_admin, method, params);
        QCOMPARE(codeOf(refused), u"wrong-value"_s);
        QVERIFY2(refused.error().detail.contains(u"Europe/"_s), qPrintable(refused.error().detail));
        params.insert(u"timeZone"_s, u"CEST"_s);
        QCOMPARE(codeOf(m_api->call(m_admin, method, params)), u"wrong-value"_s);
    }

private:
    Result<QJsonObject> import(const QString& csv, QJsonObject more = {})
    {
        more.insert(u"location"_s, static_cast<qint64>(m_api->a.location.value));
        more.insert(u"csv"_s, csv);
        return m_api->call(m_admin, u"measurement.import"_s, more);
    }
    int storedRows() { return m_api->database.value("SELECT count(*) FROM measurement").toInt(); }

    std::unique_ptr<RunningApi> m_api;
    QString m_admin;
};

QTEST_GUILESS_MAIN(TestImport)
#include "tst_import.moc"

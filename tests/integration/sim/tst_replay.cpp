// Recorded homes reach a real server whole, once, and go on where they stopped; what cannot be posted is named first.
#include "server/sim/recording.h"
#include "server/sim/replay.h"
#include "shared/base/system_clock.h"
#include "tests/integration/sim/signed_in_node.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cohort;
using namespace cohort::testing;

namespace {

void quiet(const sim::ReplayReport&) {}

} // namespace

class TestReplay : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<SignedInNode> m_node;

    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    void write(const char* name, const QByteArray& text) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("%s", qPrintable(file.errorString()));
        file.write(text);
    }
    // The recorded home, in a location of this name, with this before its devices' ids.
    sim::ReplayOptions into(const char* location, const char* prefix) const
    {
        sim::ReplayOptions options;
        options.location = {QStringLiteral("Study"), QString::fromLatin1(location), QStringLiteral("Europe/Berlin"),
                            QStringLiteral("events")};
        options.devicesFile = path("home-1-devices.csv");
        options.dataFile = path("home-1.csv");
        options.idPrefix = QString::fromLatin1(prefix);
        return options;
    }
    qint64 stored(const char* prefix) const
    {
        return m_node->running.database
            .value("SELECT count(*) FROM measurement m JOIN stream s ON s.id = m.stream_id "
                   "JOIN device d ON d.id = s.device_id WHERE d.key LIKE '" +
                   QByteArray(prefix) + "%'")
            .toLongLong();
    }

private Q_SLOTS:
    void initTestCase()
    {
        sim::RecordOptions options;
        options.homes = 1;
        options.days = 1;
        options.start = QDate(2026, 3, 2);
        options.folder = m_folder.path();
        QVERIFY(sim::record(options, [](int) {}));
        m_node = std::make_unique<SignedInNode>();
        QVERIFY2(m_node->failure.isEmpty(), qPrintable(m_node->failure));
    }

    void cleanupTestCase() { m_node.reset(); }

    void everyRowIsStoredOnceHoweverOften()
    {
        const auto first = sim::replay(m_node->api, into("Once", "once-"), SystemClock(), quiet);
        QVERIFY2(first, first ? "" : qPrintable(first.error().message()));
        QVERIFY(first->rows > 400);
        QCOMPARE(first->acknowledged, first->rows);
        QCOMPARE(first->rejected, 0);
        QCOMPARE(first->skipped, 0);
        QCOMPARE(stored("once-"), first->rows);
        const auto again = sim::replay(m_node->api, into("Once", "once-"), SystemClock(), quiet);
        QVERIFY(again);
        QCOMPARE(again->acknowledged, first->rows);
        QCOMPARE(stored("once-"), first->rows);
    }

    void devicesAreRegisteredAsTheFileSaysThem()
    {
        QVERIFY(sim::replay(m_node->api, into("Devices", "dev-"), SystemClock(), quiet));
        const auto ofDevice = [&](const char* column, const char* name) {
            return m_node->running.database.value("SELECT " + QByteArray(column) +
                                                  " FROM device WHERE key = 'dev-home-1-" + QByteArray(name) + "'");
        };
        QCOMPARE(ofDevice("type", "stove"), QStringLiteral("20016"));
        QCOMPARE(ofDevice("type", "living-thermometer"), QStringLiteral("20022"));
        QCOMPARE(ofDevice("type", "toilet"), QStringLiteral("20021"));
        QCOMPARE(ofDevice("use", "door"), QStringLiteral("front door"));
        QCOMPARE(ofDevice("count(*)", "stove"), QStringLiteral("1"));
    }

    void goesOnWhereAnEarlierProcessStopped()
    {
        sim::ReplayOptions options = into("Resumed", "res-");
        options.progressFile = path("progress");
        write("progress", "100\n");
        const auto report = sim::replay(m_node->api, options, SystemClock(), quiet);
        QVERIFY2(report, report ? "" : qPrintable(report.error().message()));
        QCOMPARE(report->skipped, 100);
        QCOMPARE(report->acknowledged, report->rows - 100);
        QCOMPARE(stored("res-"), report->rows - 100);
        QFile file(options.progressFile);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().trimmed().toLongLong(), report->rows);
        const auto done = sim::replay(m_node->api, options, SystemClock(), quiet);
        QVERIFY(done);
        QCOMPARE(done->acknowledged, 0);
    }

    void aProgressFileOfAnotherRecordingSkipsNoMoreThanThereIs()
    {
        sim::ReplayOptions options = into("Beyond", "bey-");
        options.progressFile = path("beyond");
        write("beyond", "99999999\n");
        const auto report = sim::replay(m_node->api, options, SystemClock(), quiet);
        QVERIFY(report);
        QCOMPARE(report->skipped, report->rows);
    }

    void tellsHowFarItIs()
    {
        qint64 last = -1;
        const auto report = sim::replay(m_node->api, into("Told", "told-"), SystemClock(),
                                        [&](const sim::ReplayReport& now) { last = now.acknowledged; });
        QVERIFY(report);
        QCOMPARE(last, report->rows);
    }

    void whatTheServerRefusesIsCountedAndTheRestStored()
    {
        write("future.csv",
              "time,device_id,parameter,value\n2026-03-02T10:00:00Z,home-1-kitchen,motion,1\n"
              "2098-03-02T10:00:00Z,home-1-kitchen,motion,0\n2026-03-02T11:00:00Z,home-1-kitchen,motion,0\n");
        sim::ReplayOptions options = into("Refused", "ref-");
        options.dataFile = path("future.csv");
        const auto report = sim::replay(m_node->api, options, SystemClock(), quiet);
        QVERIFY2(report, report ? "" : qPrintable(report.error().message()));
        QCOMPARE(report->acknowledged, 3);
        QCOMPARE(report->rejected, 1);
        QCOMPARE(stored("ref-"), 2);
    }

    void whatAGatewayKeptIsPostedWhereItArrived()
    {
        write("kept.csv", "time,device_id,parameter,value,arrival\n"
                          "2026-03-02T10:00:00Z,home-1-kitchen,motion,1,2026-03-02T11:00:00Z\n"
                          "2026-03-02T10:05:00Z,home-1-kitchen,motion,unavailable,2026-03-02T11:00:01Z\n"
                          "2026-03-02T10:30:00Z,home-1-kitchen,motion,0,2026-03-02T10:30:00Z\n");
        sim::ReplayOptions options = into("Kept", "kept-");
        options.dataFile = path("kept.csv");
        const auto report = sim::replay(m_node->api, options, SystemClock(), quiet);
        QVERIFY2(report, report ? "" : qPrintable(report.error().message()));
        QCOMPARE(report->rejected, 0);
        QCOMPARE(m_node->running.database.value(
                     "SELECT string_agg(to_char(m.time AT TIME ZONE 'UTC', 'HH24:MI') || ' ' || "
                     "coalesce(m.number::text, m.text, 'none'), ', ' ORDER BY m.batch, m.ordinal) FROM measurement m "
                     "JOIN stream s ON s.id = m.stream_id JOIN device d ON d.id = s.device_id "
                     "WHERE d.key = 'kept-home-1-kitchen'"),
                 QStringLiteral("10:30 0, 10:00 1, 10:05 none"));
    }

    void textsStayTexts()
    {
        write("words.csv", "time,device_id,parameter,value\n2026-03-02T10:00:00Z,home-1-kitchen,mode,warm\n"
                           "2026-03-02T10:00:01Z,home-1-kitchen,mode,20.5\n");
        sim::ReplayOptions options = into("Words", "wor-");
        options.dataFile = path("words.csv");
        const auto report = sim::replay(m_node->api, options, SystemClock(), quiet);
        QVERIFY2(report, report ? "" : qPrintable(report.error().message()));
        QCOMPARE(report->rejected, 0);
        QCOMPARE(stored("wor-"), 2);
    }

    void badFilesAreNamedBeforeAnythingIsMade_data()
    {
        QTest::addColumn<QByteArray>("devices");
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QString>("says");
        const QByteArray device("device_id,room,parameter,use,description\na,kitchen,motion,,\n");
        const QByteArray head("time,device_id,parameter,value\n");
        QTest::newRow("no offset") << device << QByteArray(head + "2026-03-02T10:00:00,a,motion,1\n")
                                   << QStringLiteral("bad.csv:2:1: time: ");
        QTest::newRow("a column missing")
            << device << QByteArray("time,device_id,value\n") << QStringLiteral("'parameter'");
        QTest::newRow("a cell missing") << device << QByteArray(head + "2026-03-02T10:00:00Z,a,motion\n")
                                        << QStringLiteral("bad.csv:2: 3 cells");
        QTest::newRow("devices without ids")
            << QByteArray("id,room\na,kitchen\n") << QByteArray(head + "2026-03-02T10:00:00Z,a,motion,1\n")
            << QStringLiteral("'device_id'");
    }

    void badFilesAreNamedBeforeAnythingIsMade()
    {
        QFETCH(QByteArray, devices);
        QFETCH(QByteArray, data);
        QFETCH(QString, says);
        write("bad.csv", data);
        write("bad-devices.csv", devices);
        sim::ReplayOptions options = into("Bad", "bad-");
        options.devicesFile = path("bad-devices.csv");
        options.dataFile = path("bad.csv");
        const auto report = sim::replay(m_node->api, options, SystemClock(), quiet);
        QVERIFY(!report);
        QVERIFY2(report.error().message().contains(says), qPrintable(report.error().message()));
        QCOMPARE(m_node->running.database.value("SELECT count(*) FROM location WHERE name = 'Bad'"),
                 QStringLiteral("0"));
    }

    void aFileThatIsNotThereIsNamed()
    {
        sim::ReplayOptions options = into("Bad", "bad-");
        options.dataFile = QStringLiteral("/nowhere/data.csv");
        const auto report = sim::replay(m_node->api, options, SystemClock(), quiet);
        QVERIFY(!report);
        QVERIFY(report.error().detail.startsWith(QStringLiteral("/nowhere/data.csv: ")));
    }
};

QTEST_GUILESS_MAIN(TestReplay)
#include "tst_replay.moc"

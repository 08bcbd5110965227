// The simulator as devices of a real server: what homes report arrives, the stove obeys, load is measured.
#include "server/sim/homes.h"
#include "server/sim/load.h"
#include "shared/base/system_clock.h"
#include "tests/integration/sim/signed_in_node.h"

#include <QJsonDocument>
#include <QTemporaryFile>
#include <QTest>

#include <thread>

using namespace cohort;
using namespace cohort::testing;
using namespace std::chrono_literals;

class TestDeviceSide : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<SignedInNode> m_node;

    sim::Gateway gateway(const char* prefix, const char* location) const
    {
        sim::Registrar registrar(m_node->api);
        const auto made = registrar.location({QStringLiteral("Live"), QString::fromLatin1(location),
                                              QStringLiteral("Europe/Berlin"), QStringLiteral("real")});
        const QString p = QString::fromLatin1(prefix);
        const auto found = made ? registrar.gateway(*made, p + QStringLiteral("gateway"), sim::wantedDevices(p))
                                : Result<sim::Gateway>(fail(made.error()));
        if (!found)
            qFatal("%s", qPrintable(found.error().message()));
        return *found;
    }
    // The newest value of a device's parameter; empty when there is none.
    QString newest(const char* device, const char* parameter) const
    {
        return m_node->running.database.value(
            "SELECT m.number FROM measurement m JOIN stream s ON s.id = m.stream_id JOIN "
            "device d ON d.id = s.device_id "
            "WHERE d.key = '" +
            QByteArray(device) + "' AND s.name = '" + parameter +
            "' ORDER BY m.time DESC, m.batch DESC, m.ordinal DESC LIMIT 1");
    }
    // Runs the home's sockets and timers until the condition holds.
    static bool runUntil(boost::asio::io_context& context, const std::function<bool()>& condition)
    {
        const auto limit = std::chrono::steady_clock::now() + 20s;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > limit)
                return false;
            context.restart();
            context.run_for(20ms);
        }
        return true;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_node = std::make_unique<SignedInNode>();
        QVERIFY2(m_node->failure.isEmpty(), qPrintable(m_node->failure));
    }

    void cleanupTestCase() { m_node.reset(); }

    void aForgottenStoveIsSwitchedOffByACommand()
    {
        boost::asio::io_context context(1);
        const SystemClock real;
        const sim::SimulatedClock clock(real, real.now(), 1);
        sim::SimulatedHome home(context, clock, gateway("stove-", "Stove"), QStringLiteral("stove-"), 1,
                                sim::Scenario::StoveLeftOn, QTimeZone("Europe/Berlin"));
        home.start({});
        QVERIFY(runUntil(context, [&] { return newest("stove-stove", "power").toDouble() > 1'000; }));
        QCOMPARE(newest("stove-stove", "outletStatus").toDouble(), 1.0);
        QCOMPARE(newest("stove-kitchen", "motion").toDouble(), 0.0);
        QVERIFY(newest("stove-bedroom-thermometer", "temperature").toDouble() > 10);
        const auto command = [&](const char* device, int outlet) {
            const auto id =
                m_node->running.database.value("SELECT id FROM device WHERE key = '" + QByteArray(device) + "'");
            const QJsonObject parameter{{QStringLiteral("name"), QStringLiteral("outletStatus")},
                                        {QStringLiteral("value"), outlet}};
            return m_node->api.call(
                QStringLiteral("device.command"),
                {{QStringLiteral("id"), id.toLongLong()}, {QStringLiteral("parameters"), QJsonArray{parameter}}});
        };
        const auto stateOf = [&](const char* device) {
            return m_node->running.database.value("SELECT c.state FROM command c JOIN device d ON d.id = c.device_id "
                                                  "WHERE d.key = '" +
                                                  QByteArray(device) + "'");
        };
        const auto given = command("stove-stove", 0);
        QVERIFY2(given, given ? "" : qPrintable(given.error().message()));
        QVERIFY(runUntil(context, [&] { return stateOf("stove-stove") == QStringLiteral("executed"); }));
        QVERIFY(runUntil(context, [&] { return newest("stove-stove", "power") == QStringLiteral("0"); }));
        QCOMPARE(newest("stove-stove", "outletStatus").toDouble(), 0.0);
        const auto refused = command("stove-fridge", 1); // a meter, which nothing can be told
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::WrongValue);
        QCOMPARE(home.figures().commands, std::uint64_t(1));

        // Somebody takes its contact for a stove guard: now the device itself has to say that it is none.
        constexpr qint64 StoveGuard = 20016;
        const auto fridge =
            m_node->running.database.value("SELECT id FROM device WHERE key = 'stove-fridge'").toLongLong();
        QVERIFY(m_node->api.call(QStringLiteral("device.update"),
                                 {{QStringLiteral("id"), fridge}, {QStringLiteral("type"), StoveGuard}}));
        const auto mistaken = command("stove-fridge", 1);
        QVERIFY2(mistaken, mistaken ? "" : qPrintable(mistaken.error().message()));
        QVERIFY(runUntil(context, [&] { return stateOf("stove-fridge") == QStringLiteral("failed"); }));
        QCOMPARE(newest("stove-stove", "outletStatus").toDouble(), 0.0);
        QVERIFY(runUntil(context, [&] { return home.figures().acknowledged == home.figures().posted; }));
        home.stop();
    }

    void ordinaryHomesLiveThroughPastDaysAtOnce()
    {
        sim::HomesOptions options;
        options.homes = 2;
        options.deployment = QStringLiteral("Past");
        options.daysBack = 1;
        options.speed = 100'000;
        options.duration = 3s;
        const auto result = sim::runHomes(m_node->api, options, SystemClock());
        QVERIFY2(result, result ? "" : qPrintable(result.error().message()));
        QVERIFY(newest("past-home1-bed", "pressure") != QString());
        QVERIFY(newest("past-home2-bed", "pressure") != QString());
        QCOMPARE(m_node->running.database.value("SELECT clock FROM location WHERE name = 'Home 1'"),
                 QStringLiteral("events"));
        const int visits = m_node->running.database
                               .value("SELECT count(*) FROM measurement m JOIN stream s ON s.id = m.stream_id "
                                      "JOIN device d ON d.id = s.device_id WHERE d.key LIKE 'past-home_-toilet'")
                               .toInt();
        QVERIFY2(visits >= 8, qPrintable(QString::number(visits))); // a day of two people
    }

    void aHomeInNoZoneIsRefused()
    {
        sim::HomesOptions options;
        options.timeZone = QStringLiteral("Mars/Olympus");
        const auto result = sim::runHomes(m_node->api, options, SystemClock());
        QVERIFY(!result);
        QVERIFY2(result.error().detail.contains(QStringLiteral("Mars/Olympus")), qPrintable(result.error().detail));
    }

    void loadIsMeasuredFromPostToAcknowledgement()
    {
        const sim::Gateway first = gateway("load-", "Load");
        // The load's times begin four minutes ago, and nothing is stored from before enrolment.
        m_node->running.database.run("UPDATE device SET start_date = now() - interval '1 hour'");
        sim::LoadOptions options;
        const auto server = sim::channelOptionsFromUrl(first.deviceServer.toStdString());
        QVERIFY(server);
        options.server = *server;
        options.devices = {{first.key.toStdString(), first.token.toStdString()}};
        options.measuresPerPost = 3;
        options.postsPerSecond = 20; // within what a device may
        options.warmUp = 0s;
        options.duration = 1s;
        const auto report = sim::runLoad(options, SystemClock());
        QVERIFY2(report, report ? "" : qPrintable(report.error().message()));
        QCOMPARE(report->connected, std::size_t(1));
        QCOMPARE(report->refused, std::uint64_t(0));
        QCOMPARE(report->failures, std::uint64_t(0));
        QVERIFY(report->posts > 0);
        QVERIFY(report->p50Ms > 0 && report->p50Ms <= report->p99Ms && report->p99Ms <= report->longestMs);
        const auto rows = m_node->running.database
                              .value("SELECT count(*) FROM measurement m JOIN stream s ON s.id = m.stream_id "
                                     "JOIN device d ON d.id = s.device_id WHERE d.key = 'load-gateway'")
                              .toULongLong();
        QVERIFY(rows >= 3 * report->posts); // acknowledged is committed
        const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(sim::toJson(*report))).object();
        QCOMPARE(json.value(QStringLiteral("posts")).toInteger(), static_cast<qint64>(report->posts));
        QCOMPARE(json.value(QStringLiteral("p99Ms")).toDouble(), report->p99Ms);
    }

    void loadThatCannotConnectSaysHowManyDid()
    {
        sim::LoadOptions options;
        options.server.port = std::to_string(freePort());
        options.devices = {{"a", "b"}, {"c", "d"}};
        options.connectWithin = 1s;
        const auto report = sim::runLoad(options, SystemClock());
        QVERIFY(!report);
        QVERIFY(report.error().code == ErrorCode::Unavailable);
        QCOMPARE(report.error().detail, QStringLiteral("only 0 of 2 connected in time: Connection refused"));
    }

    void devicesForLoadAreLines()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("one,token-1\ntwo,token,with,commas\n");
        file.flush();
        const auto devices = sim::readLoadDevices(file.fileName().toStdString());
        QVERIFY(devices);
        QCOMPARE(devices->size(), std::size_t(2));
        QCOMPARE(devices->at(1).id, std::string("two"));
        QCOMPARE(devices->at(1).token, std::string("token,with,commas"));
        file.write("three\n");
        file.flush();
        const auto wrong = sim::readLoadDevices(file.fileName().toStdString());
        QVERIFY(!wrong);
        QVERIFY2(wrong.error().detail.startsWith(QStringLiteral("line 3")), qPrintable(wrong.error().detail));
        QVERIFY(!sim::readLoadDevices("/nowhere/devices"));
    }

    void theClockNeverRunsAheadOfTheWorld()
    {
        const SystemClock real;
        const sim::SimulatedClock fast(real, real.now() - 1s, 1e9);
        std::this_thread::sleep_for(2ms);
        QVERIFY(fast.now() <= SystemClock().now());
        QVERIFY(fast.now() >= SystemClock().now() - 1s); // and has met it
        QCOMPARE(fast.until(fast.now() - 1h).count(), 0);
        const sim::SimulatedClock hour(real, real.now() - 100h, 3'600);
        const auto wait = hour.until(hour.now() + 1h);
        QVERIFY2(wait > 900ms && wait <= 1'001ms, qPrintable(QString::number(wait.count())));
    }
};

QTEST_GUILESS_MAIN(TestDeviceSide)
#include "tst_device_side.moc"

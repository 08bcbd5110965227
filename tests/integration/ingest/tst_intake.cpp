#include "server/ingest/intake.h"
#include "shared/base/system_clock.h"
#include "tests/kit/manual_clock.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/wait_until.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cohort;
using namespace cohort::ingest;
using namespace cohort::testkit;

namespace {

constexpr qint64 NowMs = 1'767'225'600'000; // 2026-01-01

struct Answer
{
    int http = 0;
    QString status;
    QJsonObject json;
    QString code(int rejected) const
    {
        return json[QStringLiteral("rejected")][rejected][QStringLiteral("code")].toString();
    }
};

struct Server
{
    TestDatabase database;
    SampleHome home = makeHome(database);
    bus::Bus bus;
    metrics::Registry metrics;
    ManualClock clock{fromMs(NowMs)};
    SystemClock cacheClock;
    DeviceCache cache;
    store::Committer committer;
    Intake intake;
    DeviceContextPtr context;

    explicit Server(IntakeOptions options = {})
        : cache(cacheOptions(), bus, metrics, cacheClock),
          committer(
              committerOptions(), [](const auto&) {}, [](auto, auto) {}),
          intake(std::move(options), cache, committer, metrics, clock)
    {
        if (!committer.start() || !cache.start())
            qFatal("the server does not start");
        auto found = std::make_shared<std::atomic<bool>>(false);
        cache.reload(home.gateway, [this, found](Result<DeviceContextPtr> loaded) {
            context = std::move(*loaded);
            *found = true;
        });
        if (!waitUntil([&] { return found->load(); }))
            qFatal("the gateway is not found");
    }
    ~Server()
    {
        committer.stop();
        cache.stop();
    }
    DeviceCacheOptions cacheOptions() const
    {
        DeviceCacheOptions options;
        options.database = database.settings();
        return options;
    }
    store::CommitterOptions committerOptions() const
    {
        store::CommitterOptions options;
        options.database = database.settings();
        options.node = QStringLiteral("test");
        return options;
    }
    Answer post(const QByteArray& json)
    {
        auto calls = std::make_shared<std::atomic<int>>(0);
        auto reply = std::make_shared<UploadReply>();
        intake.upload(context, std::string_view(json.constData(), static_cast<std::size_t>(json.size())),
                      [calls, reply](UploadReply r) {
                          *reply = std::move(r);
                          ++*calls;
                      });
        if (!waitUntil([&] { return calls->load() == 1; }))
            return {};
        QJsonParseError error;
        const auto parsed = QJsonDocument::fromJson(QByteArray::fromStdString(reply->json), &error);
        if (error.error != QJsonParseError::NoError)
            return {};
        return {reply->http, parsed[QStringLiteral("status")].toString(), parsed.object()};
    }
};

QByteArray measure(const QByteArray& device, qint64 ms, const QByteArray& value = "1")
{
    return "{\"deviceId\":\"" + device + "\",\"timestamp\":" + QByteArray::number(ms) +
           ",\"params\":[{\"name\":\"power\",\"value\":" + value + ",\"unit\":\"W\"}]}";
}

} // namespace

class TestIntake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acknowledgesWhatIsCommitted();
    void storesARepeatOnce();
    void rejectsReadingsByTheirTimes();
    void takesOldReadingsWhereTheClockIsTheData();
    void marksReadingsWithoutAClock();
    void refusesDevicesThatAreNotBehindTheGateway();
    void addsDevicesAndTheirReadingsInOneMessage();
    void refusesAnIdOfAnotherHome();
    void boundsDevicesOfAGateway();
    void appliesResponsesToItsOwnCommandsOnly();
    void raisesADevicesAlertOnce();
    void letsAnOpenAlertSayWhatIsNew();
    void slowsDownADeviceThatSendsTooOften();
    void refusesAMessageOfAnotherDevice();
    void namesAtMostAHundredRejections();
    void saysContWhileSomebodyIsWatching();
    void answersErrWhenNothingCanBeTaken();
};

void TestIntake::acknowledgesWhatIsCommitted()
{
    Server server;
    const Answer answer = server.post(
        "{\"version\":2,\"proxyId\":\"gateway-a\",\"sequenceNumber\":\"x\",\"measures\":[" +
        measure("sensor-a", NowMs, "9007199254740993") + "," + measure("gateway-a", NowMs, "\"on\"") + "]}");
    QCOMPARE(answer.http, 200);
    QCOMPARE(answer.status, QStringLiteral("ACK"));
    QCOMPARE(answer.json[QStringLiteral("version")].toString(), QStringLiteral("2"));
    QCOMPARE(answer.json[QStringLiteral("sequenceNumber")].toString(), QStringLiteral("x"));
    QCOMPARE(answer.json[QStringLiteral("time")].toInteger(), NowMs);
    QVERIFY(!answer.json.contains(QStringLiteral("rejected")));
    QCOMPARE(server.database.value("SELECT count(*) FROM measurement"), QStringLiteral("2"));
    QCOMPARE(server.database.value("SELECT exact FROM measurement WHERE number IS NOT NULL"),
             QStringLiteral("9007199254740993"));
}

void TestIntake::storesARepeatOnce()
{
    Server server;
    const QByteArray json =
        "{\"measures\":[" + measure("sensor-a", NowMs) + "," + measure("sensor-a", NowMs, "2") + "]}";
    for (int i = 0; i < 3; ++i)
        QCOMPARE(server.post(json).status, QStringLiteral("ACK"));
    QCOMPARE(server.database.value("SELECT count(*) FROM measurement"), QStringLiteral("2"));
}

void TestIntake::rejectsReadingsByTheirTimes()
{
    Server server;
    server.database.run("UPDATE device SET start_date = '2025-06-01Z' WHERE key = 'sensor-a'");
    QVERIFY(waitUntil([&] {
        const auto now = server.cache.current(server.home.gateway);
        return now && toIso(now->children.at("sensor-a").startDate).starts_with("2025-06");
    }));
    const Answer answer =
        server.post("{\"measures\":[" + measure("sensor-a", NowMs + 300'001) + "," +
                    measure("sensor-a", NowMs + 300'000) + "," + measure("sensor-a", 1'700'000'000'000) + "]}");
    QCOMPARE(answer.status, QStringLiteral("ACK"));
    QCOMPARE(answer.code(0), QStringLiteral("time-in-future"));
    QCOMPARE(answer.code(1), QStringLiteral("before-start"));
    QCOMPARE(answer.json[QStringLiteral("rejected")][1][QStringLiteral("measure")].toInt(), 2);
    QCOMPARE(answer.json[QStringLiteral("rejected")][1][QStringLiteral("param")].toInt(), 0);
    QCOMPARE(server.database.value("SELECT count(*) FROM measurement"), QStringLiteral("1"));
}

void TestIntake::takesOldReadingsWhereTheClockIsTheData()
{
    Server server;
    server.database.run("UPDATE device SET start_date = '2025-06-01Z'; UPDATE location SET clock = 'events'");
    QVERIFY(waitUntil([&] { return server.cache.current(server.home.gateway)->eventsClock; }));
    const Answer answer = server.post("{\"measures\":[" + measure("sensor-a", 1'300'000'000'000) + "," +
                                      measure("sensor-a", NowMs + 300'001) + "]}");
    QCOMPARE(answer.code(0), QStringLiteral("time-in-future"));
    QCOMPARE(server.database.value("SELECT count(*) FROM measurement"), QStringLiteral("1"));
}

void TestIntake::marksReadingsWithoutAClock()
{
    Server server;
    QCOMPARE(
        server
            .post(
                R"({"measures":[{"params":[{"name":"a","value":1}]},{"timestamp":5,"durational":true,"params":[{"name":"b","value":1}]}]})")
            .status,
        QStringLiteral("ACK"));
    QCOMPARE(server.database.value("SELECT string_agg(flags::text, ',' ORDER BY ordinal) FROM measurement"),
             QStringLiteral("1,3"));
    QCOMPARE(server.database.value("SELECT count(*) FROM measurement WHERE time = '2026-01-01Z'"), QStringLiteral("2"));
}

void TestIntake::refusesDevicesThatAreNotBehindTheGateway()
{
    Server server;
    makeHome(server.database, "b");
    const Answer answer = server.post("{\"measures\":[" + measure("sensor-b", NowMs) + "," + measure("nobody", NowMs) +
                                      "," + measure("sensor-a", NowMs) + "]}");
    QCOMPARE(answer.status, QStringLiteral("ACK"));
    QCOMPARE(answer.code(0), QStringLiteral("unknown-device"));
    QCOMPARE(answer.code(1), QStringLiteral("unknown-device"));
    QCOMPARE(server.database.value("SELECT count(*) FROM measurement"), QStringLiteral("1"));
}

void TestIntake::addsDevicesAndTheirReadingsInOneMessage()
{
    Server server;
    const QByteArray json =
        "{\"addDevices\":[{\"deviceId\":\"new\",\"deviceType\":10014},{\"deviceId\":\"new\"}],\"measures\":[" +
        measure("new", 1'700'000'000'000) + "]}";
    const Answer answer = server.post(json);
    QCOMPARE(answer.status, QStringLiteral("ACK"));
    QVERIFY(!answer.json.contains(QStringLiteral("rejected")));
    QCOMPARE(server.database.value("SELECT type FROM device WHERE key = 'new'"), QStringLiteral("10014"));
    QCOMPARE(server.database.value("SELECT count(*) FROM measurement"), QStringLiteral("1"));
    QCOMPARE(server.post(json).status, QStringLiteral("ACK"));
}

void TestIntake::refusesAnIdOfAnotherHome()
{
    Server server;
    server.database.run(
        "INSERT INTO location (deployment_id, name, time_zone) SELECT id, 'other', 'UTC' FROM deployment;"
        "INSERT INTO device (deployment_id, location_id, key) SELECT deployment_id, id, 'theirs' FROM location WHERE "
        "name = 'other'");
    const Answer answer =
        server.post("{\"addDevices\":[{\"deviceId\":\"theirs\"},{\"deviceId\":\"mine\"}],\"measures\":[" +
                    measure("theirs", NowMs) + "," + measure("mine", NowMs) + "]}");
    QCOMPARE(answer.status, QStringLiteral("ACK"));
    QCOMPARE(answer.code(0), QStringLiteral("other-location"));
    QCOMPARE(answer.json[QStringLiteral("rejected")][0][QStringLiteral("addDevice")].toInt(-1), 0);
    QCOMPARE(answer.code(1), QStringLiteral("unknown-device"));
    QCOMPARE(server.database.value("SELECT count(*) FROM measurement"), QStringLiteral("1"));
}

void TestIntake::boundsDevicesOfAGateway()
{
    IntakeOptions options;
    options.devicesPerGateway = 2;
    Server server(options);
    const Answer answer =
        server.post(R"({"addDevices":[{"deviceId":"second"},{"deviceId":"third"},{"deviceId":"sensor-a"}]})");
    QCOMPARE(answer.code(0), QStringLiteral("too-many-devices"));
    QCOMPARE(answer.json[QStringLiteral("rejected")].toArray().size(), 1); // and is not said to be elsewhere
    QCOMPARE(server.database.value("SELECT count(*) FROM device WHERE gateway_id IS NOT NULL"), QStringLiteral("2"));
}

void TestIntake::appliesResponsesToItsOwnCommandsOnly()
{
    Server server;
    const SampleHome other = makeHome(server.database, "b");
    server.database.run(
        "INSERT INTO command (deployment_id, location_id, device_id, gateway_id, parameters, state, requested_by, "
        "expires_at) "
        "SELECT deployment_id, location_id, id, gateway_id, '[]', 'sent', 'operator:1', now() + interval '1 hour' "
        "FROM device WHERE gateway_id IS NOT NULL ORDER BY id");
    const auto id = [&](DeviceId gateway) {
        return server.database.value("SELECT id FROM command WHERE gateway_id = " + QByteArray::number(gateway.value))
            .toUtf8();
    };
    const QByteArray json = "{\"responses\":[{\"commandId\":" + id(server.home.gateway) +
                            ",\"result\":1},{\"commandId\":" + id(other.gateway) +
                            ",\"result\":1},{\"commandId\":999999,\"result\":1}]}";
    const Answer answer = server.post(json);
    QCOMPARE(answer.status, QStringLiteral("ACK"));
    QCOMPARE(answer.code(0), QStringLiteral("not-found")); // another gateway's, and nobody's
    QCOMPARE(answer.code(1), QStringLiteral("not-found"));
    QCOMPARE(server.database.value("SELECT string_agg(state, ',' ORDER BY id) FROM command"),
             QStringLiteral("executed,sent"));
    QCOMPARE(server.database.value("SELECT count(*) FROM event WHERE kind = 'command-finished'"), QStringLiteral("1"));
    QCOMPARE(server.database.value("SELECT count(*) FROM command WHERE logged"), QStringLiteral("1"));
}

void TestIntake::letsAnOpenAlertSayWhatIsNew()
{
    Server server;
    const auto raise = [&](const QByteArray& error) {
        const QByteArray json = R"({"alerts":[{"deviceId":"sensor-a","alertId":"a1","alertType":"fault","paramsMap":)"
                                R"({"error":")" +
                                error + "\"}}]}";
        QCOMPARE(server.post(json).status, QStringLiteral("ACK"));
    };
    const auto alert = [&](const QByteArray& column) {
        return server.database.value("SELECT " + column + " FROM alert");
    };
    raise("jammed");
    server.database.run("UPDATE alert SET state = 'acknowledged', snoozed_until = now() + interval '1 hour'");
    raise("jammed"); // nothing new
    QCOMPARE(alert("state"), QStringLiteral("acknowledged"));
    raise("smoke");
    QCOMPARE(alert("texts->>'en'"), QStringLiteral("sensor-a: fault (error: jammed); fault (error: smoke)"));
    QCOMPARE(alert("state"), QStringLiteral("open"));
    raise("smoke");
    QCOMPARE(alert("texts->>'en'"), QStringLiteral("sensor-a: fault (error: jammed); fault (error: smoke)"));
    // Many that differ do not make it longer and longer.
    for (int i = 0; i < 8; ++i)
        raise(QByteArray::number(i) + QByteArray(400, 'x'));
    const QString text = alert("texts->>'en'");
    QVERIFY2(text.size() <= 1500, qPrintable(text));
    QVERIFY(text.startsWith(u"sensor-a: fault (error: jammed); fault (error: smoke)"));
    QVERIFY(text.contains(u"error: 7xxx"));
    server.database.run("UPDATE alert SET state = 'acknowledged'");
    raise("another");
    QCOMPARE(alert("state"), QStringLiteral("acknowledged"));
    QVERIFY(alert("texts->>'en'").endsWith(u"; …; fault (error: another)"));
}

void TestIntake::raisesADevicesAlertOnce()
{
    Server server;
    server.database.run(
        "INSERT INTO participant (deployment_id, code, status) SELECT deployment_id, 'r', 'active' FROM location;"
        "INSERT INTO participant_role (participant_id, location_id, role) SELECT p.id, l.id, 'resident' FROM "
        "participant p, location l");
    const QByteArray json =
        R"({"alerts":[{"deviceId":"sensor-a","alertId":"a1","alertType":"error","paramsMap":{"error":"jam\"med"}},{"deviceId":"nobody"}]})";
    const Answer answer = server.post(json);
    QCOMPARE(answer.status, QStringLiteral("ACK"));
    QCOMPARE(answer.code(0), QStringLiteral("unknown-device"));
    QCOMPARE(server.post(json).status, QStringLiteral("ACK"));
    QCOMPARE(server.database.value("SELECT count(*) FROM alert"), QStringLiteral("1"));
    QCOMPARE(server.database.value("SELECT texts->>'en' FROM alert"),
             QStringLiteral("sensor-a: error (error: jam\"med)"));
    QCOMPARE(server.database.value("SELECT count(*) FROM alert_recipient"), QStringLiteral("1"));
}

void TestIntake::slowsDownADeviceThatSendsTooOften()
{
    IntakeOptions options;
    options.messagesPerSecond = 1;
    options.rateWindow = Milliseconds(3'600'000);
    Server server(options);
    Answer answer;
    for (int i = 0; i < 3'700 && answer.status != QStringLiteral("ERR"); ++i)
        answer = server.post(R"({"version":2})");
    QCOMPARE(answer.http, 429);
    QCOMPARE(answer.status, QStringLiteral("ERR"));
    QVERIFY(answer.json[QStringLiteral("retryAfterMs")].toInt() > 0);
}

void TestIntake::refusesAMessageOfAnotherDevice()
{
    Server server;
    makeHome(server.database, "b");
    const Answer answer = server.post(R"({"proxyId":"gateway-b","seq":4})");
    QCOMPARE(answer.http, 404);
    QCOMPARE(answer.status, QStringLiteral("UNKNOWN"));
    QCOMPARE(answer.json[QStringLiteral("sequenceNumber")].toInt(), 4);
    QCOMPARE(server.post("{").status, QStringLiteral("ERR_FORMAT"));
    QCOMPARE(server.post("{").http, 400);
}

void TestIntake::namesAtMostAHundredRejections()
{
    Server server;
    QByteArray list;
    for (int i = 0; i < 150; ++i)
        list += (i == 0 ? "" : ",") + measure("nobody", NowMs);
    const Answer answer = server.post("{\"measures\":[" + list + "]}");
    QCOMPARE(answer.json[QStringLiteral("rejected")].toArray().size(), 100);
    QCOMPARE(answer.json[QStringLiteral("rejectedCount")].toInt(), 150);
}

void TestIntake::saysContWhileSomebodyIsWatching()
{
    IntakeOptions options;
    options.watched = [](LocationId) { return true; };
    Server server(options);
    QCOMPARE(server.post(R"({"version":2})").status, QStringLiteral("CONT"));
}

void TestIntake::answersErrWhenNothingCanBeTaken()
{
    Server server;
    server.committer.stop();
    const Answer answer = server.post("{\"measures\":[" + measure("sensor-a", NowMs) + "]}");
    QCOMPARE(answer.http, 503);
    QCOMPARE(answer.status, QStringLiteral("ERR"));
    QVERIFY(answer.json[QStringLiteral("retryAfterMs")].toInt() > 0);
}

QTEST_GUILESS_MAIN(TestIntake)
#include "tst_intake.moc"

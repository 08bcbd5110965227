// Messages as real devices send them, from their bytes to the row that is stored and the answer that goes back.
#include "server/ingest/intake.h"
#include "server/store/repositories/command_repository.h"
#include "server/store/repositories/measurement_repository.h"
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
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 NowMs = 1'767'225'600'000; // 2026-01-01
constexpr auto Plug = "UPDATE device SET type = 10014 WHERE key = 'sensor-a'";

// Two gateways of one home, gateway-a with sensor-a behind it, and a gateway of another home of the deployment.
struct World
{
    TestDatabase database;
    SampleHome home = makeHome(database);
    bus::Bus bus;
    metrics::Registry metrics;
    ManualClock clock{fromMs(NowMs)};
    SystemClock cacheClock;
    DeviceCache cache;
    std::atomic<qint64> told{0}; // the newest command that the dispatchers were told of
    store::Committer committer;
    Intake intake;

    explicit World(const QByteArray& prepare = Plug)
        : cache(settings<DeviceCacheOptions>(), bus, metrics, cacheClock),
          committer(
              writer(), [](const auto&) {}, [this](CommandId command, auto) { told = command.value; }),
          intake({}, cache, committer, metrics, clock)
    {
        database.run(
            "INSERT INTO device (deployment_id, location_id, key, start_date) SELECT deployment_id, location_id, "
            "'gateway-2', '2000-01-01Z' FROM device WHERE key = 'gateway-a';"
            "INSERT INTO location (deployment_id, name, time_zone) SELECT id, 'other', 'UTC' FROM deployment;"
            "INSERT INTO device (deployment_id, location_id, key, start_date) SELECT deployment_id, id, 'gateway-3', "
            "'2000-01-01Z' FROM location WHERE name = 'other';" +
            prepare);
        if (!committer.start() || !cache.start())
            qFatal("the server does not start");
    }
    ~World()
    {
        committer.stop();
        cache.stop();
    }
    template <typename Options>
    Options settings() const
    {
        Options options;
        options.database = database.settings();
        return options;
    }
    store::CommitterOptions writer() const
    {
        auto options = settings<store::CommitterOptions>();
        options.node = u"test"_s;
        return options;
    }
    DeviceContextPtr gateway(const QByteArray& key)
    {
        const DeviceId id{database.value("SELECT id FROM device WHERE key = '" + key + "'").toLongLong()};
        auto found = std::make_shared<std::atomic<bool>>(false);
        auto context = std::make_shared<DeviceContextPtr>();
        cache.reload(id, [found, context](Result<DeviceContextPtr> loaded) {
            *context = loaded ? *loaded : DeviceContextPtr();
            *found = true;
        });
        if (!waitUntil([&] { return found->load(); }) || !*context)
            qFatal("the gateway is not found");
        return *context;
    }
    QJsonObject post(const QByteArray& json, const QByteArray& from = "gateway-a")
    {
        auto calls = std::make_shared<std::atomic<int>>(0);
        auto reply = std::make_shared<UploadReply>();
        intake.upload(gateway(from), std::string_view(json.constData(), static_cast<std::size_t>(json.size())),
                      [calls, reply](UploadReply r) {
                          *reply = std::move(r);
                          ++*calls;
                      });
        if (!waitUntil([&] { return calls->load() == 1; }))
            return {};
        return QJsonDocument::fromJson(QByteArray::fromStdString(reply->json)).object();
    }
    // Posts one value of sensor-a; the name of the refusal, or "".
    QString measure(const QByteArray& value, const QByteArray& name = "power", const QByteArray& unit = {},
                    qint64 ms = NowMs)
    {
        const auto answer = post("{\"measures\":[{\"deviceId\":\"sensor-a\",\"timestamp\":" + QByteArray::number(ms) +
                                 ",\"params\":[{\"name\":\"" + name + "\",\"value\":" + value +
                                 (unit.isEmpty() ? QByteArray() : ",\"unit\":\"" + unit + "\"") + "}]}]}");
        return answer["status"_L1] == u"ACK"_s ? answer["rejected"_L1][0]["code"_L1].toString() : u"no ACK"_s;
    }
    // number|text of all, by time and value.
    QString stored() const
    {
        return database.value("SELECT coalesce(string_agg(coalesce(exact::text, number::text, '') || '|' || "
                              "coalesce(text, ''), ' ' ORDER BY time, number), '') FROM measurement");
    }
    QString streams() const
    {
        return database.value("SELECT string_agg(name || ':' || kind || ':' || unit, ' ' ORDER BY id) FROM stream");
    }
    // One for sensor-a.
    void command(const QByteArray& state) const
    {
        database.run(
            "INSERT INTO command (deployment_id, location_id, device_id, gateway_id, parameters, state, requested_by, "
            "expires_at) SELECT deployment_id, location_id, id, gateway_id, '[]', '" +
            state + "', 'operator:1', now() + interval '1 hour' FROM device WHERE key = 'sensor-a'");
    }
    QString gatewayOf(const QByteArray& key) const
    {
        return database.value("SELECT g.key FROM device d JOIN device g ON g.id = d.gateway_id WHERE d.key = '" + key +
                              "' AND d.retired_at IS NULL");
    }
};

} // namespace

class TestWhatDevicesSend : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_F1_whatStoresNothingIsNoAck_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("member"); // empty: ACK
        QTest::newRow("a value") << QByteArray(R"({"power":42})") << u"power"_s;
        QTest::newRow("another list") << QByteArray(R"({"version":2,"measurements":[{"deviceId":"sensor-a"}]})")
                                      << u"measurements"_s;
        QTest::newRow("a measure alone") << QByteArray(R"({"deviceId":"u1","temperature":21.5})") << u"deviceId"_s;
        QTest::newRow("a list of such") << QByteArray(R"([{"power":42},{"version":1}])") << u"power"_s;
        QTest::newRow("measures that are empty") << QByteArray(R"({"measures":[],"readings":[1]})") << u"readings"_s;
        QTest::newRow("a heartbeat") << QByteArray(R"({"version":2,"proxyId":"gateway-a","sequenceNumber":1})")
                                     << QString();
    }
    void finding_F1_whatStoresNothingIsNoAck()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, member);
        World world;
        const auto answer = world.post(json);
        QCOMPARE(answer["status"_L1].toString(), member.isEmpty() ? u"ACK"_s : u"ERR_FORMAT"_s);
        const QString message = answer["message"_L1].toString();
        if (!member.isEmpty())
            QVERIFY2(message.contains(u'\'' + member + u'\'') && message.contains(u"measures"_s), qPrintable(message));
    }

    void finding_F1_anEmptyMessageIsNoAck()
    {
        World world;
        for (const char* empty :
             {"{}", "[]", "[{}]", R"({"measures":[]})", "null", R"("")", "", " \n", R"([{"version":2},{}])"}) {
            const auto answer = world.post(empty);
            QCOMPARE(answer["status"_L1].toString(), u"ERR_FORMAT"_s);
            QCOMPARE(answer["code"_L1].toString(), u"cannot-parse"_s);
        }
        const auto answer = world.post(R"({"measures":[{"deviceId":"sensor-a","params":[]}]})");
        QCOMPARE(answer["rejected"_L1][0]["code"_L1].toString(), u"wrong-measurement"_s); // no plain ACK
        QCOMPARE(world.post(R"([{"version":2}])")["status"_L1].toString(), u"ACK"_s);
        const auto beside = world.post(R"({"version":2,"measures":[],"alerts":null})");
        QCOMPARE(beside["ignored"_L1].toArray(), (QJsonArray{u"measures"_s, u"alerts"_s}));
    }

    void finding_F1_namesWhatIsWrong()
    {
        World world;
        const auto unit = world.post(R"({"measures":[{"deviceId":"sensor-a",
            "params":[{"name":"power","value":5,"unit":5}]}]})");
        QVERIFY(unit["rejected"_L1][0]["message"_L1].toString().contains(u"unit must be a text"_s));
        QVERIFY(world.post(R"({"proxyId":""})")["message"_L1].toString().contains(u"proxyId is empty"_s));
    }

    void finding_F1_namesTheUnknownMember()
    {
        World world;
        const auto answer = world.post(R"({"firmware":"1.2","measures":[{"deviceId":"sensor-a","time":1,
            "params":[{"name":"power","value":5,"Unit":"W"}]}]})");
        QCOMPARE(answer["status"_L1].toString(), u"ACK"_s);
        QCOMPARE(answer["ignored"_L1].toArray(), (QJsonArray{u"firmware"_s, u"measures.time"_s, u"params.Unit"_s}));
        QCOMPARE(world.stored(), u"5|"_s);
    }

    void finding_F3_textWhereTheTypeSaysNumber_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("stored");
        QTest::newRow("a number's text") << QByteArray(R"("1200")") << QString() << u"1200|"_s;
        QTest::newRow("with an exponent") << QByteArray(R"("1.2e3")") << QString() << u"1200|"_s;
        QTest::newRow("null") << QByteArray("null") << QString() << u"|"_s;
        QTest::newRow("unavailable") << QByteArray(R"("unavailable")") << QString() << u"|"_s;
        QTest::newRow("nan") << QByteArray(R"("nan")") << QString() << u"|"_s;
        QTest::newRow("empty") << QByteArray(R"("")") << QString() << u"|"_s;
        QTest::newRow("a decimal comma") << QByteArray(R"("21,5")") << u"not-a-number"_s << QString();
        QTest::newRow("a word") << QByteArray(R"("high")") << u"not-a-number"_s << QString();
        QTest::newRow("true") << QByteArray("true") << u"not-a-number"_s << QString();
    }
    void finding_F3_textWhereTheTypeSaysNumber()
    {
        QFETCH(QByteArray, value);
        World world;
        QTEST(world.measure(value), "code");
        QTEST(world.stored(), "stored");
        QTEST(world.measure(value), "code"); // a resend changes nothing
        QTEST(world.stored(), "stored");
    }

    void finding_F3_wordsWhereTheTypeSaysOnOrOff()
    {
        World world;
        QCOMPARE(world.measure(R"("ON")", "outletStatus"), QString());
        QCOMPARE(world.measure(R"("off")", "outletStatus", {}, NowMs + 1), QString());
        QCOMPARE(world.measure("true", "outletStatus", {}, NowMs + 2), QString());
        QCOMPARE(world.measure(R"("banana")", "outletStatus", {}, NowMs + 3), u"not-on-or-off"_s);
        QCOMPARE(world.stored(), u"1| 0| 1|"_s);
        QCOMPARE(world.streams(), u"outletStatus:on-off:"_s);
    }

    void finding_F3_aStreamKeepsTheKindOfItsFirstValue()
    {
        World world;
        QCOMPARE(world.measure(R"("unavailable")", "mode"), QString()); // decides nothing
        QCOMPARE(world.measure(R"("eco")", "mode", {}, NowMs + 1), QString());
        QCOMPARE(world.measure("21.5", "mode", {}, NowMs + 2), QString()); // a number as its text
        QCOMPARE(world.stored(), u"| |eco |21.5"_s);
        QCOMPARE(world.measure("7", "level", {}, NowMs + 3), QString());
        QCOMPARE(world.measure(R"("high")", "level", {}, NowMs + 4), u"not-a-number"_s);
        QCOMPARE(world.measure(R"("unknown")", "level", {}, NowMs + 5), QString());
        QCOMPARE(world.stored(), u"| |eco |21.5 7| |"_s);
        QCOMPARE(world.streams(), u"mode:text: level:number:"_s);
    }

    void finding_F21_aStreamOfTextsKeepsHowANumberIsWritten()
    {
        World world;
        QCOMPARE(world.measure(R"("eco")", "mode"), QString());
        QCOMPARE(world.measure("1234567.0 ", "mode", {}, NowMs + 1), QString());
        QCOMPARE(world.measure("1e3", "mode", {}, NowMs + 2), QString());
        QCOMPARE(world.measure("false", "mode", {}, NowMs + 3), QString());
        QCOMPARE(world.measure("1e3", "mode", {}, NowMs + 2), QString()); // a resend changes nothing
        QCOMPARE(world.stored(), u"|eco |1234567.0 |1e3 |false"_s);
    }

    void finding_F3_aTruthValueAmongTextsIsItsWord() // as a file's cell is
    {
        World world;
        QCOMPARE(world.measure(R"("eco")", "mode"), QString());
        QCOMPARE(world.measure("true", "mode", {}, NowMs + 1), QString());
        QCOMPARE(world.measure("false", "mode", {}, NowMs + 2), QString());
        QCOMPARE(world.measure("true", "level", {}, NowMs + 3), QString()); // the first of its stream
        QCOMPARE(world.measure("false", "level", "%", NowMs + 4), QString());
        QCOMPARE(world.stored(), u"|eco |true |false 1| 0|"_s);
    }

    void finding_F3_everyNodeHearsThatAStreamChangedItsKind()
    {
        World world;
        QCOMPARE(world.measure("7", "level"), QString());
        QCOMPARE(world.measure(R"("high")", "level", {}, NowMs + 1), u"not-a-number"_s);
        const auto connection = world.database.connect(); // another node's
        const StreamId level{world.database.value("SELECT id FROM stream WHERE name = 'level'").toLongLong()};
        QVERIFY(store::MeasurementRepository(*connection).changeKind(level, model::StreamKind::Text));
        QVERIFY(waitUntil([&] { return world.measure(R"("high")", "level", {}, NowMs + 2).isEmpty(); }));
        QCOMPARE(world.measure("8", "level", {}, NowMs + 3), QString());
        QCOMPARE(world.stored(), u"7| |high |8"_s);
        QCOMPARE(world.database.value("SELECT string_agg(flags::text, ' ' ORDER BY time) FROM measurement"),
                 u"0 4 4"_s);
        QVERIFY(store::MeasurementRepository(*connection).changeKind(level, model::StreamKind::Number));
        QVERIFY(waitUntil([&] { return world.measure(R"("high")", "level", {}, NowMs + 2) == u"not-a-number"_s; }));
        QCOMPARE(world.measure(R"("9.5")", "level", {}, NowMs + 4), QString());
        QCOMPARE(world.stored(), u"7| |high |8 9.5|"_s);
    }

    void finding_F3_oneBadValueLeavesItsNeighbours()
    {
        World world;
        const auto answer = world.post(R"({"measures":[{"deviceId":"sensor-a","timestamp":1767225600000,"params":[
            {"name":"power","value":1},{"name":"power","value":"21,5"},{"name":"level","value":2},
            {"name":"level","value":"high"},{"name":"energy","value":3}]}]})");
        QCOMPARE(answer["rejected"_L1].toArray().size(), 2);
        QCOMPARE(answer["rejected"_L1][0]["param"_L1].toInt(), 1);
        QCOMPARE(answer["rejected"_L1][1]["param"_L1].toInt(), 3);
        QCOMPARE(world.stored(), u"1| 2| 3|"_s);
    }

    void finding_F4_secondsAreRefusedByName()
    {
        World world;
        QCOMPARE(world.measure("1", "power", {}, 1'765'517'031), u"timestamp-in-seconds"_s);
        QCOMPARE(world.measure("1", "mode", {}, 978'307'200), u"timestamp-in-seconds"_s);
        QCOMPARE(world.stored(), QString());
        QCOMPARE(world.measure("1", "power", {}, 1'765'517'031'000), QString());
        QCOMPARE(world.stored(), u"1|"_s);
    }

    void finding_F5_unitsBecomeTheTypesOrTheStreams()
    {
        World world;
        QCOMPARE(world.measure("1.2", "power", "kW"), QString());
        QCOMPARE(world.measure("800", "power", "W", NowMs + 1), QString());
        QCOMPARE(world.measure("5", "power", "°C", NowMs + 2), u"unknown-unit"_s);
        QCOMPARE(world.measure("70.7", "temperature", "°F", NowMs + 3), QString()); // the type has none such: its first
        QCOMPARE(world.measure("21.5", "temperature", "°C", NowMs + 4), QString());
        QCOMPARE(world.measure("5", "temperature", "W", NowMs + 5), u"unknown-unit"_s);
        QCOMPARE(world.stored(), u"1200| 800| 70.7| 70.7|"_s);
        QCOMPARE(world.streams(), u"power:number:W temperature:number:°F"_s);
    }

    void finding_F5_aUnitThatComesLaterIsTheStreams()
    {
        World world;
        QCOMPARE(world.measure("1", "flow"), QString());
        QCOMPARE(world.measure("2", "flow", "l", NowMs + 1), QString());
        QCOMPARE(world.measure("500", "flow", "ml", NowMs + 2), QString());
        QCOMPARE(world.stored(), u"1| 2| 0.5|"_s);
        QCOMPARE(world.streams(), u"flow:number:l"_s);
    }

    void finding_F5_whatIsNotStoredNamesNoUnit()
    {
        World world;
        QCOMPARE(world.measure("1", "flow"), QString());
        QCOMPARE(world.measure(R"("high")", "flow", "furlong", NowMs + 1), u"not-a-number"_s);
        QCOMPARE(world.measure("null", "flow", "furlong", NowMs + 2), QString());
        QCOMPARE(world.measure("2", "flow", "l", NowMs + 3), QString());
        QCOMPARE(world.measure("null", "level", "furlong", NowMs + 4), QString()); // the first of its stream
        QCOMPARE(world.measure("5", "level", "cm", NowMs + 5), QString());
        QCOMPARE(world.measure("20", "level", "mm", NowMs + 6), QString());
        QCOMPARE(world.stored(), u"1| | 2| | 5| 2|"_s);
        QCOMPARE(world.streams(), u"flow:number:l level:number:cm"_s);
    }

    void finding_F6_movesWithinTheHome()
    {
        World world;
        const auto answer = world.post(R"({"addDevices":[{"deviceId":"sensor-a"}],
            "measures":[{"deviceId":"sensor-a","params":[{"name":"power","value":3}]}]})",
                                       "gateway-2");
        QVERIFY2(!answer.contains("rejected"_L1), QJsonDocument(answer).toJson().constData());
        QCOMPARE(world.gatewayOf("sensor-a"), u"gateway-2"_s);
        QCOMPARE(world.stored(), u"3|"_s);
        QCOMPARE(world.database.value("SELECT detail->>'from' || ' ' || (detail->>'to') FROM audit WHERE action = "
                                      "'device.move'"),
                 u"gateway-a gateway-2"_s);
        QCOMPARE(world.measure("4"), u"unknown-device"_s); // it is not behind the first any more
    }

    void finding_F6_openCommandsComeAlong()
    {
        World world;
        world.command("sent");
        world.command("executed");
        QVERIFY(!world.post(R"({"addDevices":[{"deviceId":"sensor-a"}]})", "gateway-2").contains("rejected"_L1));
        const auto connection = world.database.connect();
        const auto open = store::CommandRepository(*connection).open(Milliseconds(0));
        QCOMPARE(open->size(), 1U);
        QCOMPARE(open->front().gateway, world.gateway("gateway-2")->id);
        QVERIFY(waitUntil([&] { return world.told == qint64{open->front().id.value}; }));
        // Both may answer: the one that had it, and the one that has the device.
        const QByteArray id = QByteArray::number(qint64{open->front().id.value});
        QVERIFY(!world.post(R"({"responses":[{"commandId":)" + id + R"(,"result":0}]})").contains("rejected"_L1));
        QVERIFY(!world.post(R"({"responses":[{"commandId":)" + id + R"(,"result":1}]})", "gateway-2")
                     .contains("rejected"_L1));
        QCOMPARE(world.database.value("SELECT state FROM command WHERE id = " + id), u"executed"_s);
        QVERIFY(world.post(R"({"responses":[{"commandId":)" + id + R"(,"result":1}]})", "gateway-3")
                    .contains("rejected"_L1));
    }

    void finding_F6_anotherHomeIsRefusedWithTheWayOut()
    {
        World world;
        for (const char* key : {"sensor-a", "gateway-a"}) {
            const auto answer =
                world.post(QByteArray("{\"addDevices\":[{\"deviceId\":\"") + key + "\"}]}", "gateway-3");
            QCOMPARE(answer["rejected"_L1][0]["code"_L1].toString(), u"other-location"_s);
            QVERIFY(answer["rejected"_L1][0]["message"_L1].toString().contains(u"device.update"_s));
        }
        QCOMPARE(world.gatewayOf("sensor-a"), u"gateway-a"_s);
        // In the same home, too, one that holds a connection of its own is nobody's to take.
        const auto answer = world.post(R"({"addDevices":[{"deviceId":"gateway-a"}]})", "gateway-2");
        QCOMPARE(answer["rejected"_L1][0]["code"_L1].toString(), u"other-location"_s);
    }

    void finding_F1_anAnswerToNoCommandIsNamed()
    {
        World world;
        world.command("sent");
        const QByteArray id = world.database.value("SELECT id FROM command").toUtf8();
        const QByteArray both =
            R"({"responses":[{"commandId":)" + id + R"(,"result":1},{"commandId":999999,"result":1}]})";
        for (int i = 0; i < 2; ++i) { // the second time nothing is new, and the command is known as before
            const auto answer = world.post(both);
            QCOMPARE(answer["status"_L1].toString(), u"ACK"_s);
            QCOMPARE(answer["rejected"_L1].toArray().size(), 1);
            QCOMPARE(answer["rejected"_L1][0]["response"_L1].toInt(), 1);
            QCOMPARE(answer["rejected"_L1][0]["code"_L1].toString(), u"not-found"_s);
            QVERIFY(answer["rejected"_L1][0]["message"_L1].toString().contains(u"999999"_s));
        }
        const auto others = world.post(both, "gateway-2"); // a gateway answers for its own commands
        QCOMPARE(others["rejected"_L1].toArray().size(), 2);
    }

    void anotherTypeOfAKnownDeviceIsNamed()
    {
        World world;
        const auto typeOf = [&](const char* key) {
            return world.database.value(QByteArray("SELECT type FROM device WHERE key = '") + key + "'");
        };
        for (const char* same : {R"({"addDevices":[{"deviceId":"sensor-a","deviceType":10014}]})",
                                 R"({"addDevices":[{"deviceId":"sensor-a"}]})"})
            QVERIFY(!world.post(same).contains("rejected"_L1));
        const auto other = world.post(R"({"addDevices":[{"deviceId":"sensor-a","deviceType":20017}]})");
        QCOMPARE(other["status"_L1].toString(), u"ACK"_s);
        QCOMPARE(other["rejected"_L1][0]["addDevice"_L1].toInt(), 0);
        QCOMPARE(other["rejected"_L1][0]["code"_L1].toString(), u"already-exists"_s);
        QVERIFY(other["rejected"_L1][0]["message"_L1].toString().contains(u"10014 (Smart plug)"_s));
        QCOMPARE(typeOf("sensor-a"), u"10014"_s);
        // One of which nobody said what it is takes the first type that is said, at once.
        QVERIFY(!world.post(R"({"addDevices":[{"deviceId":"sensor-b"}]})").contains("rejected"_L1));
        QCOMPARE(typeOf("sensor-b"), u"0"_s);
        const auto typed = world.post(R"({"addDevices":[{"deviceId":"sensor-b","deviceType":20022}],
            "measures":[{"deviceId":"sensor-b","params":[{"name":"temperature","value":"warm"}]}]})");
        QCOMPARE(typed["rejected"_L1].toArray().size(), 1);
        QCOMPARE(typed["rejected"_L1][0]["code"_L1].toString(), u"not-a-number"_s);
        QCOMPARE(typeOf("sensor-b"), u"20022"_s);
        QCOMPARE(world.database.value("SELECT count(*) FROM audit WHERE action = 'device.move'"), u"0"_s);
    }

    void finding_F6_aRetiredIdCanBeUsedAgain()
    {
        World world(QByteArray(Plug) + "; UPDATE device SET retired_at = '2026-01-01Z' WHERE key = 'sensor-a'");
        const auto answer = world.post(R"({"addDevices":[{"deviceId":"sensor-a","deviceType":20011}],
            "measures":[{"deviceId":"sensor-a","params":[{"name":"contact","value":"open"}]}]})",
                                       "gateway-3");
        QVERIFY2(!answer.contains("rejected"_L1), QJsonDocument(answer).toJson().constData());
        QCOMPARE(world.gatewayOf("sensor-a"), u"gateway-3"_s);
        QCOMPARE(world.database.value("SELECT count(*) FROM device WHERE key = 'sensor-a'"), u"2"_s);
        QCOMPARE(world.stored(), u"1|"_s);
        // What it kept from the home where it was retired is not this one's.
        const auto kept = world.post(R"({"measures":[{"deviceId":"sensor-a","timestamp":1767225500000,
            "params":[{"name":"contact","value":0}]}]})",
                                     "gateway-3");
        QCOMPARE(kept["rejected"_L1][0]["code"_L1].toString(), u"before-start"_s);
        QCOMPARE(world.stored(), u"1|"_s);
    }

    void finding_F8_otherVersionsAreErrFormat()
    {
        World world;
        for (const char* version : {"3", "\"3\"", "0"})
            QCOMPARE(world.post(QByteArray("{\"version\":") + version + "}")["status"_L1].toString(), u"ERR_FORMAT"_s);
        for (const char* version : {"1", "2", "\"2\""})
            QCOMPARE(world.post(QByteArray("{\"version\":") + version + "}")["status"_L1].toString(), u"ACK"_s);
    }

    void finding_F21_largeIntegersAreStoredOnceWithAllDigits()
    {
        World world;
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(world.measure("9007199254740993", "count"), QString());
            QCOMPARE(world.measure(R"("9007199254740993")", "energy"), QString());
            QCOMPARE(world.measure("9007199254740993.0", "count"), QString());
            QCOMPARE(world.measure("9007199254740992", "count"), QString()); // another value of the moment
        }
        QCOMPARE(world.database.value("SELECT string_agg(coalesce(exact::text, number::bigint::text), ' ' ORDER BY "
                                      "stream_id, exact) FROM measurement"),
                 u"9007199254740993 9007199254740992 9007199254740993"_s);
    }
};

QTEST_GUILESS_MAIN(TestWhatDevicesSend)
#include "tst_what_devices_send.moc"

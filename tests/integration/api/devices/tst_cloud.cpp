// The Application API for devices: hostile input first, then login, registration, parameters as clients do them.
#include "shared/base/limits.h"
#include "tests/integration/api/api_fixture.h"

#include <QTest>

using namespace cohort;
using namespace cohort::testing;

namespace {

int resultCode(const HttpAnswer& answer)
{
    return parsed(answer.body).value("resultCode"_L1).toInt(-1);
}

std::string key(const QString& token, const char* header = "API_KEY")
{
    return std::string(header) + ": " + token.toStdString() + "\r\n";
}

std::string registration(LocationId location, const std::string& device, const std::string& more = {})
{
    return "/cloud/json/devices?locationId=" + std::to_string(location.value) + "&deviceId=" + device +
           "&deviceType=10014" + more;
}

} // namespace

class TestCloud : public QObject
{
    Q_OBJECT

    std::unique_ptr<RunningApi> m_api; // of the data-driven tests, which change nothing
    std::string m_key;

private Q_SLOTS:
    void initTestCase()
    {
        m_api = std::make_unique<RunningApi>();
        m_key = key(m_api->admin());
    }
    void cleanupTestCase() { m_api.reset(); }

    void hostileInput_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const char* method, const char* path, const char* body, int status,
                            int code) {
            QTest::newRow(name) << QByteArray(method) << QByteArray(path) << QByteArray(body) << status << code;
        };
        row("unknown path", "GET", "/cloud/json/nothing", "", 404, 6);
        row("unknown type", "GET", "/cloud/json/settingsServer?type=admin", "", 400, 8);
        row("no location", "POST", "/cloud/json/devices?deviceId=D", "", 400, 9);
        row("no device", "POST", "/cloud/json/devices?locationId=1", "", 400, 9);
        row("text for location", "POST", "/cloud/json/devices?deviceId=D&locationId=one", "", 400, 8);
        row("negative location", "POST", "/cloud/json/devices?deviceId=D&locationId=-1", "", 400, 8);
        row("huge location", "POST", "/cloud/json/devices?deviceId=D&locationId=99999999999999999999", "", 400, 8);
        row("location of nobody", "POST", "/cloud/json/devices?deviceId=D&locationId=999999", "", 404, 3);
        row("bad start", "POST", "/cloud/json/devices?deviceId=D&locationId=1&startDate=yesterday", "", 400, 8);
        row("no JSON", "PUT", "/cloud/json/devices/sensor-a/parameters", "{", 400, 14);
        row("no params", "PUT", "/cloud/json/devices/sensor-a/parameters", "{}", 400, 9);
        row("params no list", "PUT", "/cloud/json/devices/sensor-a/parameters", R"({"params":5})", 400, 9);
        row("param without name", "PUT", "/cloud/json/devices/sensor-a/parameters", R"({"params":[{"value":1}]})", 400,
            8);
        row("timeout too long", "PUT", "/cloud/json/devices/sensor-a/parameters",
            R"({"params":[{"name":"x","value":1}],"commandTimeout":999999999999})", 400, 8);
        row("unknown device", "PUT", "/cloud/json/devices/nobody/parameters", R"({"params":[{"name":"x","value":1}]})",
            404, 4);
        row("no device name", "GET", "/cloud/json/devices/parameters", "", 404, 4);
    }

    void hostileInput()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(int, code);
        const auto answer = m_api->http(method.toStdString(), path.toStdString(), body.toStdString(), m_key);
        QVERIFY2(resultCode(answer) == code, answer.body.c_str());
        QCOMPARE(answer.status, status);
        QVERIFY(!parsed(answer.body).value("resultCodeMessage"_L1).toString().isEmpty());
    }

    void nothingWithoutAKey()
    {
        RunningApi api;
        for (const char* path : {"/cloud/json/user", "/cloud/json/devices/sensor-a/parameters",
                                 "/cloud/json/settingsServer/deviceio?deviceId=sensor-a&connected=true"}) {
            const auto answer = api.http("GET", path);
            QCOMPARE(answer.status, 401);
            QCOMPARE(resultCode(answer), 2);
        }
        QCOMPARE(resultCode(api.http("POST", registration(api.a.location, "D"), {}, key(u"made-up"_s))), 2);
    }

    void anyDeviceGetsAServer()
    {
        RunningApi api;
        QCOMPARE(api.http("GET", "/cloud/json/settingsServer?type=deviceio&deviceId=nobody&ssl=true").body,
                 std::string("http://127.0.0.1:8461"));
        for (const char* device : {"sensor-a", "nobody"}) {
            const auto answer =
                parsed(api.http("GET", "/cloud/json/settingsServer/deviceio?deviceId=" + std::string(device) +
                                           "&connected=false")
                           .body);
            QCOMPARE(answer.value("ttl"_L1).toInt(), 86'400);
            const auto server = answer.value("server"_L1).toObject();
            QCOMPARE(server.value("host"_L1).toString(), u"127.0.0.1"_s);
            QCOMPARE(server.value("port"_L1).toInt(), 8461);
            QCOMPARE(server.value("ssl"_L1).toBool(), false);
            QCOMPARE(server.value("path"_L1).toString(), u"/deviceio"_s);
        }
    }

    void loginGivesAKeyThatWorksUnderBothHeaderNames()
    {
        RunningApi api;
        api.admin();
        const std::string login = "/cloud/json/login?username=admin@example.org";
        QCOMPARE(resultCode(api.http("GET", login, {}, "PASSWORD: nope\r\n")), 12);
        QCOMPARE(resultCode(api.http("GET", login)), 12);
        QCOMPARE(resultCode(api.http("GET", "/cloud/json/login?username=nobody", {}, "PASSWORD: nope\r\n")), 12);
        const auto answer = parsed(api.http("GET", login, {}, "PASSWORD: " + Password.toStdString() + "\r\n").body);
        QCOMPARE(answer.value("resultCode"_L1).toInt(-1), 0);
        QVERIFY(answer.value("keyExpireMs"_L1).toInteger() > 1'700'000'000'000);
        for (const char* header : {"API_KEY", "PRESENCE_API_KEY"}) {
            const auto user =
                parsed(api.http("GET", "/cloud/json/user", {}, key(answer.value("key"_L1).toString(), header)).body);
            QCOMPARE(user.value("locations"_L1).toArray().size(), 2);
            QCOMPARE(user.value("locations"_L1).toArray().first().toObject().value("timezone"_L1).toString(),
                     u"Europe/Vienna"_s);
        }
    }

    void tooManyWrongPasswordsAreSlowedDown()
    {
        RunningApi api;
        api.admin();
        const std::string login = "/cloud/json/login?username=admin@example.org";
        for (int i = 0; i < 5; ++i)
            QCOMPARE(resultCode(api.http("GET", login, {}, "PASSWORD: nope\r\n")), 12);
        const auto answer = api.http("GET", login, {}, "PASSWORD: " + Password.toStdString() + "\r\n");
        QCOMPARE(resultCode(answer), 44);
        QCOMPARE(answer.status, 429);
        QVERIFY(answer.head.find("Retry-After: ") != std::string::npos);
    }

    void registersWithATokenOnce()
    {
        RunningApi api;
        const auto header = key(api.admin());
        const auto first =
            parsed(api.http("POST", registration(api.a.location, "D1", "&authToken=true"), {}, header).body);
        QCOMPARE(first.value("resultCode"_L1).toInt(-1), 0);
        QCOMPARE(first.value("exist"_L1).toBool(true), false);
        QCOMPARE(first.value("port"_L1).toInt(), 8461);
        const QString token = first.value("authToken"_L1).toString();
        QCOMPARE(
            api.database.value("SELECT count(*) FROM device_token WHERE token_hash = sha256('" + token.toUtf8() + "')"),
            u"1"_s);
        const auto again =
            parsed(api.http("POST", registration(api.a.location, "D1", "&authToken=true"), {}, header).body);
        QCOMPARE(again.value("exist"_L1).toBool(), true);
        QVERIFY(again.value("authToken"_L1).toString() != token);
        QCOMPARE(api.database.value("SELECT count(*) FROM device WHERE key = 'D1'"), u"1"_s);
        QCOMPARE(resultCode(api.http("POST", registration(api.b.location, "D1"), {}, header)), 7); // no token in b
    }

    void withoutATokenOnlyWhereTheDeploymentAllowsIt()
    {
        RunningApi api;
        const auto header = key(api.admin());
        const auto refused = api.http("POST", registration(api.a.location, "D1"), {}, header);
        QCOMPARE(resultCode(refused), 7);
        QVERIFY(parsed(refused.body).value("resultCodeMessage"_L1).toString().contains(u"authToken=true"_s));
        api.database.run("UPDATE deployment SET allow_tokenless_devices = true");
        QCOMPARE(resultCode(api.http("POST", registration(api.a.location, "D1"), {}, header)), 0);
        QCOMPARE(resultCode(api.http("POST", registration(api.a.location, "D1"), {}, header)), 0); // again
        // Unique on the whole server.
        QCOMPARE(resultCode(api.http("POST", registration(api.b.location, "D1"), {}, header)), 8);
        QCOMPARE(api.database.value("SELECT count(*) FROM device WHERE tokenless"), u"1"_s);
        // A device with a token is not taken over without: it is there, and there is no token for it.
        const auto there = api.http("POST", registration(api.a.location, "gateway-a"), {}, header);
        QCOMPARE(resultCode(there), 0);
        QVERIFY(parsed(there.body).value("exist"_L1).toBool());
        QVERIFY(parsed(there.body).value("authToken"_L1).toString().isEmpty());
    }

    void aDeviceOfAnotherHomeIsRefused()
    {
        RunningApi api;
        api.database.run("INSERT INTO location (deployment_id, name, time_zone) SELECT deployment_id, 'second', 'UTC' "
                         "FROM location WHERE name = 'home-a'");
        const LocationId second{api.database.value("SELECT id FROM location WHERE name = 'second'").toLongLong()};
        QCOMPARE(
            resultCode(api.http("POST", registration(second, "sensor-a", "&authToken=true"), {}, key(api.admin()))),
            22);
    }

    void othersDevicesDoNotExist()
    {
        RunningApi api;
        const auto header = key(api.operatorWith(u"c@a.org"_s, {{api.a.deployment, Role::Coordinator}}));
        QCOMPARE(resultCode(api.http("POST", registration(api.b.location, "D", "&authToken=true"), {}, header)), 3);
        QCOMPARE(resultCode(api.http("GET", "/cloud/json/devices/sensor-b/parameters", {}, header)), 4);
        QCOMPARE(resultCode(api.http("PUT", "/cloud/json/devices/sensor-b/parameters",
                                     R"({"params":[{"name":"x","value":1}]})", header)),
                 4);
        const auto analyst = key(api.operatorWith(u"n@a.org"_s, {{api.a.deployment, Role::Analyst}}));
        QCOMPARE(resultCode(api.http("POST", registration(api.a.location, "D", "&authToken=true"), {}, analyst)), 7);
    }

    void anOfflineDevicesCommandWaits()
    {
        RunningApi api;
        const auto answer = parsed(api.http("PUT", "/cloud/json/devices/sensor-a/parameters",
                                            R"({"params":[{"name":"outletStatus","value":"0"}]})", key(api.admin()))
                                       .body);
        QCOMPARE(answer.value("resultCode"_L1).toInt(), 21);
        const auto command = answer.value("commands"_L1).toArray().first().toObject();
        QCOMPARE(command.value("deviceId"_L1).toString(), u"sensor-a"_s);
        QCOMPARE(api.database.value("SELECT state FROM command WHERE id = " +
                                    QByteArray::number(command.value("id"_L1).toInteger())),
                 u"queued"_s);
    }

    void finding_F9_whatTheTypeDoesNotAllowIsRefused_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("code");
        QTest::newRow("banana") << QByteArray("\"banana\"") << 8;
        QTest::newRow("two") << QByteArray("2") << 8;
        QTest::newRow("on") << QByteArray("\"on\"") << 21;
    }

    void finding_F9_whatTheTypeDoesNotAllowIsRefused()
    {
        QFETCH(QByteArray, value);
        QFETCH(int, code);
        RunningApi api;
        api.database.run("UPDATE device SET type = 10014 WHERE key = 'sensor-a'");
        const std::string body = R"({"params":[{"name":"outletStatus","value":)" + value.toStdString() + "}]}";
        const auto answer =
            parsed(api.http("PUT", "/cloud/json/devices/sensor-a/parameters", body, key(api.admin())).body);
        QCOMPARE(answer.value("resultCode"_L1).toInt(), code);
        QCOMPARE(answer.value("resultCodeMessage"_L1).toString().contains(u"on or off (1 or 0)"_s), code == 8);
        QCOMPARE(api.database.value("SELECT count(*) FROM command"), code == 8 ? u"0"_s : u"1"_s);
    }

    void finding_F9_whatIsBesideTheValueIsCheckedToo_data()
    {
        QTest::addColumn<QByteArray>("param");
        QTest::addColumn<QByteArray>("beside");
        QTest::addColumn<QString>("index"); // as the device gets it; null: refused
        QTest::newRow("an index of digits") << QByteArray(R"("index":"2")") << QByteArray() << u"2"_s;
        QTest::newRow("an index that is a number") << QByteArray(R"("index":2)") << QByteArray() << u"2"_s;
        QTest::newRow("no index") << QByteArray(R"("index":null)") << QByteArray() << u""_s;
        const QByteArray longest(IndexBytesMost, 'x');
        QTest::newRow("the longest index")
            << "\"index\":\"" + longest + '"' << QByteArray() << QString::fromLatin1(longest);
        QTest::newRow("an index too long") << "\"index\":\"x" + longest + '"' << QByteArray() << QString();
        QTest::newRow("a list for an index") << QByteArray(R"("index":[2])") << QByteArray() << QString();
        QTest::newRow("half an index") << QByteArray(R"("index":1.5)") << QByteArray() << QString();
        QTest::newRow("NUL for an index") << QByteArray(R"("index":"\u0000")") << QByteArray() << QString();
        QTest::newRow("a timeout") << QByteArray(R"("index":"")") << QByteArray(R"(,"commandTimeout":2000)") << u""_s;
        QTest::newRow("none") << QByteArray(R"("index":"")") << QByteArray(R"(,"commandTimeout":null)") << u""_s;
        for (const char* wrong : {R"("2000")", "2000.5", "true", "0", "[2000]"})
            QTest::newRow(wrong) << QByteArray(R"("index":"")") << QByteArray(R"(,"commandTimeout":)").append(wrong)
                                 << QString();
    }

    void finding_F9_whatIsBesideTheValueIsCheckedToo()
    {
        QFETCH(QByteArray, param);
        QFETCH(QByteArray, beside);
        QFETCH(QString, index);
        RunningApi api;
        const QByteArray body = R"({"params":[{"name":"outletStatus","value":"1",)" + param + "}]" + beside + "}";
        const auto answer =
            api.http("PUT", "/cloud/json/devices/sensor-a/parameters", body.toStdString(), key(api.admin()));
        QCOMPARE(resultCode(answer), index.isNull() ? 8 : 21);
        QCOMPARE(api.database.value("SELECT parameters->0->>'index' FROM command"), index.isNull() ? QString() : index);
    }

    void tellsWhatADeviceMeasuredLast()
    {
        RunningApi api;
        store::Submission submission;
        for (const auto& [index, value] : {std::pair{"2", 5.0}, std::pair{"2", 6.0}, std::pair{"1", 7.0}})
            submission.measurements.push_back({api.a.sensor, api.a.location, "power", index, "W",
                                               fromMs(1'767'225'600'000 + static_cast<std::int64_t>(value)),
                                               Value::ofNumber(value)});
        std::atomic<bool> done{false};
        QVERIFY(api.committer.submit(std::move(submission), [&](auto) { done = true; }));
        QVERIFY(testkit::waitUntil([&] { return done.load(); }));
        api.database.run(
            "INSERT INTO stream (location_id, device_id, name) SELECT location_id, id, 'silent' FROM device "
            "WHERE key = 'sensor-a'");
        const auto answer =
            parsed(api.http("GET", "/cloud/json/devices/sensor-a/parameters", {}, key(api.admin())).body);
        QCOMPARE(answer.value("resultCode"_L1).toInt(-1), 0);
        QCOMPARE(answer.value("deviceId"_L1).toString(), u"sensor-a"_s);
        const auto parameter = [](const QString& index, double value) {
            return QJsonObject{{u"name"_s, u"power"_s},
                               {u"index"_s, index},
                               {u"unit"_s, u"W"_s},
                               {u"value"_s, value},
                               {u"time"_s, 1'767'225'600'000 + static_cast<qint64>(value)}};
        };
        QCOMPARE(answer.value("parameters"_L1).toArray(), (QJsonArray{parameter(u"1"_s, 7), parameter(u"2"_s, 6)}));
    }

    void aConnectedDeviceHasAServer()
    {
        RunningApi api;
        const auto header = key(api.admin());
        const std::string path = "/cloud/json/settingsServer/deviceio?deviceId=sensor-a&connected=true";
        QCOMPARE(api.http("GET", path, {}, header).status, 404);
        api.database.run("INSERT INTO node (name, deviceio_url, roles) VALUES ('far', 'https://far:8443', 'deviceio');"
                         "INSERT INTO device_presence SELECT id, 'far', 1, true, now() FROM device "
                         "WHERE key = 'gateway-a'");
        const auto answer = parsed(api.http("GET", path, {}, header).body);
        QCOMPARE(answer.value("ttl"_L1).toInt(), 86'400);
        QCOMPARE(answer.value("server"_L1).toObject(), (QJsonObject{{u"type"_s, u"deviceio"_s},
                                                                    {u"host"_s, u"far"_s},
                                                                    {u"port"_s, 8443},
                                                                    {u"ssl"_s, true},
                                                                    {u"path"_s, u"/deviceio"_s}}));
    }

    void finding_G20_aDeviceAsksWithItsOwnToken_data()
    {
        QTest::addColumn<QByteArray>("device");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("status");
        const QByteArray esp = "PPCAuthorization: esp token=device-token\r\n";
        QTest::newRow("as with uploads") << QByteArray("gateway-a") << esp << 200;
        QTest::newRow("quoted") << QByteArray("gateway-a")
                                << QByteArray("PPCAuthorization: esp token=\"device-token\"\r\n") << 200;
        QTest::newRow("as a bearer") << QByteArray("gateway-a") << QByteArray("Authorization: Bearer device-token\r\n")
                                     << 200;
        QTest::newRow("for one behind it") << QByteArray("sensor-a") << esp << 200;
        QTest::newRow("another home's") << QByteArray("sensor-b") << esp << 404;
        QTest::newRow("a token that is none")
            << QByteArray("gateway-a") << QByteArray("PPCAuthorization: esp token=wrong\r\n") << 401;
        QTest::newRow("a form that is none")
            << QByteArray("gateway-a") << QByteArray("PPCAuthorization: device-token\r\n") << 401;
    }

    void finding_G20_aDeviceAsksWithItsOwnToken()
    {
        QFETCH(QByteArray, device);
        QFETCH(QByteArray, header);
        QFETCH(int, status);
        RunningApi api;
        api.database.run("INSERT INTO device_token (device_id, token_hash) SELECT id, sha256('device-token') FROM "
                         "device WHERE key = 'gateway-a';"
                         "INSERT INTO node (name, deviceio_url, roles) VALUES ('far', 'https://far:8443', 'deviceio');"
                         "INSERT INTO device_presence SELECT id, 'far', 1, true, now() FROM device "
                         "WHERE key = 'gateway-a'");
        const std::string path = "/cloud/json/settingsServer/deviceio?connected=true&deviceId=" + device.toStdString();
        const auto answer = api.http("GET", path, {}, header.toStdString());
        QCOMPARE(answer.status, status);
        const auto plain =
            api.http("GET", "/cloud/json/settingsServer?type=deviceio&connected=true&deviceId=" + device.toStdString(),
                     {}, header.toStdString());
        QCOMPARE(plain.status, status);
        QCOMPARE(plain.body == "https://far:8443", status == 200);
        if (status == 200)
            QCOMPARE(parsed(answer.body).value("server"_L1)["host"_L1].toString(), u"far"_s);
    }

    void finding_G20_connectedIsTrueInAnyLettersAndNoOtherWordIsPassedOver_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isConnected"); // the answer is the server that it is connected to
        for (const char* yes : {"TRUE", "True", "1"})
            QTest::newRow(yes) << QByteArray("deviceId=gateway-a&connected=") + yes << 200 << true;
        for (const char* no : {"FALSE", "0", ""})
            QTest::newRow(*no ? no : "empty") << QByteArray("deviceId=gateway-a&connected=") + no << 200 << false;
        for (const char* wrong :
             {"deviceId=gateway-a&connected=yes", "deviceId=gateway-a&connected=true1",
              "deviceId=gateway-a&connected=true&deviceId=gateway-b",
              "deviceId=gateway-b&deviceId=gateway-a&connected=true", "connected=true&deviceid=gateway-b",
              "deviceId=gateway-a&connected=true&connected=false"})
            QTest::newRow(wrong) << QByteArray(wrong) << 400 << false;
        QTest::newRow("nobody asks where it is connected") << QByteArray("deviceid=gateway-a") << 200 << false;
    }

    void finding_G20_connectedIsTrueInAnyLettersAndNoOtherWordIsPassedOver()
    {
        QFETCH(QByteArray, query);
        QFETCH(int, status);
        QFETCH(bool, isConnected);
        RunningApi api;
        api.database.run("INSERT INTO device_token (device_id, token_hash) SELECT id, sha256('device-token') FROM "
                         "device WHERE key = 'gateway-a';"
                         "INSERT INTO node (name, deviceio_url, roles) VALUES ('far', 'https://far:8443', 'deviceio');"
                         "INSERT INTO device_presence SELECT id, 'far', 1, true, now() FROM device "
                         "WHERE key = 'gateway-a'");
        const auto answer = api.http("GET", "/cloud/json/settingsServer/deviceio?" + query.toStdString(), {},
                                     "PPCAuthorization: esp token=device-token\r\n");
        QCOMPARE(answer.status, status);
        QCOMPARE(parsed(answer.body).value("server"_L1)["host"_L1].toString() == u"far"_s, isConnected);
    }

    void finding_S5_aDeviceIsNamedOnceWhenItIsRegistered()
    {
        RunningApi api;
        const std::string admin = key(api.admin());
        for (const char* more : {"&deviceId=D2", "&DeviceID=D2", "&locationId=2", "&authToken=maybe"}) {
            const auto answer = api.http("POST", registration(api.a.location, "D1", more), {}, admin);
            QVERIFY2(answer.status == 400, more);
        }
        QCOMPARE(api.database.value("SELECT count(*) FROM device WHERE key IN ('D1', 'D2')"), u"0"_s);
        const auto made = api.http("POST", registration(api.a.location, "D1", "&authToken=TRUE"), {}, admin);
        QVERIFY(!parsed(made.body).value("authToken"_L1).toString().isEmpty());
    }

    void earlierStartDatesAreForOperators()
    {
        RunningApi api;
        const QString admin = api.admin();
        QCOMPARE(
            resultCode(api.http("POST", registration(api.a.location, "D1", "&authToken=true&startDate=1000000000000"),
                                {}, key(admin))),
            0);
        QCOMPARE(api.database.value("SELECT start_date < '2002-01-01' FROM device WHERE key = 'D1'"), u"t"_s);
    }
};

QTEST_GUILESS_MAIN(TestCloud)
#include "tst_cloud.moc"

#include "tests/integration/edge/edge_fixture.h"
#include "tests/unit/server/net/gzipped.h"

#include <QtTest>

using namespace cohort;
using namespace cohort::testing;
using namespace std::chrono_literals;

namespace {

std::string measure(int value, int sequence = 1)
{
    return "{\"version\":2,\"proxyId\":\"gateway-a\",\"sequenceNumber\":" + std::to_string(sequence) +
           ",\"measures\":[{\"deviceId\":\"sensor-a\",\"timestamp\":" +
           std::to_string(toMs(SystemClock().now()) - 100'000 + value) +
           ",\"params\":[{\"name\":\"power\",\"value\":" + std::to_string(value) + "}]}]}";
}

} // namespace

class TestUploads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acknowledgesAPostAfterTheCommit()
    {
        RunningEdge running;
        QVERIFY(running.started);
        const HttpAnswer answer = running.post(measure(7, 17));
        QCOMPARE(answer.status, 200);
        QVERIFY(has(answer.body, "\"status\":\"ACK\",\"sequenceNumber\":17,\"time\":"));
        QCOMPARE(running.database.value("SELECT number FROM measurement"), QStringLiteral("7"));
    }

    void knowsWhoSpeaks_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("word");
        const auto row = [](const char* name, const char* headers, const std::string& body, int status,
                            const char* word) {
            QTest::newRow(name) << QByteArray(headers) << QByteArray::fromStdString(body) << status << QByteArray(word);
        };
        const std::string plain = "{\"version\":2}";
        row("esp", "PPCAuthorization: esp token=token-a\r\n", plain, 200, "ACK");
        row("espQuoted", "PPCAuthorization: esp token=\"token-a\"\r\n", plain, 200, "ACK");
        row("espInCapitals", "ppcauthorization: ESP token=token-a\r\n", plain, 200, "ACK");
        row("bearer", "Authorization: Bearer token-a\r\n", plain, 200, "ACK");
        row("wrongToken", "Authorization: Bearer token-b\r\n", plain, 401, "UNAUTHORIZED");
        row("emptyToken", "Authorization: Bearer \r\n", plain, 401, "UNAUTHORIZED");
        row("basic", "Authorization: Basic token-a\r\n", plain, 401, "UNAUTHORIZED");
        row("brokenEsp", "PPCAuthorization: token-a\r\n", "{\"version\":2,\"proxyId\":\"gateway-a\"}", 401,
            "UNAUTHORIZED");
        row("noTokenWhereOneIsNeeded", "", "{\"version\":2,\"proxyId\":\"gateway-a\"}", 401, "UNAUTHORIZED");
        row("noTokenUnknownId", "", "{\"version\":2,\"proxyId\":\"nobody\"}", 401, "UNAUTHORIZED");
        row("notJson", "Authorization: Bearer token-a\r\n", "hello", 400, "ERR_FORMAT");
        row("notJsonWithoutToken", "", "hello", 400, "ERR_FORMAT");
        row("foreignProxy", "Authorization: Bearer token-a\r\n", "{\"version\":2,\"proxyId\":\"other\"}", 404,
            "UNKNOWN");
    }

    void knowsWhoSpeaks()
    {
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QByteArray, word);
        RunningEdge running;
        const HttpAnswer answer = running.post(body.toStdString(), headers.toStdString());
        QCOMPARE(answer.status, status);
        QVERIFY2(has(answer.body, "\"status\":\"" + word.toStdString() + "\""), answer.body.c_str());
    }

    void saysWhyItKnowsNobody()
    {
        RunningEdge running;
        const HttpAnswer wrong = running.post("{\"version\":2}", "Authorization: Bearer token-b\r\n");
        QVERIFY2(has(wrong.body, "this token is not known here"), wrong.body.c_str());
        for (const char* id : {"gateway-a", "nobody"}) { // nobody learns which of them there is
            const HttpAnswer none = running.post(std::string("{\"version\":2,\"proxyId\":\"") + id + "\"}", "");
            QVERIFY2(has(none.body, "a token is missing; send Authorization: Bearer TOKEN"), none.body.c_str());
        }
    }

    void finding_S5_anIdMustBeTheTokens_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<bool>("isTokens");
        QTest::newRow("its own") << QByteArray("gateway-a") << true;
        QTest::newRow("of one behind it") << QByteArray("sensor-a") << true;
        QTest::newRow("of another home") << QByteArray("gateway-b") << false;
        QTest::newRow("of one behind another gateway") << QByteArray("sensor-b") << false;
        QTest::newRow("of another device of its home") << QByteArray("stove-b") << false;
        QTest::newRow("of nobody") << QByteArray("nobody") << false;
    }

    void finding_S5_anIdMustBeTheTokens()
    {
        QFETCH(QByteArray, id);
        QFETCH(bool, isTokens);
        RunningEdge running({}, {}, [](testkit::TestDatabase& database) {
            testkit::makeHome(database, "b");
            database.run("INSERT INTO device (deployment_id, location_id, key) SELECT deployment_id, location_id, "
                         "'stove-b' FROM device WHERE key = 'gateway-a'");
        });
        const CommandId command = running.command();
        const std::string query = "id=" + id.toStdString();
        const HttpAnswer polled = running.poll(query + "&timeout=1").readHttp();
        QCOMPARE(polled.status, isTokens ? 200 : 404);
        QCOMPARE(has(polled.body, "commandId"), isTokens);
        int opened = 0;
        running.webSocket("PPCAuthorization: esp token=token-a\r\n", id.toStdString(), &opened);
        QCOMPARE(opened, isTokens ? 101 : 404);
        RawClient client = running.connect();
        client.send("POST /deviceio/mljson?" + query +
                    " HTTP/1.1\r\nHost: x\r\nPPCAuthorization: esp token=token-a\r\nContent-Length: "
                    "13\r\n\r\n{\"version\":2}");
        QCOMPARE(client.readHttp().status, isTokens ? 200 : 404);
        QCOMPARE(running.stateOf(command), isTokens ? QByteArray("sent") : QByteArray("queued"));
    }

    void finding_S5_anIdStandsOnceOnEveryChannel_data()
    {
        QTest::addColumn<QByteArray>("query");
        for (const char* query :
             {"id=gateway-a&id=gateway-b", "id=gateway-b&id=gateway-a", "id=gateway-a&id=gateway%2Da",
              "id=", "ID=gateway-b", "deviceId=gateway-b", "proxyId=gateway-b", "id=gateway-a&timeout=1&timeout=2"})
            QTest::newRow(query) << QByteArray(query);
    }

    void finding_S5_anIdStandsOnceOnEveryChannel()
    {
        QFETCH(QByteArray, query);
        RunningEdge running;
        const CommandId command = running.command();
        const std::string token = " HTTP/1.1\r\nHost: x\r\nPPCAuthorization: esp token=token-a\r\n";
        const HttpAnswer polled = running.poll(query.toStdString()).readHttp();
        QCOMPARE(polled.status, 400);
        QVERIFY2(has(polled.body, "\"status\":\"ERR_FORMAT\""), polled.body.c_str());
        RawClient posting = running.connect();
        posting.send("POST /deviceio/mljson?" + query.toStdString() + token +
                     "Content-Length: 13\r\n\r\n{\"version\":2}");
        QCOMPARE(posting.readHttp().status, 400);
        RawClient opening = running.connect();
        opening.send(upgradeRequest("/deviceio/ws?" + query.toStdString(), "Sec-WebSocket-Protocol: mljson\r\n"
                                                                           "PPCAuthorization: esp token=token-a\r\n"));
        QCOMPARE(opening.readHttp().status, 400);
        QCOMPARE(running.stateOf(command), QByteArray("queued"));
    }

    void finding_F7_saysWhatIsWrongWithThePacking()
    {
        RunningEdge running;
        const std::string token = "PPCAuthorization: esp token=token-a\r\n";
        const HttpAnswer unknown = running.post("{\"version\":2}", token + "Content-Encoding: br\r\n");
        QCOMPARE(unknown.status, 415);
        QVERIFY2(has(unknown.body, "\"code\":\"unknown-encoding\"") && has(unknown.body, "'br'"), unknown.body.c_str());
        const HttpAnswer unsaid = running.post(std::string("\x1f\x8b\x08\x00rest", 8), token);
        QCOMPARE(unsaid.status, 415);
        QVERIFY2(has(unsaid.body, "Content-Encoding: gzip"), unsaid.body.c_str());
        QCOMPARE(running.post("\xef\xbb\xbf{\"version\":2}", token).status, 200);
        QCOMPARE(running.post(gzipped("\xef\xbb\xbf{\"version\":2}"), token + "Content-Encoding: gzip\r\n").status,
                 200);
        const HttpAnswer twice =
            running.post(gzipped(gzipped("{\"version\":2}")), token + "Content-Encoding: gzip\r\n");
        QCOMPARE(twice.status, 415);
        QCOMPARE(running.post("", token + "Content-Encoding: gzip\r\n").status, 400);
        RawClient client = running.webSocket();
        client.send(clientFrame("\xef\xbb\xbf{\"version\":2}"));
        QVERIFY(has(client.readFrame().payload, "\"status\":\"ACK\""));
    }

    void takesADeviceWithoutTokenWhereThatIsAllowed()
    {
        RunningEdge running({}, {}, [](testkit::TestDatabase& database) {
            testkit::makeHome(database, "open");
            database.run("UPDATE deployment SET allow_tokenless_devices = true WHERE name = 'study-open';"
                         "UPDATE device SET tokenless = true WHERE key = 'gateway-open'");
        });
        const HttpAnswer answer =
            running.post("{\"version\":\"2\",\"proxyId\":\"gateway-open\",\"sequenceNumber\":\"1\"}", "");
        QCOMPARE(answer.status, 200);
        QVERIFY(has(answer.body, "\"sequenceNumber\":\"1\""));
        RawClient slash = running.connect();
        slash.send("POST /deviceio/mljson/ HTTP/1.1\r\nHost: x\r\nContent-Length: 13\r\n\r\n{\"version\":2}");
        QCOMPARE(slash.readHttp().status, 400); // neither token nor id
    }

    // Nor its commands: they go where the device is.
    void aGatewayWithoutTokenTakesNoDeviceFromOneThatHasOne()
    {
        RunningEdge running({}, {}, [](testkit::TestDatabase& database) {
            database.run("UPDATE deployment SET allow_tokenless_devices = true;"
                         "INSERT INTO device (deployment_id, location_id, key, start_date, tokenless) SELECT "
                         "deployment_id, location_id, k, '2000-01-01Z', true FROM device, "
                         "unnest('{open-1,open-2}'::text[]) k WHERE key = 'gateway-a'");
        });
        const auto take = [&](const std::string& gateway, const std::string& device) {
            const std::string named = "{\"version\":2,\"proxyId\":\"" + gateway;
            return running.post(named + "\",\"addDevices\":[{\"deviceId\":\"" + device + "\"}]}", "").body;
        };
        const auto gatewayOf = [&](const QByteArray& key) {
            return running.database.value("SELECT g.key FROM device d JOIN device g ON g.id = d.gateway_id "
                                          "WHERE d.key = '" +
                                          key + "'");
        };
        const std::string answer = take("open-1", "sensor-a");
        QVERIFY2(has(answer, "rejected"), answer.c_str());
        QCOMPARE(gatewayOf("sensor-a"), QStringLiteral("gateway-a"));
        QVERIFY(!has(take("open-1", "loose"), "rejected"));
        QVERIFY(!has(take("open-2", "loose"), "rejected")); // neither has one
        QCOMPARE(gatewayOf("loose"), QStringLiteral("open-2"));
    }

    void whatIsTooLongForAMessageIsRefusedWhole()
    {
        RunningEdge running;
        std::string alerts = "{\"version\":2,\"alerts\":[{}";
        for (int i = 0; i < 100; ++i)
            alerts += ",{}";
        const HttpAnswer answer = running.post(alerts + "]}");
        QCOMPARE(answer.status, 400);
        QVERIFY2(has(answer.body, "at most 100 alerts"), answer.body.c_str());
        QCOMPARE(running.database.value("SELECT count(*) FROM alert"), QStringLiteral("0"));
    }

    void anAlertThatIsOverIsNotRaisedAnewByARepeat()
    {
        RunningEdge running;
        const auto raise = [&](const std::string& time, const std::string& said) {
            const std::string named = "{\"version\":2,\"alerts\":[{\"deviceId\":\"sensor-a\",\"alertType\":\"error\",";
            QCOMPARE(
                running.post(named + "\"timestamp\":" + time + ",\"paramsMap\":{\"error\":\"" + said + "\"}}]}").status,
                200);
        };
        const auto alerts = [&] { return running.database.value("SELECT count(*) FROM alert"); };
        raise("1780000000000", "jammed");
        QCOMPARE(alerts(), QStringLiteral("1"));
        running.database.run("UPDATE alert SET state = 'resolved'");
        raise("1780000000000", "jammed"); // its answer was lost
        QCOMPARE(alerts(), QStringLiteral("1"));
        raise("1780000000000", "too hot");
        QCOMPARE(alerts(), QStringLiteral("2"));
        running.database.run("UPDATE alert SET state = 'resolved'");
        raise("1780000060000", "jammed");
        QCOMPARE(alerts(), QStringLiteral("3"));
    }

    void answersATooLargeBodyInItsOwnWords()
    {
        RunningEdge running;
        RawClient client = running.connect();
        client.send("POST /deviceio/mljson HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n");
        const HttpAnswer answer = client.readHttp();
        QCOMPARE(answer.status, 413);
        QVERIFY(has(answer.body, "\"status\":\"ERR_FORMAT\""));
    }

    void answersPipelinedUploadsInOrder()
    {
        RunningEdge running;
        RawClient client = running.webSocket();
        std::string many;
        for (int i = 0; i < 300; ++i)
            many += clientFrame(i % 3 == 0 ? measure(i, i) : "{\"version\":2,\"seq\":" + std::to_string(i) + "}");
        client.send(many);
        for (int i = 0; i < 300; ++i) {
            const std::string reply = client.readFrame(20'000).payload;
            QVERIFY2(has(reply, "\"sequenceNumber\":" + std::to_string(i) + ","), reply.c_str());
        }
        QCOMPARE(running.database.value("SELECT count(*) FROM measurement"), QStringLiteral("100"));
    }

    void refusesOneDeviceThatFloodsAndNoOther()
    {
        ingest::IntakeOptions options;
        options.messagesPerSecond = 5;
        options.rateWindow = 1s;
        RunningEdge running({}, options);
        running.giveToken(running.home.sensor, "token-sensor");
        RawClient flood = running.webSocket();
        RawClient calm = running.webSocket("Authorization: Bearer token-sensor\r\n", "sensor-a");
        for (int i = 0; i < 20; ++i)
            flood.send(clientFrame("{\"version\":2}"));
        std::string last;
        for (int i = 0; i < 20; ++i)
            last = flood.readFrame().payload;
        QVERIFY2(has(last, "\"status\":\"ERR\"") && has(last, "\"retryAfterMs\":"), last.c_str());
        const HttpAnswer post = running.post("{\"version\":2}");
        QCOMPARE(post.status, 429);
        QVERIFY(has(post.head, "Retry-After: "));
        calm.send(clientFrame("{\"version\":2}"));
        QVERIFY(has(calm.readFrame().payload, "\"status\":\"ACK\""));
    }

    void holdsUploadsBackBeforeItRefusesThem()
    {
        edge::EdgeOptions options;
        options.holdFor = 300ms;
        options.retryHeld = 20ms;
        RunningEdge running(options);
        RawClient client = running.webSocket();
        running.pressure = true;
        client.send(clientFrame(measure(1, 1)) + clientFrame(measure(2, 2)));
        QVERIFY(client.isQuiet(100));
        running.pressure = false;
        QVERIFY(has(client.readFrame().payload, "\"status\":\"ACK\",\"sequenceNumber\":1"));
        QVERIFY(has(client.readFrame().payload, "\"status\":\"ACK\",\"sequenceNumber\":2"));
        running.pressure = true;
        const HttpAnswer answer = running.post(measure(3));
        QCOMPARE(answer.status, 503);
        QVERIFY(has(answer.body, "\"status\":\"ERR\"") && has(answer.head, "Retry-After: 5"));
        running.pressure = false;
        client.send(clientFrame(measure(4, 4)));
        QVERIFY(has(client.readFrame().payload, "\"sequenceNumber\":4"));
    }

    void answersTheOtherPaths()
    {
        RunningEdge running;
        const auto get = [&](const std::string& path, const std::string& method = "GET") {
            RawClient client = running.connect();
            client.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
            return client.readHttp(method != "HEAD");
        };
        QCOMPARE(get("/espapi/watch").body, std::string("OK"));
        QCOMPARE(get("/espapi/watch", "HEAD").status, 200);
        QCOMPARE(get("/nothing").status, 404);
        QCOMPARE(get("/deviceio/ws").status, 426);
        QCOMPARE(get("/deviceio/mljson", "DELETE").status, 405);
        const HttpAnswer metrics = get("/metrics");
        QCOMPARE(metrics.status, 200);
        QVERIFY(has(metrics.body, "cohort_edge_channels"));
        running.handler->drain(true, 0ms, {});
        QCOMPARE(get("/espapi/watch").status, 503);
    }
};

QTEST_GUILESS_MAIN(TestUploads)
#include "tst_uploads.moc"

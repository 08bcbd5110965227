#include "tests/integration/edge/edge_fixture.h"

#include <QtTest>

using namespace cohort;
using namespace cohort::testing;
using namespace std::chrono_literals;

class TestChannels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsACommandOverTheWebSocket()
    {
        RunningEdge running;
        QVERIFY(running.started);
        RawClient client = running.webSocket();
        const CommandId id = running.command();
        const std::string frame = client.readFrame().payload;
        QVERIFY2(has(frame, "{\"version\":\"2\",\"commands\":[{") && has(frame, idText(id)), frame.c_str());
        QVERIFY(!has(frame, "status"));
        QVERIFY(running.becomes(id, "sent"));
        client.send(clientFrame("{\"version\":2,\"responses\":[{\"commandId\":" + std::to_string(id.value) +
                                ",\"result\":1}]}"));
        QVERIFY(has(client.readFrame().payload, "\"status\":\"ACK\""));
        QVERIFY(running.becomes(id, "executed"));
    }

    void sendsWhatWasQueuedWhenTheDeviceConnects()
    {
        RunningEdge running;
        const CommandId id = running.command();
        RawClient client = running.webSocket();
        QVERIFY(has(client.readFrame().payload, idText(id)));
    }

    void answersAPollWithACommandAndAcknowledgesIt()
    {
        RunningEdge running;
        RawClient first = running.poll("id=gateway-a&timeout=60");
        const CommandId id = running.command();
        const HttpAnswer answer = first.readHttp();
        QCOMPARE(answer.status, 200);
        QVERIFY2(has(answer.body, idText(id)), answer.body.c_str());
        RawClient second = running.poll("id=gateway-a&timeout=1&cmdId=" + std::to_string(id.value));
        QVERIFY(running.becomes(id, "received"));
        QCOMPARE(second.readHttp().body.size(), std::size_t(1));
    }

    void aHeadTakesNoCommand()
    {
        RunningEdge running;
        const CommandId id = running.command();
        RawClient client = running.connect();
        client.send("HEAD /deviceio/mljson?id=gateway-a&timeout=1 HTTP/1.1\r\nHost: x\r\n"
                    "PPCAuthorization: esp token=token-a\r\n\r\n");
        QCOMPARE(client.readHttp(false).status, 405);
        QCOMPARE(running.stateOf(id), QByteArray("queued"));
        QVERIFY(has(running.poll("id=gateway-a&timeout=60").readHttp().body, idText(id)));
    }

    void aPollGetsItsCharacterWhenTheServerStops()
    {
        RunningEdge running;
        RawClient client = running.poll("id=gateway-a&timeout=60");
        QVERIFY(testkit::waitUntil([&] { return running.handler->channels() == 1; }));
        running.handler->stop();
        const HttpAnswer answer = client.readHttp();
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body.size(), std::size_t(1));
    }

    void refusesSenselessPolls()
    {
        RunningEdge running;
        for (const char* query : {"id=gateway-a&timeout=0", "id=gateway-a&timeout=121", "id=gateway-a&timeout=x",
                                  "id=gateway-a&timeout=-1", "id=gateway-a&cmdId=", "id=gateway-a&cmdId=1x"}) {
            const HttpAnswer answer = running.poll(query).readHttp();
            QCOMPARE(answer.status, 400);
            QVERIFY(has(answer.body, "\"status\":\"ERR_FORMAT\""));
        }
        QCOMPARE(running.poll("id=gateway-a", "").readHttp().status, 401);
        QCOMPARE(running.poll("id=other").readHttp().status, 404);
    }

    void sendsQueuedCommandsWithTheReplyToAPost()
    {
        RunningEdge running;
        QCOMPARE(running.post("{\"version\":2}").status, 200);
        const CommandId id = running.command();
        HttpAnswer answer;
        QVERIFY(testkit::waitUntil([&] {
            answer = running.post("{\"version\":2,\"seq\":5}");
            return has(answer.body, "\"commands\":[");
        }));
        QVERIFY(has(answer.body, "\"status\":\"ACK\"") && has(answer.body, idText(id)));
        QVERIFY(running.becomes(id, "sent"));
    }

    void finding_S1_noChannelGetsWhatHasExpired_data()
    {
        QTest::addColumn<QString>("channel");
        for (const char* channel : {"web socket", "poll", "post"})
            QTest::newRow(channel) << QString::fromLatin1(channel);
    }

    void finding_S1_noChannelGetsWhatHasExpired()
    {
        QFETCH(QString, channel);
        RunningEdge running;
        QCOMPARE(running.post("{\"version\":2}").status, 200); // from now on it is one that posts
        const Stopwatch since;
        const CommandId id = running.command(400ms);
        while (since.elapsed() < 450ms) // 50 ms after, by the clock that also says when it was made
            QTest::qWait(5);
        if (channel == QStringLiteral("post")) {
            for (int i = 0; i < 5; ++i)
                QVERIFY(!has(running.post("{\"version\":2}").body, idText(id)));
        } else if (channel == QStringLiteral("poll")) {
            QCOMPARE(running.poll("id=gateway-a&timeout=2").readHttp().body, std::string(" "));
        } else {
            RawClient client = running.webSocket();
            QVERIFY(client.isQuiet(2'000));
        }
        QVERIFY(running.becomes(id, "expired"));
        QCOMPARE(running.database.value("SELECT sent_count FROM command"), QStringLiteral("0"));
    }

    void finding_S1_eachChannelJudgesWhenItWrites_data()
    {
        QTest::addColumn<QString>("channel");
        QTest::addColumn<bool>("goesOut");
        for (const char* channel : {"web socket", "poll", "post"}) {
            QTest::addRow("%s, 50 ms before its end", channel) << QString::fromLatin1(channel) << true;
            QTest::addRow("%s, 50 ms after", channel) << QString::fromLatin1(channel) << false;
        }
    }

    // The clock of the channels stands still at that moment, so no machine is too slow for it.
    void finding_S1_eachChannelJudgesWhenItWrites()
    {
        QFETCH(QString, channel);
        QFETCH(bool, goesOut);
        RunningEdge running;
        const SteadyTime end = running.clock.steady() + 2s;
        running.edgeClock.standAt(end - 1s);
        actions::OutgoingCommand command;
        command.id = CommandId{4711}; // the dispatcher knows none of it
        command.gateway = running.home.gateway;
        command.device = running.home.sensor;
        command.deviceKey = "sensor-a";
        command.parameters = "[]";
        command.turn = std::make_shared<actions::CommandTurn>(end, end - 1h, Milliseconds(10'000));
        const auto deliver = [&] { return running.handler->commandSink().deliver(command); };
        const auto writeNow = [&] { running.edgeClock.standAt(end + (goesOut ? -50ms : 50ms)); };
        if (channel == QStringLiteral("post")) {
            QCOMPARE(running.post("{\"version\":2}").status, 200); // from now on it is one that posts
            QVERIFY(!deliver());                                   // waits for its next post
            writeNow();
            QCOMPARE(has(running.post("{\"version\":2}").body, idText(command.id)), goesOut);
            return;
        }
        const bool isPoll = channel == QStringLiteral("poll");
        RawClient client = isPoll ? running.poll("id=gateway-a&timeout=60") : running.webSocket();
        QVERIFY(testkit::waitUntil([&] { return running.handler->channels() == 1; }));
        writeNow();
        if (goesOut) {
            QVERIFY(testkit::waitUntil(deliver)); // a poll may only just have opened its channel
            const std::string written = isPoll ? client.readHttp().body : client.readFrame().payload;
            QVERIFY2(has(written, idText(command.id)), written.c_str());
            return;
        }
        for (int i = 0; i < 50; ++i) {
            QVERIFY(!deliver());
            QTest::qWait(5);
        }
        QVERIFY(client.isQuiet(200));
    }

    void finding_S2_whatAPostCarriedIsNotPolledToo_data()
    {
        QTest::addColumn<bool>("byPoll");
        QTest::newRow("poll") << true;
        QTest::newRow("web socket") << false;
    }

    void finding_S2_whatAPostCarriedIsNotPolledToo()
    {
        QFETCH(bool, byPoll);
        RunningEdge running;
        QCOMPARE(running.post("{\"version\":2}").status, 200);
        const CommandId id = running.command();
        QVERIFY(testkit::waitUntil([&] { return has(running.post("{\"version\":2}").body, idText(id)); }));
        if (byPoll) {
            QCOMPARE(running.poll("id=gateway-a&timeout=2").readHttp().body, std::string(" "));
        } else {
            RawClient client = running.webSocket();
            QVERIFY(client.isQuiet(2'000));
        }
        QVERIFY(!has(running.post("{\"version\":2}").body, idText(id)));
        QVERIFY(running.becomes(id, "sent"));
        QCOMPARE(running.database.value("SELECT sent_count FROM command"), QStringLiteral("1"));
    }

    void letsTheNewerChannelTakeOver()
    {
        RunningEdge running;
        RawClient first = running.webSocket();
        RawClient second = running.webSocket();
        const ServerFrame closed = first.readFrame();
        QCOMPARE(closed.closeCode(), 4001);
        QCOMPARE(closed.payload.substr(2), std::string("replaced"));
        RawClient poll = running.poll("id=gateway-a&timeout=60");
        QCOMPARE(second.readFrame().closeCode(), 4001);
        RawClient newer = running.poll("id=gateway-a&timeout=60");
        QCOMPARE(poll.readHttp().body.size(), std::size_t(1));
        RawClient third = running.webSocket();
        QCOMPARE(newer.readHttp().body.size(), std::size_t(1));
        QCOMPARE(running.handler->channels(), std::size_t(1));
        const CommandId id = running.command();
        QVERIFY(has(third.readFrame().payload, idText(id)));
    }

    void doesNotLetADeviceWithoutTokenTakeOver()
    {
        RunningEdge running({}, {}, [](testkit::TestDatabase& database) {
            database.run("UPDATE deployment SET allow_tokenless_devices = true;"
                         "UPDATE device SET tokenless = true WHERE key = 'gateway-a'");
        });
        RawClient withToken = running.webSocket();
        QVERIFY(testkit::waitUntil([&] { return running.handler->channels() == 1; }));
        int status = 0;
        RawClient without = running.webSocket("", "gateway-a", &status);
        QCOMPARE(status, 401);
        QCOMPARE(running.poll("id=gateway-a", "").readHttp().status, 401);
        withToken.send(clientFrame("{\"version\":2}"));
        QVERIFY(has(withToken.readFrame().payload, "\"status\":\"ACK\""));
    }

    void refusesAWebSocketWithoutAValidToken()
    {
        RunningEdge running;
        int status = 0;
        running.webSocket("", "gateway-a", &status);
        QCOMPARE(status, 401);
        running.webSocket("Authorization: Bearer nonsense\r\n", "gateway-a", &status);
        QCOMPARE(status, 401);
        running.webSocket("Authorization: Bearer token-a\r\n", "other", &status);
        QCOMPARE(status, 404);
        RawClient other = running.connect();
        other.send(upgradeRequest("/deviceio/ws?id=gateway-a", "Sec-WebSocket-Protocol: chat\r\n"
                                                               "Authorization: Bearer token-a\r\n"));
        QCOMPARE(other.readHttp().status, 400);
    }

    void closesTheChannelOfARevokedToken()
    {
        RunningEdge running;
        RawClient client = running.webSocket();
        QVERIFY(testkit::waitUntil([&] { return running.handler->channels() == 1; }));
        running.database.run("UPDATE device_token SET revoked_at = now()");
        QCOMPARE(client.readFrame().closeCode(), 4003);
        QCOMPARE(running.post("{\"version\":2}").status, 401);
    }

    void asksDevicesToMoveWhenItDrains()
    {
        RunningEdge running;
        RawClient client = running.webSocket();
        QVERIFY(testkit::waitUntil([&] { return running.handler->channels() == 1; }));
        running.handler->drain(true, 1s, "https://b.example:8461");
        QCOMPARE(client.readFrame().payload,
                 std::string("{\"reconnect\":{\"afterMs\":0,\"url\":\"https://b.example:8461\"}}"));
    }

    void writesPresence()
    {
        edge::EdgeOptions options;
        options.pollConnected = 100ms;
        RunningEdge running(options);
        const auto connected = [&] {
            return running.database.value("SELECT connected || ' ' || epoch || ' ' || node FROM device_presence");
        };
        const auto events = [&] {
            return running.database.value("SELECT string_agg(kind, ' ' ORDER BY batch, ordinal) FROM event");
        };
        std::optional<RawClient> client(running.webSocket());
        QVERIFY(testkit::waitUntil([&] { return connected() == QStringLiteral("true 1 node-1"); }));
        client.reset();
        QVERIFY(testkit::waitUntil([&] { return connected() == QStringLiteral("false 1 node-1"); }));
        QVERIFY(testkit::waitUntil([&] { return events() == QStringLiteral("device-connected device-disconnected"); }));
        running.poll("id=gateway-a&timeout=1").readHttp();
        QVERIFY(testkit::waitUntil([&] { return connected() == QStringLiteral("false 2 node-1"); }));
        QVERIFY(testkit::waitUntil(
            [&] { return events().endsWith(QStringLiteral("device-connected device-disconnected")); }));
    }

    void finding_F6_aLostConnectionIsToldWhereTheDeviceIs()
    {
        RunningEdge running;
        const auto homeOf = [&](const QByteArray& kind) {
            return running.database.value("SELECT l.name FROM event e JOIN location l ON l.id = e.location_id WHERE "
                                          "kind = '" +
                                          kind + "'");
        };
        std::optional<RawClient> client(running.webSocket());
        QVERIFY(testkit::waitUntil([&] { return homeOf("device-connected") == QStringLiteral("home-a"); }));
        const auto other = testkit::makeHome(running.database, "b");
        running.database.run("UPDATE device SET location_id = " + QByteArray::number(qint64{other.location.value}) +
                             " WHERE key = 'gateway-a'");
        QVERIFY(testkit::waitUntil([&] {
            const auto context = running.cache.current(running.home.gateway);
            return context && context->location == other.location;
        }));
        client.reset();
        QVERIFY(testkit::waitUntil([&] { return !homeOf("device-disconnected").isEmpty(); }));
        QCOMPARE(homeOf("device-disconnected"), QStringLiteral("home-b"));
    }

    void endsAPollWhoseClientHangsUp()
    {
        edge::EdgeOptions options;
        options.pollConnected = 10ms;
        RunningEdge running(options);
        std::optional<RawClient> client(running.poll("id=gateway-a&timeout=120"));
        QVERIFY(testkit::waitUntil([&] { return running.handler->channels() == 1; }));
        client.reset();
        QVERIFY(testkit::waitUntil([&] { return running.handler->channels() == 0; }));
    }

    void staysConnectedWhileANewerPollWaits()
    {
        edge::EdgeOptions options;
        options.pollConnected = 10ms;
        RunningEdge running(options);
        RawClient first = running.poll("id=gateway-a&timeout=120");
        QVERIFY(testkit::waitUntil([&] { return running.handler->channels() == 1; }));
        RawClient second = running.poll("id=gateway-a&timeout=120");
        QCOMPARE(first.readHttp().body, std::string(" "));
        first.close(); // of a poll that has ended: says nothing of the newer
        QVERIFY(second.isQuiet(300));
        QCOMPARE(running.handler->channels(), std::size_t(1));
        const CommandId id = running.command();
        QVERIFY(has(second.readHttp().body, idText(id)));
        QVERIFY(testkit::waitUntil([&] { return running.handler->channels() == 0; }));
    }

    void endsPollsEarlyWhenItDrains()
    {
        RunningEdge running;
        RawClient client = running.poll("id=gateway-a&timeout=120");
        QVERIFY(testkit::waitUntil([&] { return running.handler->channels() == 1; }));
        running.handler->drain(true, 0ms, {});
        QCOMPARE(client.readHttp().body, std::string(" "));
    }

    void doesNotTellScriptsOfConnectionsInAHomeThatLivesByItsData()
    {
        RunningEdge running(
            {}, {}, [](testkit::TestDatabase& database) { database.run("UPDATE location SET clock = 'events'"); });
        RawClient client = running.webSocket();
        QVERIFY(testkit::waitUntil([&] {
            return running.database.value("SELECT connected FROM device_presence") == QStringLiteral("t") ||
                   running.database.value("SELECT connected FROM device_presence") == QStringLiteral("true");
        }));
        QCOMPARE(running.database.value("SELECT count(*) FROM event"), QStringLiteral("0"));
    }

    void endsWhatAnEarlierRunLeftConnected()
    {
        RunningEdge running({}, {}, [](testkit::TestDatabase& database) {
            database.run(
                "INSERT INTO device_presence SELECT id, 'node-1', 5, true, now() FROM device WHERE key = 'gateway-a';"
                "INSERT INTO device_presence SELECT id, 'node-2', 5, true, now() FROM device WHERE key = 'sensor-a'");
        });
        QVERIFY(testkit::waitUntil([&] {
            return running.database.value("SELECT string_agg(kind, ' ') FROM event") ==
                   QStringLiteral("device-disconnected");
        }));
        QCOMPARE(running.database.value("SELECT string_agg(node, ' ') FROM device_presence WHERE connected"),
                 QStringLiteral("node-2"));
    }
};

QTEST_GUILESS_MAIN(TestChannels)
#include "tst_command_channels.moc"

#include "tests/unit/server/net/server_fixture.h"

#include <QtTest>

using namespace cohort;
using namespace cohort::testing;
using namespace std::chrono_literals;

class TestWebSocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void upgradesAndEchoes()
    {
        RunningServer running;
        RawClient client = running.connect();
        client.send(upgradeRequest("/ws"));
        const HttpAnswer answer = client.readHttp();
        QCOMPARE(answer.status, 101);
        QVERIFY(answer.head.find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n") != std::string::npos);
        QVERIFY(answer.head.find("Sec-WebSocket-Protocol: mljson\r\n") != std::string::npos);
        for (const std::size_t length : {0U, 1U, 125U, 126U, 127U, 65535U, 65536U}) {
            const std::string text(length, 'a');
            client.send(clientFrame(text));
            QCOMPARE(client.readFrame().payload, text);
        }
    }

    void refusesBadHandshakes_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        const std::string good = upgradeRequest("/ws");
        const auto row = [&](const char* name, const std::string& from, const std::string& to, int status) {
            std::string request = good;
            request.replace(request.find(from), from.size(), to);
            QTest::newRow(name) << QByteArray::fromStdString(request) << status;
        };
        row("otherVersion", "Version: 13", "Version: 8", 426);
        row("shortKey", "dGhlIHNhbXBsZSBub25jZQ==", "abc", 400);
        row("noKey", "Sec-WebSocket-Key", "X-Key", 400);
        row("post", "GET", "POST", 400);
        row("withBody", "Host: x\r\n", "Host: x\r\nContent-Length: 2\r\n", 400);
        row("refusedByHandler", "/ws", "/no", 401);
        row("forgottenByHandler", "/ws", "/never", 500);
        row("notAnUpgrade", "Upgrade: websocket", "Upgrade: h2c", 200);
    }

    void refusesBadHandshakes()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        RunningServer running;
        RawClient client = running.connect();
        client.send(request.toStdString());
        QCOMPARE(client.readHttp().status, status);
    }

    void handlesAFrameInTheSegmentOfTheHandshake()
    {
        RunningServer running;
        RawClient client = running.connect();
        client.send(upgradeRequest("/ws") + clientFrame("first") + clientFrame("second"));
        QCOMPARE(client.readHttp().status, 101);
        QCOMPARE(client.readFrame().payload, std::string("first"));
        QCOMPARE(client.readFrame().payload, std::string("second"));
    }

    void closes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const std::string& bytes, int code) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << code;
        };
        const std::string mask(4, '\0');
        row("unmasked", clientFrame("hello", 1, true, false), 1002);
        row("unmaskedFromItsHeaderAlone", std::string("\x81\x05", 2), 1002);
        row("reservedBit", std::string("\xC1\x80", 2) + mask, 1002);
        row("unknownOpcode", std::string("\x83\x80", 2) + mask, 1002);
        row("unknownControl", std::string("\x8B\x80", 2) + mask, 1002);
        row("binary", clientFrame("x", 2), 1003);
        row("overTheLimitFromItsHeaderAlone", std::string("\x81\xFF\0\0\0\0\0\1\0\1", 10) + mask, 1009);
        row("twoGiB", std::string("\x81\xFF\0\0\0\0\x80\0\0\0", 10) + mask, 1009);
        row("lengthWithTopBit", std::string("\x81\xFF\xFF\0\0\0\0\0\0\0", 10) + mask, 1002);
        row("fragmentsOverTheLimit",
            clientFrame(std::string(40'000, 'a'), 1, false) + clientFrame(std::string(40'000, 'a'), 0), 1009);
        row("notUtf8", clientFrame("\xff\xfe"), 1007);
        row("surrogate", clientFrame("\xed\xa0\x80"), 1007);
        row("utf8CutShort", clientFrame("a\xe2\x82"), 1007);
        row("continuationOfNothing", clientFrame("a", 0), 1002);
        row("newMessageInsideAnother", clientFrame("a", 1, false) + clientFrame("b", 1), 1002);
        row("fragmentedPing", clientFrame("a", 9, false), 1002);
        row("longPing", clientFrame(std::string(126, 'a'), 9), 1002);
        row("closeOfOneByte", clientFrame("a", 8), 1002);
        row("closeWithForbiddenCode", clientFrame(std::string("\x03\xED", 2), 8), 1002);
        row("closeWithBadText", clientFrame(std::string("\x03\xE8\xff", 3), 8), 1007);
        row("close",
            clientFrame(std::string("\x03\xE8"
                                    "bye",
                                    5),
                        8),
            1000);
    }

    void closes()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        RunningServer running;
        RawClient client = running.webSocket();
        RawClient neighbour = running.webSocket();
        client.send(bytes.toStdString());
        QCOMPARE(client.readFrame().closeCode(), code);
        QVERIFY(client.ends());
        QVERIFY(running.handler->notes.waitFor("close " + std::to_string(code)));
        neighbour.send(clientFrame("still here"));
        QCOMPARE(neighbour.readFrame().payload, std::string("still here"));
        QCOMPARE(running.server.figures().refused, code == 1000 ? 0U : 1U);
    }

    void joinsFragmentsAroundAPing()
    {
        RunningServer running;
        RawClient client = running.webSocket();
        client.send(clientFrame("\xe2\x82", 1, false) + clientFrame("p", 9) + clientFrame("\xac", 0));
        const ServerFrame pong = client.readFrame();
        QCOMPARE(pong.opcode, 10);
        QCOMPARE(pong.payload, std::string("p"));
        QCOMPARE(client.readFrame().payload, std::string("\xe2\x82\xac"));
    }

    void readsFramesSentByteByByte()
    {
        RunningServer running;
        RawClient client = running.webSocket();
        for (const char c : clientFrame(std::string(300, 'b')))
            client.send(std::string(1, c));
        QCOMPARE(client.readFrame().payload, std::string(300, 'b'));
    }

    void answersManyPipelinedFramesInOrder()
    {
        RunningServer running;
        RawClient client = running.webSocket();
        std::string many;
        for (int i = 0; i < 1000; ++i)
            many += clientFrame(std::to_string(i));
        client.send(many);
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(client.readFrame().payload, std::to_string(i));
    }

    void closesAFrameThatIsNeverComplete()
    {
        testkit::ManualClock clock;
        RunningServer running({}, {}, {}, &clock);
        RawClient slow = running.webSocket();
        RawClient tail = running.webSocket();
        slow.send(std::string("\x81\x85\0\0\0\0he", 8));
        tail.send(clientFrame("whole") + std::string("\x81", 1));
        QCOMPARE(tail.readFrame().payload, std::string("whole"));
        QVERIFY(RunningServer::passes(clock, [&] { return running.counts(net::Refusal::SlowFrame, 2, 1); }));
        QCOMPARE(slow.readFrame().closeCode(), 1008);
        QCOMPARE(tail.readFrame().closeCode(), 1008);
    }

    void pingsAndClosesTheSilent()
    {
        testkit::ManualClock clock;
        RunningServer running({}, {}, {}, &clock);
        RawClient client = running.webSocket();
        QVERIFY(RunningServer::passes(clock, [&] { return running.counts(net::Refusal::Silent, 1, 1); }));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(client.readFrame().opcode, 9);
        QVERIFY(client.ends());
        QVERIFY(running.handler->notes.waitFor("close 1006"));
    }

    void keepsOneThatAnswersPings()
    {
        net::Limits limits;
        limits.pingEvery = 60ms;
        RunningServer running(limits);
        RawClient client = running.webSocket();
        for (int i = 0; i < 8; ++i) {
            QCOMPARE(client.readFrame().opcode, 9);
            client.send(clientFrame({}, 10));
        }
        client.send(clientFrame("alive"));
        ServerFrame frame = client.readFrame();
        while (frame.opcode == 9)
            frame = client.readFrame();
        QCOMPARE(frame.payload, std::string("alive"));
    }

    void doesNotCallSilentWhomItDoesNotRead()
    {
        net::Limits limits;
        limits.pingEvery = 50ms;
        limits.frameTime = 100ms;
        RunningServer running(limits);
        RawClient client = running.webSocket();
        client.send(clientFrame("pause") + clientFrame("after") + std::string("\x81", 1));
        QCOMPARE(client.readFrame().payload, std::string("pause"));
        for (int i = 0; i < 6; ++i)
            QCOMPARE(client.readFrame().opcode, 9);
        QCOMPARE(running.handler->notes.countOf("text after"), 0U);
        running.handler->socket()->resumeReading();
        ServerFrame frame = client.readFrame();
        while (frame.opcode == 9)
            frame = client.readFrame();
        QCOMPARE(frame.payload, std::string("after"));
    }

    void dropsAPeerThatDoesNotRead()
    {
        RunningServer running;
        RawClient client = running.webSocket();
        std::string floods;
        for (int i = 0; i < 400; ++i)
            floods += clientFrame("flood");
        client.send(floods);
        QTRY_COMPARE(running.server.figures().slowPeersDropped, 1U);
        QVERIFY(running.handler->notes.waitFor("close 1006"));
    }

    void sendsFromAnotherThreadAndCloses()
    {
        RunningServer running;
        RawClient client = running.webSocket();
        QVERIFY(running.handler->notes.waitFor("open"));
        const auto socket = running.handler->socket();
        for (int i = 0; i < 100; ++i)
            socket->send(std::to_string(i));
        socket->close(4001, "replaced");
        socket->send("too late");
        for (int i = 0; i < 100; ++i)
            QCOMPARE(client.readFrame().payload, std::to_string(i));
        const ServerFrame frame = client.readFrame();
        QCOMPARE(frame.closeCode(), 4001);
        QCOMPARE(frame.payload.substr(2), std::string("replaced"));
        QVERIFY(client.ends());
        QVERIFY(running.handler->notes.waitFor("close 4001"));
        QCOMPARE(running.handler->notes.countOf("close 1006"), 0U);
    }

    void tellsTheHandlerOfALostPeerOnce()
    {
        RunningServer running;
        {
            RawClient client = running.webSocket();
            QVERIFY(running.handler->notes.waitFor("open"));
        }
        QVERIFY(running.handler->notes.waitFor("close 1006"));
        running.handler->socket()->send("nobody");
        running.handler->socket()->close(1000, {});
        QTRY_COMPARE(running.server.figures().open, 0U);
        QCOMPARE(running.handler->notes.countOf("close 1006"), 1U);
    }

    void endsSocketsWhenTheThreadsStop()
    {
        std::optional<RawClient> client;
        std::shared_ptr<EchoHandler> handler;
        net::WebSocketPtr socket;
        {
            RunningServer running;
            handler = running.handler;
            client.emplace(running.webSocket());
            QVERIFY(handler->notes.waitFor("open"));
            socket = handler->socket();
            running.threads.stop();
            QCOMPARE(handler->notes.countOf("close 1006"), 1U);
        }
        socket->send("nobody is there");
        QVERIFY(client->ends());
    }

    void holdsAThousandAtOnce()
    {
        RunningServer running;
        std::vector<RawClient> clients;
        for (int i = 0; i < 1000; ++i) {
            clients.push_back(running.connect());
            QVERIFY(clients.back().isOpen());
            clients.back().send(upgradeRequest("/ws"));
        }
        for (RawClient& client : clients)
            QCOMPARE(client.readHttp().status, 101);
        for (std::size_t i = 0; i < clients.size(); ++i)
            clients[i].send(clientFrame(std::to_string(i)));
        for (std::size_t i = 0; i < clients.size(); ++i)
            QCOMPARE(clients[i].readFrame().payload, std::to_string(i));
        QCOMPARE(running.server.figures().open, 1000U);
        clients.clear();
        QTRY_COMPARE(running.server.figures().open, 0U);
    }
};

QTEST_GUILESS_MAIN(TestWebSocket)
#include "tst_web_socket.moc"

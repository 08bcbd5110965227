#include "tests/unit/server/net/server_fixture.h"

#include <QtTest>

using namespace cohort;
using namespace cohort::testing;
using namespace std::chrono_literals;

class TestHttp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAndKeepsTheConnection()
    {
        RunningServer running;
        QVERIFY(running.started);
        RawClient client = running.connect();
        for (int i = 0; i < 3; ++i) {
            client.send("POST /a%20b?q=1%2B1 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
            const HttpAnswer answer = client.readHttp();
            QCOMPARE(answer.status, 200);
            QCOMPARE(answer.body, std::string("POST /a b 1+1 hi"));
        }
        QCOMPARE(running.server.figures().requests, 3U);
    }

    void takesTheLineEndBehindABodyInTwoPieces()
    {
        RunningServer running;
        RawClient client = running.connect();
        client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
        QCOMPARE(client.readHttp().status, 200);
        client.send("\r");
        QVERIFY(client.isQuiet(100));
        client.send("\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n");
        const HttpAnswer answer = client.readHttp();
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, std::string("GET /b  "));
    }

    void takesABodyInChunksByteByByte_data()
    {
        QTest::addColumn<QByteArray>("chunks");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("none") << QByteArray("0\r\n\r\n") << QByteArray();
        QTest::newRow("none, with a trailer") << QByteArray("0\r\nA: b\r\n\r\n") << QByteArray();
        QTest::newRow("one") << QByteArray("2\r\nhi\r\n0\r\n\r\n") << QByteArray("hi");
        QTest::newRow("one of one byte") << QByteArray("1\r\nx\r\n0\r\n\r\n") << QByteArray("x");
    }

    void takesABodyInChunksByteByByte()
    {
        QFETCH(QByteArray, chunks);
        QFETCH(QByteArray, body);
        RunningServer running;
        RawClient client = running.connect();
        client.send("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (const char one : chunks) {
            client.send({&one, 1});
            QTest::qSleep(5); // a segment of its own
        }
        const HttpAnswer answer = client.readHttp();
        QCOMPARE(answer.status, 200);
        QCOMPARE(QByteArray::fromStdString(answer.body), "POST /a  " + body);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        const QByteArray long9(9000, 'a');
        const auto row = [](const char* name, const QByteArray& request, int status) {
            QTest::newRow(name) << request << status;
        };
        row("headerOver8KiB", "GET / HTTP/1.1\r\nHost: x\r\nA: " + long9 + "\r\n\r\n", 431);
        row("targetOver8KiB", "GET /" + long9 + " HTTP/1.1\r\nHost: x\r\n\r\n", 431);
        row("headerThatNeverEnds", "GET / HTTP/1.1\r\nHost: x\r\nA: " + long9, 431);
        row("bodyOverTheLimitBeforeItIsSent", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 65537\r\n\r\n", 413);
        row("hugeLength", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551615\r\n\r\n", 413);
        row("lengthThatOverflows", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", 400);
        row("chunkOverTheLimit", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n", 413);
        row("chunkLineThatNeverEnds", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;" + long9,
            400);
        row("noHost", "GET / HTTP/1.1\r\n\r\n", 400);
        row("twoHosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400);
        row("lengthAndEncoding",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
        row("encodingAndLength",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400);
        row("unknownEncoding", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 400);
        row("encodingHiddenInAList", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            400);
        row("twoLengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na", 400);
        row("negativeLength", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400);
        row("version2", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", 400);
        row("version12", "GET / HTTP/1.2\r\nHost: x\r\n\r\n", 400);
        row("noVersion", "GET /\r\nHost: x\r\n\r\n", 400);
        row("notHttp", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n", 400);
        row("spaceBeforeColon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400);
        row("bareLineFeeds", "GET / HTTP/1.1\nHost: x\n\n", 400);
        row("invalidEscape", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400);
        row("escapeCutShort", "GET /a%2 HTTP/1.1\r\nHost: x\r\n\r\n", 400);
        row("nulInPath", "GET /a%00b HTTP/1.1\r\nHost: x\r\n\r\n", 400);
        row("pathNotUtf8", "GET /%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n", 400);
        row("overlongUtf8", "GET /%c0%af HTTP/1.1\r\nHost: x\r\n\r\n", 400);
        row("invalidEscapeInQuery", "GET /?a=%g1 HTTP/1.1\r\nHost: x\r\n\r\n", 400);
        row("nulInQuery", "GET /?a=%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400);
        row("targetWithoutSlash", "GET a HTTP/1.1\r\nHost: x\r\n\r\n", 400);
        row("connect", "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", 405);
        row("trace", "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", 405);
        row("unknownExpectation", "POST / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nContent-Length: 1\r\n\r\n", 417);
    }

    void refuses()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        RunningServer running;
        RawClient client = running.connect();
        RawClient neighbour = running.connect();
        client.send(request.toStdString());
        const HttpAnswer answer = client.readHttp();
        QCOMPARE(answer.status, status);
        QVERIFY(client.ends());
        QCOMPARE(running.server.figures().refused, 1U);
        neighbour.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(neighbour.readHttp().status, 200);
    }

    void refusesOneRequestEvenWhenSentByteByByte()
    {
        RunningServer running;
        RawClient client = running.connect();
        for (const char c : std::string("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"))
            client.send(std::string(1, c));
        QCOMPARE(client.readHttp().status, 400);
    }

    void answersPipelinedRequestsInOrder()
    {
        RunningServer running;
        RawClient client = running.connect();
        std::string many = "GET /held HTTP/1.1\r\nHost: x\r\n\r\n";
        for (int i = 0; i < 200; ++i)
            many += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
        client.send(many);
        QVERIFY(running.handler->notes.waitFor("held"));
        QVERIFY(client.isQuiet(100));
        running.handler->held()->send({200, "text/plain", "first", {}, false});
        QCOMPARE(client.readHttp().body, std::string("first"));
        for (int i = 0; i < 200; ++i)
            QCOMPARE(client.readHttp().body, "GET /" + std::to_string(i) + "  ");
    }

    void sendsContinueBeforeTheBody()
    {
        RunningServer running;
        RawClient client = running.connect();
        client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        QCOMPARE(client.readHttp(false).status, 100);
        client.send("hi");
        QCOMPARE(client.readHttp().body, std::string("POST /  hi"));
    }

    void readsChunkedBodies()
    {
        RunningServer running;
        RawClient client = running.connect();
        client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        client.send("2;note=1\r\nde\r\n0\r\nTrailer: t\r\n\r\n");
        QCOMPARE(client.readHttp().body, std::string("POST /  abcde"));
    }

    void answersHeadWithoutBodyAndWhatComesAfterItWithOne()
    {
        RunningServer running;
        RawClient client = running.connect();
        client.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n");
        const HttpAnswer head = client.readHttp(false);
        QCOMPARE(head.status, 200);
        QVERIFY(head.head.find("Content-Length: 8") != std::string::npos);
        QCOMPARE(client.readHttp().body, std::string("GET /b  "));
        client.send("GET a HTTP/1.1\r\nHost: x\r\n\r\n");
        const HttpAnswer refused = client.readHttp();
        QCOMPARE(refused.status, 400);
        QCOMPARE(refused.body, std::string("the request target must be a path\n"));
        QVERIFY(client.ends());
    }

    void answersOptionsForTheServer()
    {
        RunningServer running;
        RawClient client = running.connect();
        client.send("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n");
        const HttpAnswer answer = client.readHttp();
        QCOMPARE(answer.status, 204);
        QVERIFY(answer.head.find("Allow: ") != std::string::npos);
    }

    void closesAfterHttp10()
    {
        RunningServer running;
        RawClient client = running.connect();
        client.send("GET /old HTTP/1.0\r\n\r\n");
        QCOMPARE(client.readHttp().body, std::string("GET /old  "));
        QVERIFY(client.ends());
    }

    void takesAnAbsoluteTarget()
    {
        RunningServer running;
        RawClient client = running.connect();
        client.send("GET http://x:1/a?q=2 HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(client.readHttp().body, std::string("GET /a 2 "));
    }

    void doesNotLetAHandlerInjectHeaders()
    {
        RunningServer running;
        RawClient client = running.connect();
        client.send("GET /split HTTP/1.1\r\nHost: x\r\n\r\n");
        const HttpAnswer answer = client.readHttp();
        QVERIFY(answer.head.find("X-Note: aInjected: b\r\n") != std::string::npos);
    }

    void answersForAHandlerThatForgets()
    {
        RunningServer running;
        RawClient client = running.connect();
        client.send("GET /forgotten HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(client.readHttp().status, 500);
    }

    void tellsALongPollThatTheClientHasGone()
    {
        RunningServer running;
        {
            RawClient client = running.connect();
            client.send("GET /held HTTP/1.1\r\nHost: x\r\n\r\n");
            QVERIFY(running.handler->notes.waitFor("held"));
            QVERIFY(!running.handler->held()->isGone());
        }
        QTRY_VERIFY(running.handler->held()->isGone());
        running.handler->held()->send({});
    }

    void stillAnswersAClientThatIsHalfClosed()
    {
        RunningServer running;
        RawClient client = running.connect();
        client.send("GET /held HTTP/1.1\r\nHost: x\r\n\r\n");
        client.halfClose();
        QVERIFY(running.handler->notes.waitFor("held"));
        running.handler->held()->send({200, "text/plain", "late", {}, false});
        QCOMPARE(client.readHttp().body, std::string("late"));
        QVERIFY(client.ends());
    }

    void endsARequestThatIsTooSlow()
    {
        testkit::ManualClock clock;
        RunningServer running({}, {}, {}, &clock);
        RawClient header = running.connect();
        RawClient body = running.connect();
        header.send("GET / HTTP/1.1\r\nHo");
        body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
        QVERIFY(RunningServer::passes(clock, [&] { return running.counts(net::Refusal::SlowRequest, 2, 1); }));
        QCOMPARE(header.readHttp().status, 408);
        QCOMPARE(body.readHttp().status, 408);
        QVERIFY(RunningServer::passes(clock, [&] { return running.server.figures().open == 0; })); // lingering
        QVERIFY(header.ends());
    }

    void endsAnIdleConnection()
    {
        testkit::ManualClock clock;
        RunningServer running({}, {}, {}, &clock);
        RawClient silent = running.connect();
        RawClient used = running.connect();
        used.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(used.readHttp().status, 200);
        QTRY_COMPARE(running.server.figures().open, 2U);
        clock.advance(74s);
        QVERIFY(silent.isQuiet(150)); // the wheel turns every 50 ms
        QVERIFY(RunningServer::passes(clock, [&] { return running.server.figures().open == 0; }));
        QVERIFY(silent.ends());
        QVERIFY(used.ends());
    }

    void dropsAClientThatDoesNotReadItsAnswer()
    {
        net::Limits limits;
        limits.frameTime = 200ms;
        RunningServer running(limits);
        RawClient client = running.connect();
        std::string many;
        for (int i = 0; i < 10; ++i)
            many += "GET /large HTTP/1.1\r\nHost: x\r\n\r\n";
        client.send(many);
        QTRY_COMPARE(running.server.figures().slowPeersDropped, 1U);
        QTRY_COMPARE(running.server.figures().open, 0U);
    }

    void limitsConnectionsOfOneAddress()
    {
        net::Limits limits;
        limits.connectionsPerAddress = 2;
        RunningServer running(limits);
        RawClient first = running.connect();
        std::optional<RawClient> second(running.connect());
        QTRY_COMPARE(running.server.figures().open, 2U);
        RawClient third = running.connect();
        QCOMPARE(third.readHttp().status, 503);
        RawClient elsewhere(running.server.port(), "127.0.0.2");
        elsewhere.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(elsewhere.readHttp().status, 200);
        second.reset();
        QTRY_COMPARE(running.server.figures().open, 2U);
        RawClient again = running.connect();
        again.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(again.readHttp().status, 200);
    }

    void limitsConnectionsInAll()
    {
        net::Limits limits;
        limits.connections = 1;
        RunningServer running(limits);
        RawClient first = running.connect();
        QTRY_COMPARE(running.server.figures().open, 1U);
        RawClient second(running.server.port(), "127.0.0.2");
        QCOMPARE(second.readHttp().status, 503);
        QVERIFY(running.counts(net::Refusal::TooManyConnections));
    }

    void refusesAPortInUseOnlyToOthers()
    {
        RunningServer running;
        const int other = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        QCOMPARE(::bind(other, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        QCOMPARE(::listen(other, 1), 0);
        socklen_t size = sizeof address;
        ::getsockname(other, reinterpret_cast<sockaddr*>(&address), &size);
        net::ListenOptions options;
        options.port = ntohs(address.sin_port);
        net::Server server(running.threads, options, running.handler);
        const auto started = server.start();
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::Unavailable);
        ::close(other);
        options.address = "nonsense";
        net::Server wrong(running.threads, options, running.handler);
        QCOMPARE(wrong.start().error().code, ErrorCode::WrongValue);
    }

    void stopsPolitely()
    {
        RunningServer running;
        RawClient idle = running.connect();
        RawClient busy = running.connect();
        busy.send("GET /held HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(running.handler->notes.waitFor("held"));
        RawClient socket = running.webSocket();
        running.server.stop();
        QVERIFY(idle.ends());
        QCOMPARE(socket.readFrame().closeCode(), 1001);
        running.handler->held()->send({200, "text/plain", "done", {}, false});
        QCOMPARE(busy.readHttp().body, std::string("done"));
        QVERIFY(busy.ends());
    }
};

QTEST_GUILESS_MAIN(TestHttp)
#include "tst_http.moc"

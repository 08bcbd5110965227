// What stands behind a body in chunks is no header: it turns no request into another.
#include "tests/unit/server/net/server_fixture.h"

#include <QtTest>

using namespace cohort;
using namespace cohort::testing;

class TestHttpTrailers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noTrailerAsksForAWebSocket()
    {
        RunningServer running;
        RawClient client = running.connect();
        client.send("GET /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n"
                    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        const HttpAnswer answer = client.readHttp();
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, std::string("GET /a  hi"));
    }
};

QTEST_GUILESS_MAIN(TestHttpTrailers)
#include "tst_http_trailers.moc"

// What real HTTP stacks send: bodies packed for the way.
#include "tests/unit/server/net/gzipped.h"
#include "tests/unit/server/net/server_fixture.h"

#include <QtTest>

using namespace cohort;
using namespace cohort::testing;

namespace {

std::string post(const std::string& body, const std::string& encoding)
{
    return "POST /a HTTP/1.1\r\nHost: x\r\n" +
           (encoding.empty() ? encoding : "Content-Encoding: " + encoding + "\r\n") +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

} // namespace

class TestContentEncoding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_F7_unpacksOrSaysWhy_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("arrived"); // what the handler got
        const auto row = [](const char* name, const std::string& body, const char* encoding, int status,
                            const std::string& arrived) {
            QTest::newRow(name) << QByteArray::fromStdString(body) << QByteArray(encoding) << status
                                << QByteArray::fromStdString(arrived);
        };
        const std::string packed = gzipped("hello");
        row("gzip", packed, "gzip", 200, "hello");
        row("in capitals", packed, "GZIP", 200, "hello");
        row("its old name", packed, "x-gzip", 200, "hello");
        row("two members", packed + packed, "gzip", 200, "hellohello");
        row("no encoding", "hello", "", 200, "hello");
        row("identity", "hello", "identity", 200, "hello");
        row("nothing", "", "gzip", 200, "");
        row("packed, and nobody said so", packed, "", 200, packed);
        row("an encoding that is not understood", "hello", "br", 415, "");
        row("deflate", "hello", "deflate", 415, "");
        row("two of them", packed, "gzip, gzip", 415, "");
        row("not packed at all", "hello", "gzip", 400, "");
        row("half of it", packed.substr(0, packed.size() / 2), "gzip", 400, "");
        row("without its end", packed.substr(0, packed.size() - 4), "gzip", 400, "");
        row("rubbish behind it", packed + "x", "gzip", 400, "");
        row("at the limit", gzipped(std::string(64 * 1024, 'a')), "gzip", 200, std::string(64 * 1024, 'a'));
        row("over the limit", gzipped(std::string(64 * 1024 + 1, 'a')), "gzip", 413, "");
        std::string large;
        large.resize(30'000'000, 'a');
        row("a bomb", gzipped(large), "gzip", 413, "");
    }
    void finding_F7_unpacksOrSaysWhy()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, encoding);
        QFETCH(int, status);
        QFETCH(QByteArray, arrived);
        RunningServer running;
        QVERIFY(running.started);
        RawClient client = running.connect();
        client.send(post(body.toStdString(), encoding.toStdString()));
        const HttpAnswer answer = client.readHttp();
        QCOMPARE(answer.status, status);
        if (status == 200)
            QCOMPARE(QByteArray::fromStdString(answer.body), "POST /a  " + arrived);
    }
};

QTEST_GUILESS_MAIN(TestContentEncoding)
#include "tst_content_encoding.moc"

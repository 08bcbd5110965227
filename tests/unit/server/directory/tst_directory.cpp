#include "server/directory/directory.h"

#include <QtTest>

#include <atomic>
#include <map>
#include <thread>

using namespace cohort;
using namespace cohort::directory;

namespace {

store::AliveNode node(const std::string& name, int connections, double cpu = 0, double beat = 1)
{
    return {name, "http://" + name + ":8461", connections, 1000, cpu, beat};
}

std::map<std::string, int> chosen(Directory& directory, int count)
{
    std::map<std::string, int> counts;
    for (int i = 0; i < count; ++i)
        ++counts[directory.choose("D" + std::to_string(i))->host];
    return counts;
}

} // namespace

class TestDirectory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhenThereIsNoServer()
    {
        Directory directory(1);
        const auto result = directory.choose("D1");
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Unavailable);
        QVERIFY(result.error().retryAfterMs > 0);
    }

    void spreadsABurstByHeadroom()
    {
        Directory directory(1);
        directory.update({node("full", 900), node("empty", 0)});
        const auto counts = chosen(directory, 900);
        QVERIFY(counts.at("empty") > 850);
        directory.update({node("full", 900), node("empty", 0)}); // no beat since: what was handed out still counts
        QVERIFY(chosen(directory, 200)["full"] > 50);
    }

    void forgetsWhatItHandedOutAfterTwoBeats()
    {
        Directory directory(1);
        directory.update({node("a", 0, 0, 1), node("b", 500, 0, 1)});
        chosen(directory, 400);
        directory.update({node("a", 400, 0, 2), node("b", 500, 0, 2)});
        directory.update({node("a", 400, 0, 3), node("b", 500, 0, 3)});
        QCOMPARE(chosen(directory, 50)["a"], 50);
    }

    void avoidsAServerWhoseProcessorIsBusy()
    {
        Directory directory(1);
        directory.update({node("busy", 10, 0.95), node("calm", 500, 0.1)});
        QCOMPARE(chosen(directory, 100)["calm"], 100);
    }

    void balancesManyAlike()
    {
        Directory directory(7);
        directory.update({node("a", 0), node("b", 0), node("c", 0), node("d", 0)});
        for (const auto& [host, count] : chosen(directory, 400))
            QVERIFY2(count > 90 && count < 110, host.c_str());
    }

    void takesTheBetterOfTwoAndNeverTheWorstOfMany()
    {
        Directory directory(3);
        directory.update({node("a", 100), node("b", 200), node("worst", 900)});
        const auto counts = chosen(directory, 60); // the load that it hands out itself stays below the worst's
        QVERIFY(!counts.contains("worst"));
        QVERIFY(counts.at("a") > counts.at("b"));
        QVERIFY(counts.at("b") > 0); // where the best was not drawn
    }

    void aServerWithoutRoomIsStillBetterThanNone()
    {
        Directory directory(1);
        directory.update({node("full", 5'000, 1.0)});
        QCOMPARE(directory.choose("D1")->host, std::string("full"));
        store::AliveNode none = node("none", 0);
        none.capacity = 0;
        directory.update({none});
        QCOMPARE(directory.choose("D1")->host, std::string("none"));
        QCOMPARE(directory.size(), std::size_t{1});
    }

    void theBusierOfCapacityAndProcessorCounts()
    {
        Directory directory(1);
        directory.update({node("crowded", 600, 0.1), node("hot", 100, 0.5)});
        QCOMPARE(chosen(directory, 50)["hot"], 50);
        directory.update({node("crowded", 400, 0.1), node("hot", 100, 0.7)});
        QCOMPARE(chosen(directory, 50)["crowded"], 50);
    }

    void whatWasHandedOutGoesWithItsServer()
    {
        Directory directory(1);
        directory.update({node("a", 0, 0, 1), node("b", 500, 0, 1)});
        QCOMPARE(chosen(directory, 400)["a"], 400);
        directory.update({node("b", 500, 0, 1)});
        directory.update({node("a", 0, 0, 1), node("b", 500, 0, 1)}); // back, and empty
        QCOMPARE(chosen(directory, 400)["a"], 400);
        directory.update({node("a", 0, 0, 2), node("b", 500, 0, 1)}); // one beat: it may not count them yet
        QCOMPARE(chosen(directory, 50)["a"], 50);
        QVERIFY(chosen(directory, 200)["b"] > 50);
    }

    void choosesWhileThePoolChanges()
    {
        Directory directory(1);
        directory.update({node("a", 0)});
        std::atomic<bool> wrong = false, ended = false;
        std::thread device([&] {
            while (!ended)
                wrong = wrong || !directory.choose("D");
        });
        for (int beat = 2; beat < 500; ++beat)
            directory.update({node("a", 0, 0, beat), node("b", 0, 0, beat)});
        ended = true;
        device.join();
        QVERIFY(!wrong);
    }

    void saysTheUrlAsDevicesUseIt()
    {
        QCOMPARE(parseServerUrl("https://a.example/")->url, std::string("https://a.example:443"));
        QCOMPARE(parseServerUrl("http://a")->url, std::string("http://a:80"));
        QCOMPARE(parseServerUrl("http://[::1]:65535")->url, std::string("http://[::1]:65535"));
        const auto refused = parseServerUrl("http://a:x");
        QCOMPARE(refused.error().code, ErrorCode::WrongValue);
        QVERIFY(refused.error().detail.startsWith(QStringLiteral("http://a:x is no server's URL")));
    }

    void refusesWhatNoDeviceCouldUse()
    {
        for (const char* url : {"",
                                "http://",
                                "https:///",
                                "http://a:",
                                "http://a:1x",
                                "http://a:-1",
                                "http://a:80:80",
                                "HTTP://a",
                                "http://a b",
                                "http://a?b",
                                "http://a#b",
                                "http://a/b:80",
                                "http://a:80//",
                                "http://::1",
                                "http://[::1",
                                "http://::1]:80",
                                "http://[]",
                                "http://[::1]x:80",
                                "http://a\r\nX: y",
                                "http://a\x7f",
                                "http://\\a"})
            QVERIFY2(!parseServerUrl(url), url);
    }

    void readsServerUrls_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("host"); // null: refused
        QTest::addColumn<int>("port");
        QTest::newRow("plain") << QByteArray("http://a:8461") << QByteArray("a") << 8461;
        QTest::newRow("tls") << QByteArray("https://a.example") << QByteArray("a.example") << 443;
        QTest::newRow("slash") << QByteArray("http://a:80/") << QByteArray("a") << 80;
        QTest::newRow("v6") << QByteArray("https://[::1]:99") << QByteArray("[::1]") << 99;
        QTest::newRow("v6WithoutPort") << QByteArray("https://[::1]") << QByteArray("[::1]") << 443;
        QTest::newRow("scheme") << QByteArray("ftp://a") << QByteArray() << 0;
        QTest::newRow("noHost") << QByteArray("http://:80") << QByteArray() << 0;
        QTest::newRow("port0") << QByteArray("http://a:0") << QByteArray() << 0;
        QTest::newRow("portTooHigh") << QByteArray("http://a:65536") << QByteArray() << 0;
        QTest::newRow("path") << QByteArray("http://a/b") << QByteArray() << 0;
        QTest::newRow("user") << QByteArray("http://u@a:1") << QByteArray() << 0;
    }

    void readsServerUrls()
    {
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, host);
        QFETCH(int, port);
        const auto server = parseServerUrl(url.toStdString());
        QCOMPARE(server.has_value(), !host.isNull());
        if (!server)
            return;
        QCOMPARE(server->host, host.toStdString());
        QCOMPARE(int(server->port), port);
        QCOMPARE(server->ssl, url.startsWith("https"));
    }
};

QTEST_GUILESS_MAIN(TestDirectory)
#include "tst_directory.moc"

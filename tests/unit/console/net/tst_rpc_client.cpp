// The console's connection against a stand-in server: calls, errors, time-outs, subscriptions, reconnecting, pins.

#include "console/net/endpoint.h"
#include "console/net/rpc_client.h"
#include "console/net/session.h"
#include "shared/base/when_done.h"
#include "tests/console/peer.h"

#include <QProcess>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

class MemoryPins final : public PinStore
{
public:
    QByteArray pin(const QString& server) const override { return m_pins.value(server); }
    void setPin(const QString& server, const QByteArray& fingerprint) override { m_pins.insert(server, fingerprint); }

private:
    QHash<QString, QByteArray> m_pins;
};

RpcOptions quick()
{
    return {.timeout = 400ms, .firstRetry = 20ms, .longestRetry = 100ms, .pins = std::make_shared<MemoryPins>()};
}

Result<QJsonObject> wait(const QFuture<Result<QJsonObject>>& future)
{
    return QTest::qWaitFor([&] { return future.isFinished(); }, 5000) ? future.result()
                                                                      : Result<QJsonObject>(fail(ErrorCode::Internal));
}

} // namespace

class TestRpcClient : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Peer> m_peer;
    std::unique_ptr<RpcClient> m_client;

    bool signIn()
    {
        m_client->open(m_peer->url());
        if (!QTest::qWaitFor([&] { return m_client->state() == LinkState::Open; }, 5000))
            return false;
        session::signIn(*m_client, u"a@b.c"_s, u"x"_s);
        return QTest::qWaitFor([&] { return m_client->state() == LinkState::Online; }, 5000);
    }
    static QSslConfiguration selfSigned(const QTemporaryDir& folder, const QString& name)
    {
        const QString key = folder.filePath(name + u".key"_s), certificate = folder.filePath(name + u".crt"_s);
        QProcess openssl; // its output is of no interest
        openssl.start(u"openssl"_s, {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-keyout"_s, key,
                                     u"-out"_s, certificate, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=localhost"_s});
        openssl.waitForFinished(60'000);
        QFile keyFile(key), certificateFile(certificate);
        if (!keyFile.open(QIODevice::ReadOnly) || !certificateFile.open(QIODevice::ReadOnly))
            return {};
        QSslConfiguration configuration;
        configuration.setLocalCertificate(QSslCertificate(&certificateFile));
        configuration.setPrivateKey(QSslKey(&keyFile, QSsl::Rsa));
        return configuration;
    }

private Q_SLOTS:
    void init()
    {
        m_peer = std::make_unique<Peer>();
        fillPeer(*m_peer, u"empty"_s);
        QVERIFY(m_peer->listen());
        m_client = std::make_unique<RpcClient>(quick());
    }
    void cleanup()
    {
        m_client.reset();
        m_peer.reset();
    }

    void understandsAddresses_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("url");
        QTest::newRow("host only: encrypted") << u"cohort.example.org"_s << u"wss://cohort.example.org:8460/console"_s;
        QTest::newRow("loopback: plain") << u"localhost:9000"_s << u"ws://localhost:9000/console"_s;
        QTest::newRow("loopback by number") << u" 127.0.0.1 "_s << u"ws://127.0.0.1:8460/console"_s;
        QTest::newRow("http when said") << u"http://lab.example.org"_s << u"ws://lab.example.org:8460/console"_s;
        QTest::newRow("https") << u"https://lab.example.org:443/x"_s << u"wss://lab.example.org:443/console"_s;
        QTest::newRow("no user in the address")
            << u"https://u:p@h.example.org"_s << u"wss://h.example.org:8460/console"_s;
        QTest::newRow("nothing") << QString() << QString();
        QTest::newRow("another scheme") << u"ftp://h.example.org"_s << QString();
        QTest::newRow("no host") << u"https://"_s << QString();
    }
    void understandsAddresses()
    {
        QFETCH(QString, address);
        QFETCH(QString, url);
        const Result<QUrl> found = endpointOf(address);
        QCOMPARE(found.has_value(), !url.isEmpty());
        if (found)
            QCOMPARE(found->toString(), url);
        else
            QCOMPARE(found.error().code, ErrorCode::WrongValue);
    }

    void failsAtOnceWithoutConnection()
    {
        const auto answer = wait(m_client->call(u"server.info"_s));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::Unavailable);
    }

    void carriesResultsAndErrors()
    {
        m_peer->on(u"server.info"_s, [](const QJsonObject& p) { return QJsonObject{{u"echo"_s, p.value("a"_L1)}}; });
        m_peer->on(u"x.y"_s, [](const QJsonObject&) { return PeerError{u"too-often"_s, u"five times"_s, 3000}; });
        m_peer->on(u"x.z"_s, [](const QJsonObject&) { return PeerError{u"never-heard"_s, {}}; });
        QVERIFY(signIn());
        QCOMPARE(m_client->state(), LinkState::Online);
        const auto fine = wait(m_client->call(u"server.info"_s, {{u"a"_s, 7}}));
        QVERIFY(fine);
        QCOMPARE(fine->value("echo"_L1).toInt(), 7);
        const auto bad = wait(m_client->call(u"x.y"_s));
        QVERIFY(!bad);
        QCOMPARE(bad.error().code, ErrorCode::TooOften);
        QCOMPARE(bad.error().detail, u"five times"_s);
        QCOMPARE(bad.error().retryAfterMs, 3000);
        const auto unknown = wait(m_client->call(u"x.z"_s));
        QCOMPARE(unknown.error().code, ErrorCode::Internal);
        QCOMPARE(unknown.error().detail, u"never-heard"_s);
    }

    void survivesNonsenseFromTheServer()
    {
        QVERIFY(signIn());
        for (const QString& text : {u"{"_s, u"[]"_s, u"null"_s, u"{\"id\":\"x\"}"_s, u"{\"id\":99,\"result\":{}}"_s,
                                    u"{\"method\":\"notify\",\"params\":{\"subscription\":77,\"items\":[1]}}"_s,
                                    u"{\"method\":\"notify\",\"params\":7}"_s})
            m_peer->sendText(text);
        m_peer->on(u"server.info"_s, [](const QJsonObject&) { return QJsonObject{{u"name"_s, u"Cohort"_s}}; });
        QVERIFY(wait(m_client->call(u"server.info"_s)));
    }

    void givesUpAfterTheTimeout()
    {
        m_peer->on(u"x.y"_s, [](const QJsonObject&) { return PeerAnswer::none(); });
        QVERIFY(signIn());
        const auto answer = wait(m_client->call(u"x.y"_s));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::Timeout);
    }

    void refusesMoreThanTheBound()
    {
        m_peer->on(u"x.y"_s, [](const QJsonObject&) { return PeerAnswer::none(); });
        QVERIFY(signIn());
        QList<QFuture<Result<QJsonObject>>> all;
        for (int i = 0; i < 257; ++i)
            all.append(m_client->call(u"x.y"_s));
        QVERIFY(all.last().isFinished());
        QCOMPARE(all.last().result().error().code, ErrorCode::Busy);
        QVERIFY(!all.first().isFinished());
    }

    void failsWhatIsUnderWayWhenTheConnectionGoes()
    {
        m_peer->on(u"x.y"_s, [](const QJsonObject&) { return PeerAnswer::none(); });
        QVERIFY(signIn());
        const auto future = m_client->call(u"x.y"_s);
        QTRY_COMPARE(m_peer->count(u"x.y"_s), 1);
        m_peer->hangUp();
        const auto answer = wait(future);
        QCOMPARE(answer.error().code, ErrorCode::Unavailable);
    }

    void comesBackWithItsSessionAndSubscriptions()
    {
        QVERIFY(signIn());
        const auto subscription = m_client->subscribe(u"alerts"_s, {{u"deployment"_s, 1}});
        QSignalSpy reload(subscription.get(), &Subscription::reloadNeeded);
        QSignalSpy received(subscription.get(), &Subscription::received);
        QTRY_COMPARE(reload.count(), 1);
        m_peer->notify(u"alerts"_s, {1, 2});
        QTRY_COMPARE(received.count(), 1);
        QSignalSpy lost(m_client.get(), &RpcClient::lost);
        m_peer->hangUp();
        QTRY_COMPARE(lost.count(), 1);
        QTRY_COMPARE(m_client->state(), LinkState::Online);
        QCOMPARE(m_peer->count(u"session.resume"_s), 1);
        QTRY_COMPARE(reload.count(), 2); // what was missed is loaded
        m_peer->notify(u"alerts"_s, {3});
        QTRY_COMPARE(received.count(), 2);
    }

    void asksToSignInWhenTheSessionIsOver()
    {
        QVERIFY(signIn());
        m_peer->on(u"session.resume"_s, [](const QJsonObject&) { return PeerError{u"not-signed-in"_s, {}}; });
        QSignalSpy ended(m_client.get(), &RpcClient::sessionEnded);
        m_peer->hangUp();
        QTRY_COMPARE(ended.count(), 1);
        QCOMPARE(m_client->state(), LinkState::Open);
    }

    void asksToSignInWhenTheSessionsAnswerCannotBeRead()
    {
        QVERIFY(signIn());
        m_peer->on(u"session.resume"_s, [](const QJsonObject&) { return QJsonObject{{u"token"_s, u"t"_s}}; });
        QSignalSpy ended(m_client.get(), &RpcClient::sessionEnded);
        m_peer->hangUp();
        QTRY_COMPARE(ended.count(), 1);
        QCOMPARE(ended.first().first().value<Error>().detail, u"session.resume: 'expires' is missing"_s);
        QCOMPARE(m_client->state(), LinkState::Open);
    }

    void staysOutWhenTheSignInsAnswerCannotBeRead()
    {
        m_peer->on(u"session.signIn"_s, [](const QJsonObject&) { return QJsonObject{{u"token"_s, u"t"_s}}; });
        m_client->open(m_peer->url());
        QTRY_COMPARE(m_client->state(), LinkState::Open);
        const auto answer = session::signIn(*m_client, u"a@b.c"_s, u"x"_s);
        QTRY_VERIFY(answer.isFinished());
        QCOMPARE(answer.result().error().code, ErrorCode::CannotParse);
        QCOMPARE(m_client->state(), LinkState::Open);
    }

    void reloadsOnResyncAndOnAGap()
    {
        QVERIFY(signIn());
        const auto subscription = m_client->subscribe(u"runs"_s);
        QSignalSpy reload(subscription.get(), &Subscription::reloadNeeded);
        QSignalSpy received(subscription.get(), &Subscription::received);
        QTRY_COMPARE(reload.count(), 1);
        m_peer->resync(u"runs"_s);
        QTRY_COMPARE(reload.count(), 2);
        m_peer->notify(u"runs"_s, {1});
        QTRY_COMPARE(received.count(), 1);
        m_peer->loseOne(u"runs"_s);
        m_peer->notify(u"runs"_s, {2});
        QTRY_COMPARE(reload.count(), 3);
        QCOMPARE(received.count(), 1);
    }

    void endsTheSubscriptionWithItsObject()
    {
        QVERIFY(signIn());
        auto subscription = m_client->subscribe(u"metrics"_s);
        QTRY_VERIFY(m_peer->isSubscribed(u"metrics"_s));
        subscription.reset(); // the answer may or may not have arrived yet
        QTRY_VERIFY(!m_peer->isSubscribed(u"metrics"_s));
    }

    void endsASubscriptionThatWentBeforeItStood()
    {
        QVERIFY(signIn());
        m_client->subscribe(u"metrics"_s).reset();
        QTRY_COMPARE(m_peer->count(u"unsubscribe"_s), 1);
        QVERIFY(!m_peer->isSubscribed(u"metrics"_s));
    }

    void aSubscriptionMayOutliveTheClient()
    {
        QVERIFY(signIn());
        const auto subscription = m_client->subscribe(u"metrics"_s);
        m_client.reset();
        QCOMPARE(subscription->topic(), u"metrics"_s);
    }

    void keepsTryingWhileNobodyListens()
    {
        QSignalSpy lost(m_client.get(), &RpcClient::lost);
        const QUrl url = m_peer->url();
        m_peer.reset();
        m_client->open(url);
        QTRY_VERIFY(lost.count() >= 3);
        m_peer = std::make_unique<Peer>();
        fillPeer(*m_peer, u"empty"_s);
        QVERIFY(m_peer->listen(static_cast<quint16>(url.port())));
        QTRY_COMPARE(m_client->state(), LinkState::Open);
    }

    void callsBackNobodyWhoHasGone()
    {
        QVERIFY(signIn());
        bool called = false;
        {
            QObject context;
            whenDone(&context, m_client->call(u"server.info"_s), [&](const Result<QJsonObject>&) { called = true; });
        }
        QVERIFY(wait(m_client->call(u"server.info"_s)));
        QVERIFY(!called);
    }

    void asksBeforeItTrustsAndStopsAtAnotherCertificate()
    {
        const QTemporaryDir folder;
        const QSslConfiguration first = selfSigned(folder, u"first"_s);
        QVERIFY(!first.localCertificate().isNull());
        auto peer = std::make_unique<Peer>();
        fillPeer(*peer, u"empty"_s);
        QVERIFY(peer->listenSecure(first));
        QUrl url = peer->url();
        QSignalSpy unknown(m_client.get(), &RpcClient::certificateUnknown);
        QSignalSpy changed(m_client.get(), &RpcClient::certificateChanged);
        m_client->open(url);
        QTRY_COMPARE(unknown.count(), 1);
        QCOMPARE(m_client->state(), LinkState::Refused);
        const QByteArray shown = unknown.first().first().toByteArray();
        QCOMPARE(shown, first.localCertificate().digest(QCryptographicHash::Sha256).toHex());
        QVERIFY(peer->calls().isEmpty());
        m_client->trust(shown);
        QTRY_COMPARE(m_client->state(), LinkState::Open);
        peer.reset();
        m_client->close();

        Peer other;
        fillPeer(other, u"empty"_s);
        QVERIFY(other.listenSecure(selfSigned(folder, u"second"_s)));
        // Another server on the same name and port is what the pin is against: pretend it by moving the pin.
        const auto pins = std::make_shared<MemoryPins>();
        pins->setPin(u"%1:%2"_s.arg(other.url().host()).arg(other.url().port()), shown);
        RpcClient second(RpcOptions{.pins = pins});
        QSignalSpy broken(&second, &RpcClient::certificateChanged);
        second.open(other.url());
        QTRY_COMPARE(broken.count(), 1);
        QCOMPARE(broken.first().first().toByteArray(), shown);
        QCOMPARE(second.state(), LinkState::Refused);
        QVERIFY(other.calls().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestRpcClient)
#include "tst_rpc_client.moc"

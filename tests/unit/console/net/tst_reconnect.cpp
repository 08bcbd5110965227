// The connection goes and comes: how long it waits, what it does with the session, with wishes to hear, and with a server that is not well.

#include "console/net/endpoint.h"
#include "console/net/session.h"
#include "tests/console/peer.h"

#include <QSignalSpy>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestReconnect : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Peer> m_peer;
    std::unique_ptr<RpcClient> m_client;

    void start(RpcOptions options)
    {
        m_client.reset();
        m_peer = std::make_unique<Peer>();
        fillPeer(*m_peer, u"empty"_s);
        QVERIFY(m_peer->listen());
        m_client = std::make_unique<RpcClient>(std::move(options));
    }
    bool reaches(LinkState state)
    {
        return QTest::qWaitFor([&] { return m_client->state() == state; }, 5000);
    }
    bool signIn()
    {
        m_client->open(m_peer->url());
        if (!reaches(LinkState::Open))
            return false;
        session::signIn(*m_client, u"a@b.c"_s, u"x"_s);
        return reaches(LinkState::Online);
    }
    static QList<qint64> waitsOf(const QSignalSpy& lost)
    {
        QList<qint64> waits;
        for (const QVariantList& one : lost)
            waits.append(one.at(1).value<std::chrono::milliseconds>().count());
        return waits;
    }
    // Each between its time without and with the jitter.
    static void expectWaits(const QList<qint64>& waits, const QList<qint64>& expected)
    {
        QVERIFY(waits.size() >= expected.size());
        for (qsizetype i = 0; i < expected.size(); ++i)
            QVERIFY2(waits.at(i) >= expected.at(i) && waits.at(i) <= expected.at(i) * 5 / 4,
                     qPrintable(u"wait %1: %2 ms"_s.arg(i).arg(waits.at(i))));
    }

private Q_SLOTS:
    void init() { start({.timeout = 2s, .firstRetry = 40ms, .longestRetry = 150ms, .pins = {}}); }
    void cleanup()
    {
        m_client.reset();
        m_peer.reset();
    }

    void waitsTwiceAsLongEachTimeUpToTheLongest()
    {
        QSignalSpy lost(m_client.get(), &RpcClient::lost);
        const QUrl url = m_peer->url();
        m_peer.reset();
        m_client->open(url);
        QTRY_VERIFY(lost.count() >= 5);
        expectWaits(waitsOf(lost), {40, 80, 150, 150, 150});
        QVERIFY(!lost.first().first().toString().isEmpty()); // says why
    }

    void waitsLongerEachTimeForAServerThatCannotResume()
    {
        QVERIFY(signIn());
        m_peer->on(u"session.resume"_s, [](const QJsonObject&) { return PeerError{u"database-lost"_s, {}}; });
        QSignalSpy lost(m_client.get(), &RpcClient::lost);
        QSignalSpy ended(m_client.get(), &RpcClient::sessionEnded);
        m_peer->hangUp();
        QTRY_VERIFY(lost.count() >= 4);
        expectWaits(waitsOf(lost), {40, 80, 150, 150});
        QVERIFY(lost.at(1).first().toString().contains(QString::fromUtf8(errorInfo(ErrorCode::DatabaseLost).meaning)));
        QCOMPARE(ended.count(), 0); // nobody has to sign in again for it
        fillPeer(*m_peer, u"empty"_s);
        QVERIFY(reaches(LinkState::Online));
        lost.clear();
        m_peer->hangUp();
        QTRY_COMPARE(lost.count(), 1);
        expectWaits(waitsOf(lost), {40}); // it served meanwhile
    }

    void aServerThatDoesNotAnswerTheResumeIsTriedAgain()
    {
        start({.timeout = 100ms, .firstRetry = 20ms, .longestRetry = 50ms, .pins = {}});
        QVERIFY(signIn());
        m_peer->on(u"session.resume"_s, [](const QJsonObject&) { return PeerAnswer::none(); });
        m_peer->hangUp();
        QTRY_VERIFY(m_peer->count(u"session.resume"_s) >= 2);
        QCOMPARE(m_peer->lastOf(u"session.resume"_s), (QJsonObject{{u"token"_s, u"t1"_s}}));
        fillPeer(*m_peer, u"empty"_s);
        QVERIFY(reaches(LinkState::Online));
    }

    void triesAtOnceWhenTold()
    {
        start({.timeout = 2s, .firstRetry = 60s, .longestRetry = 60s, .pins = {}});
        QVERIFY(signIn());
        m_client->retryNow(); // there is nothing to try
        QCOMPARE(m_client->state(), LinkState::Online);
        m_peer->hangUp();
        QVERIFY(reaches(LinkState::Waiting));
        m_client->retryNow();
        QCOMPARE(m_client->state(), LinkState::Connecting);
        QVERIFY(reaches(LinkState::Online));
        QCOMPARE(m_peer->count(u"session.resume"_s), 1);
    }

    void closingEndsWhatIsUnderWayAndStaysClosed()
    {
        m_peer->on(u"x.y"_s, [](const QJsonObject&) { return PeerAnswer::none(); });
        QVERIFY(signIn());
        QSignalSpy lost(m_client.get(), &RpcClient::lost);
        const auto future = m_client->call(u"x.y"_s);
        m_client->close();
        QVERIFY(future.isFinished());
        QCOMPARE(future.result().error().code, ErrorCode::Cancelled);
        QCOMPARE(m_client->state(), LinkState::Closed);
        m_client->retryNow();
        QTest::qWait(150);
        QCOMPARE(m_client->state(), LinkState::Closed);
        QCOMPARE(lost.count(), 0);
        m_client->open(m_peer->url());
        QVERIFY(reaches(LinkState::Open)); // the session went with it
        QCOMPARE(m_peer->count(u"session.resume"_s), 0);
    }

    void closingWhileItWaitsEndsTheWaiting()
    {
        QVERIFY(signIn());
        QSignalSpy lost(m_client.get(), &RpcClient::lost);
        connect(m_client.get(), &RpcClient::lost, m_client.get(), &RpcClient::close);
        m_peer->hangUp();
        QTRY_COMPARE(lost.count(), 1);
        QTest::qWait(200);
        QCOMPARE(m_client->state(), LinkState::Closed);
        QCOMPARE(m_peer->count(u"session.resume"_s), 0);
    }

    void signingOutTellsTheServerFirst()
    {
        QVERIFY(signIn());
        session::signOut(*m_client);
        QVERIFY(reaches(LinkState::Closed));
        QCOMPARE(m_peer->count(u"session.signOut"_s), 1);
    }

    void signingOutWorksWithoutTheServer()
    {
        QVERIFY(signIn());
        connect(m_client.get(), &RpcClient::lost, this, [this] { session::signOut(*m_client); });
        m_peer->hangUp();
        QVERIFY(reaches(LinkState::Closed));
        QCOMPARE(m_peer->count(u"session.signOut"_s), 0);
    }

    void wrongCredentialsBeginNoSession()
    {
        m_client->open(m_peer->url());
        QVERIFY(reaches(LinkState::Open));
        const auto answer = session::signIn(*m_client, u"a@b.c"_s, u"wrong"_s);
        QTRY_VERIFY(answer.isFinished());
        QCOMPARE(answer.result().error().code, ErrorCode::WrongCredentials);
        QCOMPARE(m_client->state(), LinkState::Open);
        const auto first = session::firstAdmin(*m_client, {});
        QTRY_VERIFY(first.isFinished());
        QVERIFY(first.result());
        QCOMPARE(first.result()->token, u"t1"_s);
        QCOMPARE(m_client->state(), LinkState::Online);
    }

    void aWishMadeWhileItIsAwayStandsWhenItIsBack()
    {
        QVERIFY(signIn());
        std::unique_ptr<Subscription> wish;
        int reloads = 0, failures = 0;
        connect(m_client.get(), &RpcClient::lost, this, [&] {
            wish = m_client->subscribe(u"alerts"_s, {{u"deployment"_s, 1}});
            connect(wish.get(), &Subscription::reloadNeeded, this, [&] { ++reloads; });
            connect(wish.get(), &Subscription::failed, this, [&] { ++failures; });
            m_client->subscribe(u"runs"_s).reset(); // given up before
        });
        m_peer->hangUp();
        QTRY_COMPARE(reloads, 1);
        QCOMPARE(failures, 0);
        QVERIFY(m_peer->isSubscribed(u"alerts"_s));
        QVERIFY(!m_peer->isSubscribed(u"runs"_s));
        QCOMPARE(m_peer->count(u"unsubscribe"_s), 0);
    }

    void eachWishHearsItsOwnNewsAndLosesItsOwn()
    {
        QVERIFY(signIn());
        const auto alerts = m_client->subscribe(u"alerts"_s);
        const auto runs = m_client->subscribe(u"runs"_s);
        QSignalSpy alertsReload(alerts.get(), &Subscription::reloadNeeded);
        QSignalSpy runsReload(runs.get(), &Subscription::reloadNeeded);
        QSignalSpy heard(runs.get(), &Subscription::received);
        QTRY_COMPARE(alertsReload.count(), 1);
        QTRY_COMPARE(runsReload.count(), 1);
        m_peer->notify(u"alerts"_s, {1});
        m_peer->notify(u"runs"_s, {2});
        m_peer->loseOne(u"alerts"_s);
        m_peer->notify(u"alerts"_s, {3});
        m_peer->notify(u"runs"_s, {4});
        QTRY_COMPARE(alertsReload.count(), 2);
        QTRY_COMPARE(heard.count(), 2);
        QCOMPARE(heard.last().first().toJsonArray(), QJsonArray{4});
        QCOMPARE(runsReload.count(), 1);
    }

    void aPlainWayToAnotherMachineIsReadable()
    {
        const auto readable = [](const QString& address) { return isReadableOnTheWay(*endpointOf(address)); };
        QVERIFY(readable(u"http://lab.example.org"_s));
        QVERIFY(readable(u"ws://10.0.0.7:8460"_s));
        QVERIFY(!readable(u"https://lab.example.org"_s));
        QVERIFY(!readable(u"http://localhost"_s));
        QVERIFY(!readable(u"http://127.8.9.10"_s));
        QVERIFY(!readable(u"[::1]:9000"_s));
        QVERIFY(readable(u"http://127.0.0.1.example.org"_s)); // only looks like it
        QVERIFY(!readable(u"127.0.0.1.example.org"_s));
    }

    void anAddressIsAServerAndNothingMore()
    {
        QCOMPARE(endpointOf(u"https://h.example.org/x/y?next=1#top"_s)->toString(),
                 u"wss://h.example.org:8460/console"_s);
        QCOMPARE(endpointOf(u"[::1]"_s)->toString(), u"ws://[::1]:8460/console"_s);
        QCOMPARE(endpointOf(u"LOCALHOST:1"_s)->toString(), u"ws://localhost:1/console"_s);
        for (const QString& wrong :
             {u"h:99999"_s, u"h:-1"_s, u"://h"_s, u"file:///etc/passwd"_s, u"javascript://h"_s, u"[::1"_s, u"   "_s}) {
            const auto endpoint = endpointOf(wrong);
            QVERIFY2(!endpoint, qPrintable(wrong));
            QCOMPARE(endpoint.error().code, ErrorCode::WrongValue);
            QVERIFY(endpoint.error().detail.contains(u'“' + wrong.trimmed() + u'”'));
        }
    }
};

QTEST_GUILESS_MAIN(TestReconnect)
#include "tst_reconnect.moc"

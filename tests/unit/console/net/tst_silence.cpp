// A server that falls silent with its connection open: when it is noticed, what is told, and that it comes back.

#include "console/net/session.h"
#include "tests/console/freezing_relay.h"
#include "tests/console/peer.h"

#include <QSignalSpy>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSilence : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Peer> m_peer;
    std::unique_ptr<FreezingRelay> m_relay;
    std::unique_ptr<RpcClient> m_client;

    bool signIn()
    {
        m_client->open(m_relay->url());
        if (!QTest::qWaitFor([&] { return m_client->state() == LinkState::Open; }, 5000))
            return false;
        session::signIn(*m_client, u"a@b.c"_s, u"x"_s);
        return QTest::qWaitFor([&] { return m_client->liveness().isLive(); }, 5000);
    }

private Q_SLOTS:
    void init()
    {
        m_peer = std::make_unique<Peer>();
        fillPeer(*m_peer, u"empty"_s);
        QVERIFY(m_peer->listen());
        m_relay = std::make_unique<FreezingRelay>(m_peer->url());
        QVERIFY(m_relay->listen());
        m_client = std::make_unique<RpcClient>(
            RpcOptions{.timeout = 20s, .firstRetry = 20ms, .longestRetry = 50ms, .beat = 200ms, .pins = {}});
    }
    void cleanup()
    {
        m_client.reset();
        m_relay.reset();
        m_peer.reset();
    }

    void finding_frozen_aSilentServerIsNotLive()
    {
        QVERIFY(signIn());
        QSignalSpy live(&m_client->liveness(), &Liveness::changed);
        QTest::qWait(1000); // idle, and heard by the beats alone
        QVERIFY(m_client->liveness().isLive());
        QCOMPARE(live.count(), 0);
        m_relay->freeze();
        const QDateTime frozen = QDateTime::currentDateTimeUtc();
        QTRY_VERIFY(!m_client->liveness().isLive());
        QCOMPARE(m_client->state(), LinkState::Online); // it may come back
        QVERIFY(m_client->liveness().lastHeard() <= frozen.addMSecs(50));
        m_relay->thaw();
        QTRY_VERIFY(m_client->liveness().isLive());
        QCOMPARE(live.count(), 2);
    }

    void finding_frozen_aServerThatStaysSilentIsLost()
    {
        QVERIFY(signIn());
        QSignalSpy lost(m_client.get(), &RpcClient::lost);
        m_relay->freeze();
        const QDateTime frozen = QDateTime::currentDateTimeUtc();
        QTRY_COMPARE(lost.count(), 1);
        QVERIFY(m_client->liveness().lastHeard() <= frozen.addMSecs(50)); // not the moment when it was noticed
        QVERIFY(!m_client->liveness().isLive());
    }

    void finding_frozen_itsDefaultIsNoticedWithinTenSeconds() { QVERIFY(2 * RpcOptions().beat <= 10s); }
};

QTEST_GUILESS_MAIN(TestSilence)
#include "tst_silence.moc"

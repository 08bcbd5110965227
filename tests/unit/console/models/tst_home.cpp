// The tree of the community, a home that stays live, a chart's data, the check as one types, and words.

#include "console/models/community_tree.h"
#include "console/models/home_tables.h"
#include "console/models/metrics_source.h"
#include "console/models/script_check.h"
#include "console/models/stream_source.h"
#include "console/models/words.h"
#include "console/net/session.h"
#include "tests/console/peer.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTimeZone>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestHome : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Peer> m_peer;
    std::unique_ptr<RpcClient> m_client;
    std::unique_ptr<Workspace> m_workspace;

private Q_SLOTS:
    void init()
    {
        m_peer = std::make_unique<Peer>();
        fillPeer(*m_peer, u"full"_s);
        QVERIFY(m_peer->listen());
        m_client = std::make_unique<RpcClient>();
        m_workspace = std::make_unique<Workspace>(*m_client);
        m_client->open(m_peer->url());
        QTRY_COMPARE(m_client->state(), LinkState::Open);
        QSignalSpy entered(m_workspace.get(), &Workspace::entered);
        whenDone(m_workspace.get(), session::signIn(*m_client, u"a@b.c"_s, u"x"_s),
                 [this](const Result<model::OperatorSession>& who) {
                     if (who)
                         m_workspace->enter(*who);
                 });
        QTRY_COMPARE(entered.count(), 1);
    }
    void cleanup()
    {
        m_workspace.reset();
        m_client.reset();
        m_peer.reset();
    }

    void theTreeLoadsBranchByBranch()
    {
        CommunityTree tree(*m_workspace, nullptr);
        const QAbstractItemModelTester tester(&tree, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(tree.rowCount(), 2);
        const QModelIndex deployment = tree.index(0, 0);
        QVERIFY(tree.hasChildren(deployment));
        if (tree.canFetchMore(deployment))
            tree.fetchMore(deployment);
        QTRY_COMPARE(tree.rowCount(tree.index(0, 0)), 7);
        const QModelIndex home = tree.index(0, 0, tree.index(0, 0));
        QCOMPARE(tree.kind(home), CommunityTree::Kind::Home);
        if (tree.canFetchMore(home))
            tree.fetchMore(home);
        QTRY_COMPARE(tree.rowCount(tree.index(0, 0, tree.index(0, 0))), 9);
        const QModelIndex first = tree.index(0, 0, tree.index(0, 0, tree.index(0, 0)));
        QVERIFY(tree.participant(first));
        QVERIFY(!tree.device(first));
        QVERIFY(!tree.hasChildren(first));
        tree.reload(LocationId{1});
        QTest::qWait(50);
        QCOMPARE(tree.rowCount(tree.index(0, 0, tree.index(0, 0))), 9);
    }

    void searchingLoadsTheBranchesThatMatch()
    {
        CommunityTree tree(*m_workspace, nullptr);
        QTRY_COMPARE(tree.rowCount(), 2);
        tree.fetchMore(tree.index(0, 0));
        QTRY_COMPARE(tree.rowCount(tree.index(0, 0)), 7);
        tree.search(u"s"_s); // too short to ask for
        tree.search(u"Seidel"_s);
        QTRY_COMPARE(tree.rowCount(tree.index(0, 0, tree.index(0, 0))), 9);
    }

    void aHomeFollowsPresenceAndSamples()
    {
        HomeModel home(*m_workspace, nullptr);
        HomeDevicesModel devices(home, nullptr);
        const QAbstractItemModelTester tester(&devices, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy sampled(&home, &HomeModel::sampled);
        home.show(LocationId{1});
        QTRY_COMPARE(devices.rowCount(), 6);
        QTRY_VERIFY(m_peer->isSubscribed(u"measurements"_s));
        QTRY_VERIFY(m_peer->isSubscribed(u"presence"_s));
        QTRY_VERIFY(m_peer->count(u"subscribe"_s) >= 2);
        QTest::qWait(50);
        m_peer->notify(u"presence"_s, {QJsonObject{{u"device"_s, 16}, {u"connected"_s, true}}});
        m_peer->notify(u"measurements"_s,
                       {QJsonObject{{u"stream"_s, 8}, {u"time"_s, 1'700'000'000'000.0}, {u"value"_s, 1}}});
        QTRY_COMPARE(sampled.count(), 1);
        QTRY_COMPARE(devices.at(5)->connected, true);
        QCOMPARE(devices.at(5)->streams.first().value.toInt(), 1);
        QCOMPARE(devices.at(5)->reporting, u"reporting"_s);
    }

    void theTypeDecidesWhatHoldsUntilTheNextSample()
    {
        HomeModel home(*m_workspace, nullptr);
        Device plug;
        plug.type = 31;
        QVERIFY(!home.isOnChange(plug, Stream{{}, u"power"_s, u"W"_s, {}, 1.0, {}}));
        QVERIFY(home.isOnChange(plug, Stream{{}, u"outletStatus"_s, {}, {}, 1.0, {}}));
        const Device unknown;
        QVERIFY(home.isOnChange(unknown, Stream{{}, u"motion"_s, {}, {}, 0.0, {}}));
        QVERIFY(home.isOnChange(unknown, Stream{{}, u"mode"_s, {}, {}, u"eco"_s, {}}));
        QVERIFY(!home.isOnChange(unknown, Stream{{}, u"temperature"_s, u"°C"_s, {}, 21.0, {}}));
    }

    void aChartsDataIsAskedForOnceAndAppended()
    {
        StreamSource source(*m_client, StreamId{3}, nullptr);
        QSignalSpy changed(&source, &StreamSource::changed);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        for (int i = 0; i < 20; ++i) // dragging
            source.setRange(now - 3'600'000 - i, now, 500);
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(m_peer->count(u"measurement.query"_s), 1);
        const qsizetype before = source.series().points.size();
        source.append({now + 1000, 1, 1, 1, {}, 1});
        source.append({now + 500, 0, 0, 0, {}, 1}); // late: the next question brings it
        QCOMPARE(source.series().points.size(), before + 1);
        QCOMPARE(source.at(now + 5000)->value, 1.0);
        QVERIFY(source.at(now - 3'600'000) != nullptr); // what held before
        QVERIFY(source.at(0) == nullptr);
    }

    void liveDataIsBounded()
    {
        StreamSource source(*m_client, StreamId{3}, nullptr);
        for (qint64 i = 1; i <= 20'000; ++i)
            source.append({i, 1, 1, 1, {}, 1});
        QVERIFY(source.series().points.size() <= 2001);
        QCOMPARE(source.series().points.last().time, 20'000);
    }

    void theServersFiguresKeepOneHour()
    {
        MetricsSource source(*m_workspace, nullptr);
        QSignalSpy changed(&source, &MetricsSource::changed);
        source.start();
        QTRY_COMPARE(changed.count(), 1);
        const qint64 last = source.samples().last().at;
        m_peer->notify(u"metrics"_s, {QJsonObject{{u"at"_s, static_cast<double>(last + 60'000)}}});
        QTRY_COMPARE(changed.count(), 2);
        QCOMPARE(source.samples().last().at, last + 60'000);
        QVERIFY(source.samples().first().at >= last + 60'000 - MetricsSource::SpanMs);
    }

    void checksAfterTheLastKeyOnly()
    {
        ScriptCheck check(*m_workspace, nullptr);
        QSignalSpy checked(&check, &ScriptCheck::checked);
        check.setSource(u"i"_s);
        check.setSource(u"import os"_s);
        QTRY_COMPARE(checked.count(), 1);
        QCOMPARE(m_peer->count(u"script.check"_s), 1);
        const auto result = checked.first().first().value<model::CheckResult>();
        QVERIFY(!result.accepted);
        QCOMPARE(result.faults.first().line, 1);
    }

    void speaksOfTimesNumbersAndErrors()
    {
        const QDateTime now(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
        QCOMPARE(words::ago(now.addSecs(-5), now), u"now"_s);
        QVERIFY(words::ago(now.addSecs(-7200), now).startsWith(u'2'));
        QCOMPARE(words::ago({}, now), u"never"_s);
        QCOMPARE(words::number(10.0), u"10"_s);
        QCOMPARE(words::number(1.256), u"1.26"_s);
        QCOMPARE(words::number(std::nan("")), u"–"_s);
        QCOMPARE(words::value(u"eco"_s, u"W"_s), u"eco"_s);
        QCOMPARE(words::value({}, u"W"_s), u"–"_s);
        QVERIFY(words::error(Error{ErrorCode::TooOften, {}, 2500}).contains(u'3'));
        QVERIFY(words::error(Error{ErrorCode::WrongValue, u"name is empty"_s}).contains(u"name is empty"_s));
        QCOMPARE(words::alertState(u"brand-new"_s).text, u"brand-new"_s);
        QCOMPARE(words::commandOutcome(u"expired"_s, false, -1), u"the device was not reached in time"_s);
        QCOMPARE(words::commandOutcome(u"failed"_s, true, 6), u"no connection to the device"_s);
        QCOMPARE(words::commandOutcome(u"failed"_s, true, 999), u"the device could not do it"_s);
        QCOMPARE(words::actor(u"participant:7"_s), u"participant 7"_s);
    }
};

Q_DECLARE_METATYPE(cohort::console::CheckResult)
QTEST_GUILESS_MAIN(TestHome)
#include "tst_home.moc"

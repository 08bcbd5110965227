// Nodes and shards on a real database: who takes devices, who owns a shard, positions that only go forward.
#include "server/store/pool/node_repository.h"
#include "server/store/pool/presence_repository.h"
#include "server/store/pool/shard_repository.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/wait_until.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace cohort;
using namespace cohort::store;
using testkit::TestDatabase;

namespace {

NodeHeartbeat beatOf(const char* name)
{
    return {QString::fromLatin1(name),
            QStringLiteral("http://%1:8461").arg(QLatin1String(name)),
            {},
            QStringLiteral("deviceio"),
            7,
            100,
            0.25,
            QStringLiteral("0.1")};
}

QString listed(const Result<std::vector<ShardPosition>>& positions)
{
    QStringList texts;
    for (const ShardPosition& one : *positions)
        texts.append(QStringLiteral("%1/%2:%3").arg(one.shard).arg(one.writer).arg(one.number));
    texts.sort();
    return texts.join(QLatin1Char(' '));
}

} // namespace

class TestPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_database = std::make_unique<TestDatabase>();
        m_connection = m_database->connect();
    }
    void cleanup()
    {
        m_connection.reset();
        m_database.reset();
    }

    void aHeartbeatIsFoundAsItWasWritten();
    void onlyThoseThatTakeDevicesAreListed_data();
    void onlyThoseThatTakeDevicesAreListed();
    void anOperatorLetsAServerDrain();
    void anUnknownServerCannotDrain();
    void whoLeavesIsNotListed();
    void freeShardsAreLockedOnce();
    void positionsGoForwardOnly();
    void aComposersNewRunTakesTheWriterOver();
    void presenceEndsWithItsOwnConnection();
    void whatWasLeftConnectedIsTold();

private:
    std::vector<AliveNode> alive()
    {
        const auto nodes = NodeRepository(*m_connection).alive();
        if (!nodes)
            qFatal("%s", qPrintable(nodes.error().message()));
        return *nodes;
    }

    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<Connection> m_connection;
};

void TestPool::aHeartbeatIsFoundAsItWasWritten()
{
    NodeRepository nodes(*m_connection);
    const auto drains = nodes.beat(beatOf("a"));
    QVERIFY(drains && !*drains);
    QCOMPARE(alive().size(), std::size_t{1});
    QCOMPARE(alive()[0].name, std::string("a"));
    QCOMPARE(alive()[0].deviceioUrl, std::string("http://a:8461"));
    QCOMPARE(alive()[0].connections, 7);
    QCOMPARE(alive()[0].capacity, 100);
    QCOMPARE(alive()[0].cpu, 0.25);
    NodeHeartbeat second = beatOf("a");
    second.connections = 8;
    second.cpu = 0.5;
    const double before = alive()[0].beat;
    QVERIFY(nodes.beat(second));
    QCOMPARE(alive().size(), std::size_t{1});
    QCOMPARE(alive()[0].connections, 8);
    QCOMPARE(alive()[0].cpu, 0.5);
    QVERIFY(alive()[0].beat > before);
}

void TestPool::onlyThoseThatTakeDevicesAreListed_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<bool>("isListed");
    QTest::newRow("as it beat") << QByteArray("name = name") << true;
    QTest::newRow("fourteen seconds ago") << QByteArray("heartbeat = now() - interval '14 s'") << true;
    QTest::newRow("sixteen seconds ago") << QByteArray("heartbeat = now() - interval '16 s'") << false;
    QTest::newRow("draining") << QByteArray("draining = true") << false;
    QTest::newRow("without an address") << QByteArray("deviceio_url = ''") << false;
    QTest::newRow("without room") << QByteArray("capacity = 0") << false;
}

void TestPool::onlyThoseThatTakeDevicesAreListed()
{
    QFETCH(QByteArray, change);
    QVERIFY(NodeRepository(*m_connection).beat(beatOf("a")));
    QVERIFY(NodeRepository(*m_connection).beat(beatOf("b")));
    m_database->run("UPDATE node SET " + change + " WHERE name = 'a'");
    QStringList names;
    for (const AliveNode& node : alive())
        names.append(QString::fromStdString(node.name));
    QTEST(names.contains(QStringLiteral("a")), "isListed");
    QVERIFY(names.contains(QStringLiteral("b")));
}

void TestPool::anOperatorLetsAServerDrain()
{
    NodeRepository nodes(*m_connection);
    QVERIFY(nodes.beat(beatOf("a")));
    QVERIFY(nodes.setDraining(QStringLiteral("a"), true));
    const auto drains = nodes.beat(beatOf("a"));
    QVERIFY(drains && *drains); // a heartbeat does not take it back
    QVERIFY(alive().empty());
    QVERIFY(nodes.setDraining(QStringLiteral("a"), false));
    const auto drainsStill = nodes.beat(beatOf("a"));
    QVERIFY(drainsStill && !*drainsStill);
    QCOMPARE(alive().size(), std::size_t{1});
}

void TestPool::anUnknownServerCannotDrain()
{
    QVERIFY(NodeRepository(*m_connection).beat(beatOf("a")));
    const auto done = NodeRepository(*m_connection).setDraining(QStringLiteral("b"), true);
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::NotFound);
    QVERIFY2(done.error().detail.contains(QStringLiteral("called b")), qPrintable(done.error().detail));
    QCOMPARE(alive().size(), std::size_t{1});
}

void TestPool::whoLeavesIsNotListed()
{
    NodeRepository nodes(*m_connection);
    QVERIFY(nodes.beat(beatOf("a")));
    QVERIFY(nodes.beat(beatOf("b")));
    QVERIFY(nodes.leave(QStringLiteral("a")));
    QCOMPARE(alive().size(), std::size_t{1});
    QCOMPARE(alive()[0].name, std::string("b"));
    QVERIFY(nodes.beat(beatOf("a"))); // and comes back
    QCOMPARE(alive().size(), std::size_t{2});
}

void TestPool::freeShardsAreLockedOnce()
{
    const auto all = ShardRepository(*m_connection).lockFree();
    QVERIFY(all);
    QCOMPARE(all->size(), std::size_t{64});
    QCOMPARE(std::set<int>(all->begin(), all->end()).size(), std::size_t{64});
    QCOMPARE(*std::min_element(all->begin(), all->end()), 0);
    QCOMPARE(*std::max_element(all->begin(), all->end()), 63);
    auto other = m_database->connect();
    const auto none = ShardRepository(*other).lockFree();
    QVERIFY(none && none->empty());
    m_connection.reset(); // its owner goes
    std::set<int> freed;  // the lock that one holds can be taken again
    QVERIFY(testkit::waitUntil([&] {
        const auto some = ShardRepository(*other).lockFree();
        if (some)
            freed.insert(some->begin(), some->end());
        return freed.size() == 64;
    }));
}

void TestPool::positionsGoForwardOnly()
{
    m_database->run("INSERT INTO writer (node, kind) VALUES ('a', 'committer'), ('b', 'committer')");
    ShardRepository shards(*m_connection);
    QVERIFY(shards.setPositions({{3, 1, 10}, {3, 2, 20}, {4, 1, 30}}));
    QCOMPARE(listed(shards.positions({3, 4, 5})), QStringLiteral("3/1:10 3/2:20 4/1:30"));
    QVERIFY(shards.setPositions({{3, 1, 9}, {4, 1, 31}}));
    QCOMPARE(listed(shards.positions({3, 4})), QStringLiteral("3/1:10 3/2:20 4/1:31"));
    QCOMPARE(listed(shards.positions({4})), QStringLiteral("4/1:31"));
    QCOMPARE(listed(shards.positions({})), QString());
}

void TestPool::aComposersNewRunTakesTheWriterOver()
{
    ShardRepository shards(*m_connection);
    const auto first = shards.claimWriter(QStringLiteral("a"));
    const auto other = shards.claimWriter(QStringLiteral("b"));
    QVERIFY(first && other);
    QVERIFY(first->id != other->id);
    const auto one = shards.drawNumber(*first);
    const auto two = shards.drawNumber(*first);
    QVERIFY(one && two);
    QCOMPARE(*two, *one + 1);
    const auto again = shards.claimWriter(QStringLiteral("a"));
    QVERIFY(again);
    QCOMPARE(again->id, first->id);
    QVERIFY(again->incarnation > first->incarnation);
    const auto stale = shards.drawNumber(*first);
    QVERIFY(!stale);
    QCOMPARE(stale.error().code, ErrorCode::DatabaseLost);
    const auto three = shards.drawNumber(*again);
    QVERIFY(three);
    QCOMPARE(*three, *two + 1);
}

void TestPool::presenceEndsWithItsOwnConnection()
{
    const auto home = testkit::makeHome(*m_database);
    PresenceRepository presence(*m_connection, QStringLiteral("a"));
    const Timestamp since = fromMs(1'760'000'000'000);
    const auto first = presence.connect({{home.gateway, since, 0}, {DeviceId{4711}, since, 0}});
    QVERIFY(first);
    QCOMPARE(first->size(), std::size_t{1}); // the other does not exist
    const auto second = presence.connect({{home.gateway, since, 0}});
    QVERIFY(second);
    QVERIFY(second->at(home.gateway) > first->at(home.gateway));
    QVERIFY(presence.disconnect({{home.gateway, since, first->at(home.gateway)}}));
    QCOMPARE(m_database->value("SELECT connected::text FROM device_presence"), QStringLiteral("true"));
    QVERIFY(presence.disconnect({{home.gateway, since, second->at(home.gateway)}}));
    QCOMPARE(m_database->value("SELECT connected::text FROM device_presence"), QStringLiteral("false"));
}

void TestPool::whatWasLeftConnectedIsTold()
{
    const auto home = testkit::makeHome(*m_database);
    const Timestamp since = fromMs(1'760'000'000'000);
    PresenceRepository a(*m_connection, QStringLiteral("a"));
    PresenceRepository b(*m_connection, QStringLiteral("b"));
    QVERIFY(a.connect({{home.gateway, since, 0}}));
    QVERIFY(b.connect({{home.sensor, since, 0}}));
    const auto left = a.reset();
    QVERIFY(left);
    QCOMPARE(left->size(), std::size_t{1});
    QCOMPARE(left->front().device, home.gateway);
    QCOMPARE(left->front().location, home.location);
    QVERIFY(!left->front().eventsClock);
    const auto none = a.reset();
    QVERIFY(none && none->empty());
}

QTEST_GUILESS_MAIN(TestPool)
#include "tst_pool.moc"

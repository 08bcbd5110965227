// The log in each writer's order, without gaps and without repeats, whatever order the hints come in.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/composer/feed/feed.h"
#include "tests/unit/server/composer/deployed_world.h"
#endif

#include <QTest>

using namespace cohort;
using namespace cohort::composer;
using namespace cohort::composer::test;

namespace {

// A feed that notes what it delivers, and may refuse it.
struct Fed
{
    explicit Fed(const DeployedWorld& world, std::size_t capacity = 100)
        : connection(world.database.connect()), box(std::make_shared<BatchBox>(capacity)),
          feed(*connection, box, [this](const store::LogBatch& batch) -> Result<void> {
              if (refuses)
                  return fail(ErrorCode::DatabaseError, QStringLiteral("no"));
              numbers.push_back(batch.number);
              return {};
          })
    {
    }
    bool hint(store::LogBatchPtr batch) { return box->put(std::move(batch)); }

    std::unique_ptr<store::Connection> connection;
    std::shared_ptr<BatchBox> box;
    std::vector<std::int64_t> numbers;
    bool refuses = false;
    Feed feed;
};

using Numbers = std::vector<std::int64_t>;

} // namespace

class TestFeed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shardsThatWereNeverOwnedBeginAtThePresent();
    void beginsWhereTheSlowestShardStands();
    void takesHintsInOrderAndEachOnce();
    void aGapIsReadFromTheDatabase();
    void afterAnErrorTheSameBatchComesAgain();
    void readsInPartsAndSaysWhenThereIsNoMore();
    void itsOwnBatchWaitsForThoseBeforeIt();
};

void TestFeed::shardsThatWereNeverOwnedBeginAtThePresent()
{
    DeployedWorld world;
    const auto old = world.post("power", 1, at(0));
    Fed fed(world);
    QVERIFY(fed.feed.begin({3, 5}));
    QCOMPARE(fed.feed.position().at(old->writer), old->number);
    QCOMPARE(fed.feed.startOf(5).at(old->writer), old->number);
    QVERIFY(fed.feed.startOf(4).empty());
    QCOMPARE(world.value("SELECT string_agg(shard::text, ' ' ORDER BY shard) FROM shard_position"),
             QStringLiteral("3 5"));
    QVERIFY(!*fed.feed.read(1'000));
    QVERIFY(fed.numbers.empty());
    const auto fresh = world.post("power", 2, at(1));
    QVERIFY(*fed.feed.read(1'000));
    QCOMPARE(fed.numbers, Numbers{fresh->number});
}

void TestFeed::beginsWhereTheSlowestShardStands()
{
    DeployedWorld world;
    std::vector<store::LogBatchPtr> batches;
    batches.reserve(4);
    for (int i = 0; i < 4; ++i)
        batches.push_back(world.post("power", i, at(i)));
    const std::int16_t writer = batches[0]->writer;
    QVERIFY(store::ShardRepository(*world.connection)
                .setPositions({{1, writer, batches[2]->number}, {2, writer, batches[0]->number}}));
    Fed ahead(world);
    QVERIFY(ahead.feed.begin({1}));
    QVERIFY(*ahead.feed.read(1'000));
    QCOMPARE(ahead.numbers, Numbers{batches[3]->number});
    Fed fed(world);
    QVERIFY(fed.feed.begin({1, 2}));
    QCOMPARE(fed.feed.position().at(writer), batches[0]->number);
    QCOMPARE(fed.feed.startOf(1).at(writer), batches[2]->number); // its instances skip what they had
    QVERIFY(*fed.feed.read(1'000));
    QCOMPARE(fed.numbers, (Numbers{batches[1]->number, batches[2]->number, batches[3]->number}));
}

void TestFeed::takesHintsInOrderAndEachOnce()
{
    DeployedWorld world;
    Fed fed(world);
    QVERIFY(fed.feed.begin({0}));
    const auto first = world.post("power", 1, at(0));
    const auto second = world.post("power", 2, at(1));
    QVERIFY(fed.hint(first) && fed.hint(second) && fed.hint(first) && fed.hint(second));
    QVERIFY(*fed.feed.consumeHints());
    QCOMPARE(fed.numbers, (Numbers{first->number, second->number}));
    QVERIFY(!*fed.feed.read(1'000)); // the database tells nothing new
    QCOMPARE(fed.numbers.size(), std::size_t{2});
    QVERIFY(*fed.feed.consumeHints()); // an empty box is complete
}

void TestFeed::aGapIsReadFromTheDatabase()
{
    DeployedWorld world;
    Fed fed(world, 1);
    QVERIFY(fed.feed.begin({0}));
    const auto lost = world.post("power", 1, at(0));
    const auto hinted = world.post("power", 2, at(1));
    QVERIFY(fed.hint(hinted));
    QVERIFY(!fed.hint(lost)); // the box is full
    QVERIFY(!*fed.feed.consumeHints());
    QVERIFY(fed.numbers.empty());
    QVERIFY(*fed.feed.read(1'000));
    QCOMPARE(fed.numbers, (Numbers{lost->number, hinted->number}));
    QVERIFY(fed.hint(hinted));
    QVERIFY(*fed.feed.consumeHints());
    QCOMPARE(fed.numbers.size(), std::size_t{2});
}

void TestFeed::afterAnErrorTheSameBatchComesAgain()
{
    DeployedWorld world;
    Fed fed(world);
    QVERIFY(fed.feed.begin({0}));
    const auto batch = world.post("power", 1, at(0));
    fed.refuses = true;
    QVERIFY(fed.hint(batch));
    const auto refused = fed.feed.consumeHints();
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::DatabaseError);
    QVERIFY(!fed.feed.read(1'000));
    QVERIFY(!fed.feed.consumeOwn(batch));
    fed.refuses = false;
    QVERIFY(*fed.feed.read(1'000));
    QCOMPARE(fed.numbers, Numbers{batch->number});
}

void TestFeed::readsInPartsAndSaysWhenThereIsNoMore()
{
    DeployedWorld world;
    Fed fed(world);
    QVERIFY(fed.feed.begin({0}));
    Numbers wanted;
    for (int i = 0; i < 5; ++i)
        wanted.push_back(world.post("power", i, at(i))->number);
    int parts = 0;
    while (*fed.feed.read(2))
        ++parts;
    QCOMPARE(parts, 3);
    QCOMPARE(fed.numbers, wanted);
}

void TestFeed::itsOwnBatchWaitsForThoseBeforeIt()
{
    DeployedWorld world;
    Fed fed(world);
    QVERIFY(fed.feed.begin({0}));
    const auto first = world.post("power", 1, at(0));
    const auto own = world.post("power", 2, at(1));
    QVERIFY(fed.feed.consumeOwn(own));
    QVERIFY(fed.numbers.empty());
    QVERIFY(*fed.feed.read(1'000));
    QVERIFY(fed.feed.consumeOwn(own));
    QCOMPARE(fed.numbers, (Numbers{first->number, own->number}));
}

QTEST_GUILESS_MAIN(TestFeed)
#include "tst_feed.moc"

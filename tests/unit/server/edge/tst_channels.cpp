// One channel for each device, the newest, and what devices without one are offered with their next post.
#include "server/edge/command_channels.h"
#include "tests/kit/manual_clock.h"

#include <QTest>

#include <algorithm>

using namespace cohort;
using namespace cohort::edge;
using actions::OutgoingCommand;

namespace {

ingest::DeviceContextPtr contextOf(std::int64_t id)
{
    auto context = std::make_shared<ingest::DeviceContext>();
    context->id = DeviceId{id};
    context->location = LocationId{7};
    return context;
}

// Notes what it is told.
class NotedChannel final : public CommandChannel
{
public:
    explicit NotedChannel(std::int64_t id, bool hasToken = true) : CommandChannel(contextOf(id), hasToken) {}
    bool deliver(const OutgoingCommand& command) override
    {
        delivered.push_back(command.id.value);
        return takes;
    }
    void replaced() override { ++replacedCount; }
    void signedOut() override { ++signedOutCount; }
    void askToMove(std::chrono::milliseconds after, const std::string& url) override { moves.emplace_back(after, url); }

    bool takes = true;
    std::vector<std::int64_t> delivered;
    int replacedCount = 0;
    int signedOutCount = 0;
    std::vector<std::pair<std::chrono::milliseconds, std::string>> moves;
};

OutgoingCommand command(std::int64_t device, std::int64_t id)
{
    OutgoingCommand made;
    made.id = CommandId{id};
    made.gateway = made.device = DeviceId{device};
    return made;
}

struct Channels
{
    testkit::ManualClock clock;
    std::vector<directory::PresenceChange> told;
    CommandChannels all{clock, [this](directory::PresenceChange change) { told.push_back(change); }};

    std::vector<std::int64_t> posted(std::int64_t device)
    {
        std::vector<std::int64_t> ids;
        for (const OutgoingCommand& one : all.drainPosted(DeviceId{device}))
            ids.push_back(one.id.value);
        return ids;
    }
    bool deliver(std::int64_t device, std::int64_t id) { return all.deliver(command(device, id)); }
};

using Ids = std::vector<std::int64_t>;

} // namespace

class TestChannels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theNewestChannelIsTheDevices();
    void aChannelWithoutATokenGivesWay();
    void presenceIsToldWhenTheFirstComesAndTheLastGoes();
    void finding_G3_whoPostsWithoutAChannelIsToldOfNowAndThen();
    void aCommandGoesToTheChannelOfItsGateway();
    void aDevicesOwnChannelComesBeforeItsGateways();
    void signingOutEndsItOnce();
    void movesAreSpreadEvenly();
    void whoHasNeverPostedIsOfferedNothing();
    void anOfferLivesThreeSeconds();
    void atMostSixteenWaitInTheirOrder();
};

void TestChannels::theNewestChannelIsTheDevices()
{
    Channels channels;
    const auto first = std::make_shared<NotedChannel>(1), second = std::make_shared<NotedChannel>(1),
               sameShard = std::make_shared<NotedChannel>(65);
    QVERIFY(channels.all.open(first) && channels.all.open(sameShard));
    QVERIFY(channels.all.open(first)); // again: the same poll goes on
    QCOMPARE(first->replacedCount, 0);
    QVERIFY(channels.all.open(second));
    QCOMPARE(first->replacedCount, 1);
    QCOMPARE(sameShard->replacedCount, 0);
    QCOMPARE(channels.all.size(), std::size_t{2});
    channels.all.close(first); // its end comes late
    QCOMPARE(channels.all.find(DeviceId{1}), CommandChannelPtr(second));
    channels.all.close(second);
    channels.all.close(second);
    QVERIFY(!channels.all.find(DeviceId{1}));
    QCOMPARE(channels.all.size(), std::size_t{1});
}

void TestChannels::aChannelWithoutATokenGivesWay()
{
    Channels channels;
    const auto open = std::make_shared<NotedChannel>(1, false), other = std::make_shared<NotedChannel>(1, false),
               signedIn = std::make_shared<NotedChannel>(1, true);
    QVERIFY(channels.all.open(open) && channels.all.open(other) && channels.all.open(signedIn));
    QVERIFY(open->replacedCount == 1 && other->replacedCount == 1);
    QVERIFY(!channels.all.open(open));
    QCOMPARE(signedIn->replacedCount, 0);
    QCOMPARE(channels.all.find(DeviceId{1}), CommandChannelPtr(signedIn));
    channels.all.close(signedIn);
    QVERIFY(channels.all.open(open));
}

void TestChannels::presenceIsToldWhenTheFirstComesAndTheLastGoes()
{
    Channels channels;
    const auto first = std::make_shared<NotedChannel>(1), second = std::make_shared<NotedChannel>(1);
    channels.all.open(first);
    channels.clock.advance(Milliseconds(5'000));
    channels.all.open(second);
    channels.all.close(first);
    QCOMPARE(channels.told.size(), std::size_t{1}); // it was there all the time
    QVERIFY(channels.told[0].connected);
    QCOMPARE(channels.told[0].device, DeviceId{1});
    QCOMPARE(channels.told[0].location, LocationId{7});
    channels.all.close(second);
    QCOMPARE(channels.told.size(), std::size_t{2});
    QVERIFY(!channels.told[1].connected);
    QCOMPARE(channels.told[1].at - channels.told[0].at, Milliseconds(5'000));
    channels.all.open(first);
    channels.all.clear();
    QCOMPARE(channels.all.size(), std::size_t{0});
    QCOMPARE(channels.told.size(), std::size_t{3}); // without a word to anybody
    QVERIFY(first->signedOutCount == 0 && first->replacedCount == 1);
}

void TestChannels::finding_G3_whoPostsWithoutAChannelIsToldOfNowAndThen()
{
    Channels channels;
    const auto channel = std::make_shared<NotedChannel>(1);
    const ingest::DeviceContext& device = channel->context();
    channels.clock.advance(Milliseconds(600'000));
    channels.all.heard(device);
    QCOMPARE(channels.told.size(), std::size_t{1});
    QVERIFY(channels.told[0].heardOnly && !channels.told[0].connected && channels.told[0].device == device.id);
    QCOMPARE(channels.told[0].at, channels.clock.now());
    channels.clock.advance(Milliseconds(299'000));
    channels.all.heard(device); // a device that posts every second is told of no more often
    QCOMPARE(channels.told.size(), std::size_t{1});
    channels.clock.advance(Milliseconds(1'000));
    channels.all.heard(device);
    QCOMPARE(channels.told.size(), std::size_t{2});
    QVERIFY(channels.all.open(channel)); // its connection says it
    channels.clock.advance(Milliseconds(600'000));
    channels.all.heard(device);
    QCOMPARE(channels.told.size(), std::size_t{3});
    QVERIFY(!channels.told[2].heardOnly);
}

void TestChannels::aCommandGoesToTheChannelOfItsGateway()
{
    Channels channels;
    const auto mine = std::make_shared<NotedChannel>(1), other = std::make_shared<NotedChannel>(65);
    channels.all.open(mine);
    channels.all.open(other);
    QVERIFY(channels.deliver(1, 10));
    mine->takes = false;
    QVERIFY(!channels.deliver(1, 11)); // it stays queued
    QCOMPARE(mine->delivered, (Ids{10, 11}));
    QVERIFY(other->delivered.empty());
    QVERIFY(!channels.deliver(2, 12));
    QVERIFY(channels.posted(1).empty()); // who has a channel is told over it
}

void TestChannels::aDevicesOwnChannelComesBeforeItsGateways()
{
    Channels channels;
    OutgoingCommand wanted = command(1, 9);
    wanted.device = DeviceId{2};
    const auto gateway = std::make_shared<NotedChannel>(1), own = std::make_shared<NotedChannel>(2),
               anonymous = std::make_shared<NotedChannel>(2, false);
    QVERIFY(channels.all.open(anonymous) && channels.all.deliver(wanted));
    QVERIFY(channels.all.open(gateway) && channels.all.deliver(wanted)); // speaks for it with a token
    QVERIFY(channels.all.open(own) && channels.all.deliver(wanted));
    QCOMPARE(anonymous->delivered, Ids{9});
    QCOMPARE(gateway->delivered, Ids{9});
    QCOMPARE(own->delivered, Ids{9});
    QVERIFY(channels.posted(2).empty() && channels.posted(1).empty());
    channels.all.close(own);
    channels.all.close(gateway);
    channels.posted(2);
    QVERIFY(!channels.all.deliver(wanted));
    QCOMPARE(channels.posted(2), Ids{9}); // with the reply to its next post
}

void TestChannels::signingOutEndsItOnce()
{
    Channels channels;
    const auto channel = std::make_shared<NotedChannel>(1), other = std::make_shared<NotedChannel>(2);
    channels.all.open(channel);
    channels.all.open(other);
    channels.all.signOut(DeviceId{1});
    channels.all.signOut(DeviceId{1});
    channels.all.signOut(DeviceId{3});
    QCOMPARE(channel->signedOutCount, 1);
    QCOMPARE(other->signedOutCount, 0);
    QVERIFY(!channels.all.find(DeviceId{1}) && channels.all.find(DeviceId{2}));
    QCOMPARE(channels.told.size(), std::size_t{3});
    QVERIFY(!channels.told.back().connected);
}

void TestChannels::movesAreSpreadEvenly()
{
    Channels channels;
    channels.all.askToMove(std::chrono::seconds(10), "http://b"); // nobody: no trouble
    std::vector<std::shared_ptr<NotedChannel>> all;
    for (int id = 1; id <= 4; ++id) {
        all.push_back(std::make_shared<NotedChannel>(id * 64)); // all in one shard
        channels.all.open(all.back());
    }
    channels.all.askToMove(std::chrono::seconds(10), "http://b");
    std::vector<std::int64_t> after;
    for (const auto& channel : all) {
        QCOMPARE(channel->moves.size(), std::size_t{1});
        QCOMPARE(channel->moves.front().second, std::string("http://b"));
        after.push_back(channel->moves.front().first.count());
    }
    std::sort(after.begin(), after.end());
    QCOMPARE(after, (Ids{0, 2'500, 5'000, 7'500}));
    QCOMPARE(channels.all.size(), std::size_t{4}); // they are here until they go
}

void TestChannels::whoHasNeverPostedIsOfferedNothing()
{
    Channels channels;
    QVERIFY(!channels.deliver(1, 10));
    QVERIFY(channels.posted(1).empty()); // from now on it counts as one that posts
    QVERIFY(!channels.deliver(1, 11));
    QVERIFY(!channels.deliver(2, 12));
    QCOMPARE(channels.posted(1), Ids{11});
    QVERIFY(channels.posted(1).empty()); // once
    QVERIFY(channels.posted(2).empty());
}

void TestChannels::anOfferLivesThreeSeconds()
{
    Channels channels;
    QVERIFY(channels.posted(1).empty());
    channels.deliver(1, 10);
    channels.clock.advance(Milliseconds(3'000));
    channels.deliver(1, 11);
    QCOMPARE(channels.posted(1), (Ids{10, 11}));
    channels.deliver(1, 12);
    channels.clock.advance(Milliseconds(3'001));
    QVERIFY(channels.posted(1).empty()); // cancelled or expired meanwhile, for all that is known here
    channels.deliver(1, 13);
    channels.clock.advance(Milliseconds(2'000));
    channels.deliver(1, 13); // the dispatcher says it again every second
    channels.clock.advance(Milliseconds(2'000));
    QCOMPARE(channels.posted(1), Ids{13});
    channels.clock.advance(Milliseconds(11 * 60'000));
    QVERIFY(channels.posted(65).empty()); // its shard is looked through
    channels.deliver(1, 14);
    QVERIFY(channels.posted(1).empty()); // it has not posted for long
}

void TestChannels::atMostSixteenWaitInTheirOrder()
{
    Channels channels;
    QVERIFY(channels.posted(1).empty());
    for (std::int64_t id = 20; id > 0; --id)
        channels.deliver(1, id);
    const Ids taken = channels.posted(1);
    QCOMPARE(taken.size(), std::size_t{16});
    QVERIFY(taken.front() == 5 && taken.back() == 20);
    QVERIFY(std::is_sorted(taken.begin(), taken.end()));
}

QTEST_APPLESS_MAIN(TestChannels)
#include "tst_channels.moc"

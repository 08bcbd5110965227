// When a command may go out: before its end only, once, and again only when no word came for a while, whatever the way.
#include "server/actions/open_commands.h"

#include <QTest>

using namespace cohort;
using namespace cohort::actions;
using namespace std::chrono_literals;

namespace {

constexpr SteadyTime Start{1h};
constexpr Milliseconds Resend{10'000}, Retry{1'000};

store::OpenCommand row(std::int64_t id, Milliseconds left, bool sent = false, Milliseconds wait = 0ms)
{
    store::OpenCommand made;
    made.id = CommandId{id};
    made.gateway = made.device = DeviceId{1};
    made.sent = sent;
    made.wait = wait;
    made.left = left;
    return made;
}

// A gateway with an open channel, or one that posts and is offered what its next reply takes along.
struct Gateway final : CommandSink
{
    bool deliver(const OutgoingCommand& command) override
    {
        offered = command;
        if (!isOpen || !command.take(now))
            return false;
        written.push_back(command.id.value);
        to = command.gateway;
        return true;
    }
    SteadyTime now = Start;
    bool isOpen = true;
    std::vector<std::int64_t> written;
    DeviceId to; // to which the last one went
    std::optional<OutgoingCommand> offered;
};

struct Dispatched
{
    Gateway gateway;
    OpenCommands open{Resend};

    std::size_t deliverAt(SteadyTime now)
    {
        gateway.now = now;
        return open.deliverDue(gateway, now, Retry).size();
    }
};

} // namespace

class TestOpenCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_S1_nothingGoesOutAfterItsExpiry_data();
    void finding_S1_nothingGoesOutAfterItsExpiry();
    void finding_S1_whatIsOfferedEndsWithItsCommand_data();
    void finding_S1_whatIsOfferedEndsWithItsCommand();
    void finding_S2_whatAPostTookIsNotSentAgain();
    void finding_S2_theRowsDoNotMakeItGoOutTwice();
    void finding_S2_oneOfTwoChannelsGetsIt();
    void whatCouldNotBeWrittenGoesOutOnTheNextChannel();
    void theDatabaseMovesTheExpiry();
    void finding_F6_itFollowsItsDeviceToAnotherGateway();
    void finding_F6_whatTheGatewayBeforeTookIsNotSentAtOnceByTheNext();
};

void TestOpenCommands::finding_S1_nothingGoesOutAfterItsExpiry_data()
{
    QTest::addColumn<int>("ms");
    QTest::addColumn<bool>("goesOut");
    QTest::newRow("at once") << 0 << true;
    QTest::newRow("50 ms before") << 1'950 << true;
    QTest::newRow("the last millisecond") << 1'999 << true;
    QTest::newRow("at its end") << 2'000 << false;
    QTest::newRow("50 ms after") << 2'050 << false;
    QTest::newRow("long after") << 60'000 << false;
}

void TestOpenCommands::finding_S1_nothingGoesOutAfterItsExpiry()
{
    QFETCH(int, ms);
    QFETCH(bool, goesOut);
    Dispatched one;
    one.open.update({row(7, 2'000ms)}, Start, false);
    QCOMPARE(one.deliverAt(Start + Milliseconds(ms)), goesOut ? 1U : 0U);
    QCOMPARE(one.open.size(), goesOut ? 1U : 0U); // what is over is forgotten
    // The same for one that the gateway's post takes.
    Dispatched posting;
    posting.gateway.isOpen = false;
    posting.open.update({row(7, 2'000ms)}, Start, false);
    posting.deliverAt(Start);
    QCOMPARE(posting.gateway.offered->take(Start + Milliseconds(ms)), goesOut);
}

void TestOpenCommands::finding_S1_whatIsOfferedEndsWithItsCommand_data()
{
    QTest::addColumn<bool>("byList");
    QTest::newRow("it was told of") << false;
    QTest::newRow("it is not in the list any more") << true;
}

void TestOpenCommands::finding_S1_whatIsOfferedEndsWithItsCommand() // received, cancelled
{
    QFETCH(bool, byList);
    Dispatched one;
    one.gateway.isOpen = false;
    one.open.update({row(7, 60'000ms)}, Start, false);
    one.deliverAt(Start);
    if (byList)
        one.open.update({}, Start, true);
    else
        one.open.remove(CommandId{7});
    QVERIFY(!one.gateway.offered->take(Start + 1ms));
}

void TestOpenCommands::finding_S2_whatAPostTookIsNotSentAgain()
{
    Dispatched one;
    one.gateway.isOpen = false;
    one.open.update({row(7, 60'000ms)}, Start, false);
    one.deliverAt(Start);
    QVERIFY(one.gateway.offered->take(Start + 100ms)); // the reply to its post carries it
    one.gateway.isOpen = true;                         // 5 ms later it polls
    one.open.channelOpened(DeviceId{1}, Start + 105ms);
    QCOMPARE(one.deliverAt(Start + 105ms), 0U); // also where nobody has told the dispatcher yet
    one.open.sent(CommandId{7}, Start + 106ms);
    one.open.channelOpened(DeviceId{1}, Start + 107ms);
    QCOMPARE(one.deliverAt(Start + 9'000ms), 0U);
    QCOMPARE(one.deliverAt(Start + 10'200ms), 1U); // no word came
    QCOMPARE(one.deliverAt(Start + 10'300ms), 0U);
}

void TestOpenCommands::finding_S2_theRowsDoNotMakeItGoOutTwice()
{
    Dispatched one;
    one.open.update({row(7, 60'000ms)}, Start, false);
    QCOMPARE(one.deliverAt(Start), 1U);
    one.open.update({row(7, 60'000ms)}, Start + 10ms, false); // not marked yet
    QCOMPARE(one.deliverAt(Start + 10ms), 0U);
    one.open.update({row(7, 59'000ms, true, 9'500ms)}, Start + 500ms, true);
    QCOMPARE(one.deliverAt(Start + 9'900ms), 0U);
    QCOMPARE(one.deliverAt(Start + 10'100ms), 1U);
    // Another server sent it: this one waits, too.
    Dispatched other;
    other.open.update({row(7, 60'000ms, true, 6'000ms)}, Start, true);
    other.open.channelOpened(DeviceId{1}, Start + 1ms);
    QCOMPARE(other.deliverAt(Start + 5'999ms), 0U);
    QCOMPARE(other.deliverAt(Start + 6'000ms), 1U);
}

void TestOpenCommands::finding_S2_oneOfTwoChannelsGetsIt()
{
    Dispatched one;
    one.gateway.isOpen = false;
    one.open.update({row(7, 60'000ms)}, Start, false);
    one.deliverAt(Start);
    const OutgoingCommand first = *one.gateway.offered, second = *one.gateway.offered;
    QVERIFY(first.take(Start + 1ms));
    QVERIFY(!second.take(Start + 1ms));
    QVERIFY(!second.take(Start + 10'000ms));
    QVERIFY(second.take(Start + 10'001ms));
}

void TestOpenCommands::whatCouldNotBeWrittenGoesOutOnTheNextChannel()
{
    Dispatched one;
    one.gateway.isOpen = false;
    one.open.update({row(7, 60'000ms)}, Start, false);
    one.deliverAt(Start);
    QVERIFY(one.gateway.offered->take(Start));
    one.gateway.offered->giveBack(); // the poll ended just then
    one.gateway.isOpen = true;
    one.open.channelOpened(DeviceId{1}, Start + 1ms);
    QCOMPARE(one.deliverAt(Start + 1ms), 1U);
}

void TestOpenCommands::theDatabaseMovesTheExpiry()
{
    Dispatched one;
    one.gateway.isOpen = false;
    one.open.update({row(7, 2'000ms)}, Start, false);
    one.open.update({row(7, 2'000ms)}, Start + 1'000ms, true); // its clock was set
    one.gateway.isOpen = true;
    QCOMPARE(one.deliverAt(Start + 2'500ms), 1U);
}

void TestOpenCommands::finding_F6_itFollowsItsDeviceToAnotherGateway()
{
    Dispatched one;
    one.gateway.isOpen = false;
    one.open.update({row(7, 60'000ms)}, Start, false);
    one.deliverAt(Start);
    const OutgoingCommand offeredBefore = *one.gateway.offered;
    store::OpenCommand moved = row(7, 59'000ms);
    moved.gateway = DeviceId{2};
    one.open.update({moved}, Start + 100ms, false);
    QVERIFY(!offeredBefore.take(Start + 101ms)); // the gateway before is offered it no more
    one.gateway.isOpen = true;
    QCOMPARE(one.deliverAt(Start + 101ms), 1U);
    QCOMPARE(one.gateway.to, DeviceId{2});
}

void TestOpenCommands::finding_F6_whatTheGatewayBeforeTookIsNotSentAtOnceByTheNext()
{
    Dispatched one;
    one.gateway.isOpen = false;
    one.open.update({row(7, 60'000ms)}, Start, false);
    one.deliverAt(Start);
    QVERIFY(one.gateway.offered->take(Start + 50ms));
    one.gateway.isOpen = true;
    store::OpenCommand moved = row(7, 59'000ms); // not marked as sent yet
    moved.gateway = DeviceId{2};
    one.open.update({moved}, Start + 100ms, false);
    QCOMPARE(one.deliverAt(Start + 101ms), 0U);
    QCOMPARE(one.deliverAt(Start + 10'100ms), 1U); // no word came
}

QTEST_GUILESS_MAIN(TestOpenCommands)
#include "tst_open_commands.moc"

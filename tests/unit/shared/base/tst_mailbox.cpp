// A mailbox is bounded, keeps the order, wakes its owner once, and says no when it is closed.
#include "shared/base/mailbox.h"

#include <QTest>

#include <atomic>
#include <map>
#include <memory>
#include <thread>
#include <vector>

using namespace cohort;
using namespace std::chrono_literals;

class TestMailbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesAllAtOnceInTheirOrder();
    void whatDoesNotFitStaysWithItsSender();
    void hasRoomAgainWhenItWasEmptied();
    void withoutRoomNothingFits();
    void wakesItsOwnerOnlyWhenItWasEmpty();
    void wakesWithoutItsLock();
    void closedItTakesNothingButGivesWhatIsInside();
    void waitingEndsWithAValue();
    void waitingEndsWithTheTime();
    void waitingEndsWhenItIsClosed();
    void manySendersLoseNothing();
};

void TestMailbox::givesAllAtOnceInTheirOrder()
{
    Mailbox<int> box(8);
    for (int i = 1; i <= 3; ++i)
        QVERIFY(box.put(int(i)));
    QCOMPARE(box.size(), std::size_t{3});
    const auto all = box.drainAll();
    QCOMPARE(all, (std::deque<int>{1, 2, 3}));
    QCOMPARE(box.size(), std::size_t{0});
    QVERIFY(box.drainAll().empty());
}

void TestMailbox::whatDoesNotFitStaysWithItsSender()
{
    Mailbox<std::unique_ptr<int>> box(1);
    QVERIFY(box.put(std::make_unique<int>(1)));
    auto second = std::make_unique<int>(2);
    QVERIFY(!box.put(std::move(second)));
    QVERIFY(second && *second == 2); // NOLINT(bugprone-use-after-move): it was not moved away
    QCOMPARE(box.size(), std::size_t{1});
    QCOMPARE(*box.drainAll().front(), 1);
}

void TestMailbox::hasRoomAgainWhenItWasEmptied()
{
    Mailbox<int> box(2);
    QVERIFY(box.put(1) && box.put(2));
    QVERIFY(!box.put(3));
    box.drainAll();
    QVERIFY(box.put(4) && box.put(5));
    QVERIFY(!box.put(6));
    QCOMPARE(box.drainAll(), (std::deque<int>{4, 5}));
}

void TestMailbox::withoutRoomNothingFits()
{
    int wakes = 0;
    Mailbox<int> box(0, [&] { ++wakes; });
    QVERIFY(!box.put(1));
    QCOMPARE(wakes, 0);
}

void TestMailbox::wakesItsOwnerOnlyWhenItWasEmpty()
{
    int wakes = 0;
    Mailbox<int> box(2, [&] { ++wakes; });
    QVERIFY(box.put(1) && box.put(2));
    QCOMPARE(wakes, 1);
    QVERIFY(!box.put(3));
    QCOMPARE(wakes, 1); // nor by what did not fit
    box.drainAll();
    QVERIFY(box.put(4));
    QCOMPARE(wakes, 2);
}

void TestMailbox::wakesWithoutItsLock()
{
    std::deque<int> taken;
    Mailbox<int>* self = nullptr;
    Mailbox<int> box(2, [&] { taken = self->drainAll(); }); // would wait for ever
    self = &box;
    QVERIFY(box.put(7));
    QCOMPARE(taken, std::deque<int>{7});
    box.close();
    QVERIFY(taken.empty());
}

void TestMailbox::closedItTakesNothingButGivesWhatIsInside()
{
    int wakes = 0;
    Mailbox<int> box(4, [&] { ++wakes; });
    QVERIFY(box.put(1));
    box.close();
    QCOMPARE(wakes, 2); // its owner looks once more
    int late = 2;
    QVERIFY(!box.put(std::move(late)));
    QCOMPARE(box.drainAll(60s), std::deque<int>{1});
    QVERIFY(box.drainAll().empty());
}

void TestMailbox::waitingEndsWithAValue()
{
    Mailbox<int> box(4);
    std::deque<int> got;
    std::thread owner([&] { got = box.drainAll(60s); });
    QVERIFY(box.put(5));
    owner.join();
    QCOMPARE(got, std::deque<int>{5});
}

void TestMailbox::waitingEndsWithTheTime()
{
    Mailbox<int> box(4);
    QVERIFY(box.drainAll(1ms).empty());
    QVERIFY(box.put(1));
    QCOMPARE(box.drainAll(0ms), std::deque<int>{1}); // what is there needs no time
}

void TestMailbox::waitingEndsWhenItIsClosed()
{
    Mailbox<int> box(4);
    std::atomic<int> ended = 0;
    std::vector<std::thread> owners;
    owners.reserve(2);
    for (int i = 0; i < 2; ++i)
        owners.emplace_back([&] {
            if (box.drainAll(60s).empty())
                ++ended;
        });
    box.close();
    for (auto& owner : owners)
        owner.join();
    QCOMPARE(ended.load(), 2); // all of them
}

void TestMailbox::manySendersLoseNothing()
{
    constexpr int Senders = 4, Each = 500;
    Mailbox<std::pair<int, int>> box(16);
    std::vector<std::thread> senders;
    senders.reserve(Senders);
    for (int sender = 0; sender < Senders; ++sender)
        senders.emplace_back([&box, sender] {
            for (int i = 0; i < Each; ++i)
                while (!box.put({sender, i}))
                    std::this_thread::yield();
        });
    std::map<int, int> next;
    int taken = 0;
    std::size_t most = 0;
    bool isInOrder = true;
    while (taken < Senders * Each) {
        const auto some = box.drainAll(20s);
        if (some.empty())
            break;
        most = std::max(most, some.size());
        taken += static_cast<int>(some.size());
        for (const auto& [sender, i] : some)
            isInOrder = next[sender]++ == i && isInOrder;
    }
    box.close();
    for (auto& sender : senders)
        sender.join();
    QCOMPARE(taken, Senders * Each);
    QVERIFY(isInOrder);
    QVERIFY(most <= 16);
    QVERIFY(box.drainAll().empty());
}

QTEST_GUILESS_MAIN(TestMailbox)
#include "tst_mailbox.moc"

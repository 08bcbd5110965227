// Notices reach those who subscribed, in order, and nobody who has gone.
#include <QTest>

#include "server/bus/bus.h"

#include <atomic>
#include <thread>

using namespace cohort;
using namespace cohort::bus;

class TestBus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callsSubscribersInTheirOrder()
    {
        Bus bus;
        std::string calls;
        const auto first = bus.subscribe([&](const Notice&) { calls += 'a'; });
        const auto second = bus.subscribe([&](const Notice&) { calls += 'b'; });
        bus.publish(ConfigurationChanged{});
        bus.publish(ConfigurationChanged{});
        QCOMPARE(calls, std::string("abab"));
    }
    void carriesTheNotice()
    {
        Bus bus;
        CommandId seen;
        const auto one = bus.subscribe([&](const Notice& notice) {
            if (const auto* changed = std::get_if<CommandChanged>(&notice))
                seen = changed->command;
        });
        bus.publish(AlertChanged{});
        QCOMPARE(seen, CommandId{});
        bus.publish(CommandChanged{CommandId{7}, {}, {}});
        QCOMPARE(seen, CommandId{7});
    }
    void callsNobodyWhoHasGone()
    {
        Bus bus;
        int calls = 0;
        auto one = bus.subscribe([&](const Notice&) { ++calls; });
        one.reset();
        bus.publish(ConfigurationChanged{});
        QCOMPARE(calls, 0);
    }
    void letsASubscriberEndItself()
    {
        Bus bus;
        int calls = 0;
        std::unique_ptr<Bus::Subscription> one;
        one = bus.subscribe([&](const Notice&) {
            ++calls;
            one.reset();
        });
        bus.publish(ConfigurationChanged{});
        bus.publish(ConfigurationChanged{});
        QCOMPARE(calls, 1);
    }
    void letsASubscriptionOutliveTheBus()
    {
        std::unique_ptr<Bus::Subscription> one;
        {
            Bus bus;
            one = bus.subscribe([](const Notice&) {});
        }
        one.reset();
    }
    void waitsForACallThatIsUnderWay()
    {
        Bus bus;
        std::atomic<bool> isInside = false;
        std::atomic<bool> mayLeave = false;
        std::atomic<bool> hasLeft = false;
        auto one = bus.subscribe([&](const Notice&) {
            isInside = true;
            while (!mayLeave)
                std::this_thread::yield();
            hasLeft = true;
        });
        std::thread publisher([&] { bus.publish(ConfigurationChanged{}); });
        while (!isInside)
            std::this_thread::yield();
        std::thread ending([&] {
            one.reset();
            QVERIFY(hasLeft);
        });
        mayLeave = true;
        ending.join();
        publisher.join();
    }
    void standsPublishingFromManyThreads()
    {
        Bus bus;
        std::atomic<int> calls = 0;
        const auto one = bus.subscribe([&](const Notice&) { ++calls; });
        std::vector<std::thread> threads;
        for (int number = 0; number < 4; ++number) {
            threads.emplace_back([&] {
                for (int count = 0; count < 500; ++count) {
                    const auto own = bus.subscribe([](const Notice&) {});
                    bus.publish(ConfigurationChanged{});
                }
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(calls.load(), 2'000);
    }
};

QTEST_GUILESS_MAIN(TestBus)
#include "tst_bus.moc"

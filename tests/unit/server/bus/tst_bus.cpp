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
        const auto first = bus.subscribe(allTopics(), [&](const Notice&) { calls += 'a'; });
        const auto second = bus.subscribe(allTopics(), [&](const Notice&) { calls += 'b'; });
        bus.publish(ConfigurationChanged{});
        bus.publish(ConfigurationChanged{});
        QCOMPARE(calls, std::string("abab"));
    }
    void carriesTheNotice()
    {
        Bus bus;
        CommandId seen;
        const auto one = bus.subscribe(allTopics(), [&](const Notice& notice) {
            if (const auto* changed = std::get_if<CommandChanged>(&notice))
                seen = changed->command;
        });
        bus.publish(AlertChanged{});
        QCOMPARE(seen, CommandId{});
        bus.publish(CommandChanged{CommandId{7}, {}, {}});
        QCOMPARE(seen, CommandId{7});
    }
    void callsOnlyForTheTopicsThatWereNamed()
    {
        Bus bus;
        std::string calls;
        const auto one = bus.subscribe(topics<AlertChanged>(), [&](const Notice&) { calls += '1'; });
        const auto two = bus.subscribe(topics<AlertChanged, MetricsSampled>(), [&](const Notice&) { calls += '2'; });
        const auto none = bus.subscribe({}, [&](const Notice&) { calls += '0'; });
        const auto all = bus.subscribe(allTopics(), [&](const Notice&) { calls += '*'; });
        bus.publish(BatchCommitted{}); // the first topic
        QCOMPARE(std::exchange(calls, {}), std::string("*"));
        bus.publish(AlertChanged{});
        QCOMPARE(std::exchange(calls, {}), std::string("12*"));
        bus.publish(MetricsSampled{}); // the last one
        QCOMPARE(std::exchange(calls, {}), std::string("2*"));
    }
    void doesNotTellAPublisherWhatItSaidItself()
    {
        Bus bus;
        std::string calls;
        const auto own = bus.subscribe(allTopics(), [&](const Notice&) { calls += 'o'; });
        const auto other = bus.subscribe(allTopics(), [&](const Notice&) { calls += 'x'; });
        own->publishToOthers(AlertChanged{});
        QCOMPARE(std::exchange(calls, {}), std::string("x"));
        other->publishToOthers(AlertChanged{});
        QCOMPARE(std::exchange(calls, {}), std::string("o"));
        bus.publish(AlertChanged{}); // the thread that says it does not matter
        QCOMPARE(calls, std::string("ox"));
    }
    void callsUnderNoLock()
    {
        Bus bus;
        std::string calls;
        std::unique_ptr<Bus::Subscription> later, gone;
        gone = bus.subscribe(allTopics(), [&](const Notice&) { calls += 'g'; });
        const auto one = bus.subscribe(allTopics(), [&](const Notice& notice) {
            calls += '1';
            if (!std::holds_alternative<AlertChanged>(notice))
                return;
            gone.reset();
            later = bus.subscribe(allTopics(), [&](const Notice&) { calls += 'n'; });
            bus.publish(MetricsSampled{});
        });
        bus.publish(AlertChanged{}); // who subscribes meanwhile does not hear this one
        QCOMPARE(calls, std::string("g11n"));
    }
    void doesNotMakeOnePublisherWaitForAnother()
    {
        Bus bus;
        std::atomic<int> inside = 0;
        const auto one = bus.subscribe(allTopics(), [&](const Notice&) {
            ++inside;
            while (inside < 2) // each waits for the other to be in its call too
                std::this_thread::yield();
        });
        std::thread other([&] { bus.publish(ConfigurationChanged{}); });
        bus.publish(ConfigurationChanged{});
        other.join();
        QCOMPARE(inside.load(), 2);
    }
    void callsNobodyWhoHasGone()
    {
        Bus bus;
        int calls = 0;
        auto one = bus.subscribe(allTopics(), [&](const Notice&) { ++calls; });
        one.reset();
        bus.publish(ConfigurationChanged{});
        QCOMPARE(calls, 0);
    }
    void letsASubscriberEndItself()
    {
        Bus bus;
        int calls = 0;
        std::unique_ptr<Bus::Subscription> one;
        one = bus.subscribe(allTopics(), [&](const Notice&) {
            ++calls;
            one.reset();
        });
        bus.publish(ConfigurationChanged{});
        bus.publish(ConfigurationChanged{});
        QCOMPARE(calls, 1);
    }
    void endsForThoseWhoWereAboutToCall()
    {
        Bus bus;
        int calls = 0;
        std::unique_ptr<Bus::Subscription> second;
        const auto first = bus.subscribe(allTopics(), [&](const Notice&) { second.reset(); });
        second = bus.subscribe(allTopics(), [&](const Notice&) { ++calls; });
        bus.publish(ConfigurationChanged{}); // has its list of both when the second ends
        QCOMPARE(calls, 0);
    }
    void letsASubscriptionOutliveTheBus()
    {
        std::unique_ptr<Bus::Subscription> one;
        {
            Bus bus;
            one = bus.subscribe(allTopics(), [](const Notice&) {});
        }
        one->publishToOthers(ConfigurationChanged{});
        one.reset();
    }
    void waitsForACallThatIsUnderWay()
    {
        Bus bus;
        std::atomic<bool> isInside = false;
        std::atomic<bool> mayLeave = false;
        std::atomic<bool> hasLeft = false;
        auto one = bus.subscribe(allTopics(), [&](const Notice&) {
            isInside = true;
            while (!mayLeave)
                std::this_thread::yield();
            hasLeft = true;
        });
        std::thread publisher([&] { bus.publish(ConfigurationChanged{}); });
        while (!isInside)
            std::this_thread::yield();
        bool hadLeft = false;
        std::thread ending([&] {
            one.reset();
            hadLeft = hasLeft;
        });
        mayLeave = true;
        ending.join();
        publisher.join();
        QVERIFY(hadLeft);
    }
    void waitsForOthersButNotForItself()
    {
        Bus bus;
        std::atomic<int> inside = 0;
        std::atomic<bool> otherHasLeft = false, hadLeft = false;
        std::unique_ptr<Bus::Subscription> one;
        one = bus.subscribe(allTopics(), [&](const Notice& notice) {
            ++inside;
            while (inside < 2)
                std::this_thread::yield();
            if (std::holds_alternative<AlertChanged>(notice)) {
                one.reset(); // within this call, while the other thread's is under way
                hadLeft = otherHasLeft.load();
            } else {
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
                otherHasLeft = true;
            }
        });
        std::thread other([&] { bus.publish(ConfigurationChanged{}); });
        bus.publish(AlertChanged{});
        other.join();
        QVERIFY(hadLeft);
    }
    void standsPublishingFromManyThreads()
    {
        Bus bus;
        std::atomic<int> calls = 0;
        const auto one = bus.subscribe(allTopics(), [&](const Notice&) { ++calls; });
        std::vector<std::thread> threads;
        threads.reserve(4);
        for (int number = 0; number < 4; ++number) {
            threads.emplace_back([&] {
                for (int count = 0; count < 500; ++count) {
                    const auto own = bus.subscribe(allTopics(), [](const Notice&) {});
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

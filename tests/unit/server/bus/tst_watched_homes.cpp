#include "server/bus/watched_homes.h"

#include <QtTest>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

using namespace cohort;
using namespace cohort::bus;

class TestWatchedHomes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void containsAHomeAsLongAsAnybodyLooks()
    {
        const WatchedHomes homes;
        QVERIFY(!homes.contains(LocationId{7}));
        std::optional first(homes.begin(LocationId{7}));
        std::optional second(homes.begin(LocationId{7}));
        QVERIFY(homes.contains(LocationId{7}));
        first.reset();
        QVERIFY(homes.contains(LocationId{7}));
        second.reset();
        QVERIFY(!homes.contains(LocationId{7}));
    }
    void doesNotTakeOneHomeForAnother()
    {
        const WatchedHomes homes;
        const auto watch = homes.begin(LocationId{7});
        for (std::int64_t home = 8; home < 5'000; ++home) // those of the same slot among them
            QVERIFY(!homes.contains(LocationId{home}));
    }
    void endsOnceWhereverTheWatchHasGone()
    {
        const WatchedHomes homes;
        WatchedHomes::Watch kept;
        {
            auto first = homes.begin(LocationId{1});
            WatchedHomes::Watch moved(std::move(first));
            kept = std::move(moved);
        }
        QVERIFY(homes.contains(LocationId{1}));
        kept = homes.begin(LocationId{2});
        QVERIFY(!homes.contains(LocationId{1}));
        QVERIFY(homes.contains(LocationId{2}));
        kept = {};
        QVERIFY(!homes.contains(LocationId{2}));
    }
    void letsAWatchOutliveIt()
    {
        std::optional<WatchedHomes> homes(std::in_place);
        const auto watch = homes->begin(LocationId{1});
        homes.reset();
    }
    void standsManyThreads()
    {
        const WatchedHomes homes;
        const auto kept = homes.begin(LocationId{1});
        std::atomic<int> missed = 0;
        std::vector<std::thread> threads;
        threads.reserve(4);
        for (int number = 0; number < 4; ++number) {
            threads.emplace_back([&] {
                for (std::int64_t count = 0; count < 2'000; ++count) {
                    const auto watch = homes.begin(LocationId{count % 3});
                    missed += homes.contains(LocationId{1}) && homes.contains(LocationId{count % 3}) ? 0 : 1;
                }
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(missed.load(), 0);
        QVERIFY(homes.contains(LocationId{1}));
        QVERIFY(!homes.contains(LocationId{0}));
        QVERIFY(!homes.contains(LocationId{2}));
    }
};

QTEST_GUILESS_MAIN(TestWatchedHomes)
#include "tst_watched_homes.moc"

#include "shared/base/hand_over.h"

#include <QtTest>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

using namespace cohort;

class TestHandOver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handsOnInOrderUnderNoLock()
    {
        std::mutex mutex;
        HandOver<int> values;
        std::vector<int> handed;
        values.add(1);
        values.add(2);
        values.drain(mutex, [&](int value) {
            const std::unique_lock free(mutex, std::try_to_lock);
            QVERIFY(free.owns_lock());
            handed.push_back(value);
        });
        QCOMPARE(handed, (std::vector<int>{1, 2}));
        values.drain(mutex, [&](int value) { handed.push_back(value); });
        QCOMPARE(handed.size(), std::size_t(2)); // each once
    }
    void handsOnWhatIsAddedMeanwhile()
    {
        std::mutex mutex;
        HandOver<int> values;
        std::vector<int> handed;
        values.add(1);
        values.drain(mutex, [&](int value) {
            handed.push_back(value);
            if (value == 3)
                return;
            {
                const std::lock_guard lock(mutex);
                values.add(value + 1);
            }
            values.drain(mutex, [&](int) { handed.push_back(-1); }); // somebody is at it: returns at once
            handed.push_back(0);
        });
        QCOMPARE(handed, (std::vector<int>{1, 0, 2, 0, 3}));
    }
    void endsWhatItHandedOnUnderNoLock()
    {
        std::mutex mutex;
        HandOver<std::shared_ptr<int>> values;
        bool wasFree = false;
        values.add(std::shared_ptr<int>(new int(1), [&](const int* value) {
            delete value;
            const std::unique_lock free(mutex, std::try_to_lock);
            wasFree = free.owns_lock();
        }));
        values.drain(mutex, [](const std::shared_ptr<int>&) {});
        QVERIFY(wasFree);
    }
    void keepsTheOrderOfManyThreads()
    {
        std::mutex mutex;
        HandOver<int> values;
        int next = 0;
        std::vector<int> handed; // by one thread at a time
        std::atomic<int> inside = 0;
        std::atomic<bool> twoAtOnce = false;
        std::vector<std::thread> threads;
        threads.reserve(4);
        for (int number = 0; number < 4; ++number) {
            threads.emplace_back([&] {
                for (int count = 0; count < 2'000; ++count) {
                    {
                        const std::lock_guard lock(mutex);
                        values.add(next++);
                    }
                    values.drain(mutex, [&](int value) {
                        if (++inside > 1)
                            twoAtOnce = true;
                        handed.push_back(value);
                        --inside;
                    });
                }
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QVERIFY(!twoAtOnce);
        QCOMPARE(handed.size(), std::size_t(8'000));
        for (int value = 0; value < 8'000; ++value)
            QCOMPARE(handed[static_cast<std::size_t>(value)], value);
    }
};

QTEST_GUILESS_MAIN(TestHandOver)
#include "tst_hand_over.moc"

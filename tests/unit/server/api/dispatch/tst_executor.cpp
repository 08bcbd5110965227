#include "server/api/dispatch/executor.h"
#include "tests/kit/test_database.h"
#include "tests/kit/wait_until.h"

#include <QTest>

#include <atomic>
#include <future>
#include <thread>

using namespace cohort;
using namespace cohort::api;

namespace {

constexpr std::chrono::seconds Limit{20};

Executor::Job job(std::function<void()> work)
{
    return {.work = [work = std::move(work)](store::Connection&) -> Result<void> {
                work();
                return {};
            },
            .finish = [](const Result<void>&) {}};
}

} // namespace

class TestExecutor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsASessionsJobsInOrderAndOneAtATime()
    {
        testkit::TestDatabase database;
        Executor executor({.database = database.settings(), .threads = 3});
        executor.start();
        std::vector<int> order;
        std::atomic<int> atWork{0};
        std::promise<void> done;
        for (int i = 0; i < 50; ++i)
            QVERIFY(executor.post(7, job([&, i] {
                                      QCOMPARE(++atWork, 1);
                                      order.push_back(i);
                                      --atWork;
                                      if (i == 49)
                                          done.set_value();
                                  })));
        QCOMPARE(done.get_future().wait_for(Limit), std::future_status::ready);
        for (int i = 0; i < 50; ++i)
            QCOMPARE(order[static_cast<std::size_t>(i)], i);
    }

    void aSessionThatWaitsHoldsUpNoOther()
    {
        testkit::TestDatabase database;
        Executor executor({.database = database.settings(), .threads = 2});
        executor.start();
        std::promise<void> gate, other;
        auto open = gate.get_future().share();
        for (int i = 0; i < 10; ++i)
            QVERIFY(executor.post(1, job([open] { open.wait(); })));
        QVERIFY(executor.post(2, job([&] { other.set_value(); })));
        QCOMPARE(other.get_future().wait_for(Limit), std::future_status::ready);
        gate.set_value();
    }

    void refusesBeyondItsBounds()
    {
        testkit::TestDatabase database;
        Executor executor({.database = database.settings(), .threads = 1, .jobsPerSession = 3, .jobs = 5});
        for (int i = 0; i < 3; ++i)
            QVERIFY(executor.post(1, job([] {})));
        QVERIFY(!executor.post(1, job([] {})));
        QVERIFY(executor.post(2, job([] {})));
        QVERIFY(executor.post(3, job([] {})));
        QVERIFY(!executor.post(4, job([] {})));
        QCOMPARE(executor.waiting(), std::size_t{5});
    }

    void answersWhatStillWaitsWhenItStops()
    {
        testkit::TestDatabase database;
        int finished = 0;
        {
            Executor executor({.database = database.settings(), .threads = 1}); // never started
            Executor::Job one = job([] {});
            one.finish = [&](const Result<void>& result) {
                finished += !result && result.error().code == ErrorCode::Unavailable;
            };
            QVERIFY(executor.post(1, std::move(one)));
        }
        QCOMPARE(finished, 1);
    }

    void saysThatTheDatabaseIsAway()
    {
        Executor executor({.database = {.conninfo = QStringLiteral("host=/nowhere dbname=x")}, .threads = 1});
        executor.start();
        std::promise<Result<void>> answer;
        Executor::Job one = job([] { QFAIL("must not run"); });
        one.finish = [&](const Result<void>& result) { answer.set_value(result); };
        QVERIFY(executor.post(1, std::move(one)));
        auto future = answer.get_future();
        QCOMPARE(future.wait_for(Limit), std::future_status::ready);
        QVERIFY(!future.get());
    }

    void runsAReadAgainOnceWhenTheConnectionIsLost()
    {
        testkit::TestDatabase database;
        Executor executor({.database = database.settings(), .threads = 1});
        executor.start();
        std::atomic<int> tries{0};
        for (const bool again : {true, false}) {
            tries = 0;
            std::promise<bool> answer;
            Executor::Job one{.work = [&](store::Connection&) -> Result<void> {
                                  if (++tries == 1)
                                      return fail(ErrorCode::DatabaseLost);
                                  return {};
                              },
                              .finish = [&](const Result<void>& result) { answer.set_value(result.has_value()); },
                              .again = again};
            QVERIFY(executor.post(1, std::move(one)));
            QCOMPARE(answer.get_future().get(), again);
            QCOMPARE(tries.load(), again ? 2 : 1);
        }
    }
};

QTEST_GUILESS_MAIN(TestExecutor)
#include "tst_executor.moc"

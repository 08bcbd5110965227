#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/worker/host/ledger.h"
#include "server/worker/host/run_time_limit.h"
#endif

#include <QtTest/QtTest>

namespace cohort::worker {
namespace {

using std::chrono::milliseconds;

// A worker as the host sees it, moved on by hand.
struct Seen
{
    UsageSample reading{5, 1, 0, true, std::chrono::microseconds(0), {}};

    UsageSample after(int wallMs, int cpuMs)
    {
        reading.at += milliseconds(wallMs);
        reading.cpu += milliseconds(cpuMs);
        return reading;
    }
};

RunTimeLimit usual()
{
    return RunTimeLimit(milliseconds(1000), milliseconds(5000));
}

} // namespace

class TestWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letsARunUseItsTime();
    void endsARunOverItsCpu();
    void endsARunOverItsWallTime();
    void eachTurnBeginsAnew();
    void doesNotBelieveTurnsWithoutFrames();
    void waitsForAWorkerThatOwesNothing();
    void ledgerKnowsWhatIsOwed();
    void ledgerRefusesWhatWasNotAsked();
};

void TestWatch::letsARunUseItsTime()
{
    Seen seen;
    RunTimeLimit watch = usual();
    for (int i = 0; i < 10; ++i)
        QVERIFY(!watch.evaluate(seen.after(100, 99)));
}

void TestWatch::endsARunOverItsCpu()
{
    Seen seen;
    RunTimeLimit watch = usual();
    QVERIFY(!watch.evaluate(seen.after(0, 0)));
    QVERIFY(!watch.evaluate(seen.after(1000, 1000)));
    QVERIFY(watch.evaluate(seen.after(1, 1)) == EndReason::CpuLimit);
}

void TestWatch::endsARunOverItsWallTime()
{
    Seen seen;
    RunTimeLimit watch = usual();
    QVERIFY(!watch.evaluate(seen.after(0, 0)));
    QVERIFY(watch.evaluate(seen.after(5001, 0)) == EndReason::WallLimit);
}

void TestWatch::eachTurnBeginsAnew()
{
    Seen seen;
    RunTimeLimit watch = usual();
    for (int i = 0; i < 100; ++i) {
        ++seen.reading.turn;
        ++seen.reading.frames;
        QVERIFY(!watch.evaluate(seen.after(900, 900)));
    }
}

void TestWatch::doesNotBelieveTurnsWithoutFrames()
{
    Seen seen;
    RunTimeLimit watch = usual();
    std::optional<EndReason> reason;
    for (int i = 0; i < 100 && !reason; ++i) {
        ++seen.reading.turn;
        reason = watch.evaluate(seen.after(100, 100));
    }
    QVERIFY(reason == EndReason::CpuLimit);
}

void TestWatch::waitsForAWorkerThatOwesNothing()
{
    Seen seen;
    RunTimeLimit watch = usual();
    QVERIFY(!watch.evaluate(seen.after(0, 0)));
    seen.reading.owing = false;
    QVERIFY(!watch.evaluate(seen.after(60'000, 0)));
    seen.reading.owing = true;
    QVERIFY(!watch.evaluate(seen.after(60'000, 0)));
}

void TestWatch::ledgerKnowsWhatIsOwed()
{
    using namespace engine::wire;
    Ledger ledger;
    QVERIFY(ledger.received(Ready{}));
    QVERIFY(!ledger.owing());
    ledger.sent(Load{});
    QVERIFY(ledger.owing());
    QVERIFY(ledger.received(Loaded{}));
    RunOne one;
    one.run.number = 4;
    ledger.sent(RunBatch{{one}});
    QVERIFY(ledger.owing());
    HistoryRequest request;
    request.run = 4;
    QVERIFY(ledger.received(request));
    QVERIFY(!ledger.owing());
    HistoryAnswer answer;
    answer.run = 4;
    ledger.sent(answer);
    QVERIFY(ledger.owing());
    engine::RunResult result;
    result.number = 4;
    QVERIFY(ledger.received(RunDone{result}));
    QVERIFY(!ledger.owing());
}

void TestWatch::ledgerRefusesWhatWasNotAsked()
{
    using namespace engine::wire;
    Ledger early;
    QVERIFY(!early.received(Loaded{}));
    Ledger ledger;
    QVERIFY(ledger.received(Ready{}));
    QVERIFY(!ledger.received(Ready{}));
    QVERIFY(!ledger.received(Loaded{}));
    QVERIFY(!ledger.received(RunDone{}));
    HistoryRequest request;
    request.run = 4;
    QVERIFY(!ledger.received(request));
    RunOne one;
    one.run.number = 4;
    ledger.sent(RunBatch{{one}});
    QVERIFY(ledger.received(request));
    QVERIFY(!ledger.received(request)); // one question at a time
}

} // namespace cohort::worker

using TestWatch = cohort::worker::TestWatch;
QTEST_GUILESS_MAIN(TestWatch)
#include "tst_run_time_limit.moc"

#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/composer/commit/trace.h"
#include "server/composer/instances/wake_queue.h"
#include "server/composer/running/supervisor.h"
#endif

#include <QTest>

using namespace cohort;
using namespace cohort::composer;
using engine::RunStatus;

namespace {

engine::RunResult ended(RunStatus status, const char* error = "")
{
    engine::RunResult result;
    result.status = status;
    result.error = error;
    return result;
}

} // namespace

class TestSupervisor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void threeKillsInARowPause();
    void twentyErrorsInARowPause();
    void aGoodRunForgivesAndEndsSuspicion();
    void saysWhyAWorkerDied();
    void stoppingAWorkerBlamesNobody();
    void keepsRunsThatSaySomethingAndASampleOfTheRest();
    void wakesInOrderOfTime();
};

void TestSupervisor::threeKillsInARowPause()
{
    Trouble trouble;
    QVERIFY(!countRun(trouble, ended(RunStatus::Timeout)));
    QVERIFY(!countRun(trouble, ended(RunStatus::Memory)));
    QVERIFY(countRun(trouble, ended(RunStatus::Killed, "signal 11")));
    QCOMPARE(trouble.status, model::InstanceStatus::PausedByErrors);
    QVERIFY(trouble.detail.contains(QStringLiteral("signal 11")));
}

void TestSupervisor::twentyErrorsInARowPause()
{
    Trouble trouble;
    for (int i = 1; i < MostErrorsInRow; ++i)
        QVERIFY(!countRun(trouble, ended(RunStatus::Error, "line 3: x")));
    QVERIFY(trouble.runs());
    QVERIFY(countRun(trouble, ended(RunStatus::Error, "line 3: x")));
    QVERIFY(trouble.detail.contains(QStringLiteral("20 errors in a row")));
}

void TestSupervisor::aGoodRunForgivesAndEndsSuspicion()
{
    Trouble trouble;
    trouble.suspect = true;
    QVERIFY(!countRun(trouble, ended(RunStatus::Timeout)));
    QVERIFY(!countRun(trouble, ended(RunStatus::Timeout)));
    QVERIFY(trouble.suspect);
    QVERIFY(!countRun(trouble, ended(RunStatus::Ok)));
    QVERIFY(trouble == Trouble());
}

void TestSupervisor::saysWhyAWorkerDied()
{
    engine::Run run;
    run.number = 7;
    QCOMPARE(killedResult(run, worker::EndReason::CpuLimit, {}).status, RunStatus::Timeout);
    QCOMPARE(killedResult(run, worker::EndReason::WallLimit, {}).status, RunStatus::Timeout);
    QCOMPARE(killedResult(run, worker::EndReason::MemoryLimit, {}).status, RunStatus::Memory);
    const auto crashed = killedResult(run, worker::EndReason::Crashed, QStringLiteral("signal 11"));
    QCOMPARE(crashed.status, RunStatus::Killed);
    QCOMPARE(crashed.number, std::uint64_t{7});
    QVERIFY(crashed.error.find("signal 11") != std::string::npos);
}

void TestSupervisor::stoppingAWorkerBlamesNobody()
{
    QVERIFY(!makesSuspect(worker::EndReason::Stopped));
    QVERIFY(makesSuspect(worker::EndReason::CpuLimit));
    QVERIFY(makesSuspect(worker::EndReason::BadAnswer));
}

void TestSupervisor::keepsRunsThatSaySomethingAndASampleOfTheRest()
{
    engine::Run run;
    run.seed = 1;
    QVERIFY(!isRecorded(run, ended(RunStatus::Ok)));
    QVERIFY(isRecorded(run, ended(RunStatus::Error)));
    engine::RunResult said;
    said.because = "nothing to do";
    QVERIFY(isRecorded(run, said));
    engine::RunResult did;
    did.effects.resize(1);
    QVERIFY(isRecorded(run, did));
    engine::RunResult slow;
    slow.cpuUs = LongRunUs;
    QVERIFY(isRecorded(run, slow));
    run.seed = 200;
    QVERIFY(isRecorded(run, ended(RunStatus::Ok)));
}

void TestSupervisor::wakesInOrderOfTime()
{
    WakeQueue queue;
    const InstanceKey a{ScriptId{1}, LocationId{1}}, b{ScriptId{1}, LocationId{2}}, c{ScriptId{2}, LocationId{1}};
    queue.set(a, fromMs(300));
    queue.set(b, fromMs(100));
    queue.set(c, fromMs(200));
    queue.set(a, fromMs(50)); // earlier now
    queue.set(c, std::nullopt);
    QCOMPARE(queue.next(), std::optional(fromMs(50)));
    const auto due = queue.popDue(fromMs(100), 10);
    QCOMPARE(due.size(), std::size_t{2});
    QVERIFY(due[0] == a && due[1] == b);
    QVERIFY(!queue.next());
    QVERIFY(queue.popDue(fromMs(1'000), 10).empty());
}

QTEST_GUILESS_MAIN(TestSupervisor)
#include "tst_supervisor.moc"

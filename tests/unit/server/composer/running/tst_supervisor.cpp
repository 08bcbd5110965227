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
    void finding_F14_thePauseNamesTheFirstError();
    void finding_G14_everyLineThatAnAuthorWroteIsKept();
    void aLoopPausesOnceNothingIsOut();
    void killsCountAmongTheErrors();
    void anOrdinaryErrorDoesNotForgiveKills();
    void aRunOfJustTheLimitIsLong();
    void aTriggerReadsAsPeopleKnowIt();
    void wakesInOrderOfTime();
    void wakesNoMoreThanAskedFor();
    void anInstanceIsWokenOnce();
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

void TestSupervisor::aLoopPausesOnceNothingIsOut()
{
    Trouble trouble;
    QVERIFY(!endLoop(trouble));
    QVERIFY(trouble.runs());
    trouble.loop = QStringLiteral("round and round");
    QVERIFY(trouble.runs());
    QVERIFY(countRun(trouble, ended(RunStatus::Ok))); // the run that was out when it was seen
    QCOMPARE(trouble.status, model::InstanceStatus::PausedByErrors);
    QCOMPARE(trouble.detail, QStringLiteral("round and round"));
    trouble = Trouble{};
    trouble.loop = QStringLiteral("again");
    QVERIFY(endLoop(trouble));
    QVERIFY(!trouble.runs() && trouble.loop.isEmpty());
    QVERIFY(!endLoop(trouble)); // told once
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
    QCOMPARE(killedResult(run, {worker::EndReason::CpuLimit, 1, {}}).status, RunStatus::Timeout);
    QCOMPARE(killedResult(run, {worker::EndReason::WallLimit, 1, {}}).status, RunStatus::Timeout);
    QCOMPARE(killedResult(run, {worker::EndReason::MemoryLimit, 1, {}}).status, RunStatus::Memory);
    const auto crashed = killedResult(run, {worker::EndReason::Crashed, 1, QStringLiteral("signal 11"), {"so far"}});
    QCOMPARE(crashed.status, RunStatus::Killed);
    QCOMPARE(crashed.number, std::uint64_t{7});
    QVERIFY(crashed.error.find("signal 11") != std::string::npos);
    QCOMPARE(crashed.log, std::vector<std::string>{"so far"}); // finding_C8: what the author wrote is kept
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

void TestSupervisor::finding_F14_thePauseNamesTheFirstError()
{
    Trouble trouble;
    QVERIFY(!countRun(trouble, ended(RunStatus::Error, "line 9: an older one")));
    QVERIFY(!countRun(trouble, ended(RunStatus::Ok)));
    QVERIFY(!countRun(trouble, ended(RunStatus::Error, "line 5: TypeError: a")));
    QCOMPARE(trouble.detail, QStringLiteral("line 5: TypeError: a"));
    for (int i = 2; i < MostErrorsInRow; ++i)
        QVERIFY(!countRun(trouble, ended(RunStatus::Error, "line 7: b")));
    Trouble kept = trouble; // another home has its own
    QVERIFY(countRun(trouble, ended(RunStatus::Error, "line 8: c")));
    QCOMPARE(trouble.detail,
             QStringLiteral("20 errors in a row; the first one: line 5: TypeError: a; the last one: line 8: c"));
    QVERIFY(!countRun(kept, ended(RunStatus::Ok)));
    QVERIFY(kept == Trouble());
}

void TestSupervisor::finding_G14_everyLineThatAnAuthorWroteIsKept()
{
    engine::Run run;
    for (run.seed = 1; run.seed < SampleOneOf; ++run.seed) {
        engine::RunResult said;
        QVERIFY(!isRecorded(run, said));
        said.log = {"here"};
        QVERIFY(isRecorded(run, said));
    }
}

void TestSupervisor::killsCountAmongTheErrors()
{
    Trouble trouble;
    for (int i = 1; i < MostErrorsInRow - 1; ++i)
        QVERIFY(!countRun(trouble, ended(RunStatus::Error, "x")));
    QVERIFY(!countRun(trouble, ended(RunStatus::Timeout, "slow")));
    QCOMPARE(trouble.errorsInRow, MostErrorsInRow - 1);
    QCOMPARE(trouble.killsInRow, 1);
    QVERIFY(countRun(trouble, ended(RunStatus::TooManyEffects, "over 100 effects")));
    QVERIFY(trouble.detail.endsWith(QStringLiteral("the last one: over 100 effects")));
    QCOMPARE(trouble.killsInRow, 1);
}

void TestSupervisor::anOrdinaryErrorDoesNotForgiveKills()
{
    Trouble trouble;
    trouble.suspect = true;
    QVERIFY(!countRun(trouble, ended(RunStatus::Killed)));
    QVERIFY(!countRun(trouble, ended(RunStatus::Error)));
    QVERIFY(!countRun(trouble, ended(RunStatus::StateTooLarge)));
    QVERIFY(!countRun(trouble, ended(RunStatus::Killed)));
    QVERIFY(trouble.suspect); // only a run that came through ends that
    QVERIFY(countRun(trouble, ended(RunStatus::Killed)));
    QVERIFY(!trouble.runs());
    QVERIFY(trouble.detail.startsWith(QStringLiteral("stopped 3 times in a row")));
}

void TestSupervisor::aRunOfJustTheLimitIsLong()
{
    engine::Run run;
    run.seed = 1;
    engine::RunResult result;
    result.cpuUs = LongRunUs - 1;
    QVERIFY(!isRecorded(run, result));
    result.cpuUs = LongRunUs;
    QVERIFY(isRecorded(run, result));
    int recorded = 0;
    for (run.seed = 1'000; run.seed < 2'000; ++run.seed)
        recorded += isRecorded(run, {}) ? 1 : 0;
    QCOMPARE(recorded, 10);
}

void TestSupervisor::aTriggerReadsAsPeopleKnowIt()
{
    engine::HomeInfo home;
    home.devices = {{DeviceId{3}, "bed", 1, "bed", "bedroom", ""}};
    engine::Event event;
    event.time = fromMs(0);
    event.name = "pressure";
    event.device = DeviceId{3};
    event.value = Value::ofNumber(2.5);
    event.previous = Value::ofText("off");
    const QJsonObject full = triggerJson(event, home);
    QCOMPARE(full.value(QStringLiteral("device")).toString(), QStringLiteral("bed"));
    QCOMPARE(full.value(QStringLiteral("value")).toDouble(), 2.5);
    QCOMPARE(full.value(QStringLiteral("previous")).toString(), QStringLiteral("off"));
    QVERIFY(!full.contains(QStringLiteral("late")) && !full.contains(QStringLiteral("depth")));
    QVERIFY(!full.contains(QStringLiteral("index")) && !full.contains(QStringLiteral("data")));
    event.kind = engine::EventKind::Signal;
    event.device = DeviceId{4}; // gone meanwhile
    event.value.reset();
    event.previous.reset();
    event.late = true;
    event.depth = 2;
    event.data = "7";
    const QJsonObject signal = triggerJson(event, home);
    QCOMPARE(signal.value(QStringLiteral("kind")).toString(), QStringLiteral("signal"));
    QVERIFY(!signal.contains(QStringLiteral("device")) && !signal.contains(QStringLiteral("value")));
    QVERIFY(signal.value(QStringLiteral("late")).toBool());
    QCOMPARE(signal.value(QStringLiteral("depth")).toInt(), 2);
    QCOMPARE(signal.value(QStringLiteral("data")).toInt(), 7); // a lone value is JSON, too
}

void TestSupervisor::wakesNoMoreThanAskedFor()
{
    WakeQueue queue;
    for (int home = 1; home <= 5; ++home)
        queue.set({ScriptId{1}, LocationId{home}}, fromMs(100));
    QVERIFY(queue.popDue(fromMs(99), 10).empty());
    QCOMPARE(queue.popDue(fromMs(100), 2).size(), std::size_t{2});
    QCOMPARE(queue.size(), std::size_t{3});
    QCOMPARE(queue.next(), std::optional(fromMs(100)));
    QVERIFY(queue.popDue(fromMs(100), 0).empty());
    const auto rest = queue.popDue(fromMs(100), 3);
    QCOMPARE(rest.size(), std::size_t{3});
    QCOMPARE(rest.back().location, LocationId{5});
    QCOMPARE(queue.size(), std::size_t{0});
}

void TestSupervisor::anInstanceIsWokenOnce()
{
    WakeQueue queue;
    const InstanceKey live{ScriptId{1}, LocationId{1}, Mode::Live}, shadow{ScriptId{1}, LocationId{1}, Mode::Shadow};
    queue.set(live, fromMs(100));
    queue.set(live, fromMs(100));
    queue.set(live, fromMs(300)); // later now
    QCOMPARE(queue.size(), std::size_t{1});
    QVERIFY(queue.popDue(fromMs(200), 10).empty());
    queue.set(shadow, fromMs(300));
    QCOMPARE(queue.popDue(fromMs(300), 10).size(), std::size_t{2}); // one each
    queue.set(live, fromMs(300));                                   // popped: it may be set to the same again
    QCOMPARE(queue.next(), std::optional(fromMs(300)));
    queue.set(shadow, std::nullopt); // never was there
    queue.set(live, std::nullopt);
    QVERIFY(!queue.next());
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

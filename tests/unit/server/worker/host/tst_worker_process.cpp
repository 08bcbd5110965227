#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "tests/kit/sanitizers.h"
#include "tests/unit/server/worker/host/running_worker.h"
#endif

#include <QtTest/QtTest>

namespace cohort::worker {
namespace {

std::string scriptOf(const std::string& body, const std::string& head = {})
{
    return "from composer import app, on\n" + head +
           "\napp(title='T', reads={'power': ''}, controls={'outletStatus': ''})\n"
           "@on.measurement('power')\n" +
           body;
}

} // namespace

class TestWorkerProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsHandlersAndGivesBackEffectsAndState();
    void keepsAHomesRunsInOrderWhileOthersGoOn();
    void finding_F21_everyDigitReachesScripts();
    void finding_F21_largeIntegersAreIntToScripts();
    void endlessLoopIsKilledAndItsRunNamed();
    void finding_C8_aKilledRunKeepsItsLines();
    void finding_C8_tooMuchAtLoadNamesItsLine_data();
    void finding_C8_tooMuchAtLoadNamesItsLine();
    void endlessLoopWhileLoadingIsKilled();
    void memoryBombFailsOnlyItsRun();
    void deepRecursionFailsOnlyItsRun();
    void handlerThatOpensNothingStillGetsTracebacksOfItsErrors();
    void refusesImportOfOs();
    void numpyWorksBehindTheClosedDoor();
    void limitsAreStatuses_data();
    void limitsAreStatuses();
    void sameSeedGivesSameRandomNumbers();
    void stoppedWorkerSaysSo();
    void workerDoesNotOutliveItsHost();
    void missingProgramIsAnError();
};

void TestWorkerProcess::runsHandlersAndGivesBackEffectsAndState()
{
    RunningWorker worker;
    QVERIFY2(worker.waitReady(), qPrintable(worker.refusal));
    QCOMPARE(worker.load(scriptOf("def look(home, event):\n"
                                  "    home.state['n'] = home.state.get('n', 0) + event.value\n"
                                  "    home.command(event.device, outletStatus=False)\n"
                                  "    home.because('tried'); print('hello', 1)\n")),
             QString());
    worker.addHome(1, R"({"n":41})");
    worker.process->send(engine::wire::RunBatch{{RunningWorker::runOf(7, 1)}});
    QVERIFY(worker.waitDone(7));
    const engine::RunResult& result = worker.done[7];
    QCOMPARE(result.error, std::string());
    QVERIFY(result.status == engine::RunStatus::Ok);
    QCOMPARE(result.state.value_or("none"), std::string(R"({"n":42.0})"));
    QCOMPARE(result.because, std::string("tried"));
    QCOMPARE(result.log, std::vector<std::string>{"hello 1"});
    QCOMPARE(result.effects.size(), std::size_t{1});
    QVERIFY(result.effects[0].kind == engine::EffectKind::Command);
    QCOMPARE(result.effects[0].payload,
             std::string(
                 R"({"device":"D1","parameters":[{"name":"outletStatus","index":"","value":0}],"expires_ms":60000})"));
}

void TestWorkerProcess::keepsAHomesRunsInOrderWhileOthersGoOn()
{
    RunningWorker worker;
    QVERIFY(worker.waitReady());
    QCOMPARE(worker.load(scriptOf("async def look(home, event):\n"
                                  "    if event.value == 1:\n"
                                  "        week = await home.history(event.device, 'power', since='7d', every='1h')\n"
                                  "        home.state['mean'] = week.mean()\n")),
             QString());
    worker.addHome(1);
    worker.addHome(2);
    worker.process->send(engine::wire::RunBatch{
        {RunningWorker::runOf(1, 1, 1), RunningWorker::runOf(2, 2, 1), RunningWorker::runOf(3, 2, 2)}});
    QVERIFY(worker.waitDone(3));
    QCOMPARE(worker.order, std::vector<std::uint64_t>{3});
    QCOMPARE(worker.requests.size(), std::size_t{1});
    const engine::wire::HistoryRequest& asked = worker.requests[0];
    QCOMPARE(asked.run, std::uint64_t{1});
    QCOMPARE(asked.everyMs, std::int64_t{3'600'000});
    QCOMPARE(asked.aggregate, std::string("mean"));
    QCOMPARE(asked.untilMs - asked.sinceMs, std::int64_t{7 * 86'400'000});
    worker.process->send(engine::wire::HistoryAnswer{
        1, asked.query, "", {1, 2, 3}, {Value::ofNumber(2), Value::none(), Value::ofNumber(4)}});
    QVERIFY(worker.waitDone(2));
    QCOMPARE(worker.order, (std::vector<std::uint64_t>{3, 1, 2}));
    QCOMPARE(worker.done[1].state.value_or("none"), std::string(R"({"mean":3.0})"));
}

void TestWorkerProcess::finding_F21_everyDigitReachesScripts()
{
    RunningWorker worker;
    QVERIFY(worker.waitReady());
    QCOMPARE(
        worker.load(scriptOf("async def look(home, event):\n"
                             "    day = await home.history(event.device, 'power', since='1d')\n"
                             "    home.state['seen'] = [event.value, event.previous, event.device.latest('power'),\n"
                             "                          home.latest_point('power').value, home.fact('f'), day.max(),\n"
                             "                          day.min(), day.sum(), list(day.values)]\n"
                             "    home.set_fact('f', event.value)\n"
                             "    home.state['fact'] = home.fact('f')\n")),
        QString());
    worker.addHome();
    constexpr std::int64_t largest = 9'223'372'036'854'775'807, odd = 9'007'199'254'740'993;
    engine::wire::RunOne one = RunningWorker::runOf(1);
    one.run.event.value = Value::ofInteger(odd);
    one.run.event.previous = Value::ofInteger(-largest);
    one.changes = {{DeviceId{1}, "power", "", Value::ofInteger(odd), one.run.now, false},
                   {DeviceId{}, "f", "", Value::ofInteger(largest), one.run.now, true}};
    worker.process->send(engine::wire::RunBatch{{one}});
    QVERIFY(worker.waitFor([&] { return !worker.requests.empty() || worker.ended || !worker.done.empty(); }));
    QCOMPARE(worker.requests.size(), std::size_t{1});
    worker.process->send(engine::wire::HistoryAnswer{
        1, worker.requests[0].query, "", {1, 2, 3}, {Value::ofInteger(largest), Value::none(), Value::ofInteger(odd)}});
    QVERIFY(worker.waitDone(1));
    QCOMPARE(worker.done[1].error, std::string());
    QCOMPARE(QString::fromStdString(worker.done[1].state.value_or("none")),
             QStringLiteral(R"({"seen":[9007199254740993,-9223372036854775807,9007199254740993,9007199254740993,)"
                            R"(9223372036854775807,9223372036854775807,9007199254740993,9232379236109516800,)"
                            R"([9223372036854775807,null,9007199254740993]],"fact":9007199254740993})"));
    QCOMPARE(worker.done[1].effects.at(0).payload, std::string(R"({"name":"f","value":9007199254740993})"));
}

void TestWorkerProcess::finding_F21_largeIntegersAreIntToScripts()
{
    RunningWorker worker;
    QVERIFY(worker.waitReady());
    QCOMPARE(worker.load(
                 scriptOf("def look(home, event):\n"
                          "    home.state['seen'] = [isinstance(event.value, int), event.value - event.previous]\n")),
             QString());
    worker.addHome();
    const auto seen = [&](std::uint64_t number, const Value& previous, const Value& value) {
        engine::wire::RunOne one = RunningWorker::runOf(number);
        one.run.event.value = value;
        one.run.event.previous = previous;
        worker.process->send(engine::wire::RunBatch{{one}});
        return worker.waitDone(number) ? QString::fromStdString(worker.done[number].state.value_or("none")) : QString();
    };
    constexpr std::int64_t held = 9'007'199'254'740'994;
    QCOMPARE(seen(1, Value::ofInteger(held - 1), Value::ofInteger(held)), QStringLiteral(R"({"seen":[true,1]})"));
    QCOMPARE(seen(2, Value::ofInteger(held - 1), Value::ofInteger(held - 2)), QStringLiteral(R"({"seen":[true,-1]})"));
    QCOMPARE(seen(3, Value::ofNumber(4), Value::ofNumber(5)), QStringLiteral(R"({"seen":[false,1.0]})"));
    QCOMPARE(seen(4, Value::ofNumber(0), Value::ofNumber(1e300)), QStringLiteral(R"({"seen":[false,1e+300]})"));
}

void TestWorkerProcess::endlessLoopIsKilledAndItsRunNamed()
{
    WorkerOptions options = RunningWorker::optionsOf();
    options.cpuPerRun = Milliseconds(200);
    RunningWorker worker(options);
    QVERIFY(worker.waitReady());
    QCOMPARE(worker.load(scriptOf("def look(home, event):\n    while event.value == 13:\n        pass\n")), QString());
    worker.addHome();
    worker.addHome(2);
    worker.process->send(engine::wire::RunBatch{
        {RunningWorker::runOf(12, 1, 1), RunningWorker::runOf(13, 13, 2), RunningWorker::runOf(14, 1, 1)}});
    QVERIFY(worker.waitEnded());
    QVERIFY(worker.ended->reason == EndReason::CpuLimit);
    QCOMPARE(worker.ended->run, std::uint64_t{13});
    QVERIFY(!worker.done.contains(13) && !worker.done.contains(14));
}

void TestWorkerProcess::finding_C8_aKilledRunKeepsItsLines()
{
    WorkerOptions options = RunningWorker::optionsOf();
    options.cpuPerRun = Milliseconds(200);
    RunningWorker worker(options);
    QVERIFY(worker.waitReady());
    QCOMPARE(worker.load(scriptOf("async def look(home, event):\n"
                                  "    print('begin', event.value)\n"
                                  "    if event.value == 1:\n"
                                  "        return\n"
                                  "    await home.history(event.device, 'power', since='1h')\n"
                                  "    home.log('Küche \u2026')\n"
                                  "    while True:\n"
                                  "        pass\n")),
             QString());
    worker.addHome();
    worker.addHome(2);
    // The other home's run speaks while this one waits.
    worker.process->send(engine::wire::RunBatch{{RunningWorker::runOf(21, 13, 1), RunningWorker::runOf(22, 1, 2)}});
    QVERIFY(worker.waitDone(22));
    QCOMPARE(worker.requests.size(), std::size_t{1});
    worker.process->send(engine::wire::HistoryAnswer{21, worker.requests[0].query, "", {}, {}});
    QVERIFY(worker.waitEnded());
    QVERIFY(worker.ended->reason == EndReason::CpuLimit);
    QCOMPARE(worker.ended->run, std::uint64_t{21});
    QCOMPARE(worker.ended->log, (std::vector<std::string>{"begin 13.0", "Küche …"}));
    QCOMPARE(worker.ended->line, 0);
    QCOMPARE(worker.done[22].log, std::vector<std::string>{"begin 1.0"});
}

void TestWorkerProcess::finding_C8_tooMuchAtLoadNamesItsLine_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("helper");
    QTest::addColumn<QString>("place");
    QTest::newRow("a loop") << QByteArray("x = 1\n\nwhile True: x += 1\n") << QByteArray()
                            << QStringLiteral("script:3");
    QTest::newRow("one line that takes long")
        << QByteArray("x = 1\n\ny = sum(range(10 ** 12))\n") << QByteArray() << QStringLiteral("script:3");
    QTest::newRow("in a function of its own") << QByteArray("def f():\n    return sum(range(10 ** 12))\n\n\nf()\n")
                                              << QByteArray() << QStringLiteral("script:2");
    QTest::newRow("in a helper") << QByteArray("from . import sums\n")
                                 << QByteArray("x = 1\ny = sum(range(10 ** 12))\n") << QStringLiteral("sums:2");
}

void TestWorkerProcess::finding_C8_tooMuchAtLoadNamesItsLine()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, helper);
    WorkerOptions options = RunningWorker::optionsOf();
    options.cpuPerRun = Milliseconds(300);
    RunningWorker worker(options);
    QVERIFY(worker.waitReady());
    engine::wire::Check check{"script", source.toStdString(), {}};
    if (!helper.isEmpty())
        check.helpers["sums"] = helper.toStdString();
    worker.process->send(check);
    QVERIFY(worker.waitEnded());
    const engine::wire::Fault fault = faultOfLoading(*worker.ended);
    QTEST(QString::fromStdString(fault.file) + QStringLiteral(":%1").arg(fault.line), "place");
    QCOMPARE(fault.message, std::string("loading takes too long; do work in handlers, not at the top"));
}

void TestWorkerProcess::endlessLoopWhileLoadingIsKilled()
{
    WorkerOptions options = RunningWorker::optionsOf();
    options.cpuPerRun = Milliseconds(200);
    RunningWorker worker(options);
    QVERIFY(worker.waitReady());
    worker.process->send(engine::wire::Check{"script", "while True:\n    pass\n", {}});
    QVERIFY(worker.waitEnded());
    QVERIFY(worker.ended->reason == EndReason::CpuLimit);
}

void TestWorkerProcess::memoryBombFailsOnlyItsRun()
{
    if (!testing::SaysMemoryError)
        QSKIP("the sanitizer ends a process that is out of memory by itself");
    WorkerOptions options = RunningWorker::optionsOf();
    options.cpuPerRun =
        Milliseconds(10'000); // pages cost CPU, too, on some machines more than the second that is usual
    RunningWorker worker(options);
    QVERIFY(worker.waitReady());
    QCOMPARE(worker.load(scriptOf("def look(home, event):\n"
                                  "    held = []\n"
                                  "    while event.value == 1:\n"
                                  "        held.append('x' * 10_000_000)\n")),
             QString());
    worker.addHome();
    worker.process->send(engine::wire::RunBatch{{RunningWorker::runOf(1, 1), RunningWorker::runOf(2, 2)}});
    QVERIFY2(worker.waitDone(2), worker.ended ? qPrintable(worker.ended->detail) : "");
    QVERIFY(worker.done[1].status == engine::RunStatus::Memory);
    QVERIFY(worker.done[2].status == engine::RunStatus::Ok);
}

void TestWorkerProcess::deepRecursionFailsOnlyItsRun()
{
    RunningWorker worker;
    QVERIFY(worker.waitReady());
    QCOMPARE(worker.load(scriptOf("def look(home, event):\n    return look(home, event)\n")), QString());
    worker.addHome();
    worker.process->send(engine::wire::RunBatch{{RunningWorker::runOf(1)}});
    QVERIFY(worker.waitDone(1));
    QVERIFY(worker.done[1].status == engine::RunStatus::Error);
    QVERIFY(worker.done[1].error.find("RecursionError") != std::string::npos);
}

void TestWorkerProcess::handlerThatOpensNothingStillGetsTracebacksOfItsErrors()
{
    RunningWorker worker;
    QVERIFY(worker.waitReady());
    QCOMPARE(
        worker.load(scriptOf("def look(home, event):\n    helper(event)\n\ndef helper(event):\n    return {}['x']\n")),
        QString());
    worker.addHome();
    worker.process->send(engine::wire::RunBatch{{RunningWorker::runOf(1)}});
    QVERIFY(worker.waitDone(1));
    QCOMPARE(worker.done[1].error, std::string("line 9: KeyError: 'x'"));
    QVERIFY(worker.done[1].effects.empty() && !worker.done[1].state);
}

void TestWorkerProcess::refusesImportOfOs()
{
    RunningWorker worker;
    QVERIFY(worker.waitReady());
    const QString faults = worker.load("from composer import app, on\n\nimport os\n");
    QVERIFY2(faults.startsWith(QStringLiteral("3:1: 'os' cannot be imported here; allowed are ")), qPrintable(faults));
}

void TestWorkerProcess::numpyWorksBehindTheClosedDoor()
{
    if (!QFileInfo::exists(QStringLiteral("/usr/lib/python3/dist-packages/numpy")))
        return; // where it is not installed, no deployment can allow it
    const std::string fine = scriptOf("def look(home, event):\n"
                                      "    a = np.arange(10_000.0).reshape(100, 100)\n"
                                      "    home.state['x'] = [float((a @ a).sum() > 0), len(np.linalg.svd(a)[1])]\n",
                                      "import numpy as np");
    WorkerOptions options = RunningWorker::optionsOf();
    options.numpy = true;
    RunningWorker worker(options);
    QVERIFY(worker.waitReady());
    QCOMPARE(worker.load(fine), QString());
    worker.addHome();
    worker.process->send(engine::wire::RunBatch{{RunningWorker::runOf(1)}});
    QVERIFY2(worker.waitDone(1), worker.ended ? qPrintable(worker.ended->detail) : "");
    QCOMPARE(worker.done[1].error, std::string());
    QCOMPARE(worker.done[1].state.value_or(""), std::string("{\"x\":[1.0,100]}"));
    RunningWorker without;
    QVERIFY(without.waitReady());
    QVERIFY(without.load(fine).contains(QStringLiteral("'numpy' cannot be imported here")));
}

void TestWorkerProcess::limitsAreStatuses_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<int>("status");
    const auto add = [](const char* name, const char* body, engine::RunStatus status) {
        QTest::newRow(name) << QString::fromUtf8(body) << static_cast<int>(status);
    };
    add("100 effects are fine", "    for i in range(100):\n        home.set_fact('f', i)\n", engine::RunStatus::Ok);
    add("101 effects", "    for i in range(101):\n        home.set_fact('f', i)\n", engine::RunStatus::TooManyEffects);
    add("101 effects, swallowed",
        "    for i in range(101):\n        try:\n            home.set_fact('f', i)\n        except Exception:\n        "
        "    pass\n",
        engine::RunStatus::TooManyEffects);
    add("state over 64 KiB", "    home.state['x'] = 'a' * 65536\n", engine::RunStatus::StateTooLarge);
    add("state that is no JSON", "    home.state['x'] = {1, 2}\n", engine::RunStatus::Error);
    add("state with a key that is no text", "    home.state[1] = 2\n", engine::RunStatus::Error);
    add("state with a tuple", "    home.state['x'] = (1, 2)\n", engine::RunStatus::Error);
    add("state with infinity", "    home.state['x'] = float('inf')\n", engine::RunStatus::Error);
    add("state that contains itself", "    home.state['x'] = home.state\n", engine::RunStatus::Error);
    add("parameter without a grant", "    home.command(event.device, **{'heat': 3})\n", engine::RunStatus::Error);
    add("reading without a grant", "    home.latest('mo' + 'tion')\n", engine::RunStatus::Error);
    add("telling somebody without a grant", "    home.notify('resi' + 'dent', 'x')\n", engine::RunStatus::Error);
}

void TestWorkerProcess::limitsAreStatuses()
{
    QFETCH(QString, body);
    QFETCH(int, status);
    RunningWorker worker;
    QVERIFY(worker.waitReady());
    // Called something else than `home`, so that only the run can see what the check would.
    const std::string source = scriptOf("def look(place, event):\n    home = place\n" + body.toStdString());
    QCOMPARE(worker.load(source), QString());
    worker.addHome();
    worker.process->send(engine::wire::RunBatch{{RunningWorker::runOf(1)}});
    QVERIFY(worker.waitDone(1));
    QVERIFY2(static_cast<int>(worker.done[1].status) == status, worker.done[1].error.c_str());
    QCOMPARE(worker.done[1].effects.empty(), status != 0);
}

void TestWorkerProcess::sameSeedGivesSameRandomNumbers()
{
    std::vector<std::string> states;
    for (int round = 0; round < 2; ++round) {
        RunningWorker worker;
        QVERIFY(worker.waitReady());
        QCOMPARE(worker.load(scriptOf("def look(home, event):\n"
                                      "    home.state['x'] = [random.random(), list({'a', 'b', 'c'}), hash('a')]\n",
                                      "import random")),
                 QString());
        worker.addHome();
        worker.process->send(engine::wire::RunBatch{{RunningWorker::runOf(5)}});
        QVERIFY(worker.waitDone(5));
        states.push_back(worker.done[5].state.value_or(worker.done[5].error));
    }
    QCOMPARE(states[0], states[1]);
}

void TestWorkerProcess::stoppedWorkerSaysSo()
{
    RunningWorker worker;
    QVERIFY(worker.waitReady());
    worker.process->kill();
    QVERIFY(worker.waitEnded());
    QVERIFY(worker.ended->reason == EndReason::Stopped);
}

void TestWorkerProcess::workerDoesNotOutliveItsHost()
{
    RunningWorker worker;
    QVERIFY(worker.waitReady());
    worker.process.reset();
    QVERIFY(!worker.ended);
}

void TestWorkerProcess::missingProgramIsAnError()
{
    WorkerOptions options = RunningWorker::optionsOf();
    options.program = QStringLiteral("/nowhere/cohort-worker");
    const RunningWorker worker(options);
    QVERIFY(!worker.process);
    QVERIFY(worker.refusal.contains(QStringLiteral("/nowhere/cohort-worker")));
}

} // namespace cohort::worker

using TestWorkerProcess = cohort::worker::TestWorkerProcess;
QTEST_GUILESS_MAIN(TestWorkerProcess)
#include "tst_worker_process.moc"

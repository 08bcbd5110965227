// Scripts that mean harm, in a real worker: each costs its author at most the run, its neighbours nothing.
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
           "\napp(title='T', reads={'power': ''})\n@on.measurement('power')\n" + body;
}

// A worker with this script, its home, and a neighbour that only counts.
struct Two
{
    explicit Two(const std::string& body, const std::string& head = {}, Milliseconds cpu = Milliseconds(1'000))
        : worker(options(cpu))
    {
        faults = worker.waitReady() ? worker.load(scriptOf(body, head)) : QStringLiteral("not ready");
        worker.addHome();
        const QString second =
            worker.load(scriptOf("def look(home, event):\n    home.state['n'] = home.state.get('n', 0) + 1\n"), 2);
        if (faults.isEmpty())
            faults = second;
        worker.addHome(1, "{}", 2);
    }
    static WorkerOptions options(Milliseconds cpu)
    {
        WorkerOptions made = RunningWorker::optionsOf();
        made.cpuPerRun = cpu;
        made.wallPerRun = Milliseconds(60'000); // a busy machine is not the script's fault
        return made;
    }
    // Runs the script once, then the neighbour; false when the worker did not survive it.
    bool run(double value = 1)
    {
        auto mine = RunningWorker::runOf(m_number + 1, value);
        auto theirs = RunningWorker::runOf(m_number + 2, value);
        theirs.script = 2;
        m_number += 2;
        worker.process->send(engine::wire::RunBatch{{mine, theirs}});
        return worker.waitDone(m_number);
    }
    const engine::RunResult& mine() { return worker.done[m_number - 1]; }
    const engine::RunResult& theirs() { return worker.done[m_number]; }

    RunningWorker worker;
    QString faults;

private:
    std::uint64_t m_number = 0;
};

} // namespace

class TestHostileScripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesItsNeighboursAsTheyWere_data();
    void leavesItsNeighboursAsTheyWere();
    void workInCIsEndedToo_data();
    void workInCIsEndedToo();
    void whatItPrintsIsBounded();
    void aFailedRunLeavesNoStateBehind();
    void whatOneHomeKeepsAnotherDoesNotSee();
    void catchingEverythingDoesNotHelp();
    void timeSpentBetweenQuestionsAddsUp();
};

void TestHostileScripts::leavesItsNeighboursAsTheyWere_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const auto add = [](const char* name, const char* body, engine::RunStatus status) {
        QTest::newRow(name) << QByteArray(body) << static_cast<int>(status);
    };
    add("raises", "    raise ValueError('x' * 10_000_000)\n", engine::RunStatus::Error);
    add("raises what cannot be shown",
        "    class E(Exception):\n        def __str__(self):\n            raise self\n    raise E()\n",
        engine::RunStatus::Error);
    add("divides by nothing", "    1 / 0\n", engine::RunStatus::Error);
    if (testing::SaysMemoryError)
        add("a text of a gigabyte", "    home.state['x'] = 'x' * 10 ** 9\n", engine::RunStatus::Memory);
    add("a list of itself", "    a = []\n    a.append(a)\n    home.state['x'] = a\n", engine::RunStatus::Error);
    add("a deep list", "    a = []\n    for i in range(100_000):\n        a = [a]\n    home.state['x'] = a\n",
        engine::RunStatus::Error);
    add("a key that is half a character", "    home.state['\\ud800'] = 1\n", engine::RunStatus::Error);
    add("a payload over 32 KiB", "    home.emit('s', data='x' * 40_000)\n", engine::RunStatus::Error);
    add("state that is not plain", "    home.state['f'] = look\n", engine::RunStatus::Error);
    add("a fact that is not a number", "    home.set_fact('f', float('nan'))\n", engine::RunStatus::Error);
}

void TestHostileScripts::leavesItsNeighboursAsTheyWere()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    Two two("def look(home, event):\n" + body.toStdString());
    QCOMPARE(two.faults, QString());
    for (int round = 1; round <= 2; ++round) {
        QVERIFY2(two.run(), two.worker.ended ? qPrintable(two.worker.ended->detail) : "");
        QVERIFY2(static_cast<int>(two.mine().status) == status, two.mine().error.c_str());
        QVERIFY(!two.mine().error.empty() && two.mine().error.size() < 10'000);
        QVERIFY(two.mine().effects.empty() && !two.mine().state);
        QCOMPARE(two.theirs().status, engine::RunStatus::Ok);
        QCOMPARE(two.theirs().state.value_or(""), "{\"n\":" + std::to_string(round) + "}");
    }
}

void TestHostileScripts::workInCIsEndedToo_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("a power") << QByteArray(
        "    home.state['x'] = len(str(7 ** 10 ** 7)) if False else 7 ** 10 ** 8 % 9\n");
    QTest::newRow("a sum") << QByteArray("    home.state['x'] = sum(range(10 ** 11))\n");
    QTest::newRow("a search") << QByteArray("    home.state['x'] = max(i for i in range(10 ** 11))\n");
}

void TestHostileScripts::workInCIsEndedToo()
{
    QFETCH(QByteArray, body);
    Two two("def look(home, event):\n" + body.toStdString(), {}, Milliseconds(200));
    QCOMPARE(two.faults, QString());
    QVERIFY(!two.run());
    QVERIFY(two.worker.ended);
    QCOMPARE(two.worker.ended->reason, EndReason::CpuLimit);
    QCOMPARE(two.worker.ended->run, std::uint64_t{1}); // its neighbour is not blamed
}

void TestHostileScripts::whatItPrintsIsBounded()
{
    Two two("def look(home, event):\n    for i in range(100_000):\n        print('x' * 5_000)\n"
            "    home.because('b' * 100_000)\n");
    QCOMPARE(two.faults, QString());
    QVERIFY(two.run());
    QCOMPARE(two.mine().status, engine::RunStatus::Ok);
    QCOMPARE(two.mine().log.size(), std::size_t{20});
    QCOMPARE(two.mine().log.back(), std::string("… 99981 more lines: a run keeps 20"));
    for (std::size_t i = 0; i < 19; ++i)
        QCOMPARE(two.mine().log.at(i), std::string(999, 'x') + "…");
    QCOMPARE(two.mine().because, std::string(499, 'b') + "…");
    QVERIFY(two.run());
    QCOMPARE(two.mine().log.size(), std::size_t{20}); // each run has its own lines
}

void TestHostileScripts::aFailedRunLeavesNoStateBehind()
{
    Two two("def look(home, event):\n    home.state['n'] = home.state.get('n', 0) + 1\n"
            "    home.set_fact('f', home.state['n'])\n    if event.value < 0:\n        raise ValueError('no')\n");
    QCOMPARE(two.faults, QString());
    QVERIFY(two.run(-1));
    QCOMPARE(two.mine().status, engine::RunStatus::Error);
    QVERIFY(two.mine().effects.empty() && !two.mine().state);
    QVERIFY(two.run(1));
    QCOMPARE(two.mine().state.value_or(""), std::string(R"({"n":1})"));
    QCOMPARE(two.mine().effects.size(), std::size_t{1});
}

void TestHostileScripts::whatOneHomeKeepsAnotherDoesNotSee()
{
    RunningWorker worker;
    QVERIFY(worker.waitReady());
    QCOMPARE(
        worker.load(scriptOf("def look(home, event):\n    home.state['n'] = home.state.get('n', 0) + event.value\n")),
        QString());
    worker.addHome(1, R"({"n":100})");
    worker.addHome(2);
    worker.process->send(engine::wire::RunBatch{
        {RunningWorker::runOf(1, 1, 1), RunningWorker::runOf(2, 2, 2), RunningWorker::runOf(3, 3, 1)}});
    QVERIFY(worker.waitDone(3) && worker.waitDone(2));
    QCOMPARE(worker.done[2].state.value_or(""), std::string(R"({"n":2.0})"));
    QCOMPARE(worker.done[3].state.value_or(""), std::string(R"({"n":104.0})"));
}

void TestHostileScripts::catchingEverythingDoesNotHelp()
{
    Two effects("def look(home, event):\n    for i in range(200):\n        try:\n            home.emit('s')\n"
                "        except Exception:\n            pass\n");
    QCOMPARE(effects.faults, QString());
    QVERIFY(effects.run());
    QCOMPARE(effects.mine().status, engine::RunStatus::TooManyEffects);
    QVERIFY(effects.mine().effects.empty());
    Two loop("def look(home, event):\n    while True:\n        try:\n            look(home, event)\n"
             "        except Exception:\n            pass\n",
             {}, Milliseconds(200));
    QCOMPARE(loop.faults, QString());
    QVERIFY(!loop.run());
    QVERIFY(loop.worker.ended->reason == EndReason::CpuLimit);
}

void TestHostileScripts::timeSpentBetweenQuestionsAddsUp()
{
    Two two("async def look(home, event):\n    n = 0\n    while True:\n        for i in range(1_000_000):\n"
            "            n += i\n"
            "        await home.history(event.device, 'power', since='1h', every='1m')\n",
            {}, Milliseconds(300));
    QCOMPARE(two.faults, QString());
    two.worker.process->send(engine::wire::RunBatch{{RunningWorker::runOf(1)}});
    std::size_t answered = 0;
    const bool ended = two.worker.waitFor([&] {
        for (; answered < two.worker.requests.size(); ++answered) {
            const auto& asked = two.worker.requests[answered];
            two.worker.process->send(engine::wire::HistoryAnswer{asked.run, asked.query, "", {}, {}});
        }
        return two.worker.ended || two.worker.done.contains(1);
    });
    QVERIFY(ended);
    QVERIFY(answered < 100); // before it may ask no more
    if (!two.worker.ended)
        QCOMPARE(two.worker.done[1].status, engine::RunStatus::Timeout);
}

} // namespace cohort::worker

using TestHostileScripts = cohort::worker::TestHostileScripts;
QTEST_GUILESS_MAIN(TestHostileScripts)
#include "tst_hostile_scripts.moc"

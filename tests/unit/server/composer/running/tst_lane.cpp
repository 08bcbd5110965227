// A lane and a real worker: what is sent when, whom a dead worker was running, what is heard of an old one.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/composer/running/worker_pool.h"
#include "tests/kit/wait_until.h"
#endif

#include <QTest>

#include <QFile>
#include <QTemporaryDir>

#include <csignal>

using namespace cohort;
using namespace cohort::composer;
using testkit::waitUntil;

namespace {

LaneOptions optionsOf()
{
    LaneOptions options;
    options.worker.program = QStringLiteral(COHORT_BIN_DIR "/cohort-worker");
    options.worker.rulesPath = QStringLiteral(COHORT_SOURCE_DIR "/rules");
    options.worker.cpuPerRun = Milliseconds(300);
    return options;
}

std::string scriptOf(const std::string& body)
{
    return "from composer import app, on\napp(title='T', reads={'power': ''})\n@on.measurement('power')\n" + body;
}

const std::string Loops = scriptOf("def look(home, event):\n    while event.value < 0:\n        pass\n");
const std::string Asks = scriptOf("async def look(home, event):\n    for n in range(int(event.value)):\n"
                                  "        await home.history(event.device, 'power', since='1d', every='1h')\n");

QString programThatTellsItsPid(const QTemporaryDir& folder, const QString& pid)
{
    QFile program(folder.filePath(QStringLiteral("worker")));
    if (!program.open(QIODevice::WriteOnly))
        qFatal("no program");
    program.write("#!/bin/sh\necho $$ >" + pid.toUtf8() + "\nexec " COHORT_BIN_DIR "/cohort-worker \"$@\"\n");
    program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return program.fileName();
}

VersionPtr versionOf(const std::string& source, std::int64_t id = 1)
{
    auto manifest = std::make_shared<engine::Manifest>();
    engine::Trigger power;
    power.name = "power";
    manifest->handlers = {"look"};
    manifest->triggers = {power};
    return std::make_shared<const Version>(
        Version{VersionId{id}, ScriptId{1}, 1, source, {}, manifest, Interest(*manifest)});
}

InstanceEntryPtr entryOf(const VersionPtr& version, std::int64_t home)
{
    auto info = std::make_shared<engine::HomeInfo>();
    info->id = LocationId{home};
    info->timeZone = "UTC";
    info->devices = {{DeviceId{1}, "D1", 1, "", "", ""}};
    auto entry = std::make_shared<InstanceEntry>();
    entry->key = {ScriptId{1}, LocationId{home}, Mode::Live};
    entry->deployment = DeploymentId{1};
    entry->version = version;
    entry->home = info;
    entry->parameters = "{}";
    entry->instance =
        std::make_unique<engine::Instance>(version->manifest, entry->home, ScriptId{1}, engine::InstanceState());
    return entry;
}

// Gives the runs that are queued for each home, and notes what the lane tells.
struct Owner final : LaneOwner
{
    void add(Lane& lane, const InstanceEntryPtr& entry, double value)
    {
        engine::Run run;
        run.number = ++m_last;
        run.now = fromMs(1'767'225'600'000);
        run.event.time = run.now;
        run.event.name = "power";
        run.event.device = DeviceId{1};
        run.event.value = Value::ofNumber(value);
        runs[entry->key.location].push_back(run);
        lane.add(entry);
    }
    std::optional<engine::Run> nextRun(const InstanceEntryPtr& entry) override
    {
        auto& mine = runs[entry->key.location];
        if (mine.empty())
            return std::nullopt;
        const engine::Run run = mine.front();
        mine.pop_front();
        return run;
    }
    void runDone(const InstanceEntryPtr&, const engine::Run& run, engine::RunResult result) override
    {
        done.push_back(run.number);
        last = std::move(result);
    }
    void runKilled(const InstanceEntryPtr&, const engine::Run& run, const worker::Ended& ended, bool isAlone) override
    {
        killed.push_back(run.number);
        alone = isAlone;
        reason = ended.reason;
    }
    void runLost(const InstanceEntryPtr&, const engine::Run& run) override { lost.push_back(run.number); }
    void versionRefused(const VersionPtr& version, const QString& why) override { refused = {version->id, why}; }
    void historyWanted(Lane& lane, const InstanceEntryPtr&, const engine::Run&,
                       const engine::wire::HistoryRequest& request) override
    {
        ++asked;
        question = request;
        if (!answers)
            return;
        engine::wire::HistoryAnswer answer;
        answer.run = request.run;
        answer.query = request.query;
        lane.answer(answer, lane.serial());
    }

    using Numbers = std::vector<std::uint64_t>;
    std::map<LocationId, std::deque<engine::Run>> runs;
    Numbers done, killed, lost;
    engine::RunResult last;
    bool alone = false;
    worker::EndReason reason = worker::EndReason::Exited;
    std::pair<VersionId, QString> refused; // and why
    int asked = 0;
    engine::wire::HistoryRequest question;
    bool answers = true;

private:
    std::uint64_t m_last = 0;
};

using Numbers = Owner::Numbers;

} // namespace

class TestLane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsAreSentInTheOrderOfTheQueue();
    void anEntryWaitsOnce();
    void theRunAtWorkIsBlamedAndTheOthersAreLost();
    void aSuspectRunsAloneAndIsBlamedAlone();
    void aWorkerThatDiesWithoutARunIsForgivenOnce();
    void aVersionThatCannotBeLoadedIsTold();
    void aRunMayAskSixtyFourTimes();
    void whoWaitsForHistoryDoesNotHoldTheLane();
    void anAnswerForAnEarlierWorkerIsNotGiven();
    void aWorkerWithoutWorkRestsAndComesBack();
    void deploymentsAndSuspectsHaveLanesOfTheirOwn();
};

void TestLane::runsAreSentInTheOrderOfTheQueue()
{
    Owner owner;
    Lane lane(optionsOf(), owner);
    const VersionPtr version = versionOf(Loops);
    const auto a = entryOf(version, 1), b = entryOf(version, 2), c = entryOf(version, 3);
    owner.add(lane, a, 1);
    owner.add(lane, b, 2);
    owner.add(lane, c, 3);
    lane.pump();
    QCOMPARE(lane.waiting(), std::size_t{3}); // no worker is ready yet
    QVERIFY(waitUntil([&] { return owner.done.size() == 3; }));
    QCOMPARE(owner.done, (Numbers{1, 2, 3}));
    QCOMPARE(lane.out(), std::size_t{0});
    QVERIFY(!a->work.queued && !b->work.queued);
    QCOMPARE(a->work.mirror, lane.serial());
    owner.add(lane, a, 4);
    owner.runs[b->key.location].push_back(owner.runs[a->key.location].front());
    owner.runs[b->key.location].front().number = 100;
    lane.add(b, true); // before everybody
    lane.pump();
    QVERIFY(waitUntil([&] { return owner.done.size() == 5; }));
    QCOMPARE(owner.done.back(), std::uint64_t{4});
    QCOMPARE(owner.done[3], std::uint64_t{100});
}

void TestLane::anEntryWaitsOnce()
{
    Owner owner;
    Lane lane(optionsOf(), owner);
    const VersionPtr version = versionOf(Loops);
    const auto entry = entryOf(version, 1), removed = entryOf(version, 2), gone = entryOf(version, 3);
    lane.add(entry);
    lane.add(entry);
    removed->work.removed = true;
    lane.add(removed);
    QCOMPARE(lane.waiting(), std::size_t{1});
    owner.add(lane, gone, 1);
    gone->work.removed = true; // while it waits
    owner.add(lane, entry, 1);
    lane.pump();
    QVERIFY(waitUntil([&] { return !owner.done.empty(); }));
    QCOMPARE(owner.done, Numbers{2});
    QCOMPARE(owner.runs[gone->key.location].size(), std::size_t{1});
}

void TestLane::theRunAtWorkIsBlamedAndTheOthersAreLost()
{
    Owner owner;
    Lane lane(optionsOf(), owner);
    const VersionPtr version = versionOf(Loops);
    std::vector<InstanceEntryPtr> entries;
    for (int home = 1; home <= 3; ++home) {
        entries.push_back(entryOf(version, home));
        owner.add(lane, entries.back(), home == 2 ? -1 : 1);
    }
    lane.pump();
    QVERIFY(waitUntil([&] { return !owner.killed.empty(); }));
    QCOMPARE(owner.killed, Numbers{2});
    QCOMPARE(owner.reason, worker::EndReason::CpuLimit);
    QVERIFY(!owner.alone);
    QCOMPARE(owner.lost.back(), std::uint64_t{3}); // behind it; what came before may be known
    QVERIFY(lane.serial() == 0 && lane.out() == 0);
    owner.add(lane, entries[2], 1);
    lane.pump();
    QVERIFY(waitUntil([&] { return !owner.done.empty() && owner.done.back() == 4; }));
    QVERIFY(lane.serial() != 0);
}

void TestLane::aSuspectRunsAloneAndIsBlamedAlone()
{
    Owner owner;
    LaneOptions options = optionsOf();
    options.oneAtATime = true;
    Lane lane(options, owner);
    const VersionPtr version = versionOf(Loops);
    const auto bad = entryOf(version, 1), next = entryOf(version, 2);
    owner.add(lane, bad, -1);
    owner.add(lane, next, 1);
    QVERIFY(waitUntil([&] {
        lane.pump();
        return lane.out() > 0;
    }));
    QCOMPARE(lane.out(), std::size_t{1});
    QCOMPARE(lane.waiting(), std::size_t{1});
    QVERIFY(waitUntil([&] { return !owner.done.empty(); }));
    QCOMPARE(owner.killed, Numbers{1});
    QVERIFY(owner.alone && owner.lost.empty());
    QCOMPARE(owner.done, Numbers{2});
}

void TestLane::aWorkerThatDiesWithoutARunIsForgivenOnce()
{
    QTemporaryDir folder;
    const QString pid = folder.filePath(QStringLiteral("pid"));
    Owner owner;
    owner.answers = false;
    LaneOptions options = optionsOf();
    options.worker.program = programThatTellsItsPid(folder, pid);
    Lane lane(options, owner);
    const VersionPtr version = versionOf(Asks);
    const auto a = entryOf(version, 1), b = entryOf(version, 2);
    for (int end = 1; end <= 2; ++end) {
        owner.add(lane, a, 1);
        owner.add(lane, b, 1);
        lane.pump();
        QVERIFY(waitUntil([&] { return owner.asked == 2 * end; })); // both sleep: none is at work
        QFile file(pid);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(::kill(file.readAll().trimmed().toInt(), SIGKILL) == 0);
        QVERIFY(waitUntil([&] { return lane.out() == 0; }));
        QCOMPARE(owner.killed.size(), std::size_t{end == 1 ? 0U : 2U});
        QCOMPARE(owner.lost, (Numbers{1, 2}));
    }
    QCOMPARE(owner.killed, (Numbers{3, 4}));
    QVERIFY(!owner.alone); // each of them has to run alone now
    QCOMPARE(owner.reason, worker::EndReason::Crashed);
}

void TestLane::aVersionThatCannotBeLoadedIsTold()
{
    Owner owner;
    Lane lane(optionsOf(), owner);
    const auto entry = entryOf(versionOf("from composer import app, on\nimport os\n", 6), 1);
    owner.add(lane, entry, 1);
    lane.pump();
    QVERIFY(waitUntil([&] { return bool(owner.refused.first); }));
    QCOMPARE(owner.refused.first, VersionId{6});
    QVERIFY2(owner.refused.second.startsWith(QStringLiteral("line 2: 'os'")), qPrintable(owner.refused.second));
    QVERIFY(waitUntil([&] { return !owner.done.empty(); }));
    QVERIFY(owner.last.status != engine::RunStatus::Ok);
    QCOMPARE(entry->work.mirror, std::uint64_t{0}); // what the worker has of it may be half changed
}

void TestLane::aRunMayAskSixtyFourTimes()
{
    Owner owner;
    Lane lane(optionsOf(), owner);
    const VersionPtr version = versionOf(Asks);
    const auto fine = entryOf(version, 1), curious = entryOf(version, 2);
    owner.add(lane, fine, 64);
    lane.pump();
    QVERIFY(waitUntil([&] { return !owner.done.empty(); }));
    QCOMPARE(owner.last.error, std::string());
    QCOMPARE(owner.asked, 64);
    owner.add(lane, curious, 65);
    lane.pump();
    QVERIFY(waitUntil([&] { return owner.done.size() == 2; }));
    QCOMPARE(owner.asked, 128); // the last one was not asked
    QVERIFY2(owner.last.error.find("over 64 history questions") != std::string::npos, owner.last.error.c_str());
    QCOMPARE(lane.out(), std::size_t{0});
}

void TestLane::whoWaitsForHistoryDoesNotHoldTheLane()
{
    Owner owner;
    owner.answers = false;
    Lane lane(optionsOf(), owner);
    const VersionPtr version = versionOf(Asks);
    const auto sleeper = entryOf(version, 1), other = entryOf(version, 2);
    owner.add(lane, sleeper, 1);
    lane.pump();
    QVERIFY(waitUntil([&] { return owner.asked == 1; }));
    owner.add(lane, other, 0); // asks nothing
    lane.pump();
    QVERIFY(waitUntil([&] { return !owner.done.empty(); }));
    QCOMPARE(owner.done, Numbers{2});
    QCOMPARE(lane.out(), std::size_t{1});
    engine::wire::HistoryAnswer answer;
    answer.run = owner.question.run;
    answer.query = owner.question.query;
    lane.answer(answer, lane.serial());
    lane.answer(answer, lane.serial()); // again, when nothing is open
    QVERIFY(waitUntil([&] { return owner.done.size() == 2; }));
    QCOMPARE(lane.out(), std::size_t{0});
}

void TestLane::anAnswerForAnEarlierWorkerIsNotGiven()
{
    Owner owner;
    owner.answers = false;
    Lane lane(optionsOf(), owner);
    const auto entry = entryOf(versionOf(Asks), 1);
    owner.add(lane, entry, 1);
    lane.pump();
    QVERIFY(waitUntil([&] { return owner.asked == 1; }));
    engine::wire::HistoryAnswer answer;
    answer.run = owner.question.run;
    answer.query = owner.question.query;
    lane.answer(answer, lane.serial() + 1);
    answer.run = owner.question.run + 1;
    lane.answer(answer, lane.serial());
    QVERIFY(!waitUntil([&] { return !owner.done.empty(); }, Milliseconds(200)));
    answer.run = owner.question.run;
    lane.answer(answer, lane.serial());
    QVERIFY(waitUntil([&] { return !owner.done.empty(); }));
}

void TestLane::aWorkerWithoutWorkRestsAndComesBack()
{
    Owner owner;
    Lane lane(optionsOf(), owner);
    const auto entry = entryOf(versionOf(Loops), 1);
    owner.add(lane, entry, 1);
    lane.rest(); // it has something to do
    lane.pump();
    QVERIFY(waitUntil([&] { return owner.done.size() == 1; }));
    const std::uint64_t serial = lane.serial();
    lane.rest(); // used since the last time
    QCOMPARE(lane.serial(), serial);
    lane.rest();
    QCOMPARE(lane.serial(), std::uint64_t{0});
    owner.add(lane, entry, 1);
    lane.pump();
    QVERIFY(waitUntil([&] { return owner.done.size() == 2; }));
    QVERIFY(lane.serial() > serial);
    QVERIFY(owner.lost.empty() && owner.killed.empty()); // resting is nobody's fault
    QCOMPARE(entry->work.mirror, lane.serial());         // it was told its state again
}

void TestLane::deploymentsAndSuspectsHaveLanesOfTheirOwn()
{
    Owner owner;
    PoolOptions options;
    options.lane = optionsOf();
    WorkerPool pool(options, owner);
    const VersionPtr version = versionOf(Loops);
    const auto mine = entryOf(version, 1), neighbour = entryOf(version, 2), theirs = entryOf(version, 3),
               suspect = entryOf(version, 4);
    theirs->deployment = DeploymentId{2};
    suspect->trouble.suspect = true;
    Lane unused(options.lane, owner);
    for (const auto& entry : {mine, neighbour, theirs, suspect}) {
        owner.add(unused, entry, 1);
        entry->work.queued = false;
        pool.add(entry);
    }
    QCOMPARE(pool.waiting(), std::size_t{4});
    pool.pump();
    QVERIFY(waitUntil([&] { return owner.done.size() == 4; }));
    QCOMPARE(mine->work.mirror, neighbour->work.mirror);
    QVERIFY(mine->work.mirror != theirs->work.mirror);
    QVERIFY(mine->work.mirror != suspect->work.mirror && theirs->work.mirror != suspect->work.mirror);
    QVERIFY(pool.waiting() == 0 && pool.out() == 0);
}

QTEST_GUILESS_MAIN(TestLane)
#include "tst_lane.moc"

// Which rows reach which instances: by home, by script, by mode, once, and only those that are worth loading it.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/composer/feed/distributor.h"
#include "tests/unit/server/composer/deployed_world.h"
#endif

#include <QTest>

using namespace cohort;
using namespace cohort::composer;
using namespace cohort::composer::test;
using engine::EventKind;
using store::RowKind;

namespace {

struct Distributed
{
    explicit Distributed(DeployedWorld& w)
        : world(w), configuration(*w.connection, w.clock), table(*w.connection, configuration, 100),
          feed(*w.connection, std::make_shared<BatchBox>(1), [](const store::LogBatch&) { return Result<void>(); }),
          distributor(configuration, table, feed, [this](const InstanceEntryPtr& entry) { ready.push_back(entry); })
    {
    }
    void load()
    {
        if (!configuration.load(allShards()) || !feed.begin(allShards()))
            qFatal("not loaded");
    }
    store::LogRow row(RowKind kind, const std::string& name, const std::string& data = {}) const
    {
        store::LogRow made;
        made.kind = kind;
        made.location = world.home.location;
        made.device = world.home.sensor;
        made.time = at(0);
        made.name = name;
        made.value = Value::ofNumber(1);
        made.data = data;
        return made;
    }
    // The rows as the next batch of a writer of their own.
    void give(std::vector<store::LogRow> rows)
    {
        store::LogBatch batch;
        batch.writer = 77;
        batch.number = ++number;
        batch.arrival = at(1);
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i].ordinal = static_cast<std::int32_t>(i);
        batch.rows = std::move(rows);
        ready.clear();
        if (!distributor.distribute(batch))
            qFatal("not distributed");
    }
    // How many rows the script's instance has been given; -1: it is not in memory.
    int given(ScriptId script, Mode mode = Mode::Live) const
    {
        const InstanceEntryPtr entry = table.find({script, world.home.location, mode});
        return entry ? static_cast<int>(entry->work.offered.size()) : -1;
    }

    DeployedWorld& world;
    Configuration configuration;
    InstanceTable table;
    Feed feed;
    std::vector<InstanceEntryPtr> ready;
    Distributor distributor;
    std::int64_t number = 0;
};

} // namespace

class TestDistributor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyRowsThatMayStartAHandlerLoadAnInstance();
    void oneThatIsInMemoryIsGivenTheRest();
    void everyRowMovesTheClockOfAHomeThatLivesByItsData();
    void rowsOfOtherHomesAreNobodys();
    void rowsForOneScriptReachOnlyThatOne();
    void aShadowDoesNotHearItsLiveTwin();
    void noRowIsGivenTwice();
    void whoIsPausedOrInTroubleIsGivenNothing();
};

void TestDistributor::onlyRowsThatMayStartAHandlerLoadAnInstance()
{
    DeployedWorld world;
    Distributed rows(world);
    const ScriptId power = world.addScript(QStringLiteral("power"), onPower());
    const ScriptId any = world.addScript(QStringLiteral("any"), manifestOf({trigger(EventKind::Fact)}));
    world.deploy(power);
    world.deploy(any);
    rows.load();
    rows.give({rows.row(RowKind::Measurement, "motion")});
    QCOMPARE(rows.given(power), -1);
    QCOMPARE(rows.given(any), -1);
    QVERIFY(rows.ready.empty());
    rows.give({rows.row(RowKind::Fact, "syn.power")});
    QCOMPARE(rows.given(power), -1); // a fact is no measurement
    QCOMPARE(rows.given(any), 1);
    rows.give({rows.row(RowKind::Measurement, "power")});
    QCOMPARE(rows.given(power), 1);
    QCOMPARE(rows.ready.size(), std::size_t{2});
}

void TestDistributor::oneThatIsInMemoryIsGivenTheRest()
{
    DeployedWorld world;
    Distributed rows(world);
    const ScriptId power = world.addScript(QStringLiteral("power"), onPower());
    world.deploy(power);
    rows.load();
    rows.give({rows.row(RowKind::Measurement, "power"), rows.row(RowKind::Measurement, "motion")});
    QCOMPARE(rows.given(power), 2);
    rows.give({rows.row(RowKind::Measurement, "motion"), rows.row(RowKind::Timer, "t"),
               rows.row(RowKind::Configuration, {})});
    QCOMPARE(rows.given(power), 3); // firings and configuration start nothing
    const auto& offered = rows.table.find({power, world.home.location, Mode::Live})->work.offered;
    QCOMPARE(offered[0]->name, std::string("power"));
    QCOMPARE(offered[1]->name, std::string("motion"));
    QVERIFY(offered[2]->number == 2 && offered[2]->ordinal == 0);
}

void TestDistributor::everyRowMovesTheClockOfAHomeThatLivesByItsData()
{
    DeployedWorld world;
    Distributed rows(world);
    const ScriptId timers = world.addScript(QStringLiteral("timers"), manifestOf({trigger(EventKind::Timer, "t")}));
    world.deploy(timers);
    rows.load();
    rows.give({rows.row(RowKind::Measurement, "motion")});
    QCOMPARE(rows.given(timers), 1);

    DeployedWorld real("real");
    Distributed awake(real);
    const ScriptId same = real.addScript(QStringLiteral("timers"), manifestOf({trigger(EventKind::Timer, "t")}));
    real.deploy(same);
    awake.load();
    awake.give({awake.row(RowKind::Measurement, "motion")});
    QCOMPARE(awake.given(same), -1); // its clock goes on without rows
}

void TestDistributor::rowsOfOtherHomesAreNobodys()
{
    DeployedWorld world;
    Distributed rows(world);
    const ScriptId power = world.addScript(QStringLiteral("power"), onPower());
    const LocationId second = world.addHome("second");
    world.deploy(power);
    rows.load();
    store::LogRow other = rows.row(RowKind::Measurement, "power");
    other.location = second;
    store::LogRow stranger = other;
    stranger.location = LocationId{999'999};
    rows.give({other, stranger});
    QCOMPARE(rows.given(power), -1);
    QCOMPARE(rows.ready.size(), std::size_t{1});
    QCOMPARE(rows.ready.front()->key.location, second);
    QCOMPARE(rows.ready.front()->work.offered.size(), std::size_t{1});
}

void TestDistributor::rowsForOneScriptReachOnlyThatOne()
{
    DeployedWorld world;
    Distributed rows(world);
    const engine::Manifest answers = manifestOf({trigger(EventKind::AlertAnswered)});
    const ScriptId asked = world.addScript(QStringLiteral("asked"), answers);
    const ScriptId other = world.addScript(QStringLiteral("other"), answers);
    world.deploy(asked);
    world.deploy(other);
    rows.load();
    rows.give({rows.row(RowKind::AlertAnswered, "k", "{\"script\":" + std::to_string(asked.value) + "}")});
    QCOMPARE(rows.given(asked), 1);
    QCOMPARE(rows.given(other), -1);
    rows.give({rows.row(RowKind::AlertAnswered, "k", "{}")}); // a device's alert: for everybody
    QCOMPARE(rows.given(asked), 2);
    QCOMPARE(rows.given(other), 1);
}

void TestDistributor::aShadowDoesNotHearItsLiveTwin()
{
    DeployedWorld world;
    Distributed rows(world);
    const ScriptId script =
        world.addScript(QStringLiteral("s"), manifestOf({trigger(EventKind::Fact), trigger(EventKind::Signal)}));
    world.deploy(script);
    world.deploy(script, {}, Mode::Shadow);
    rows.load();
    store::LogRow own = rows.row(RowKind::Fact, "syn.a");
    own.script = script;
    rows.give({own});
    QCOMPARE(rows.given(script), 1);
    QCOMPARE(rows.given(script, Mode::Shadow), -1);
    store::LogRow foreign = own;
    foreign.script = ScriptId{script.value + 1};
    rows.give({foreign, own});
    QCOMPARE(rows.given(script), 3);
    QCOMPARE(rows.given(script, Mode::Shadow), 1);
}

void TestDistributor::noRowIsGivenTwice()
{
    DeployedWorld world;
    Distributed rows(world);
    const ScriptId power = world.addScript(QStringLiteral("power"), onPower());
    world.deploy(power);
    rows.load();
    rows.give({rows.row(RowKind::Measurement, "power")});
    const InstanceEntryPtr entry = rows.ready.front();
    const auto run = entry->instance->next(at(1));
    engine::RunResult result;
    result.number = run->number;
    entry->instance->complete(result);
    dropApplied(*entry);
    QCOMPARE(rows.given(power), 0);
    rows.number = 0; // the same batch again
    rows.give({rows.row(RowKind::Measurement, "power"), rows.row(RowKind::Measurement, "power")});
    QCOMPARE(rows.given(power), 1);
    QCOMPARE(entry->work.offered.front()->ordinal, 1);
    QVERIFY(!rows.distributor.positionOf(world.home.location).covers(77, 1, 0)); // the feed itself has told nothing
}

void TestDistributor::whoIsPausedOrInTroubleIsGivenNothing()
{
    DeployedWorld world;
    Distributed rows(world);
    const ScriptId power = world.addScript(QStringLiteral("power"), onPower());
    world.deploy(power);
    rows.load();
    rows.give({rows.row(RowKind::Measurement, "power")});
    rows.ready.front()->trouble.status = model::InstanceStatus::PausedByErrors;
    rows.give({rows.row(RowKind::Measurement, "power")});
    QCOMPARE(rows.given(power), 1);
    QVERIFY(rows.ready.empty());
    rows.table.remove({power, world.home.location, Mode::Live});
    world.setPaused(power, {}, true);
    (void)changedBy(rows.configuration);
    rows.give({rows.row(RowKind::Measurement, "power")});
    QCOMPARE(rows.given(power), -1);
}

QTEST_GUILESS_MAIN(TestDistributor)
#include "tst_distributor.moc"

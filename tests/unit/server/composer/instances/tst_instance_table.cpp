// Instances in memory: loaded as the database has them at their place in the log, and put away when nobody needs them.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/composer/instances/instance_codec.h"
#include "server/composer/instances/instance_table.h"
#include "tests/unit/server/composer/deployed_world.h"
#endif

#include <QTest>

using namespace cohort;
using namespace cohort::composer;
using namespace cohort::composer::test;

namespace {

// A script that is deployed in `homes` homes, and the table of its instances.
struct Loaded
{
    explicit Loaded(DeployedWorld& world, std::size_t most = 100, const engine::Manifest& manifest = onPower())
        : configuration(*world.connection, world.clock), table(*world.connection, configuration, most),
          script(world.addScript(QStringLiteral("s"), manifest)), home(world.home.location)
    {
        world.deploy(script);
        if (!configuration.load(allShards()))
            qFatal("not loaded");
    }
    InstanceKey key(Mode mode = Mode::Live) const { return {script, home, mode}; }
    InstanceEntryPtr load(const InstanceKey& wanted, const engine::LogPosition& position = {})
    {
        return orAbort(table.findOrLoad(wanted, position));
    }

    Configuration configuration;
    InstanceTable table;
    ScriptId script;
    LocationId home;
};

engine::LogPosition upTo(const store::LogBatchPtr& batch)
{
    engine::LogPosition position;
    position.points[batch->writer] = {batch->number, -1};
    return position;
}

InputPtr inputAfter(const engine::LogPosition& position, std::int16_t writer, double value)
{
    engine::Input input;
    input.writer = writer;
    const auto found = position.points.find(writer);
    input.number = (found == position.points.end() ? 0 : found->second.number) + 1;
    input.time = input.arrival = at(60);
    input.name = "power";
    input.value = Value::ofNumber(value);
    return std::make_shared<const engine::Input>(input);
}

} // namespace

class TestInstanceTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loadsStateTimersAndTroubleAndKeepsThem();
    void isNeverBeforeItsShard();
    void seesTheLatestValuesAsOfItsPosition();
    void aShadowsFactsHideThoseOfLive();
    void whatDoesNotRunIsNotLoaded();
    void stoppedByErrorsStaysAwayUntilItIsForgotten();
    void anotherVersionInTheRowIsNotTakenUpYet();
    void putsAwayTheLongestUnusedThatHaveNothingToDo();
    void whatIsRemovedIsMarkedForThoseWhoHoldIt();
    void aRebuiltInstanceKeepsItsRowsAndForgetsWhatTheVersionSays();
    void finding_F16_lastingBeginsWithTheStoredValueThatBeganIt_data();
    void finding_F16_lastingBeginsWithTheStoredValueThatBeganIt();
    void finding_F16_afterAPauseItBeginsAnew();
    void finding_F16_lastingBeginsWhereADeviceBecomesOneThatIsMeant();
    void finding_F15_whatCameLateBeginsNoneAfterAPauseEither_data();
    void finding_F15_whatCameLateBeginsNoneAfterAPauseEither();
    void finding_F21_lastingBeginsByEveryDigit();
    void finding_F13_latestStaysTheLastNumber();
    void finding_C9_everyDigitOfStateAndTimersIsKept();
};

void TestInstanceTable::loadsStateTimersAndTroubleAndKeepsThem()
{
    DeployedWorld world("real");
    Loaded loaded(world);
    world.database.run("UPDATE script_instance SET state = '{\"n\": 7}', errors_in_row = 19, kills_in_row = 2;"
                       "INSERT INTO script_timer SELECT script_id, location_id, mode, 't', '2026-01-01 01:00Z', '[1]' "
                       "FROM script_instance");
    QVERIFY(!loaded.table.find(loaded.key()));
    const InstanceEntryPtr entry = loaded.load(loaded.key());
    QVERIFY(entry);
    QCOMPARE(entry->deployment, world.home.deployment);
    QCOMPARE(QByteArray::fromStdString(entry->instance->state()).simplified(), QByteArray(R"({"n": 7})"));
    QCOMPARE(entry->instance->timers().size(), std::size_t{1});
    QCOMPARE(entry->instance->timers().front().due, at(3'600));
    QCOMPARE(entry->trouble.errorsInRow, 19);
    QCOMPARE(entry->trouble.killsInRow, 2);
    world.database.run("UPDATE script_instance SET state = '{}'");
    QCOMPARE(loaded.load(loaded.key()), entry); // not read again
    QCOMPARE(loaded.table.find(loaded.key()), entry);
    QCOMPARE(loaded.table.of(loaded.script).size(), std::size_t{1});
    QCOMPARE(loaded.table.of(loaded.home).front(), entry);
    QVERIFY(loaded.table.of(LocationId{loaded.home.value + 1}).empty());
}

void TestInstanceTable::isNeverBeforeItsShard()
{
    DeployedWorld world;
    Loaded loaded(world);
    const auto first = world.post("power", 1, at(0));
    const auto second = world.post("power", 2, at(1));
    const InstanceEntryPtr entry = loaded.load(loaded.key(), upTo(second));
    QVERIFY(entry->instance->applied().covers(first->writer, second->number, 0));
    QVERIFY(!entry->instance->applied().covers(first->writer, second->number + 1, 0));
    loaded.table.remove(loaded.key());
    world.database.run("UPDATE script_instance SET engine = jsonb_set(engine, '{applied}', '{\"" +
                       QByteArray::number(first->writer) + "\": [" + QByteArray::number(qint64{second->number}) +
                       ", -1]}')");
    QVERIFY(loaded.load(loaded.key(), upTo(first))->instance->applied().covers(first->writer, second->number, 0));
}

void TestInstanceTable::seesTheLatestValuesAsOfItsPosition()
{
    DeployedWorld world;
    Loaded loaded(world);
    const auto older = world.post("power", 5, at(10));
    const auto newer = world.post("power", 9, at(20));
    const InstanceEntryPtr before = loaded.load(loaded.key(), upTo(older));
    const auto seen = before->instance->snapshot().latest;
    QCOMPARE(seen.size(), std::size_t{1});
    QCOMPARE(seen.front().value, Value::ofNumber(5));
    QCOMPARE(before->instance->clock(), std::optional(at(10))); // the clock of such a home is its data's
    loaded.table.remove(loaded.key());
    const InstanceEntryPtr after = loaded.load(loaded.key(), upTo(newer));
    QCOMPARE(after->instance->snapshot().latest.front().value, Value::ofNumber(9));
    QCOMPARE(after->instance->clock(), std::optional(at(20)));
}

void TestInstanceTable::aShadowsFactsHideThoseOfLive()
{
    DeployedWorld world;
    Loaded loaded(world);
    world.deploy(loaded.script, {}, Mode::Shadow);
    (void)changedBy(loaded.configuration);
    const auto batch = world.post("asleep", 1, at(0));
    world.database.run("UPDATE stream SET name = 'syn.asleep', device_id = NULL, script_id = " +
                       QByteArray::number(qint64{loaded.script.value}));
    world.database.run("UPDATE script_instance SET engine = engine || '{\"facts\": [{\"device\": 0, \"name\": "
                       "\"asleep\", \"number\": 0, \"time\": 5}]}' WHERE mode = 'shadow'");
    const auto live = loaded.load(loaded.key(), upTo(batch))->instance->snapshot().latest;
    QCOMPARE(live.size(), std::size_t{1});
    QVERIFY(live.front().isFact);
    QCOMPARE(live.front().name, std::string("asleep"));
    QCOMPARE(live.front().value, Value::ofNumber(1));
    const auto shadow = loaded.load(loaded.key(Mode::Shadow), upTo(batch))->instance->snapshot().latest;
    QCOMPARE(shadow.size(), std::size_t{1});
    QCOMPARE(shadow.front().value, Value::ofNumber(0));
}

void TestInstanceTable::whatDoesNotRunIsNotLoaded()
{
    DeployedWorld world;
    Loaded loaded(world);
    QVERIFY(!loaded.load(loaded.key(Mode::Shadow)));
    QVERIFY(!loaded.load({loaded.script, LocationId{999'999}, Mode::Live}));
    QVERIFY(!loaded.load({ScriptId{999'999}, loaded.home, Mode::Live}));
    world.setPaused(loaded.script, {}, true);
    (void)changedBy(loaded.configuration);
    QVERIFY(!loaded.load(loaded.key()));
    world.setPaused(loaded.script, {}, false);
    (void)changedBy(loaded.configuration);
    world.database.run("DELETE FROM script_instance");
    QVERIFY(!loaded.load(loaded.key()));
    QVERIFY(loaded.table.all().empty());
}

void TestInstanceTable::stoppedByErrorsStaysAwayUntilItIsForgotten()
{
    DeployedWorld world;
    Loaded loaded(world);
    const InstanceEntryPtr entry = loaded.load(loaded.key());
    loaded.table.stop(loaded.key());
    QVERIFY(entry->work.removed);
    QVERIFY(!loaded.load(loaded.key()));
    loaded.table.forgetStopped(ScriptId{loaded.script.value + 1});
    QVERIFY(!loaded.load(loaded.key()));
    loaded.table.forgetStopped(loaded.script);
    QVERIFY(loaded.load(loaded.key()));
    loaded.table.remove(loaded.key());
    world.database.run("UPDATE script_instance SET status = 'paused-by-errors'");
    QVERIFY(!loaded.load(loaded.key()));
    world.database.run("UPDATE script_instance SET status = 'running'");
    QVERIFY(!loaded.load(loaded.key())); // remembered: a row each second would ask again
    loaded.table.forgetStopped(loaded.script);
    QVERIFY(loaded.load(loaded.key()));
}

void TestInstanceTable::anotherVersionInTheRowIsNotTakenUpYet()
{
    DeployedWorld world;
    Loaded loaded(world);
    const VersionId newer = world.addVersion(loaded.script, onPower());
    world.database.run("UPDATE script_instance SET version_id = " + QByteArray::number(qint64{newer.value}));
    QVERIFY(!loaded.load(loaded.key()));
    world.deploy(loaded.script);
    (void)changedBy(loaded.configuration);
    QCOMPARE(loaded.load(loaded.key())->version->id, newer);
}

void TestInstanceTable::putsAwayTheLongestUnusedThatHaveNothingToDo()
{
    DeployedWorld world;
    std::vector<LocationId> homes{world.home.location};
    for (int i = 0; i < 11; ++i)
        homes.push_back(world.addHome("home-" + QByteArray::number(i)));
    Loaded loaded(world, 10);
    const auto keyOf = [&](std::size_t home) { return InstanceKey{loaded.script, homes[home], Mode::Live}; };
    for (std::size_t home = 0; home < 10; ++home)
        QVERIFY(loaded.load(keyOf(home)));
    loaded.table.evict();
    QCOMPARE(loaded.table.all().size(), std::size_t{10}); // as many as may be
    QVERIFY(loaded.load(keyOf(10)) && loaded.load(keyOf(11)));
    loaded.table.find(keyOf(0))->work.queued = true;
    loaded.table.find(keyOf(1))->work.out = engine::Run();
    loaded.table.find(keyOf(2))->work.again = engine::Run();
    loaded.table.find(keyOf(3))->work.touched = true;
    loaded.table.find(keyOf(4))->instance->offer(inputAfter({}, 1, 1));
    QVERIFY(loaded.load(keyOf(5))); // used now
    loaded.table.evict();
    for (std::size_t home = 0; home < homes.size(); ++home)
        QCOMPARE(!loaded.table.find(keyOf(home)), home >= 6 && home <= 8);
}

void TestInstanceTable::whatIsRemovedIsMarkedForThoseWhoHoldIt()
{
    DeployedWorld world;
    Loaded loaded(world);
    const InstanceEntryPtr held = loaded.load(loaded.key());
    loaded.table.remove(loaded.key());
    QVERIFY(held->work.removed);
    loaded.table.remove(loaded.key()); // nothing there is no trouble
    const InstanceEntryPtr fresh = loaded.load(loaded.key());
    QVERIFY(fresh != held && !fresh->work.removed);
}

void TestInstanceTable::aRebuiltInstanceKeepsItsRowsAndForgetsWhatTheVersionSays()
{
    DeployedWorld world("real");
    Loaded loaded(world);
    world.database.run("UPDATE script_instance SET state = '{\"n\": 7}';"
                       "INSERT INTO script_timer SELECT script_id, location_id, mode, 't', '2027-01-01Z' FROM "
                       "script_instance");
    const InstanceEntryPtr entry = loaded.load(loaded.key());
    const auto offer = [&](const engine::LogPosition& position, double value) {
        const InputPtr input = inputAfter(position, 1, value);
        entry->work.offered.push_back(input);
        entry->instance->offer(input);
    };
    offer({}, 1);
    offer({{{1, {1, -1}}}}, 2);
    QCOMPARE(loaded.table.waitingRows(), std::size_t{2});
    entry->work.out = entry->instance->next(at(100));
    QVERIFY(entry->work.out);
    entry->work.mirror = 3;
    QVERIFY(loaded.table.rebuild(*entry, entry->version, false));
    // Whoever rebuilt it has it stored: marked here, the queue would take it for one that it has already.
    QVERIFY(!entry->work.out && entry->work.mirror == 0 && !entry->work.touched);
    QCOMPARE(entry->instance->timers().size(), std::size_t{1});
    const auto again = entry->instance->next(at(100));
    QVERIFY(again); // the run that was out is made again
    QCOMPARE(again->event.value, std::optional(Value::ofNumber(1)));
    engine::RunResult result;
    result.number = again->number;
    result.state = R"({"n":8})";
    entry->instance->complete(result);
    dropApplied(*entry);
    QCOMPARE(entry->work.offered.size(), std::size_t{1});
    QVERIFY(loaded.table.rebuild(*entry, entry->version, true));
    QCOMPARE(entry->instance->state(), std::string("{}"));
    QVERIFY(entry->instance->timers().empty());
    QCOMPARE(entry->instance->next(at(100))->event.value, std::optional(Value::ofNumber(2)));
}

// Minutes from the beginning of the world's day, and what the stream said then.
using Samples = QVector<QPair<int, double>>;

engine::Manifest openFor10Minutes()
{
    engine::Trigger open = trigger(engine::EventKind::Measurement, "contact");
    open.above = Value::ofNumber(0);
    open.lasting = Milliseconds(600'000);
    return manifestOf({open});
}

void TestInstanceTable::finding_F16_lastingBeginsWithTheStoredValueThatBeganIt_data()
{
    QTest::addColumn<Samples>("samples");
    QTest::addColumn<int>("fires"); // in which minute; the deployment is in minute 60
    QTest::newRow("open since an hour") << Samples{{0, 1}} << 60;
    QTest::newRow("open since an hour, said again and again") << Samples{{0, 1}, {52, 1}, {58, 1}} << 60;
    QTest::newRow("half over") << Samples{{0, 0}, {55, 1}} << 65;
    QTest::newRow("closed in between") << Samples{{0, 1}, {53, 0}, {54, 1}, {59, 1}} << 64;
    QTest::newRow("nothing before") << Samples{{56, 1}, {58, 1}} << 66;
    QTest::newRow("closed") << Samples{{0, 1}, {58, 0}} << -1;
}

void TestInstanceTable::finding_F16_lastingBeginsWithTheStoredValueThatBeganIt()
{
    QFETCH(Samples, samples);
    QFETCH(int, fires);
    DeployedWorld world("real");
    engine::LogPosition position;
    for (const auto& [minute, value] : samples)
        position = upTo(world.post("contact", value, at(60 * minute)));
    world.clock.set(at(60 * 60));
    Loaded loaded(world, 100, openFor10Minutes());
    // It is woken at once: what lasts already may be over.
    QCOMPARE(world.value("SELECT engine->>'wakeAt' FROM script_instance"), QStringLiteral("0"));
    const InstanceEntryPtr entry = loaded.load(loaded.key(), position);
    const auto early = fires > 60 ? entry->instance->next(at(60 * fires) - Milliseconds(1)) : std::nullopt;
    QVERIFY(!early);
    const auto run = entry->instance->next(at(60 * (fires < 0 ? 90 : fires)));
    QCOMPARE(run.has_value(), fires >= 0);
    if (run)
        QCOMPARE(toMs(run->now), toMs(at(60 * fires)));
}

void TestInstanceTable::finding_F16_afterAPauseItBeginsAnew()
{
    DeployedWorld world("real");
    world.clock.set(at(60 * 60));
    Loaded loaded(world, 100, openFor10Minutes());
    // Before the pause it had fired for a door that was closed and opened again since.
    world.post("contact", 0, at(60 * 57));
    const auto position = upTo(world.post("contact", 1, at(60 * 58)));
    const QByteArray kept = R"({"lasting": [{"trigger": "x", "device": 1, "name": "contact", "index": "", "since": 0,
                                "due": 0, "value": 1, "fired": true}]})";
    world.database.run(
        "UPDATE script_instance SET engine = engine || jsonb_build_object('lastingAnew', true, 'extra', '" + kept +
        "'::jsonb)");
    const InstanceEntryPtr entry = loaded.load(loaded.key(), position);
    const auto run = entry->instance->next(at(60 * 68));
    QVERIFY(run);
    QCOMPARE(toMs(run->now), toMs(at(60 * 68)));
    QVERIFY(!entry->instance->snapshot().extra.empty());
    QVERIFY(entry->instance->snapshot().extra.find("\"x\"") == std::string::npos);
}

void TestInstanceTable::finding_F16_lastingBeginsWhereADeviceBecomesOneThatIsMeant()
{
    DeployedWorld world("real");
    engine::Manifest manifest = openFor10Minutes();
    manifest.triggers.front().use = "front door";
    const auto position = upTo(world.post("contact", 1, at(0)));
    world.clock.set(at(60 * 60));
    Loaded loaded(world, 100, manifest);
    const InstanceEntryPtr entry = loaded.load(loaded.key(), position);
    QVERIFY(!entry->instance->next(at(60 * 60)));
    engine::HomeInfo changed = *entry->home; // an operator says what it is; it is on-change and says nothing more
    for (engine::DeviceInfo& device : changed.devices)
        device.use = "front door";
    QVERIFY(loaded.table.changeHome(*entry, std::make_shared<const engine::HomeInfo>(changed)));
    const auto run = entry->instance->next(at(60 * 61));
    QVERIFY(run);
    QCOMPARE(toMs(run->now), toMs(at(60 * 60)));
}

void TestInstanceTable::finding_F15_whatCameLateBeginsNoneAfterAPauseEither_data()
{
    QTest::addColumn<bool>("isInTime"); // the first of two values that hold; the second came late
    QTest::addColumn<bool>("isKeptOut");
    QTest::addColumn<int>("fires"); // in which minute; -1: never
    QTest::newRow("late, heard") << false << false << 64;
    QTest::newRow("late, kept out") << false << true << -1;
    QTest::newRow("in time and then late, kept out") << true << true << 64;
}

void TestInstanceTable::finding_F15_whatCameLateBeginsNoneAfterAPauseEither()
{
    QFETCH(bool, isInTime);
    QFETCH(bool, isKeptOut);
    QFETCH(int, fires);
    DeployedWorld world("real");
    engine::Manifest manifest = openFor10Minutes();
    if (isKeptOut)
        manifest.triggers.front().late = false;
    world.post("contact", 1, at(60 * 54));
    const auto newest = world.post("contact", 1, at(60 * 55));
    world.database.run("UPDATE batch SET arrival = least_time + interval '6 minutes'");
    if (isInTime)
        world.database.run("UPDATE batch SET arrival = least_time WHERE number < " +
                           QByteArray::number(newest->number));
    world.clock.set(at(60 * 60));
    Loaded loaded(world, 100, manifest);
    const InstanceEntryPtr entry = loaded.load(loaded.key(), upTo(newest));
    const auto run = entry->instance->next(at(60 * 90));
    QCOMPARE(run.has_value(), fires >= 0);
    if (run)
        QCOMPARE(toMs(run->now), toMs(at(60 * fires)));
}

void TestInstanceTable::finding_F21_lastingBeginsByEveryDigit()
{
    DeployedWorld world("real");
    engine::Trigger high = trigger(engine::EventKind::Measurement, "energy");
    high.above = Value::ofInteger(9007199254740993);
    high.lasting = Milliseconds(600'000);
    world.post("energy", Value::ofInteger(9007199254740994), at(60 * 52));
    world.post("energy", Value::ofInteger(9007199254740993), at(60 * 54));
    const auto position = upTo(world.post("energy", Value::ofInteger(9007199254740995), at(60 * 57)));
    world.clock.set(at(60 * 60));
    Loaded loaded(world, 100, manifestOf({high}));
    const InstanceEntryPtr entry = loaded.load(loaded.key(), position);
    QVERIFY(!entry->instance->next(at(60 * 67) - Milliseconds(1)));
    const auto run = entry->instance->next(at(60 * 67));
    QVERIFY(run);
    QCOMPARE(run->event.value, std::optional(Value::ofInteger(9007199254740995)));
}

void TestInstanceTable::finding_F13_latestStaysTheLastNumber()
{
    DeployedWorld world;
    Loaded loaded(world);
    world.post("power", 5, at(10));
    const auto newest = world.post("power", 6, at(20));
    world.database.run("UPDATE measurement SET number = NULL, text = 'Unavailable' WHERE number = 6");
    const auto seen = loaded.load(loaded.key(), upTo(newest))->instance->snapshot().latest;
    QCOMPARE(seen.size(), std::size_t{1});
    QCOMPARE(seen.front().value, Value::ofNumber(5));
}

void TestInstanceTable::finding_C9_everyDigitOfStateAndTimersIsKept()
{
    DeployedWorld world;
    Loaded loaded(world);
    InstanceEntryPtr entry = loaded.load(loaded.key());
    RowToStore row = *rowToStore(*entry, true);
    row.row.state = R"({"n":9223372036854775809})";
    row.row.timers = {{QStringLiteral("t"), at(5), "[9223372036854775809]"}};
    row.row.timersChanged = true;
    world.change([&] { return store::InstanceRepository(*world.connection).store({row.row}); });
    loaded.table.remove(loaded.key());
    entry = loaded.load(loaded.key());
    QVERIFY(entry->instance->state().find("9223372036854775809") != std::string::npos);
    QCOMPARE(entry->instance->timers().front().data, std::string("[9223372036854775809]"));
}

QTEST_GUILESS_MAIN(TestInstanceTable)
#include "tst_instance_table.moc"

// The instances that follow from deployments, as rows: made, moved to another version, paused, taken away.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "tests/unit/server/composer/deployed_world.h"
#endif

#include <QTest>

using namespace cohort;
using namespace cohort::composer;
using namespace cohort::composer::test;
using engine::EventKind;

namespace {

enum class Homes { One, Two };

// A script that runs in every home, and the configuration that follows from it.
struct ScriptAtWork : DeployedWorld
{
    LocationId second; // none: there is one home
    ScriptId script;
    Configuration configuration{*connection, clock};

    explicit ScriptAtWork(Homes homes = Homes::One)
    {
        if (homes == Homes::Two)
            second = addHome("second");
        script = addScript(QStringLiteral("s"), onPower());
        deploy(script);
        (void)orAbort(configuration.load(allShards()));
    }
};

} // namespace

class TestConfiguration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyHomeGetsAnInstanceAtThePresent();
    void onlySchedulesWakeANewInstance();
    void aHomesOwnVersionGoesBeforeThatOfAllHomes();
    void pausingOneHomeLeavesItsNeighbourAlone();
    void errorsKeepAHomePausedUntilAnotherVersionComes();
    void aFreshVersionForgetsStateAndTimers();
    void aShadowBeginsAsACopyOfLive();
    void aRetiredScriptLosesItsInstances();
    void homesOfOtherShardsAreNotTouched();
    void versionsThatCannotRunAreLeftOut();
    void installedIsToldUntilItIsInTheLog();
    void saysWhichHomesChanged();
    void finding_F6_theHomeThatADeviceLeftChangesToo();
};

void TestConfiguration::everyHomeGetsAnInstanceAtThePresent()
{
    DeployedWorld world;
    const LocationId second = world.addHome("second");
    const auto batch = world.post("power", 1, at(0));
    const ScriptId script = world.addScript(QStringLiteral("s"), onPower());
    Configuration configuration(*world.connection, world.clock);
    QVERIFY(configuration.load(allShards()));
    QCOMPARE(world.value("SELECT count(*) FROM script_instance"), QStringLiteral("0"));
    world.deploy(script);
    const Changed changed = changedBy(configuration);
    QVERIFY(changed.scripts == std::set<ScriptId>{script});
    QVERIFY(changed.gone.empty() && changed.installed.empty());
    QCOMPARE(world.value("SELECT count(DISTINCT location_id) FROM script_instance WHERE status = 'running'"),
             QStringLiteral("2"));
    const QByteArray writer = QByteArray::number(batch->writer);
    QCOMPARE(world.value("SELECT engine->'applied'->>'" + writer +
                         "' FROM script_instance WHERE location_id = " + QByteArray::number(qint64{second.value})),
             QStringLiteral("[%1, -1]").arg(batch->number));
    QVERIFY(configuration.placement({script, second, Mode::Live}));
    QVERIFY(!configuration.placement({script, second, Mode::Shadow}));
    QVERIFY(!*configuration.due());
}

void TestConfiguration::onlySchedulesWakeANewInstance()
{
    DeployedWorld world;
    const ScriptId asleep = world.addScript(QStringLiteral("rows"), onPower());
    const ScriptId awake = world.addScript(QStringLiteral("time"), manifestOf({trigger(EventKind::Every)}));
    world.deploy(asleep);
    world.deploy(awake);
    Configuration configuration(*world.connection, world.clock);
    QVERIFY(configuration.load(allShards()));
    const auto sleepers = orAbort(store::InstanceRepository(*world.connection).sleepers(allShards()));
    QCOMPARE(sleepers.size(), std::size_t{1});
    QCOMPARE(sleepers.front().id.script, awake);
    QCOMPARE(toMs(sleepers.front().wakeAt), 0);
}

void TestConfiguration::aHomesOwnVersionGoesBeforeThatOfAllHomes()
{
    DeployedWorld world;
    const LocationId second = world.addHome("second");
    const ScriptId script = world.addScript(QStringLiteral("s"), onPower());
    world.deploy(script);
    const VersionId newer = world.addVersion(script, onPower());
    world.deploy(script, QList<LocationId>{second});
    Configuration configuration(*world.connection, world.clock);
    QVERIFY(configuration.load(allShards()));
    QCOMPARE(configuration.placement({script, world.home.location, Mode::Live})->version->number, 1);
    QCOMPARE(configuration.placement({script, second, Mode::Live})->version->number, 2);
    QCOMPARE(world.value("SELECT location_id FROM script_instance WHERE version_id = " +
                         QByteArray::number(qint64{newer.value})),
             QString::number(second.value));
    world.deploy(script); // everywhere, its own row included
    (void)changedBy(configuration);
    QCOMPARE(configuration.placement({script, world.home.location, Mode::Live})->version->id, newer);
    QCOMPARE(world.value("SELECT count(*) FROM script_instance WHERE version_id = " +
                         QByteArray::number(qint64{newer.value})),
             QStringLiteral("2"));
}

void TestConfiguration::pausingOneHomeLeavesItsNeighbourAlone()
{
    ScriptAtWork world(Homes::Two);
    world.setPaused(world.script, QList<LocationId>{world.second}, true);
    const Changed paused = changedBy(world.configuration);
    QCOMPARE(paused.gone.size(), std::size_t{1});
    QVERIFY((paused.gone.front() == InstanceKey{world.script, world.second, Mode::Live}));
    QVERIFY(world.configuration.placement({world.script, world.second, Mode::Live})->paused);
    QVERIFY(!world.configuration.placement({world.script, world.home.location, Mode::Live})->paused);
    const QByteArray ofSecond =
        " FROM script_instance WHERE location_id = " + QByteArray::number(qint64{world.second.value});
    QCOMPARE(world.value("SELECT status" + ofSecond), QStringLiteral("paused"));
    const auto meanwhile = world.post("power", 1, at(0));
    world.setPaused(world.script, QList<LocationId>{world.second}, false);
    QVERIFY(changedBy(world.configuration).gone.empty());
    QCOMPARE(world.value("SELECT status" + ofSecond), QStringLiteral("running"));
    QCOMPARE(world.value("SELECT engine->'applied'->'" + QByteArray::number(meanwhile->writer) + "'->>0" + ofSecond),
             QString::number(meanwhile->number));
    QCOMPARE(world.value("SELECT engine->'applied'->'" + QByteArray::number(meanwhile->writer) +
                         "'->>0 FROM script_instance WHERE location_id <> " +
                         QByteArray::number(qint64{world.second.value})),
             QStringLiteral("0"));
}

void TestConfiguration::errorsKeepAHomePausedUntilAnotherVersionComes()
{
    ScriptAtWork world;
    world.database.run("UPDATE script_instance SET status = 'paused-by-errors', errors_in_row = 20, "
                       "state = '{\"n\": 7}'");
    QVERIFY(world.configuration.load(allShards()));
    QCOMPARE(world.value("SELECT status FROM script_instance"), QStringLiteral("paused-by-errors"));
    world.addVersion(world.script, onPower());
    world.deploy(world.script);
    (void)changedBy(world.configuration);
    QCOMPARE(world.value("SELECT status || ' ' || errors_in_row FROM script_instance"), QStringLiteral("running 0"));
    QCOMPARE(world.value("SELECT state->>'n' FROM script_instance"), QStringLiteral("7"));
}

void TestConfiguration::aFreshVersionForgetsStateAndTimers()
{
    DeployedWorld world;
    const ScriptId script = world.addScript(QStringLiteral("s"), onPower());
    const ScriptId other = world.addScript(QStringLiteral("other"), onPower());
    world.deploy(script);
    world.deploy(other);
    Configuration configuration(*world.connection, world.clock);
    QVERIFY(configuration.load(allShards()));
    world.database.run("UPDATE script_instance SET state = '{\"n\": 7}', engine = engine || '{\"extra\": {\"a\": 1}}';"
                       "INSERT INTO script_timer SELECT script_id, location_id, mode, 't', now() FROM script_instance");
    engine::Manifest fresh = onPower();
    fresh.freshState = true;
    world.addVersion(script, fresh);
    world.deploy(script);
    (void)changedBy(configuration);
    const QByteArray mine = QByteArray::number(qint64{script.value});
    QCOMPARE(
        world.value("SELECT state::text || (engine ? 'extra')::text FROM script_instance WHERE script_id = " + mine),
        QStringLiteral("{}false"));
    QCOMPARE(world.value("SELECT string_agg(script_id::text, ' ') FROM script_timer"), QString::number(other.value));
    QCOMPARE(world.value("SELECT state->>'n' FROM script_instance WHERE script_id <> " + mine), QStringLiteral("7"));
}

void TestConfiguration::aShadowBeginsAsACopyOfLive()
{
    ScriptAtWork world;
    world.database.run("UPDATE script_instance SET state = '{\"n\": 7}';"
                       "INSERT INTO script_timer SELECT script_id, location_id, mode, 't', now() FROM script_instance");
    const VersionId tried = world.addVersion(world.script, onPower());
    world.deploy(world.script, {}, Mode::Shadow);
    (void)changedBy(world.configuration);
    QCOMPARE(world.configuration.placement({world.script, world.home.location, Mode::Shadow})->version->id, tried);
    QCOMPARE(world.configuration.placement({world.script, world.home.location, Mode::Live})->version->number, 1);
    QCOMPARE(world.value("SELECT state->>'n' FROM script_instance WHERE mode = 'shadow'"), QStringLiteral("7"));
    QCOMPARE(world.value("SELECT string_agg(mode, ' ' ORDER BY mode) FROM script_timer"),
             QStringLiteral("live shadow"));
    world.deploy(world.script); // live: the shadow has done its duty
    const Changed changed = changedBy(world.configuration);
    QCOMPARE(changed.gone.size(), std::size_t{1});
    QCOMPARE(changed.gone.front().mode, Mode::Shadow);
    QCOMPARE(world.value("SELECT string_agg(mode, ' ') FROM script_timer"), QStringLiteral("live"));
}

void TestConfiguration::aRetiredScriptLosesItsInstances()
{
    DeployedWorld world;
    const ScriptId retired = world.addScript(QStringLiteral("retired"), onPower());
    const ScriptId kept = world.addScript(QStringLiteral("kept"), onPower());
    world.deploy(retired);
    world.deploy(kept);
    Configuration configuration(*world.connection, world.clock);
    QVERIFY(configuration.load(allShards()));
    const QByteArray id = QByteArray::number(qint64{retired.value});
    world.database.run("UPDATE script SET retired_at = now() WHERE id = " + id +
                       "; DELETE FROM script_deployment WHERE script_id = " + id);
    const Changed changed = changedBy(configuration);
    QCOMPARE(changed.gone.size(), std::size_t{1});
    QCOMPARE(changed.gone.front().script, retired);
    QCOMPARE(world.value("SELECT string_agg(script_id::text, ' ') FROM script_instance"), QString::number(kept.value));
    QVERIFY(!configuration.scripts().find(retired));
    QVERIFY(!configuration.placement({retired, world.home.location, Mode::Live}));
}

void TestConfiguration::homesOfOtherShardsAreNotTouched()
{
    DeployedWorld world;
    const LocationId theirs = world.addHome("second");
    const ScriptId script = world.addScript(QStringLiteral("s"), onPower());
    world.deploy(script);
    Configuration all(*world.connection, world.clock);
    QVERIFY(all.load(allShards()));
    std::vector<int> ours = allShards();
    std::erase(ours, all.homes().shardOf(theirs));
    Configuration configuration(*world.connection, world.clock);
    QVERIFY(orAbort(configuration.load(ours)).gone.empty());
    QCOMPARE(world.value("SELECT count(*) FROM script_instance"), QStringLiteral("2"));
    QVERIFY(!configuration.homes().deploymentOf(theirs));
    QCOMPARE(configuration.homes().deploymentOf(world.home.location), std::optional(world.home.deployment));
    const auto refused = configuration.homes().home(*world.connection, theirs);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::NotFound);
}

void TestConfiguration::versionsThatCannotRunAreLeftOut()
{
    DeployedWorld world;
    const ScriptId good = world.addScript(QStringLiteral("good"), onPower());
    engine::Manifest wide = onPower();
    wide.scope = "deployment";
    const ScriptId scoped = world.addScript(QStringLiteral("scoped"), wide);
    const ScriptId refused = world.addScript(QStringLiteral("refused"), onPower());
    world.addVersion(refused, QJsonObject());
    const ScriptId unreadable = world.addScript(QStringLiteral("unreadable"), onPower());
    world.addVersion(unreadable, {{QStringLiteral("handlers"), 7}});
    for (const ScriptId script : {good, scoped, refused, unreadable})
        world.deploy(script);
    Configuration configuration(*world.connection, world.clock);
    QVERIFY(configuration.load(allShards()));
    QCOMPARE(world.value("SELECT string_agg(script_id::text, ' ') FROM script_instance"), QString::number(good.value));
    for (const ScriptId script : {scoped, refused, unreadable})
        QVERIFY(!configuration.placement({script, world.home.location, Mode::Live}));
}

void TestConfiguration::installedIsToldUntilItIsInTheLog()
{
    DeployedWorld world;
    const ScriptId script = world.addScript(QStringLiteral("s"), manifestOf({trigger(EventKind::Installed)}));
    world.deploy(script, {}, Mode::Shadow);
    Configuration configuration(*world.connection, world.clock);
    QVERIFY(orAbort(configuration.load(allShards())).installed.empty());
    world.deploy(script);
    const auto told = changedBy(configuration).installed;
    QCOMPARE(told.size(), std::size_t{1});
    QCOMPARE(told.front().location, world.home.location);
    QCOMPARE(told.front().time, world.clock.now());
    QCOMPARE(orAbort(configuration.load(allShards())).installed.size(), std::size_t{1}); // as after a crash
    QVERIFY(store::InstanceRepository(*world.connection).setInstalled(script, world.home.location));
    QVERIFY(orAbort(configuration.load(allShards())).installed.empty());
}

void TestConfiguration::saysWhichHomesChanged()
{
    ScriptAtWork world;
    const auto before = orAbort(world.configuration.homes().home(*world.connection, world.home.location));
    QCOMPARE(orAbort(world.configuration.homes().home(*world.connection, world.home.location)).info.get(),
             before.info.get());
    world.database.run("UPDATE device SET use = 'stove' WHERE key = 'sensor-a'");
    const Changed changed = changedBy(world.configuration);
    QVERIFY(changed.homes == std::set<LocationId>{world.home.location});
    QVERIFY(changed.scripts.empty() && changed.gone.empty());
    const auto after = orAbort(world.configuration.homes().home(*world.connection, world.home.location));
    const auto& devices = after.info->devices;
    QCOMPARE(std::count_if(devices.begin(), devices.end(), [](const auto& device) { return device.use == "stove"; }),
             std::ptrdiff_t{1});
    const LocationId added = world.addHome("later");
    QVERIFY(changedBy(world.configuration).scripts == std::set<ScriptId>{world.script});
    QCOMPARE(world.value("SELECT count(*) FROM script_instance WHERE location_id = " +
                         QByteArray::number(qint64{added.value})),
             QStringLiteral("1"));
}

void TestConfiguration::finding_F6_theHomeThatADeviceLeftChangesToo()
{
    ScriptAtWork world(Homes::Two);
    const auto hasSensor = [&](LocationId location) {
        const auto home = orAbort(world.configuration.homes().home(*world.connection, location));
        const auto& devices = home.info->devices;
        return std::any_of(devices.begin(), devices.end(), [](const auto& one) { return one.key == "sensor-a"; });
    };
    QVERIFY(hasSensor(world.home.location) && !hasSensor(world.second));
    world.database.run("UPDATE device SET gateway_id = NULL, location_id = " +
                       QByteArray::number(qint64{world.second.value}) + " WHERE key = 'sensor-a'");
    const std::set<LocationId> both{world.home.location, world.second};
    QVERIFY(changedBy(world.configuration).homes == both);
    QVERIFY(!hasSensor(world.home.location) && hasSensor(world.second));
}

QTEST_GUILESS_MAIN(TestConfiguration)
#include "tst_configuration.moc"

// What starts a script, and what of it runs in which home.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "server/composer/deployed/script_table.h"
#include "tests/unit/server/composer/deployed_world.h"
#endif

#include <QTest>

using namespace cohort;
using namespace cohort::composer;
using namespace cohort::composer::test;
using engine::EventKind;

class TestScriptTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNameOrAnyNameStartsAScript();
    void timeAloneMayStartOne();
    void aHomesRowHidesTheOneOfAllHomes();
    void parametersFollowTheirHome();
    void aVersionIsReadOnceWhileSomebodyHoldsIt();
    void reloadingOneLeavesTheOthers();
};

void TestScriptTable::aNameOrAnyNameStartsAScript()
{
    const Interest interest(manifestOf({trigger(EventKind::Measurement, "power"),
                                        trigger(EventKind::Measurement, "motion"), trigger(EventKind::Fact)}));
    QVERIFY(interest.in(EventKind::Measurement, "power") && interest.in(EventKind::Measurement, "motion"));
    QVERIFY(!interest.in(EventKind::Measurement, "Power") && !interest.in(EventKind::Measurement, {}));
    QVERIFY(interest.in(EventKind::Fact, "anything"));
    QVERIFY(!interest.in(EventKind::Signal, "power"));
}

void TestScriptTable::timeAloneMayStartOne()
{
    const Interest rows(onPower());
    QVERIFY(!rows.bySchedule() && !rows.byTime() && !rows.lasting());
    const Interest timers(manifestOf({trigger(EventKind::Timer, "t")}));
    QVERIFY(!timers.bySchedule() && timers.byTime());
    for (const EventKind kind : {EventKind::Schedule, EventKind::Every}) {
        const Interest interest(manifestOf({trigger(kind)}));
        QVERIFY(interest.bySchedule() && interest.byTime() && !interest.lasting());
    }
    engine::Trigger lasting = trigger(EventKind::Measurement, "power");
    lasting.lasting = Milliseconds(60'000);
    const Interest conditions(manifestOf({trigger(EventKind::Fact), lasting, trigger(EventKind::Fact, "a")}));
    QVERIFY(!conditions.bySchedule() && conditions.byTime() && conditions.lasting());
}

void TestScriptTable::aHomesRowHidesTheOneOfAllHomes()
{
    DeployedScript script;
    const LocationId own{1}, other{2};
    QVERIFY(!script.placement(Mode::Live, own));
    script.everywhere.at(static_cast<std::size_t>(Mode::Live)) = Placement{nullptr, false};
    script.homes[{Mode::Live, own}] = Placement{nullptr, true};
    QVERIFY(script.placement(Mode::Live, own)->paused);
    QVERIFY(!script.placement(Mode::Live, other)->paused);
    QVERIFY(!script.placement(Mode::Shadow, own)); // the modes know nothing of each other
    script.homes[{Mode::Shadow, own}] = Placement{nullptr, false};
    QVERIFY(!script.placement(Mode::Shadow, own)->paused && script.placement(Mode::Live, own)->paused);
    QVERIFY(!script.placement(Mode::Shadow, other));
}

void TestScriptTable::parametersFollowTheirHome()
{
    DeployedWorld world;
    engine::Manifest manifest = onPower();
    manifest.parameters = R"({"level":{"type":"number","default":1,"min":0,"max":10}})";
    const ScriptId script = world.addScript(QStringLiteral("s"), manifest);
    world.deploy(script);
    const auto set = [&](LocationId location, double level) {
        world.change([&] {
            return store::ScriptDeploymentRepository(*world.connection)
                .setParameters(script, location, {{QStringLiteral("level"), level}});
        });
    };
    const LocationId second = world.addHome("second");
    ScriptTable table;
    const auto levels = [&] {
        if (!table.load(*world.connection))
            qFatal("not loaded");
        const DeployedScript* deployed = table.find(script);
        const Version& version = *deployed->placement(Mode::Live, second)->version;
        return QString::fromStdString(deployed->parameters(version, world.home.location) + " " +
                                      deployed->parameters(version, second));
    };
    QCOMPARE(levels(), QStringLiteral(R"({"level":1} {"level":1})"));
    set({}, 2);
    set(second, 3);
    QCOMPARE(levels(), QStringLiteral(R"({"level":2} {"level":3})"));
    set(second, 11); // over what the script allows: as if it were not set
    QCOMPARE(levels(), QStringLiteral(R"({"level":2} {"level":2})"));
}

void TestScriptTable::aVersionIsReadOnceWhileSomebodyHoldsIt()
{
    DeployedWorld world;
    const ScriptId script = world.addScript(QStringLiteral("s"), onPower());
    world.deploy(script);
    ScriptTable table;
    QVERIFY(table.load(*world.connection));
    const VersionPtr held = table.find(script)->placement(Mode::Live, world.home.location)->version;
    QCOMPARE(held->script, script);
    QCOMPARE(held->source, std::string("# version"));
    QVERIFY(table.load(*world.connection, script));
    QCOMPARE(table.find(script)->placement(Mode::Live, world.home.location)->version, held);
    world.addVersion(script, onPower());
    world.deploy(script);
    QVERIFY(table.load(*world.connection, script));
    const VersionPtr next = table.find(script)->placement(Mode::Live, world.home.location)->version;
    QVERIFY(next != held && next->number == 2);
}

void TestScriptTable::reloadingOneLeavesTheOthers()
{
    DeployedWorld world;
    const auto theirs = testkit::makeHome(world.database, "b");
    const ScriptId first = world.addScript(QStringLiteral("first"), onPower());
    const ScriptId second = world.addScript(QStringLiteral("second"), onPower());
    world.deploy(first);
    world.deploy(second);
    ScriptTable table;
    QVERIFY(table.load(*world.connection));
    QCOMPARE(table.all(), (std::vector<ScriptId>{first, second}));
    world.database.run("DELETE FROM script_deployment");
    QVERIFY(table.load(*world.connection, second));
    QCOMPARE(table.all(), std::vector<ScriptId>{first}); // it was not asked for
    QVERIFY(!table.find(second));
    QCOMPARE(table.of(world.home.deployment).size(), std::size_t{1});
    QVERIFY(table.of(theirs.deployment).empty());
    QVERIFY(table.load(*world.connection));
    QVERIFY(table.all().empty());
}

QTEST_GUILESS_MAIN(TestScriptTable)
#include "tst_script_table.moc"

// Composer in homes whose clock is ours, over restarts, evictions and another server that waits for its shards.
#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "tests/integration/composer/composer_world.h"
#endif

#include <QTest>

using namespace cohort;
using namespace cohort::testkit;

namespace {

const std::string Counter = R"(
from composer import app, on
app(title="Counter", reads={"power": "to count"})

@on.measurement("power")
def count(home, event):
    home.state["n"] = home.state.get("n", 0) + 1
    home.set_fact("count", home.state["n"])
)";

const std::string Timers = R"(
from composer import app, on
app(title="Timers", reads={"power": "x"})

@on.measurement("power")
def look(home, event):
    if event.value > 0:
        home.start_timer("later", f"{int(event.value)}s", data=event.value)
    else:
        home.cancel_timer("later")
        home.set_fact("cancelled", 1)

@on.timer("later")
def later(home, event):
    home.set_fact("fired", event.data)
)";

} // namespace

class TestByTheClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTimerFiresOnceAlsoWhenItFellDueWhileNobodyRan();
    void aCancelledTimerDoesNotFire();
    void everySoOftenItRunsWithoutAnyRow();
    void aPausedScriptSleepsAndItsTimerWaits();
    void whatIsPutAwayComesBackWithItsState();
    void anotherServerTakesOverWhereTheFirstStopped();
    void aVersionThatNoWorkerLoadsPausesItsHomes();
    void anotherVersionEndsAPauseByErrors();
    void twoScriptsOfOneHomeSeeTheSameOrder();
};

void TestByTheClock::aTimerFiresOnceAlsoWhenItFellDueWhileNobodyRan()
{
    ComposerWorld world("real");
    world.start();
    world.run(QStringLiteral("timers"), Timers);
    world.post("power", 2, now());
    QVERIFY(world.waitFor("SELECT count(*) FROM script_timer", QStringLiteral("1")));
    world.kill();
    QVERIFY(world.waitFor("SELECT (max(due) < now())::text FROM script_timer", QStringLiteral("true")));
    QCOMPARE(world.value(world.factsSql("fired")), QString());
    world.start();
    QVERIFY(world.waitFor(world.factsSql("fired"), QStringLiteral("2")));
    QVERIFY(world.waitFor("SELECT count(*) FROM script_timer", QStringLiteral("0")));
    QCOMPARE(world.value("SELECT count(*) FROM event WHERE kind = 'timer'"), QStringLiteral("1"));
    world.kill();
    world.start();
    world.post("power", 0, now());
    QVERIFY(world.waitFor(world.factsSql("cancelled"), QStringLiteral("1")));
    QCOMPARE(world.value(world.factsSql("fired")), QStringLiteral("2"));
}

void TestByTheClock::aCancelledTimerDoesNotFire()
{
    ComposerWorld world("real");
    world.start();
    world.run(QStringLiteral("timers"), Timers);
    world.post("power", 600, now());
    QVERIFY(world.waitFor("SELECT count(*) FROM script_timer", QStringLiteral("1")));
    const QString first = world.value("SELECT due FROM script_timer");
    world.post("power", 3, now()); // started again, earlier
    QVERIFY(waitUntil([&] { return world.value("SELECT due FROM script_timer") != first; }));
    QCOMPARE(world.value("SELECT data::text FROM script_timer"), QStringLiteral("3.0")); // as the script gave it
    world.post("power", 0, now());
    QVERIFY(world.waitFor("SELECT count(*) FROM script_timer", QStringLiteral("0")));
    world.post("power", 1, now());
    QVERIFY(world.waitFor(world.factsSql("fired"), QStringLiteral("1")));
}

void TestByTheClock::everySoOftenItRunsWithoutAnyRow()
{
    ComposerWorld world("real");
    world.start();
    const ScriptId script = world.run(QStringLiteral("every"), R"(
from composer import app, on
app(title="Every")

@on.every("1s")
def tick(home, event):
    home.set_fact("tick", 1)
)");
    QVERIFY(world.waitFor("SELECT (count(*) > 0)::text FROM event WHERE kind = 'timer' AND name LIKE '@every:%'",
                          QStringLiteral("true")));
    QCOMPARE(world.value("SELECT DISTINCT data->>'script' FROM event WHERE kind = 'timer'"),
             QString::number(script.value));
    QVERIFY(world.waitFor("SELECT (count(*) > 0)::text FROM script_run WHERE handler = 'tick' AND trigger->>'kind' = "
                          "'every'",
                          QStringLiteral("true")));
}

void TestByTheClock::aPausedScriptSleepsAndItsTimerWaits()
{
    ComposerWorld world("real");
    world.start();
    const ScriptId script = world.run(QStringLiteral("timers"), Timers);
    world.post("power", 2, now());
    QVERIFY(world.waitFor("SELECT count(*) FROM script_timer", QStringLiteral("1")));
    const auto setPaused = [&](bool paused) {
        world.change([&] {
            return store::ScriptDeploymentRepository(*world.connection).setPaused(script, std::nullopt, paused);
        });
    };
    setPaused(true);
    QVERIFY(world.waitFor("SELECT status FROM script_instance", QStringLiteral("paused")));
    QVERIFY(
        world.waitFor("SELECT (max(due) < now() - interval '1 s')::text FROM script_timer", QStringLiteral("true")));
    QCOMPARE(world.value(world.factsSql("fired")), QString());
    setPaused(false);
    QVERIFY(world.waitFor(world.factsSql("fired"), QStringLiteral("2")));
}

void TestByTheClock::whatIsPutAwayComesBackWithItsState()
{
    ComposerWorld world("real");
    world.database.run(
        "INSERT INTO location (deployment_id, name, time_zone, clock) SELECT id, 'home-' || n, "
        "'Europe/Vienna', 'real' FROM deployment, generate_series(1, 5) n;"
        "INSERT INTO device (deployment_id, location_id, key) SELECT deployment_id, id, 'sensor-' || name "
        "FROM location WHERE name LIKE 'home-_' AND name <> 'home-a'");
    world.start(2); // instances in memory
    world.run(QStringLiteral("counter"), Counter);
    QVERIFY(world.waitFor("SELECT count(*) FROM script_instance", QStringLiteral("6")));
    const auto postToAll = [&] {
        for (int home = 1; home <= 5; ++home) {
            const QByteArray name = "home-" + QByteArray::number(home);
            world.post("power", 1, now(),
                       DeviceId{world.value("SELECT id FROM device WHERE key = 'sensor-" + name + "'").toLongLong()},
                       LocationId{world.value("SELECT id FROM location WHERE name = '" + name + "'").toLongLong()});
        }
    };
    postToAll();
    const QByteArray counts = "SELECT string_agg(state->>'n', ' ') FROM script_instance WHERE state ? 'n'";
    QVERIFY(world.waitFor(counts, QStringLiteral("1 1 1 1 1")));
    QVERIFY(waitUntil([&] { return world.registry.total(metrics::Metric::ComposerInstances) <= 2; }));
    postToAll();
    QVERIFY(world.waitFor(counts, QStringLiteral("2 2 2 2 2")));
}

void TestByTheClock::anotherServerTakesOverWhereTheFirstStopped()
{
    ComposerWorld world("real");
    world.start();
    world.run(QStringLiteral("counter"), Counter);
    world.post("power", 1, now());
    QVERIFY(world.waitFor(world.factsSql("count"), QStringLiteral("1")));
    composer::ComposerOptions options;
    options.database = world.database.settings();
    options.node = QStringLiteral("other");
    options.selfTest = false;
    metrics::Registry registry;
    composer::ComposerService other(options, world.bus, registry, world.clock);
    QVERIFY(other.start());
    world.post("power", 2, now());
    QVERIFY(world.waitFor(world.factsSql("count"), QStringLiteral("1 2"))); // each row is one server's
    world.kill();
    world.post("power", 3, now());
    QVERIFY(world.waitFor(world.factsSql("count"), QStringLiteral("1 2 3")));
    QCOMPARE(registry.total(metrics::Metric::ComposerEffects), 1.0);
    QCOMPARE(world.registry.total(metrics::Metric::ComposerEffects), 2.0);
    other.stop();
}

void TestByTheClock::aVersionThatNoWorkerLoadsPausesItsHomes()
{
    ComposerWorld world("real");
    world.start();
    world.run(QStringLiteral("counter"), Counter);
    const ScriptId broken = world.addScript(QStringLiteral("broken"), Counter);
    world.database.run("UPDATE script_version SET source = 'import os' WHERE script_id = " +
                       QByteArray::number(qint64{broken.value})); // as if the check had been got round
    world.deploy(broken);
    world.post("power", 1, now());
    world.post("power", 2, now());
    const QByteArray ofBroken = " FROM script_instance WHERE script_id = " + QByteArray::number(qint64{broken.value});
    QVERIFY(world.waitFor("SELECT status" + ofBroken, QStringLiteral("paused-by-errors")));
    QVERIFY2(world.value("SELECT status_detail" + ofBroken)
                 .startsWith(QStringLiteral("version 1 cannot be loaded: line 1: 'os'")),
             qPrintable(world.value("SELECT status_detail" + ofBroken)));
    QVERIFY(world.waitFor(world.factsSql("count"), QStringLiteral("1 2"))); // of the other
    QCOMPARE(world.value("SELECT count(*) FROM alert WHERE key = 'script-paused'"), QStringLiteral("1"));
}

void TestByTheClock::anotherVersionEndsAPauseByErrors()
{
    ComposerWorld world("real");
    world.start();
    std::string wrong = Counter;
    wrong.replace(wrong.find("    home.set_fact"), std::string::npos, "    home.device('none')\n");
    const ScriptId script = world.addScript(QStringLiteral("counter"), wrong);
    world.deploy(script);
    for (int i = 0; i < 20; ++i)
        world.post("power", i, now());
    QVERIFY(world.waitFor("SELECT status FROM script_instance", QStringLiteral("paused-by-errors")));
    (void)world.addVersion(script, Counter);
    world.deploy(script);
    QVERIFY(world.waitFor("SELECT status || errors_in_row FROM script_instance", QStringLiteral("running0")));
    world.post("power", 1, now());
    QVERIFY(world.waitFor(world.factsSql("count"), QStringLiteral("1"))); // no failed run kept its state
}

void TestByTheClock::twoScriptsOfOneHomeSeeTheSameOrder()
{
    ComposerWorld world("real");
    world.start();
    const auto listing = [](const std::string& name) {
        return "from composer import app, on\napp(title='L', reads={'power': 'x', 'motion': 'x'})\n"
               "@on.measurement('power')\n@on.measurement('motion')\ndef look(home, event):\n"
               "    seen = home.state.get('seen', '') + f'{int(event.value)} '\n    home.state['seen'] = seen\n"
               "    home.set_fact('" +
               name + "', 1)\n";
    };
    world.run(QStringLiteral("first"), listing("first"));
    world.run(QStringLiteral("second"), listing("second"));
    QString wanted;
    for (int i = 0; i < 30; ++i) {
        world.post(i % 3 == 0 ? "motion" : "power", i, now());
        wanted += QString::number(i) + QLatin1Char(' ');
    }
    QVERIFY(world.waitFor("SELECT string_agg(state->>'seen', '|') FROM script_instance",
                          wanted + QLatin1Char('|') + wanted));
}

QTEST_GUILESS_MAIN(TestByTheClock)
#include "tst_by_the_clock.moc"

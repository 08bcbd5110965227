#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "tests/integration/composer/composer_world.h"
#endif

#include <QTest>

using namespace cohort;
using namespace cohort::testkit;

namespace {

constexpr Timestamp Begin = fromMs(1'767'225'600'000); // 2026-01-01, in homes whose clock is their data's

Timestamp at(int seconds)
{
    return Begin + std::chrono::seconds(seconds);
}

const std::string Counter = R"(
from composer import app, on
app(title="Counter", reads={"power": "to count"})

@on.measurement("power")
def count(home, event):
    home.state["n"] = home.state.get("n", 0) + 1
    home.set_fact("count", home.state["n"])
)";

} // namespace

class TestService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void factsFollowMeasurements();
    void finding_C6_whatChangesNothingIsNoEffectInTheFigures();
    void anotherScriptSeesTheFact();
    void timersFireByTheDataOfTheHome();
    void everyFactOnceOverAKilledService();
    void whatWasThereBeforeTheScriptStartsNothing();
    void pausingStopsAndResumingGoesOnWithTheState();
    void parametersReachTheNextRun();
    void aNewVersionKeepsTheState();
    void aShadowShowsWhatItWouldDo();
    void finding_G16_takenOffItStopsAndForgets();
    void finding_G16_takenOffWhileNobodyRanItForgetsToo();
    void aHomeThatIsAddedLaterRunsTheScript();
    void installedIsToldOnce();
    void answersHistory();
};

void TestService::factsFollowMeasurements()
{
    ComposerWorld world;
    world.start();
    world.run(QStringLiteral("counter"), Counter);
    for (int i = 0; i < 5; ++i)
        world.post("power", i, at(i));
    QVERIFY(world.waitFor(world.factsSql("count"), QStringLiteral("1 2 3 4 5")));
    QVERIFY(world.waitFor("SELECT state->>'n' FROM script_instance", QStringLiteral("5")));
    QCOMPARE(
        world.value("SELECT count(*) FROM script_run WHERE status = 'ok' AND handler = 'count' AND effect_count = 1"),
        QStringLiteral("5"));
    QCOMPARE(world.value("SELECT count(*) FROM effect WHERE kind = 'set_fact' AND refused = ''"), QStringLiteral("5"));
}

// The figure and what the runs show are one: a fact that stays as it is, and an alert that is not open, are no rows either.
void TestService::finding_C6_whatChangesNothingIsNoEffectInTheFigures()
{
    ComposerWorld world;
    world.start();
    const ScriptId script = world.run(QStringLiteral("steady"), R"(
from composer import app, on
app(title="Steady", reads={"power": "to see whether it is on"})

@on.measurement("power")
def look(home, event):
    home.set_fact("on", event.value > 50)
    if event.value > 50:
        home.resolve_alert("off")
    home.log("looked")
)");
    for (int i = 0; i < 6; ++i)
        world.post("power", i < 5 ? 100 : 0, at(i));
    QVERIFY(world.waitFor(world.factsSql("on"), QStringLiteral("1 1 1 1 1 0"))); // each a point of its chart
    QVERIFY(world.waitFor("SELECT sum(runs) FROM script_usage", QStringLiteral("6")));
    QVERIFY(world.waitFor("SELECT count(*) FROM script_run", QStringLiteral("6")));
    QCOMPARE(world.value("SELECT count(*) FROM effect"), QStringLiteral("3"));
    QCOMPARE(store::ScriptRepository(*world.connection).find(script)->figures.effects, 3);
}

void TestService::anotherScriptSeesTheFact()
{
    ComposerWorld world;
    world.start();
    world.run(QStringLiteral("counter"), Counter);
    world.run(QStringLiteral("echo"), R"(
from composer import app, on
app(title="Echo")

@on.fact("count")
def echo(home, event):
    home.set_fact("echo", event.value * 10)
)");
    for (int i = 0; i < 3; ++i)
        world.post("power", i, at(i));
    QVERIFY(world.waitFor(world.factsSql("echo"), QStringLiteral("10 20 30")));
}

void TestService::timersFireByTheDataOfTheHome()
{
    ComposerWorld world;
    world.start();
    world.run(QStringLiteral("timer"), R"(
from composer import app, on
app(title="Timer", reads={"power": "x"})

@on.measurement("power")
def start(home, event):
    home.start_timer("later", "10m", data={"value": event.value})

@on.timer("later")
def later(home, event):
    home.set_fact("fired", event.data["value"])
)");
    world.post("power", 1, at(0));
    QVERIFY(world.waitFor("SELECT count(*) FROM script_timer", QStringLiteral("1")));
    world.post("power", 2, at(60));  // starts it again
    world.post("power", 3, at(900)); // by then it is over
    QVERIFY(world.waitFor(world.factsSql("fired"), QStringLiteral("2")));
    QCOMPARE(world.value("SELECT to_char(m.time AT TIME ZONE 'UTC', 'HH24:MI:SS') FROM measurement m JOIN stream s ON "
                         "s.id = m.stream_id WHERE s.name = 'syn.fired'"),
             QStringLiteral("00:11:00"));
    QCOMPARE(world.value("SELECT count(*) FROM event WHERE kind = 'timer' AND name = 'later'"), QStringLiteral("1"));
}

void TestService::everyFactOnceOverAKilledService()
{
    ComposerWorld world;
    world.start();
    world.run(QStringLiteral("counter"), Counter);
    QStringList wanted;
    for (int i = 0; i < 60; ++i) {
        world.post("power", i, at(i));
        wanted.append(QString::number(i + 1));
        if (i % 20 == 10) {
            world.kill();
            world.post("power", i, at(i) + Milliseconds(500)); // while nobody looks
            world.start();
        }
    }
    for (int i = 61; i <= 63; ++i)
        wanted.append(QString::number(i));
    QVERIFY(world.waitFor(world.factsSql("count"), wanted.join(QLatin1Char(' '))));
    world.kill();
    world.start();
    world.post("power", 0, at(100));
    wanted.append(QStringLiteral("64"));
    QVERIFY(world.waitFor(world.factsSql("count"), wanted.join(QLatin1Char(' '))));
    QCOMPARE(world.value("SELECT count(*) FROM effect"), QStringLiteral("64"));
}

void TestService::whatWasThereBeforeTheScriptStartsNothing()
{
    ComposerWorld world;
    for (int i = 0; i < 10; ++i)
        world.post("power", i, at(i));
    const ScriptId script = world.addScript(QStringLiteral("counter"), Counter);
    world.deploy(script);
    world.start();
    QVERIFY(world.waitFor("SELECT count(*) FROM script_instance", QStringLiteral("1")));
    world.post("power", 1, at(20));
    QVERIFY(world.waitFor(world.factsSql("count"), QStringLiteral("1")));
}

void TestService::pausingStopsAndResumingGoesOnWithTheState()
{
    ComposerWorld world;
    world.start();
    const ScriptId script = world.run(QStringLiteral("counter"), Counter);
    world.post("power", 1, at(1));
    QVERIFY(world.waitFor(world.factsSql("count"), QStringLiteral("1")));
    const auto setPaused = [&](bool paused) {
        world.change([&] {
            return store::ScriptDeploymentRepository(*world.connection).setPaused(script, std::nullopt, paused);
        });
    };
    setPaused(true);
    QVERIFY(world.waitFor("SELECT status FROM script_instance", QStringLiteral("paused")));
    world.post("power", 2, at(2));
    setPaused(false);
    QVERIFY(world.waitFor("SELECT status FROM script_instance", QStringLiteral("running")));
    world.post("power", 3, at(3));
    QVERIFY(world.waitFor(world.factsSql("count"), QStringLiteral("1 2"))); // not what came meanwhile
}

void TestService::parametersReachTheNextRun()
{
    ComposerWorld world;
    world.start();
    const ScriptId script = world.run(QStringLiteral("parameters"), R"(
from composer import app, on, Number
app(title="P", reads={"power": "x"}, parameters={"factor": Number(2, min=1, max=100, help="times")})

@on.measurement("power")
def times(home, event):
    home.set_fact("product", event.value * home.parameters.factor)
)");
    world.post("power", 10, at(1));
    QVERIFY(world.waitFor(world.factsSql("product"), QStringLiteral("20")));
    world.change([&] {
        return store::ScriptDeploymentRepository(*world.connection)
            .setParameters(script, world.home.location, {{QStringLiteral("factor"), 5}});
    });
    int second = 2;
    QVERIFY(waitUntil([&] {
        world.post("power", 10, at(second++));
        return world.value(world.factsSql("product")).endsWith(QStringLiteral("50"));
    }));
}

void TestService::aNewVersionKeepsTheState()
{
    ComposerWorld world;
    world.start();
    const ScriptId script = world.run(QStringLiteral("counter"), Counter);
    world.post("power", 1, at(1));
    QVERIFY(world.waitFor(world.factsSql("count"), QStringLiteral("1")));
    std::string next = Counter;
    next.replace(next.find("+ 1"), 3, "+ 100");
    (void)world.addVersion(script, next);
    world.deploy(script);
    world.post("power", 2, at(2));
    QVERIFY(world.waitFor(world.factsSql("count"), QStringLiteral("1 101")));
}

void TestService::aShadowShowsWhatItWouldDo()
{
    ComposerWorld world;
    world.start();
    const ScriptId script = world.addScript(QStringLiteral("counter"), Counter);
    world.deploy(script, model::ScriptMode::Shadow);
    world.post("power", 1, at(1));
    world.post("power", 2, at(2));
    QVERIFY(
        world.waitFor("SELECT count(*) FROM effect WHERE refused = 'shadow' AND mode = 'shadow'", QStringLiteral("2")));
    QCOMPARE(world.value(world.factsSql("count")), QString());
    world.deploy(script);
    QVERIFY(world.waitFor("SELECT count(*) FROM script_instance WHERE mode = 'shadow'", QStringLiteral("0")));
}

void TestService::finding_G16_takenOffItStopsAndForgets()
{
    ComposerWorld world;
    world.start();
    const ScriptId script = world.run(QStringLiteral("counter"), Counter);
    world.post("power", 1, at(1));
    QVERIFY(world.waitFor(world.factsSql("count"), QStringLiteral("1")));
    world.takeOff(script);
    QVERIFY(world.waitFor("SELECT count(*) FROM script_instance", QStringLiteral("0")));
    world.deploy(script);
    world.post("power", 2, at(2));
    QVERIFY(world.waitFor(world.factsSql("count"), QStringLiteral("1 1"))); // it begins anew
}

void TestService::finding_G16_takenOffWhileNobodyRanItForgetsToo()
{
    ComposerWorld world;
    world.start();
    const ScriptId script = world.run(QStringLiteral("counter"), Counter);
    world.post("power", 1, at(1));
    QVERIFY(world.waitFor("SELECT state->>'n' FROM script_instance", QStringLiteral("1")));
    world.kill();
    world.takeOff(script);
    world.deploy(script);
    world.start();
    QVERIFY(world.waitFor("SELECT count(*) FROM script_instance", QStringLiteral("1")));
    world.post("power", 2, at(2));
    QVERIFY(world.waitFor(world.factsSql("count"), QStringLiteral("1 1")));
}

void TestService::aHomeThatIsAddedLaterRunsTheScript()
{
    ComposerWorld world;
    world.start();
    world.run(QStringLiteral("counter"), Counter);
    world.database.run(
        "INSERT INTO location (deployment_id, name, time_zone, clock) SELECT id, 'new', 'Europe/Vienna', "
        "'events' FROM deployment;"
        "INSERT INTO device (deployment_id, location_id, key) SELECT deployment_id, id, 'new-sensor' FROM "
        "location WHERE name = 'new'");
    QVERIFY(world.waitFor("SELECT count(*) FROM script_instance", QStringLiteral("2")));
    const DeviceId device{world.value("SELECT id FROM device WHERE key = 'new-sensor'").toLongLong()};
    const LocationId location{world.value("SELECT id FROM location WHERE name = 'new'").toLongLong()};
    world.post("power", 1, at(1), device, location);
    QVERIFY(world.waitFor(world.factsSql("count"), QStringLiteral("1")));
}

void TestService::installedIsToldOnce()
{
    ComposerWorld world("real");
    world.start();
    world.run(QStringLiteral("installed"), R"(
from composer import app, on
app(title="I")

@on.installed()
def hello(home, event):
    home.state["n"] = home.state.get("n", 0) + 1
    home.set_fact("installed", home.state["n"])
)");
    QVERIFY(world.waitFor(world.factsSql("installed"), QStringLiteral("1")));
    world.kill();
    world.start();
    world.post("power", 1, now());
    QCOMPARE(world.value("SELECT count(*) FROM event WHERE kind = 'installed'"), QStringLiteral("1"));
    QCOMPARE(world.value(world.factsSql("installed")), QStringLiteral("1"));
}

void TestService::answersHistory()
{
    ComposerWorld world;
    for (int i = 0; i < 10; ++i)
        world.post("power", i, at(i * 60));
    world.start();
    world.run(QStringLiteral("history"), R"(
from composer import app, on
app(title="H", reads={"power": "x"})

@on.measurement("power")
async def look(home, event):
    series = await home.history(event.device, "power", since="7d", every="1h", aggregate="max")
    home.set_fact("most", series.max())
    home.set_fact("number", series.count())
)");
    world.post("power", 5, at(700));
    QVERIFY(world.waitFor(world.factsSql("most"), QStringLiteral("9")));
    world.post("power", 50, at(800));
    QVERIFY(world.waitFor(world.factsSql("most"), QStringLiteral("9 50")));
}

QTEST_GUILESS_MAIN(TestService)
#include "tst_composer_service.moc"

#ifndef Q_MOC_RUN // moc 6.4 cannot read the C++20 library
#include "tests/integration/composer/composer_world.h"
#endif

#include <QTest>

using namespace cohort;
using namespace cohort::testkit;

namespace {

constexpr Timestamp Begin = fromMs(1'767'225'600'000);

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

// Goes wrong at negative values.
std::string broken(const std::string& wrong)
{
    return R"(
from composer import app, on
app(title="Broken", reads={"power": "x"})

@on.measurement("power")
def look(home, event):
    if event.value < 0:
        )" +
           wrong + R"(
    home.set_fact("seen", event.value)
)";
}

} // namespace

class TestSupervision : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEndlessLoopHoldsUpNobodyElse();
    void aRunThatIsKilledIsShownAndTheNextOnesGoOn();
    void threeKillsPauseTheScriptAndTellTheCoordinators();
    void memoryHasALimit();
    void twentyErrorsPauseAndResumingStartsAgain();
    void anAlertIsRaisedOnceWhileItIsOpen();
    void alertsThatFloodAreHeldBack();
    void refusesEffectsThatWereNotGranted();
    void commandsBecomeRows();
    void aLostConnectionLosesAndRepeatsNothing();
    void anErrorSaysItsLine();
    void factsThatFollowEachOtherForEverStop();
    void historyOfOneHoldsUpNobody();
};

void TestSupervision::anEndlessLoopHoldsUpNobodyElse()
{
    ComposerWorld world;
    world.start();
    world.run(QStringLiteral("loops"), broken("while True: pass"));
    world.run(QStringLiteral("counter"), Counter);
    world.post("power", -1, at(0));
    QString wanted = QStringLiteral("1");
    for (int i = 2; i <= 20; ++i) {
        world.post("power", i, at(i));
        wanted += QStringLiteral(" %1").arg(i);
    }
    // All of it before the loop was ended twice.
    QVERIFY(world.waitFor(world.factsSql("count"), wanted));
    QVERIFY(world.waitFor("SELECT count(*) FROM script_run WHERE status = 'timeout'", QStringLiteral("1")));
    QVERIFY(world.waitFor(
        "SELECT count(*) FROM measurement m JOIN stream s ON s.id = m.stream_id WHERE s.name = 'syn.seen'",
        QStringLiteral("19")));
    QCOMPARE(
        world.value("SELECT status FROM script_instance i JOIN script s ON s.id = i.script_id WHERE s.name = 'loops'"),
        QStringLiteral("running"));
}

void TestSupervision::aRunThatIsKilledIsShownAndTheNextOnesGoOn()
{
    ComposerWorld world;
    world.start();
    world.run(QStringLiteral("loops"), broken("while True: pass"));
    world.post("power", 1, at(1));
    world.post("power", -1, at(2));
    world.post("power", 3, at(3));
    QVERIFY(world.waitFor(world.factsSql("seen"), QStringLiteral("1 3")));
    QCOMPARE(world.value("SELECT count(*) FROM script_run WHERE status = 'timeout'"), QStringLiteral("1"));
    QCOMPARE(world.value("SELECT trigger->>'value' FROM script_run WHERE status = 'timeout'"), QStringLiteral("-1"));
    QVERIFY(world.value("SELECT error FROM script_run WHERE status = 'timeout'").contains(QStringLiteral("1 s")));
}

void TestSupervision::threeKillsPauseTheScriptAndTellTheCoordinators()
{
    ComposerWorld world;
    world.start();
    const ScriptId script = world.run(QStringLiteral("loops"), broken("while True: pass"));
    for (int i = 0; i < 4; ++i)
        world.post("power", -1, at(i));
    QVERIFY(world.waitFor("SELECT status FROM script_instance", QStringLiteral("paused-by-errors")));
    QCOMPARE(world.value("SELECT count(*) FROM script_run WHERE status = 'timeout'"), QStringLiteral("3"));
    QCOMPARE(
        world.value(
            "SELECT count(*) FROM alert WHERE source = 'script' AND key = 'script-paused' AND severity = 'normal'"),
        QStringLiteral("1"));
    QVERIFY(world.value("SELECT texts->>'en' FROM alert").startsWith(QStringLiteral("The script “loops” was paused")));
    world.change([&]() -> Result<void> {
        store::ScriptDeploymentRepository deployments(*world.connection);
        COHORT_CHECK(deployments.setPaused(script, std::nullopt, false));
        COHORT_TRY(ended, deployments.endPauseAlerts(script, std::nullopt, QStringLiteral("operator:1")));
        return ended.alerts.size() == 1 ? Result<void>() : Result<void>(fail(ErrorCode::NotFound));
    });
    QCOMPARE(world.value("SELECT state || ' ' || state_by FROM alert"), QStringLiteral("resolved operator:1"));
    QVERIFY(world.waitFor("SELECT status FROM script_instance", QStringLiteral("running")));
    world.post("power", 7, at(10));
    QVERIFY(world.waitFor(world.factsSql("seen"), QStringLiteral("7")));
}

void TestSupervision::memoryHasALimit()
{
    ComposerWorld world;
    world.start();
    world.run(QStringLiteral("hungry"), broken("home.log(str(len([0] * (10 ** 9))))"));
    world.run(QStringLiteral("counter"), Counter);
    world.post("power", -1, at(1));
    world.post("power", 2, at(2));
    QVERIFY(world.waitFor(world.factsSql("seen"), QStringLiteral("2")));
    QVERIFY(world.waitFor(world.factsSql("count"), QStringLiteral("1 2")));
    QCOMPARE(world.value("SELECT count(*) FROM script_run WHERE status IN ('memory', 'error')"), QStringLiteral("1"));
}

void TestSupervision::twentyErrorsPauseAndResumingStartsAgain()
{
    ComposerWorld world;
    world.start();
    const ScriptId script = world.run(QStringLiteral("errors"), broken("home.device(\"no such device\")"));
    for (int i = 0; i < 25; ++i)
        world.post("power", -1, at(i));
    QVERIFY(world.waitFor("SELECT status FROM script_instance", QStringLiteral("paused-by-errors")));
    QCOMPARE(world.value("SELECT count(*) FROM script_run WHERE status = 'error'"), QStringLiteral("20"));
    QVERIFY(world.value("SELECT status_detail FROM script_instance").contains(QStringLiteral("20 errors in a row")));
    world.kill();
    world.start(); // it stays paused
    world.post("power", 1, at(30));
    world.change([&] {
        return store::ScriptDeploymentRepository(*world.connection)
            .setPaused(script, QList<LocationId>{world.home.location}, false);
    });
    QVERIFY(world.waitFor("SELECT status FROM script_instance", QStringLiteral("running")));
    world.post("power", 2, at(31));
    QVERIFY(world.waitFor(world.factsSql("seen"), QStringLiteral("2")));
}

void TestSupervision::anAlertIsRaisedOnceWhileItIsOpen()
{
    ComposerWorld world;
    world.start();
    world.run(QStringLiteral("alert"), R"(
from composer import app, on
app(title="A", reads={"power": "x"}, texts={"on": {"en": "It is on."}})

@on.measurement("power")
def look(home, event):
    if event.value == 0:
        home.resolve_alert("on")
    else:
        home.alert("on", text="on", severity="urgent")
)");
    for (const double value : {1.0, 2.0, 3.0, 0.0, 4.0})
        world.post("power", value, at(static_cast<int>(value * 10) + (value == 0 ? 35 : 0)));
    QVERIFY(world.waitFor("SELECT count(*) FROM effect WHERE kind = 'alert'", QStringLiteral("4")));
    QCOMPARE(world.value("SELECT string_agg(state, ' ' ORDER BY id) FROM alert"), QStringLiteral("resolved open"));
    QCOMPARE(world.value("SELECT count(*) FROM effect WHERE refused LIKE '%open already%'"), QStringLiteral("2"));
    QCOMPARE(world.value("SELECT texts->>'en' FROM alert LIMIT 1"), QStringLiteral("It is on."));
    QCOMPARE(world.value("SELECT severity FROM alert LIMIT 1"), QStringLiteral("urgent"));
}

void TestSupervision::alertsThatFloodAreHeldBack()
{
    ComposerWorld world;
    world.start();
    world.run(QStringLiteral("flood"), R"(
from composer import app, on
app(title="F", reads={"power": "x"})

@on.measurement("power")
def look(home, event):
    home.resolve_alert("flood")
    home.alert("flood", text="again")
)");
    for (int i = 0; i < 30; ++i)
        world.post("power", i, at(i));
    QVERIFY(world.waitFor("SELECT count(*) FROM effect WHERE kind = 'alert'", QStringLiteral("30")));
    QCOMPARE(world.value("SELECT count(*) FROM alert WHERE key = 'flood'"), QStringLiteral("20"));
    QCOMPARE(world.value("SELECT count(*) FROM effect WHERE refused LIKE 'held back%'"), QStringLiteral("10"));
}

void TestSupervision::refusesEffectsThatWereNotGranted()
{
    ComposerWorld world;
    world.start();
    const ScriptId script = world.run(QStringLiteral("command"), R"(
from composer import app, on
app(title="C", reads={"power": "x"}, controls={"light": "to switch it"})

@on.measurement("power")
def look(home, event):
    home.command(event.device, light=1)
)");
    // As if the check had been got round: the manifest that counts has no such grant.
    world.kill();
    world.database.run("UPDATE script_version SET manifest = manifest || '{\"controls\": {}}' WHERE script_id = " +
                       QByteArray::number(qint64{script.value}));
    world.start();
    world.post("power", 1, at(1));
    QVERIFY(world.waitFor("SELECT count(*) FROM effect WHERE kind = 'command' AND refused LIKE '%controls%'",
                          QStringLiteral("1")));
    QCOMPARE(world.value("SELECT count(*) FROM command"), QStringLiteral("0"));
}

void TestSupervision::commandsBecomeRows()
{
    ComposerWorld world;
    world.start();
    world.run(QStringLiteral("command"), R"(
from composer import app, on
app(title="C", reads={"power": "x"}, controls={"light": "to switch it"})

@on.measurement("power")
def look(home, event):
    home.command(event.device, light=1, expires="1m")
)");
    world.post("power", 1, at(1));
    QVERIFY(world.waitFor("SELECT count(*) FROM command c JOIN effect e ON e.id = c.effect_id WHERE e.refused = '' AND "
                          "c.requested_by LIKE 'script:%'",
                          QStringLiteral("1")));
    QCOMPARE(world.value("SELECT parameters->0->>'name' FROM command"), QStringLiteral("light"));
}

void TestSupervision::aLostConnectionLosesAndRepeatsNothing()
{
    ComposerWorld world;
    world.start();
    world.run(QStringLiteral("counter"), Counter);
    QString wanted;
    for (int i = 1; i <= 40; ++i) {
        world.post("power", i, at(i));
        wanted += (i > 1 ? QStringLiteral(" %1") : QStringLiteral("%1")).arg(i);
        if (i % 10 == 0) // all but our own: composer, history, and the committer, which try again
            world.database.run(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 17231");
    }
    QVERIFY(world.waitFor(world.factsSql("count"), wanted));
    QCOMPARE(world.value("SELECT count(*) FROM effect"), QStringLiteral("40"));
}

void TestSupervision::anErrorSaysItsLine()
{
    ComposerWorld world;
    world.start();
    world.run(QStringLiteral("errors"), broken("home.device(\"no such device\")"));
    world.post("power", -1, at(0));
    QVERIFY(world.waitFor("SELECT count(*) FROM script_run WHERE status = 'error' AND error LIKE '%line 8%'",
                          QStringLiteral("1")));
}

void TestSupervision::factsThatFollowEachOtherForEverStop()
{
    ComposerWorld world;
    world.start();
    world.run(QStringLiteral("counter"), Counter); // no part of it
    world.run(QStringLiteral("ping"), R"(
from composer import app, on
app(title="Ping", reads={"power": "x"})

@on.measurement("power")
def begin(home, event):
    home.set_fact("ping", event.value)

@on.fact("pong")
def again(home, event):
    home.set_fact("ping", event.value + 1)
)");
    world.run(QStringLiteral("pong"), R"(
from composer import app, on
app(title="Pong")

@on.fact("ping")
def answer(home, event):
    home.set_fact("pong", event.value + 1)
)");
    world.post("power", 1, at(0));
    QVERIFY(world.waitFor("SELECT count(*) FROM script_run WHERE status = 'looping'", QStringLiteral("1")));
    QVERIFY(world.value("SELECT count(*) FROM effect").toInt() <= 11);
    // Both are paused, and the coordinators read which scripts it is.
    QVERIFY(world.waitFor("SELECT count(*) FROM script_instance WHERE status = 'paused-by-errors' AND status_detail "
                          "LIKE '%for ever among the scripts ''Ping'', ''Pong'':%'",
                          QStringLiteral("2")));
    QVERIFY(world.waitFor("SELECT count(*) FROM alert WHERE key = 'script-paused' AND state = 'open' AND texts->>'en' "
                          "LIKE '%''Ping'', ''Pong''%'",
                          QStringLiteral("2")));
    QCOMPARE(world.value("SELECT count(*) FROM script_instance WHERE status = 'running'"), QStringLiteral("1"));
    world.post("power", 2, at(60)); // nothing of it comes back, and others go on
    QVERIFY(world.waitFor(world.factsSql("count"), QStringLiteral("1 2")));
    QCOMPARE(world.value("SELECT count(*) FROM script_run WHERE status = 'looping'"), QStringLiteral("1"));
}

void TestSupervision::historyOfOneHoldsUpNobody()
{
    ComposerWorld world;
    world.start();
    world.run(QStringLiteral("asks"), R"(
from composer import app, on
app(title="H", reads={"power": "x"})

@on.measurement("power")
async def look(home, event):
    total = 0
    for days in range(1, 20):
        series = await home.history(event.device, "power", since=f"{days}d", every="1h", aggregate="count")
        total = total + series.count()
    home.set_fact("asked", total)
)");
    world.run(QStringLiteral("counter"), Counter);
    QString wanted;
    for (int i = 1; i <= 10; ++i) {
        world.post("power", i, at(i));
        wanted += (i > 1 ? QStringLiteral(" %1") : QStringLiteral("%1")).arg(i);
    }
    QVERIFY(world.waitFor(world.factsSql("count"), wanted));
    QVERIFY(world.waitFor(
        "SELECT count(*) FROM measurement m JOIN stream s ON s.id = m.stream_id WHERE s.name = 'syn.asked'",
        QStringLiteral("10")));
}

QTEST_GUILESS_MAIN(TestSupervision)
#include "tst_supervision.moc"

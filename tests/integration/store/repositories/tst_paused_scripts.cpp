// What somebody put off: a live script that is paused needs attention (which, in which homes, since when), an alert for a while not.
#include "server/store/repositories/overview_repository.h"
#include "server/store/repositories/script_deployment_repository.h"
#include "tests/kit/test_database.h"

#include <QTest>

using namespace cohort;
using namespace Qt::Literals::StringLiterals;

class TestPausedScripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_aLiveScriptThatIsPausedIsARow();
    void finding_F24_aPauseByErrorsIsOneRow();
    void anAlertThatIsPutOffComesBack();
};

void TestPausedScripts::finding_aLiveScriptThatIsPausedIsARow()
{
    testkit::TestDatabase database;
    const auto connection = database.connect();
    store::OverviewRepository overview(*connection);
    const auto attention = [&overview] {
        QStringList lines;
        const auto rows = overview.attention(std::nullopt);
        for (const model::Attention& row : *rows)
            lines.append(u"%1 %2 %3"_s.arg(model::textOf(row.kind)).arg(row.count).arg(row.text));
        return lines;
    };
    database.run(
        "INSERT INTO deployment (name, time_zone) VALUES ('s', 'UTC');"
        "INSERT INTO location (deployment_id, name, time_zone) SELECT d.id, 'home-' || i, 'UTC' FROM deployment d, "
        "generate_series(1, 3) i;"
        "INSERT INTO script (deployment_id, name) SELECT id, x FROM deployment, (VALUES ('heat'), ('trial')) v(x);"
        "INSERT INTO script_version (script_id, number, source, author, hash) SELECT id, 1, '', 'system', '' FROM "
        "script;"
        "INSERT INTO script_deployment (script_id, version_id, mode) SELECT s.id, v.id, CASE s.name WHEN 'heat' THEN "
        "'live' ELSE 'shadow' END FROM script s JOIN script_version v ON v.script_id = s.id");
    store::ScriptDeploymentRepository scripts(*connection);
    const ScriptId heat{database.value("SELECT id FROM script WHERE name = 'heat'").toLongLong()};
    const ScriptId trial{database.value("SELECT id FROM script WHERE name = 'trial'").toLongLong()};
    const auto home = [&](const char* name) {
        return LocationId{
            database.value(QByteArray("SELECT id FROM location WHERE name = '") + name + "'").toLongLong()};
    };
    QCOMPARE(attention(), QStringList());
    QVERIFY(scripts.setPaused(heat, std::nullopt, true) && scripts.setPaused(trial, std::nullopt, true));
    QCOMPARE(attention(), QStringList{u"script-paused 1 heat"_s}); // who waits for the trial?
    const auto rows = overview.attention(std::nullopt);
    QVERIFY(rows && rows->size() == 1);
    QVERIFY(!rows->first().location && rows->first().since);
    QCOMPARE(rows->first().object, u"script:%1"_s.arg(heat.value));
    QVERIFY(scripts.setPaused(heat, std::nullopt, true));
    QCOMPARE(overview.attention(std::nullopt)->first().since, rows->first().since); // it was paused before
    QVERIFY(scripts.setPaused(heat, std::nullopt, false));
    QCOMPARE(attention(), QStringList());
    QVERIFY(scripts.setPaused(heat, QList{home("home-1")}, true));
    QCOMPARE(overview.attention(std::nullopt)->first().location, home("home-1"));
    QVERIFY(scripts.setPaused(heat, QList{home("home-2")}, true));
    QCOMPARE(attention(), QStringList{u"script-paused 2 heat"_s});
}

// Not the alert beside it, nor one of the trial; and what errors paused everywhere does not run.
void TestPausedScripts::finding_F24_aPauseByErrorsIsOneRow()
{
    testkit::TestDatabase database;
    const auto connection = database.connect();
    store::OverviewRepository overview(*connection);
    database.run(
        "INSERT INTO deployment (name, time_zone) VALUES ('s', 'UTC');"
        "INSERT INTO location (deployment_id, name, time_zone) SELECT id, 'home', 'UTC' FROM deployment;"
        "INSERT INTO script (deployment_id, name) SELECT id, 'heat' FROM deployment;"
        "INSERT INTO script_version (script_id, number, source, author, hash) SELECT id, 1, '', 'system', '' FROM "
        "script;"
        "INSERT INTO script_deployment (script_id, version_id, mode) SELECT script_id, id, 'shadow' FROM "
        "script_version");
    const auto running = [&overview] { return overview.figures(std::nullopt)->scriptsRunning; };
    QCOMPARE(running(), 0); // a trial
    database.run("INSERT INTO script_deployment (script_id, version_id, mode) SELECT script_id, id, 'live' FROM "
                 "script_version");
    QCOMPARE(running(), 1);
    database.run("INSERT INTO script_instance (script_id, location_id, mode, version_id, state, status, status_detail) "
                 "SELECT v.script_id, l.id, m.mode, v.id, '{}', 'paused-by-errors', m.mode FROM script_version v, "
                 "location l, (VALUES ('live'), ('shadow')) m(mode);"
                 "INSERT INTO alert (deployment_id, location_id, source, script_id, key, texts, at) SELECT "
                 "l.deployment_id, l.id, 'script', s.id, 'script-paused', '{}', now() FROM location l, script s");
    QCOMPARE(running(), 0);
    const auto rows = overview.attention(std::nullopt);
    QVERIFY(rows);
    QCOMPARE(rows->size(), 1);
    QCOMPARE(rows->first().text, u"heat: live"_s);
    database.run("UPDATE script_instance SET status = 'running'");
    QCOMPARE(running(), 1);
    QCOMPARE(overview.attention(std::nullopt)->size(), 1); // what the alert says is over, but nobody has ended it
}

void TestPausedScripts::anAlertThatIsPutOffComesBack()
{
    testkit::TestDatabase database;
    const auto connection = database.connect();
    store::OverviewRepository overview(*connection);
    const auto attention = [&overview] { return overview.attention(std::nullopt)->size(); };
    database.run(
        "INSERT INTO deployment (name, time_zone) VALUES ('s', 'UTC');"
        "INSERT INTO location (deployment_id, name, time_zone) SELECT id, 'home', 'UTC' FROM deployment;"
        "INSERT INTO alert (deployment_id, location_id, source, key, texts, at, state, snoozed_until) SELECT "
        "deployment_id, id, 'script', 'fall', '{}', now(), 'acknowledged', now() + interval '1 h' FROM location");
    QCOMPARE(attention(), 0);
    QCOMPARE(overview.figures(std::nullopt)->openAlerts, 1); // so that nobody reads that all is well
    database.run("UPDATE alert SET snoozed_until = now() - interval '1 s'");
    QCOMPARE(attention(), 1);
}

QTEST_GUILESS_MAIN(TestPausedScripts)
#include "tst_paused_scripts.moc"

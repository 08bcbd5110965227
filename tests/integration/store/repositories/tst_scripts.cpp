// Rows of scripts, versions, deployments, instances and runs as their nouns; a word that nobody knows is told.
#include "server/store/repositories/library_repository.h"
#include "server/store/repositories/run_log_repository.h"
#include "server/store/repositories/run_repository.h"
#include "server/store/repositories/script_deployment_repository.h"
#include "server/store/repositories/script_repository.h"
#include "tests/kit/sample_data.h"

#include <QTest>

using namespace cohort;
using namespace Qt::Literals::StringLiterals;

namespace {

const QJsonObject StoredManifest{
    {u"title"_s, u"Stove"_s},
    {u"parameters"_s, QJsonObject{{u"level"_s, QJsonObject{{u"type"_s, u"choice"_s},
                                                           {u"default"_s, u"low"_s},
                                                           {u"choices"_s, QJsonArray{u"low"_s, u"high"_s}}}}}},
    {u"reads"_s, QJsonObject{{u"power"_s, u"why"_s}}},
    {u"needs"_s, QJsonObject{{u"a meter"_s, QJsonArray{u"stove:power"_s}}}},
    {u"triggers"_s, QJsonArray()}};

// A home with one script.
struct World
{
    World() : home(testkit::makeHome(database)), connection(database.connect()), scripts(*connection)
    {
        if (const auto made = scripts.create(home.deployment, u"first"_s, u"stove"_s))
            script = *made;
    }
    Result<model::SavedVersion> save(const QJsonObject& manifest, int base = 0)
    {
        store::NewScriptVersion version{.script = script,
                                        .base = base,
                                        .source = u"pass"_s,
                                        .helpers = {{u"extra"_s, u"x = 1"_s}},
                                        .hash = QByteArray::fromHex("00ff"),
                                        .author = u"operator:1"_s,
                                        .comment = {},
                                        .manifest = manifest,
                                        .faults = {}};
        if (manifest.isEmpty())
            version.faults = {{u"script.py"_s, 3, 5, u"no"_s}};
        return scripts.saveVersion(version);
    }
    QByteArray ids() const // script, version 1, location, for a statement
    {
        return database.value("SELECT script_id || ', ' || id FROM script_version WHERE number = 1").toUtf8() + ", " +
               QByteArray::number(qint64{home.location.value});
    }
    testkit::TestDatabase database;
    testkit::SampleHome home;
    std::unique_ptr<store::Connection> connection;
    store::ScriptRepository scripts;
    ScriptId script;
};

} // namespace

class TestScripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewScriptIsADraft()
    {
        World world;
        const auto found = world.scripts.find(world.script);
        QVERIFY2(found, found ? "" : qPrintable(found.error().message()));
        QCOMPARE(found->name, u"first"_s);
        QCOMPARE(found->libraryName, u"stove"_s);
        QCOMPARE(found->status, model::ScriptStatus::Draft);
        QCOMPARE(found->version, 0);
        QVERIFY(!found->figures.lastRun);
        QCOMPARE(world.scripts.find(ScriptId{999}).error().code, ErrorCode::NotFound);
    }

    void listsInPagesByName()
    {
        World world;
        for (const auto& name : {u"b"_s, u"a"_s})
            QVERIFY(world.scripts.create(world.home.deployment, name, {}));
        const auto first = world.scripts.list(world.home.deployment, {}, 2);
        QVERIFY(first && first->more);
        QCOMPARE(first->items.first().name, u"a"_s);
        const auto rest = world.scripts.list(world.home.deployment, first->items.last().id, 2);
        QVERIFY(rest && !rest->more);
        QCOMPARE(rest->items.size(), 1);
        QCOMPARE(rest->items.first().name, u"first"_s);
    }

    void readsAVersionAsItWasSaved()
    {
        World world;
        const auto saved = world.save(StoredManifest);
        QVERIFY(saved && saved->accepted);
        const auto version = world.scripts.version(saved->id);
        QVERIFY2(version, version ? "" : qPrintable(version.error().message()));
        QVERIFY(version->version.accepted);
        QCOMPARE(version->version.hash, u"00ff"_s);
        QCOMPARE(version->text.helpers.value(u"extra"_s), u"x = 1"_s);
        const auto& manifest = version->text.manifest;
        QVERIFY(manifest);
        QCOMPARE(manifest->parameters.value(u"level"_s).type, model::ParameterType::Choice);
        QCOMPARE(manifest->parameters.value(u"level"_s).choices, QStringList({u"low"_s, u"high"_s}));
        QCOMPARE(manifest->needs.value(u"a meter"_s), QStringList{u"stove:power"_s});
        const auto runnable = world.scripts.runnable(saved->id);
        QVERIFY(runnable && runnable->manifest.contains("triggers"));
    }

    void aRefusedVersionHasFaultsAndNoManifest()
    {
        World world;
        QVERIFY(world.save(StoredManifest));
        const auto saved = world.save({}, 1);
        QVERIFY(saved && !saved->accepted);
        QCOMPARE(saved->number, 2);
        const auto newest = world.scripts.version(world.script, 0);
        QVERIFY(newest && !newest->version.accepted && !newest->text.manifest);
        QCOMPARE(newest->text.faults.first().column, 5);
        QVERIFY(world.scripts.runnable(saved->id)->manifest.isEmpty());
        QCOMPARE(world.save(StoredManifest, 1).error().code, ErrorCode::Conflict);
        const auto all = world.scripts.versions(world.script);
        QVERIFY(all && !all->more);
        QCOMPARE(all->items.first().number, 2);
        QCOMPARE(all->items.last().accepted, true);
    }

    void saysWhereItRunsAndHow()
    {
        World world;
        const auto saved = world.save(StoredManifest);
        store::ScriptDeploymentRepository deployments(*world.connection);
        QVERIFY(deployments.deploy(world.script, saved->id, std::nullopt, model::ScriptMode::Shadow));
        QVERIFY(deployments.setPaused(world.script, QList<LocationId>{world.home.location}, true));
        const auto placed = deployments.list(world.script);
        QVERIFY2(placed, placed ? "" : qPrintable(placed.error().message()));
        QCOMPARE(placed->size(), std::size_t{2});
        QVERIFY(!placed->front().place.location && placed->front().place.locationName.isEmpty());
        QCOMPARE(placed->front().place.mode, model::ScriptMode::Shadow);
        QCOMPARE(placed->back().place.locationName, u"home-a"_s);
        QVERIFY(placed->back().place.paused);
        QCOMPARE(placed->back().version, saved->id);
        QCOMPARE(world.scripts.find(world.script)->status, model::ScriptStatus::Shadow);
    }

    void tellsOfInstancesInEveryState()
    {
        World world;
        QVERIFY(world.save(StoredManifest));
        const auto add = [&](const char* mode, const QByteArray& status) {
            world.database.run(
                "INSERT INTO script_instance (script_id, version_id, location_id, mode, status) VALUES (" +
                world.ids() + ", '" + mode + "', '" + status + "')");
        };
        add("live", "running");
        add("shadow", "paused");
        const auto found = world.scripts.instances(world.script);
        QVERIFY2(found, found ? "" : qPrintable(found.error().message()));
        QCOMPARE(found->first().status, model::InstanceStatus::Paused); // trouble first
        QCOMPARE(found->last().status, model::InstanceStatus::Running);
        world.database.run("UPDATE script_instance SET status = 'asleep'");
        const auto odd = world.scripts.instances(world.script);
        QVERIFY(!odd);
        QVERIFY2(odd.error().detail.contains(u"status"_s), qPrintable(odd.error().detail));
    }

    void runsHaveTheirEffectsInOrder()
    {
        World world;
        QVERIFY(world.save(StoredManifest));
        for (const char* status : {"ok", "too-many-effects", "ok"})
            world.database.run(
                "INSERT INTO script_run (script_id, version_id, location_id, at, handler, trigger, status, "
                "log, cpu_us) VALUES (" +
                world.ids() + ", now(), 'on_power', '{\"kind\":\"measurement\"}', '" + status +
                "', '[\"one\",\"two\"]', 1500)");
        const auto runs = [&](RunId before, int limit) {
            return store::RunRepository(*world.connection).list(world.script, {}, before, limit);
        };
        const auto newest = runs({}, 2);
        QVERIFY2(newest, newest ? "" : qPrintable(newest.error().message()));
        QVERIFY(newest->more);
        QCOMPARE(newest->items.last().outcome.status, model::RunStatus::TooManyEffects);
        QCOMPARE(newest->items.first().outcome.log, QStringList({u"one"_s, u"two"_s}));
        QCOMPARE(newest->items.first().version, 1);
        for (const char* kind : {"start_timer", "alert"})
            world.database.run("INSERT INTO effect (run_id, script_id, location_id, kind, at, payload) SELECT max(id), "
                               "max(script_id), max(location_id), '" +
                               QByteArray(kind) + "', now(), '{\"key\":\"k\"}' FROM script_run");
        const auto effects = runs({}, 3)->items.first().outcome.effects;
        QCOMPARE(effects.size(), 2);
        QCOMPARE(effects.first().kind, model::EffectKind::StartTimer);
        QCOMPARE(effects.last().payload.value(u"key"_s).toString(), u"k"_s);
        const auto before = runs(newest->items.last().id, 2);
        QVERIFY(before && !before->more);
        QCOMPARE(before->items.size(), 1);
        QVERIFY(world.scripts.find(world.script)->figures.lastRun);
    }

    // Not only those of which a trace is kept.
    void finding_C6_figuresCountEveryRun()
    {
        World world;
        QVERIFY(world.save(StoredManifest));
        store::RunLogRepository log(*world.connection);
        QCOMPARE(world.scripts.find(world.script)->figures.runs, 0);
        QVERIFY(!world.scripts.find(world.script)->figures.lastRun);
        // Two servers, one of them twice in the same ten minutes.
        for (const std::int16_t writer : std::initializer_list<std::int16_t>{1, 1, 2})
            QVERIFY(log.addUsage(writer, {{world.script, {18'000, 2, 9, 4'500}}}));
        world.database.run(
            "INSERT INTO script_usage SELECT script_id, at - interval '25 hours', 3, 7, 7, 7, 7, at FROM "
            "script_usage WHERE writer = 1");
        const auto figures = world.scripts.find(world.script)->figures;
        QCOMPARE(figures.runs, 54'000);
        QCOMPARE(figures.errors, 6);
        QCOMPARE(figures.effects, 27);
        QCOMPARE(figures.cpuMs, 13.5);
        QVERIFY(figures.lastRun);
        world.database.run("UPDATE script_usage SET at = at - interval '4 days' WHERE writer = 2");
        QVERIFY(log.addUsage(2, {{world.script, {1, 0, 0, 0}}}));
        QCOMPARE(world.database.value("SELECT count(*) FROM script_usage WHERE writer = 2"), QStringLiteral("1"));
    }

    void homesShowWhatTheirDevicesMeasure()
    {
        World world;
        world.database.run(
            "INSERT INTO stream (location_id, device_id, name) SELECT location_id, id, 'power' FROM device "
            "WHERE key = 'sensor-a'; UPDATE device SET use = 'stove' WHERE key = 'sensor-a'");
        const auto homes =
            store::LibraryRepository(*world.connection).homes(QList<DeploymentId>{world.home.deployment});
        QVERIFY(homes);
        QCOMPARE(homes->size(), 1);
        QStringList seen;
        for (const auto& device : homes->first().devices)
            seen.append(device.use + u':' + device.stream);
        seen.sort();
        QCOMPARE(seen, QStringList({u":"_s, u"stove:power"_s}));
        QVERIFY(store::LibraryRepository(*world.connection).homes(QList<DeploymentId>())->isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestScripts)
#include "tst_scripts.moc"

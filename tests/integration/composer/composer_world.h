// A composer that runs for real: PostgreSQL, the committer, the bus and worker processes, with homes to play in.
// Thread: the test's. Owner: the test. Flow: post() → committer → bus → Service → database → value().
#pragma once

#include "server/bus/bus.h"
#include "server/composer/composer_service.h"
#include "server/scripts/script_checker.h"
#include "server/store/log/committer.h"
#include "server/store/repositories/script_deployment_repository.h"
#include "server/store/repositories/script_repository.h"
#include "shared/base/system_clock.h"
#include "tests/kit/manual_clock.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/wait_until.h"

#include <QJsonDocument>

#include <future>

namespace cohort::testkit {

inline Timestamp now()
{
    return SystemClock().now();
}

class ComposerWorld
{
public:
    // `moved`: the clock of composer and, as moveClock() says, of its database; none: the machine's.
    explicit ComposerWorld(const QByteArray& timeOfHomes = "events", ManualClock* moved = nullptr)
        : database(moved ? TestDatabase(moved->now()) : TestDatabase()), movedClock(moved),
          clock(moved ? static_cast<const Clock&>(*moved) : machineClock)
    {
        home = makeHome(database, "a");
        database.run("UPDATE location SET clock = '" + timeOfHomes + "'");
        store::CommitterOptions options;
        options.database = database.settings();
        options.node = QStringLiteral("test");
        committer = std::make_unique<store::Committer>(
            options, [this](store::LogBatchPtr batch) { bus.publish(bus::BatchCommitted{std::move(batch)}); },
            [](CommandId, LocationId) {});
        if (auto started = committer->start(); !started)
            qFatal("%s", qPrintable(started.error().message()));
        connection = database.connect();
    }

    // Begins, or begins again after kill().
    void start(std::size_t mostInstances = 50'000)
    {
        composer::ComposerOptions options;
        options.database = database.settings();
        options.node = QStringLiteral("test");
        options.selfTest = false;
        options.mostInstances = mostInstances;
        service = std::make_unique<composer::ComposerService>(options, bus, registry, clock);
        if (auto started = service->start(); !started)
            qFatal("%s", qPrintable(started.error().message()));
    }
    // Forward to this moment, composer's clock and the database's.
    void moveClock(Timestamp to)
    {
        if (auto moved = connection->runScript(TestDatabase::clockText(to)); !moved)
            qFatal("%s", qPrintable(moved.error().message()));
        movedClock->advance(to - movedClock->now());
    }
    // As if the process were gone: nothing is committed any more.
    void kill() { service.reset(); }

    // A script with one version that the check accepted.
    ScriptId addScript(const QString& name, const std::string& source)
    {
        store::ScriptRepository scripts(*connection);
        auto script = scripts.create(home.deployment, name, {});
        if (!script)
            qFatal("%s", qPrintable(script.error().message()));
        (void)addVersion(*script, source);
        return *script;
    }
    VersionId addVersion(ScriptId script, const std::string& source)
    {
        auto checked = checker.check(source, {});
        for (int tries = 0; tries < 10 && !checked && checked.error().code == ErrorCode::Timeout; ++tries)
            checked = checker.check(source, {}); // a busy machine had no time for it
        if (!checked)
            qFatal("%s", qPrintable(checked.error().message()));
        if (!checked->faults.empty())
            qFatal("line %d: %s", checked->faults.front().line, checked->faults.front().message.c_str());
        store::NewScriptVersion version;
        version.script = script;
        version.source = QString::fromStdString(source);
        version.author = QStringLiteral("operator:1");
        version.hash = QByteArray::number(qHash(version.source));
        version.manifest = QJsonDocument::fromJson(QByteArray::fromStdString(checked->manifestJson)).object();
        auto saved = store::ScriptRepository(*connection).saveVersion(version);
        if (!saved)
            qFatal("%s", qPrintable(saved.error().message()));
        return saved->id;
    }
    // The newest version, everywhere; returns when composer has taken it up (if it runs).
    void deploy(ScriptId script, model::ScriptMode mode = model::ScriptMode::Live)
    {
        const auto version = store::ScriptRepository(*connection).version(script, 0);
        change([&] {
            return store::ScriptDeploymentRepository(*connection)
                .deploy(script, version->version.id, std::nullopt, mode);
        });
        if (service)
            (void)waitFor("SELECT (count(*) > 0)::text FROM script_instance WHERE mode = '" +
                              QByteArray(model::nameOf(mode)) +
                              "' AND script_id = " + QByteArray::number(qint64{script.value}) +
                              " AND version_id = " + QByteArray::number(qint64{version->version.id.value}),
                          QStringLiteral("true"));
    }
    // Off all homes, as script.undeploy does.
    void takeOff(ScriptId script)
    {
        change([&]() -> Result<void> {
            store::ScriptDeploymentRepository deployments(*connection);
            COHORT_CHECK(deployments.remove(script, std::nullopt, std::nullopt));
            COHORT_CHECK(deployments.endUnplaced(script, LocationId{}, QStringLiteral("operator:1")));
            return {};
        });
    }
    ScriptId run(const QString& name, const std::string& source)
    {
        const ScriptId script = addScript(name, source);
        deploy(script);
        return script;
    }
    template <typename Work>
    void change(Work work)
    {
        const auto changed = connection->transaction([&]() -> Result<void> {
            COHORT_CHECK(work());
            return {};
        });
        if (!changed)
            qFatal("%s", qPrintable(changed.error().message()));
        bus.publish(bus::ConfigurationChanged{});
    }

    // Posts one value; returns when it is committed.
    void post(const std::string& name, double value, Timestamp time, DeviceId device = {}, LocationId location = {})
    {
        store::Submission submission;
        submission.measurements.push_back({device ? device : home.sensor, location ? location : home.location, name, "",
                                           "", time, Value::ofNumber(value), 0});
        (void)send(std::move(submission));
    }
    // The number of the batch that it is in.
    std::int64_t send(store::Submission submission)
    {
        auto done = std::make_shared<std::promise<std::int64_t>>();
        auto future = done->get_future();
        const bool taken = committer->submit(std::move(submission), [done](const Result<store::Committed>& result) {
            done->set_value(result ? result->batch : 0);
        });
        const std::int64_t batch = taken ? future.get() : 0;
        if (batch == 0)
            qFatal("not committed");
        return batch;
    }

    // Waits until the statement's first value is `wanted`; true when it is.
    [[nodiscard]] bool waitFor(const QByteArray& sql, const QString& wanted, Milliseconds limit = Milliseconds(60'000))
    {
        const bool reached = waitUntil([&] { return database.value(sql) == wanted; }, limit);
        if (!reached)
            qWarning("%s: '%s' instead of '%s'\n%s", sql.constData(), qPrintable(database.value(sql)),
                     qPrintable(wanted),
                     qPrintable(
                         database.value("SELECT string_agg(handler || ' ' || status || ' ' || error || ' ' || because, "
                                        "E'\\n') FROM script_run")));
        return reached;
    }
    QString value(const QByteArray& sql) const { return database.value(sql); }
    // The facts of this name so far, oldest first, as "1 2 3".
    QByteArray factsSql(const QByteArray& name) const
    {
        return "SELECT coalesce(string_agg(coalesce(m.text, m.number::text), ' ' ORDER BY m.time, m.batch, m.ordinal), "
               "'') "
               "FROM measurement m JOIN stream s ON s.id = m.stream_id WHERE s.name = 'syn." +
               name + "'";
    }

    TestDatabase database;
    bus::Bus bus;
    metrics::Registry registry;
    SystemClock machineClock;
    ManualClock* movedClock;
    const Clock& clock; // one of them
    SampleHome home;
    std::unique_ptr<store::Committer> committer;
    std::unique_ptr<store::Connection> connection;
    scripts::ScriptChecker checker{worker::WorkerOptions{}};
    std::unique_ptr<composer::ComposerService> service;
};

} // namespace cohort::testkit

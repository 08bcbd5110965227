// A study in a real database with scripts deployed in it whose manifests the test says; no worker is needed.
// Thread: the test's. Owner: the test. Flow: manifest → script_version, script_deployment → what is tested.
#pragma once

#include "server/composer/deployed/configuration.h"
#include "server/store/log/committer.h"
#include "server/store/repositories/script_deployment_repository.h"
#include "server/store/repositories/script_repository.h"
#include "tests/kit/manual_clock.h"
#include "tests/kit/sample_data.h"
#include "tests/kit/wait_until.h"

#include <QJsonDocument>

#include <future>
#include <numeric>

namespace cohort::composer::test {

inline constexpr Timestamp Begin = fromMs(1'767'225'600'000); // 2026-01-01

inline Timestamp at(int seconds)
{
    return Begin + std::chrono::seconds(seconds);
}

inline std::vector<int> allShards()
{
    std::vector<int> shards(64);
    std::iota(shards.begin(), shards.end(), 0);
    return shards;
}

inline engine::Trigger trigger(engine::EventKind kind, const std::string& name = {})
{
    engine::Trigger made;
    made.kind = kind;
    made.name = name;
    if (kind == engine::EventKind::Every)
        made.every = Milliseconds(60'000);
    return made;
}

// One handler for all of the triggers.
inline engine::Manifest manifestOf(const std::vector<engine::Trigger>& triggers)
{
    engine::Manifest manifest;
    manifest.title = "T";
    manifest.handlers = {"look"};
    manifest.triggers = triggers;
    manifest.parameters = "{}";
    return manifest;
}

inline engine::Manifest onPower()
{
    return manifestOf({trigger(engine::EventKind::Measurement, "power")});
}

template <typename T>
T orAbort(Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().message()));
    return std::move(*result);
}

// What was changed, as soon as it can be told.
inline Changed changedBy(Configuration& configuration)
{
    if (!testkit::waitUntil([&] { return orAbort(configuration.due()); }))
        qFatal("nothing changed");
    return orAbort(configuration.apply());
}

class DeployedWorld
{
public:
    explicit DeployedWorld(const QByteArray& clockOfHomes = "events") : m_clock(clockOfHomes)
    {
        database.run("UPDATE location SET clock = '" + m_clock + "'");
        store::CommitterOptions options;
        options.database = database.settings();
        options.node = QStringLiteral("test");
        m_committer = std::make_unique<store::Committer>(
            options, [this](store::LogBatchPtr batch) { m_published.set_value(std::move(batch)); },
            [](CommandId, LocationId) {});
        if (const auto started = m_committer->start(); !started)
            qFatal("%s", qPrintable(started.error().message()));
    }

    LocationId addHome(const QByteArray& name)
    {
        database.run("INSERT INTO location (deployment_id, name, time_zone, clock) SELECT id, '" + name +
                     "', 'Europe/Vienna', '" + m_clock + "' FROM deployment");
        return LocationId{database.value("SELECT id FROM location WHERE name = '" + name + "'").toLongLong()};
    }
    ScriptId addScript(const QString& name, const engine::Manifest& manifest)
    {
        const ScriptId script = orAbort(store::ScriptRepository(*connection).create(home.deployment, name, {}));
        addVersion(script, QJsonDocument::fromJson(QByteArray::fromStdString(engine::toJson(manifest))).object());
        return script;
    }
    VersionId addVersion(ScriptId script, const QJsonObject& manifest)
    {
        store::NewScriptVersion version;
        version.script = script;
        version.source = QStringLiteral("# version");
        version.author = QStringLiteral("operator:1");
        version.hash = QByteArray::number(++m_versions);
        version.manifest = manifest;
        return orAbort(store::ScriptRepository(*connection).saveVersion(version)).id;
    }
    VersionId addVersion(ScriptId script, const engine::Manifest& manifest)
    {
        return addVersion(script,
                          QJsonDocument::fromJson(QByteArray::fromStdString(engine::toJson(manifest))).object());
    }
    // The newest version.
    void deploy(ScriptId script, const store::Homes& homes = {}, Mode mode = Mode::Live)
    {
        const auto newest = orAbort(store::ScriptRepository(*connection).version(script, 0));
        change([&] {
            return store::ScriptDeploymentRepository(*connection).deploy(script, newest.version.id, homes, mode);
        });
    }
    void setPaused(ScriptId script, const store::Homes& homes, bool paused)
    {
        change([&] { return store::ScriptDeploymentRepository(*connection).setPaused(script, homes, paused); });
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
    }

    // Commits one measurement of the home's sensor, and gives the batch as it was published.
    store::LogBatchPtr post(const std::string& name, double value, Timestamp time)
    {
        return post(name, Value::ofNumber(value), time);
    }
    store::LogBatchPtr post(const std::string& name, const Value& value, Timestamp time)
    {
        store::Submission submission;
        submission.measurements.push_back({home.sensor, home.location, name, "", "", time, value, 0});
        m_published = {};
        auto published = m_published.get_future();
        if (!m_committer->submit(std::move(submission), [](const Result<store::Committed>&) {}))
            qFatal("not taken");
        return published.get();
    }

    QString value(const QByteArray& sql) const { return database.value(sql); }

    testkit::TestDatabase database;
    testkit::SampleHome home = testkit::makeHome(database);
    std::unique_ptr<store::Connection> connection = database.connect();
    testkit::ManualClock clock;

private:
    const QByteArray m_clock;
    std::unique_ptr<store::Committer> m_committer;
    std::promise<store::LogBatchPtr> m_published; // of the post under way
    int m_versions = 0;
};

} // namespace cohort::composer::test

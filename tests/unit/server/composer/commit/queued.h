// A queue of what is to be committed over a database of its own, with one script that is deployed, and what it told.
#pragma once

#include "server/composer/commit/commit_queue.h"
#include "server/composer/feed/row_input.h"
#include "server/composer/instances/instance_table.h"
#include "tests/unit/server/composer/deployed_world.h"

#include <QJsonDocument>

namespace cohort::composer::test {

inline engine::Manifest talkative()
{
    engine::Manifest manifest = onPower();
    manifest.notifies = {"resident"};
    return manifest;
}

// A queue over a connection of its own, and what it told.
struct Queued
{
    explicit Queued(DeployedWorld& w)
        : world(w), connection(w.database.connect()), configuration(*connection, w.clock),
          table(*connection, configuration, 100), script(w.addScript(QStringLiteral("s"), talkative()))
    {
        world.deploy(script);
        if (!configuration.load(allShards()))
            qFatal("not loaded");
        CommitCallbacks callbacks;
        callbacks.written = [this](const Written& one) { written.push_back(one); };
        callbacks.done = [this](const Pending& one) { done += one.runs.size() + one.rows.size(); };
        callbacks.spoiled = [this](const InstanceEntryPtr& entry) { spoiled.push_back(entry); };
        callbacks.lost = [this](const Error&) { ++lost; };
        callbacks.positions = [this] {
            ++asked;
            return std::vector<store::ShardPosition>{{9, 1, asked}};
        };
        queue = std::make_unique<CommitQueue>(
            *connection, orAbort(store::ShardRepository(*connection).claimWriter(QStringLiteral("test"))),
            std::move(callbacks), world.clock);
    }
    InstanceEntryPtr entry(LocationId location, Mode mode = Mode::Live)
    {
        return orAbort(table.findOrLoad({script, location, mode}, {}));
    }
    FinishedRun run(const InstanceEntryPtr& of, std::vector<Decided> effects = {})
    {
        FinishedRun finished;
        finished.entry = of;
        finished.version = of->version;
        finished.run.number = 7;
        finished.run.now = at(5);
        finished.effects = std::move(effects);
        return finished;
    }
    store::LogRow signal(const InstanceEntryPtr& of, const QString& name)
    {
        return signalRow(*of, QJsonDocument(QJsonObject{{QStringLiteral("name"), name}}).toJson().toStdString(), at(1),
                         1);
    }

    DeployedWorld& world;
    std::unique_ptr<store::Connection> connection;
    Configuration configuration;
    InstanceTable table;
    ScriptId script;
    std::vector<Written> written;
    std::size_t done = 0;
    std::vector<InstanceEntryPtr> spoiled;
    int lost = 0;
    std::int64_t asked = 0;
    std::unique_ptr<CommitQueue> queue;
};

} // namespace cohort::composer::test

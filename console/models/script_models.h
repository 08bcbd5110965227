// A deployment's scripts, the library, a script's versions and runs.
// Thread: GUI. Owner: Composer's pages. Flow: script.*, library.list, topics "scripts" and "runs" → rows.
#pragma once

#include "console/models/rows_model.h"
#include "console/models/words.h"
#include "console/models/workspace.h"
#include "shared/protocol/operations/script.h"

#include <QTimer>

namespace cohort::console {

class ScriptsModel : public RowsOf<model::Script>
{
public:
    enum Where { Name, Status, Version, Homes, Runs, Effects, Errors, Cpu, ColumnCount };
    ScriptsModel(Workspace& workspace, QObject* parent);
    void show(DeploymentId deployment);
    // What it is doing, and whether runs of it failed in the last 24 hours.
    static words::Word stateOf(const model::Script& script);
    // Whether it does something that can be paused, and whether it stands still and can go on.
    static bool canPause(model::ScriptStatus status);
    static bool canResume(model::ScriptStatus status);
    // In the workspace's deployment.
    QFuture<Result<model::CreatedScript>> create(const QString& name, const QString& source);
    QFuture<Result<model::Script>> pause(ScriptId id);
    QFuture<Result<model::Script>> resume(ScriptId id);

protected:
    QFuture<Result<Listing<model::Script>>> load(const model::Script* last) override;
    qint64 idOf(const model::Script& row) const override { return row.id.value; }

private:
    Workspace& m_workspace;
    DeploymentId m_deployment;
    std::unique_ptr<Subscription> m_subscription;
    QTimer m_settle; // a busy script changes often; the list is loaded at most once a second
};

class LibraryModel : public RowsOf<model::LibraryScript>
{
public:
    LibraryModel(Workspace& workspace, QObject* parent);
    void show(DeploymentId deployment);
    QFuture<Result<model::Script>> install(const protocol::LibraryInstall& wanted);

protected:
    QFuture<Result<Listing<model::LibraryScript>>> load(const model::LibraryScript* last) override;
    qint64 idOf(const model::LibraryScript& row) const override;

private:
    Workspace& m_workspace;
    DeploymentId m_deployment;
};

class VersionsModel : public RowsOf<model::ScriptVersion>
{
public:
    enum Where { Number, Comment, Author, Time, Check, ColumnCount };
    VersionsModel(Workspace& workspace, QObject* parent);
    void show(ScriptId script);

protected:
    QFuture<Result<Listing<model::ScriptVersion>>> load(const model::ScriptVersion* last) override;
    qint64 idOf(const model::ScriptVersion& row) const override { return row.id.value; }

private:
    Workspace& m_workspace;
    ScriptId m_script;
};

class RunsModel : public RowsOf<model::Run>
{
public:
    enum Where { Time, Home, Status, Handler, Outcome, ColumnCount };
    RunsModel(Workspace& workspace, QObject* parent);
    void show(ScriptId script);
    // How many lines of log are kept, and how many there were when the list was loaded; empty until it is.
    QString keptLines() const;
    // All that is known of a run, for reading.
    static QString description(const model::Run& run);

protected:
    QFuture<Result<Listing<model::Run>>> load(const model::Run* last) override;
    qint64 idOf(const model::Run& row) const override { return row.id.value; }

private:
    Workspace& m_workspace;
    ScriptId m_script;
    int m_logLines = 0;
    int m_logLinesMost = 0; // 0: not loaded
    std::unique_ptr<Subscription> m_subscription;
};

} // namespace cohort::console

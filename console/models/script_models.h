// A deployment's scripts, the library, a script's versions and runs.
// Thread: GUI. Owner: Composer's pages. Flow: script.*, library.list, topics "scripts" and "runs" → rows.
#pragma once

#include "console/models/rows_model.h"
#include "console/models/workspace.h"
#include "console/net/script.h"

#include <QTimer>

namespace cohort::console {

class ScriptsModel : public RowsOf<Script>
{
public:
    enum Where { Name, Status, Version, Homes, Runs, Effects, Errors, Cpu, ColumnCount };
    ScriptsModel(Workspace& workspace, QObject* parent);
    void show(DeploymentId deployment);

protected:
    QFuture<Result<Listing<Script>>> load(const Script* last) override;
    qint64 idOf(const Script& row) const override { return row.id.value; }

private:
    Workspace& m_workspace;
    DeploymentId m_deployment;
    std::unique_ptr<Subscription> m_subscription;
    QTimer m_settle; // a busy script changes often; the list is loaded at most once a second
};

class LibraryModel : public RowsOf<LibraryScript>
{
public:
    LibraryModel(Workspace& workspace, QObject* parent);
    void show(DeploymentId deployment);

protected:
    QFuture<Result<Listing<LibraryScript>>> load(const LibraryScript* last) override;
    qint64 idOf(const LibraryScript& row) const override;

private:
    Workspace& m_workspace;
    DeploymentId m_deployment;
};

class VersionsModel : public RowsOf<ScriptVersion>
{
public:
    enum Where { Number, Comment, Author, Time, Check, ColumnCount };
    VersionsModel(Workspace& workspace, QObject* parent);
    void show(ScriptId script);

protected:
    QFuture<Result<Listing<ScriptVersion>>> load(const ScriptVersion* last) override;
    qint64 idOf(const ScriptVersion& row) const override { return row.id.value; }

private:
    Workspace& m_workspace;
    ScriptId m_script;
};

class RunsModel : public RowsOf<ScriptRun>
{
public:
    enum Where { Time, Home, Status, Handler, Outcome, ColumnCount };
    RunsModel(Workspace& workspace, QObject* parent);
    void show(ScriptId script);
    // All that is known of a run, for reading.
    static QString description(const ScriptRun& run);

protected:
    QFuture<Result<Listing<ScriptRun>>> load(const ScriptRun* last) override;
    qint64 idOf(const ScriptRun& row) const override { return row.id.value; }

private:
    Workspace& m_workspace;
    ScriptId m_script;
    std::unique_ptr<Subscription> m_subscription;
};

} // namespace cohort::console

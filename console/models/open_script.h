// The script that is edited: what can be asked of it and done with it.
// Thread: GUI. Owner: ScriptPage. Flow: ScriptPage → here → script.* → futures.
#pragma once

#include "console/models/workspace.h"
#include "shared/protocol/operations/place.h"
#include "shared/protocol/operations/script.h"

namespace cohort::console {

class OpenScript
{
public:
    explicit OpenScript(Workspace& workspace) : m_workspace(workspace) {}

    void open(ScriptId script) { m_id = script; }
    ScriptId id() const { return m_id; }

    QFuture<Result<model::ScriptDetail>> load() const;
    QFuture<Result<model::ScriptVersionText>> version(VersionId version) const;
    // Conflict where there is a version after `baseVersion`; 0: there was none yet.
    QFuture<Result<model::SavedVersion>> save(const QString& source, const QString& comment, int baseVersion) const;
    // The newest version, in these homes; in all where the list is empty.
    QFuture<Result<model::Script>> deploy(const QList<LocationId>& homes, model::ScriptMode mode) const;
    QFuture<Result<model::Script>> pause() const;
    QFuture<Result<model::Script>> resume() const;
    // Puts the version where the script runs live.
    QFuture<Result<model::Script>> rollBack(int version) const;
    // Off these homes; off all where the list is empty. Only shadows where `mode` says so.
    QFuture<Result<model::Script>> undeploy(const QList<LocationId>& homes,
                                            const std::optional<model::ScriptMode>& mode) const;
    QFuture<Result<model::Nothing>> retire() const;
    QFuture<Result<model::ScriptDiff>> compare(int from, int to) const;
    // For all homes. Conflict where others than `base` are set by now.
    QFuture<Result<model::Script>> setParameters(const QJsonObject& values, const QJsonObject& base) const;
    // Those of the deployment, to choose from.
    QFuture<Result<Listing<model::Location>>> homes() const;

private:
    Workspace& m_workspace;
    ScriptId m_id;
};

} // namespace cohort::console

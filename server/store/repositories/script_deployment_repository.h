// Where scripts run, and with which parameters.
// Thread: the connection's. Owner: whoever needs it. Flow: api → here → script_deployment, script_parameter → `change`
// rows → composer, which applies them between runs.
#pragma once

#include "server/store/postgres/connection.h"

#include <QJsonObject>

#include <optional>
#include <vector>

namespace cohort::store {

struct ScriptDeploymentRow
{
    ScriptId script;
    VersionId version;
    int versionNumber = 0;
    LocationId location; // none: every home of the deployment
    QString locationName;
    QString mode; // live, shadow
    bool paused = false;
};

struct DeployedScript
{
    ScriptId id;
    DeploymentId deployment;
};

struct ScriptParametersRow
{
    LocationId location; // none: for all homes
    QJsonObject values;
};

// A row of one home goes before the row of all homes. All of these run inside the caller's transaction.
class ScriptDeploymentRepository
{
public:
    explicit ScriptDeploymentRepository(Connection& connection) : m_connection(connection) {}

    // In these homes, or in all of them where nothing is given; ends pauses there, and a shadow where it goes live.
    Result<void> deploy(ScriptId script, VersionId version, const std::optional<std::vector<LocationId>>& homes,
                        const QString& mode);
    // Resuming starts paused-by-errors instances again, too.
    Result<void> setPaused(ScriptId script, const std::optional<std::vector<LocationId>>& homes, bool paused);
    Result<std::vector<ScriptDeploymentRow>> list(ScriptId script);
    // Scripts that are deployed somewhere and not retired; with `only`, that one or nothing.
    Result<std::vector<DeployedScript>> deployed(ScriptId only = {});

    Result<void> setParameters(ScriptId script, LocationId location, const QJsonObject& values);
    Result<std::vector<ScriptParametersRow>> parameters(ScriptId script);

private:
    Result<void> deployIn(ScriptId script, VersionId version, LocationId location, const QString& mode);

    Connection& m_connection;
};

} // namespace cohort::store

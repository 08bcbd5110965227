// Where scripts run, and with which parameters; taking them off, with all that ends with it.
// Thread: the connection's. Owner: whoever needs it. Flow: api → here → script_deployment, script_parameter → `change`
// rows → composer, which applies them between runs.
#pragma once

#include "server/store/postgres/row_reader.h"
#include "server/store/repositories/command_repository.h"
#include "shared/model/script.h"

#include <optional>
#include <vector>

namespace cohort::store {

// Where a version was set to run, and the id by which it is loaded.
struct PlacedVersion
{
    VersionId version;
    model::ScriptDeployment place;
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

// What of a script ended with its place in a home.
struct EndedAlert
{
    AlertId id;
    DeploymentId deployment;
    LocationId location;
};
struct EndedQuestion
{
    MessageId id;
    DeploymentId deployment;
    ParticipantId participant;
};
struct Ended
{
    std::vector<EndedAlert> alerts;
    std::vector<EndedQuestion> questions;
    std::vector<CommandPlace> commands;
};

using Homes = std::optional<QList<LocationId>>; // nothing: all of the deployment

// A row of one home goes before the row of all homes. All of these run inside the caller's transaction.
class ScriptDeploymentRepository
{
public:
    explicit ScriptDeploymentRepository(Connection& connection) : m_connection(connection) {}

    // Ends pauses there, of a live one those by errors too, and a shadow where it goes live.
    Result<void> deploy(ScriptId script, VersionId version, const Homes& homes, model::ScriptMode mode);
    // Resuming starts paused-by-errors instances again, too. The value: in how many places it is.
    Result<qint64> setPaused(ScriptId script, const Homes& homes, bool paused);
    // What told of pauses by errors there is over; with a version, only where another one ran till now. `by`: who
    // resumed or changed it.
    Result<Ended> endPauseAlerts(ScriptId script, const Homes& homes, const QString& by, VersionId version = {});
    // Puts the version everywhere where it runs live. The value: in how many places.
    Result<qint64> changeLive(ScriptId script, VersionId version);
    // Off these homes, also where it is set to run in all; of one mode, or of both. The value: how many places ended.
    Result<qint64> remove(ScriptId script, const Homes& homes, const std::optional<model::ScriptMode>& mode);
    // State, timers, open alerts and questions go where it is not set to run any more: of the script, or of all in a home
    // (the other is none). `by`: who took it off. Again: nothing is left to end.
    Result<Ended> endUnplaced(ScriptId script, LocationId location, const QString& by);
    // Errors: NotFound.
    Result<void> retire(ScriptId script);
    // All homes first, then by home.
    Result<std::vector<PlacedVersion>> list(ScriptId script);
    // Scripts that are deployed somewhere and not retired; with `only`, that one or nothing.
    Result<std::vector<DeployedScript>> deployed(ScriptId only = {});

    Result<void> setParameters(ScriptId script, LocationId location, const QJsonObject& values);
    Result<std::vector<ScriptParametersRow>> parameters(ScriptId script);
    // Those of all homes (no location) or of one, empty where none were set; nobody else changes them until the transaction ends.
    Result<QJsonObject> lockedParameters(ScriptId script, LocationId location);

private:
    Result<void> deployIn(ScriptId script, VersionId version, LocationId location, model::ScriptMode mode);

    Connection& m_connection;
};

} // namespace cohort::store

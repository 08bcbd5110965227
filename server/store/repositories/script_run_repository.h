// Traces: what scripts did, and in which homes they stand still.
// Thread: the connection's. Owner: whoever needs it. Flow: script_run, effect, script_instance → here → api
// (script.runs, script.get).
#pragma once

#include "server/store/postgres/connection.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>
#include <vector>

namespace cohort::store {

struct EffectRow
{
    EffectId id;
    RunId run;
    QString kind;
    QJsonObject payload; // engine::Effect
    QString refused;     // why it was not carried out; empty: it was
};

struct ScriptRunRow
{
    RunId id;
    ScriptId script;
    VersionId version;
    int versionNumber = 0;
    LocationId location;
    QString locationName;
    QString mode;
    Timestamp at; // home.now
    Timestamp recordedAt;
    QString handler;
    QJsonObject trigger;
    QString status; // ok, error, timeout, memory, killed, looping, …
    QString because;
    QString error;
    QJsonArray log;
    int cpuUs = 0;
    int effectCount = 0;
    std::vector<EffectRow> effects;
};

struct ScriptInstanceInfo
{
    LocationId location;
    QString locationName;
    QString mode;
    QString status; // running, paused, paused-by-errors, resuming
    QString detail;
    int errorsInRow = 0;
    int killsInRow = 0;
    Timestamp updatedAt;
};

class ScriptRunRepository
{
public:
    explicit ScriptRunRepository(Connection& connection) : m_connection(connection) {}

    // Newest first, with their effects; location and `before` none: any.
    Result<std::vector<ScriptRunRow>> list(ScriptId script, LocationId location, RunId before, int limit);
    // With its effects. Errors: NotFound.
    Result<ScriptRunRow> find(RunId run);
    // Homes with trouble first; at most 1,000.
    Result<std::vector<ScriptInstanceInfo>> instances(ScriptId script);

private:
    Result<void> addEffects(std::vector<ScriptRunRow>& runs);

    Connection& m_connection;
};

} // namespace cohort::store

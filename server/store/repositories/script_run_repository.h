// Traces: what scripts did, in which homes they stand still, and the facts they made.
// Thread: the connection's. Owner: whoever needs it. Flow: script_run, effect, script_instance, measurement → here →
// api (script.runs, script.get, fact.query, timeline.query).
#pragma once

#include "server/store/postgres/connection.h"
#include "shared/base/value.h"

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

struct FactRow
{
    StreamId stream;
    QString name; // as scripts write it
    DeviceId device;
    QString deviceKey;
    Timestamp time;
    Value value;
    ScriptId script;
    QString scriptName;
};

// For a home's timeline.
struct TimelineRun
{
    RunId id;
    ScriptId script;
    QString scriptName;
    Timestamp at;
    QString handler, status, because, error, mode;
    int effectCount = 0;
};
struct TimelineEvent
{
    QString kind; // store::rowKindName
    Timestamp time;
    DeviceId device;
    QString deviceKey;
    QString name;
    QJsonObject data;
};

struct Span
{
    Timestamp from, to; // both inside
    int limit = 200;
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
    // Newest first; an empty name: all.
    Result<std::vector<FactRow>> facts(LocationId location, const QString& name, const Span& span);
    // Newest first.
    Result<std::vector<TimelineRun>> timelineRuns(LocationId location, const Span& span);
    Result<std::vector<TimelineEvent>> timelineEvents(LocationId location, const Span& span);

private:
    Result<void> addEffects(std::vector<ScriptRunRow>& runs);

    Connection& m_connection;
};

} // namespace cohort::store

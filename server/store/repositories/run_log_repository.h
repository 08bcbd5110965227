// What a commit of composer writes of runs: traces, effects, facts and event rows.
// Thread: the connection's, inside a transaction. Owner: composer. Flow: finished runs → here → script_run, script_log,
// effect, stream, measurement, event. Source: architecture.md, rules 2 and 4.
#pragma once

#include "server/store/log/log_row.h"
#include "server/store/postgres/connection.h"
#include "shared/model/run.h"

#include <QJsonArray>
#include <QJsonObject>

#include <map>
#include <vector>

namespace cohort::store {

struct NewRun
{
    RunId id; // drawn before
    ScriptId script;
    VersionId version;
    LocationId location;
    model::ScriptMode mode = model::ScriptMode::Live;
    Timestamp at;
    QString handler;
    QJsonObject trigger;
    model::RunStatus status = model::RunStatus::Ok;
    QString because, error;
    QJsonArray log;
    int cpuUs = 0;
    int effects = 0;
};

struct NewEffect
{
    EffectId id; // drawn before
    RunId run;
    ScriptId script;
    LocationId location;
    model::ScriptMode mode = model::ScriptMode::Live;
    model::EffectKind kind = model::EffectKind::SetFact;
    Timestamp at;
    QJsonObject payload;
    QString refused;
};

// What a script did since it was counted last: all runs, not only those that are kept.
struct ScriptUsage
{
    std::int64_t runs = 0, errors = 0, effects = 0, cpuUs = 0;
};

struct FactStream
{
    LocationId location;
    DeviceId device;  // none: the home's
    std::string name; // with its prefix
    ScriptId script;
};

class RunLogRepository
{
public:
    explicit RunLogRepository(Connection& connection) : m_connection(connection) {}

    Result<std::vector<RunId>> drawRuns(std::size_t count);
    Result<std::vector<EffectId>> drawEffects(std::size_t count);
    Result<void> insertRuns(const std::vector<NewRun>& runs);
    // After insertRuns: of each script in a home the newest ScriptLinesMost lines of log stay. A run that was kept for its
    // lines alone (no effect, no error, no reason, less than `longUs` of CPU) goes with the last of them. Two statements at
    // most, which touch what was written and as much that goes.
    Result<void> keepNewestLines(const std::vector<NewRun>& runs, int longUs);
    Result<void> insertEffects(const std::vector<NewEffect>& effects);
    Result<void> refuse(EffectId effect, const QString& reason);
    Result<void> addUsage(std::int16_t writer, const std::map<ScriptId, ScriptUsage>& usage);
    // The streams' ids in the same order; they are made where they are missing.
    Result<std::vector<StreamId>> streams(const std::vector<FactStream>& facts);
    // The ordinals of those that were new: the same fact twice changes nothing.
    Result<std::vector<std::int32_t>> insertFacts(std::int16_t writer, std::int64_t batch,
                                                  const std::vector<LogRow>& facts);
    Result<void> insertEvents(std::int16_t writer, std::int64_t batch, const std::vector<LogRow>& events);

private:
    Connection& m_connection;
};

// A fact's depth is kept in its row's flags, above the bits of measurements.
constexpr int DepthShift = 8;

} // namespace cohort::store

// The kept part of scripts in homes: state, engine, timers, status, and the newest values as of a log position.
// Thread: the connection's. Owner: composer. Flow: composer ⇄ here ⇄ script_instance, script_timer, measurement.
// Source: architecture.md, rules 4 and 5.
#pragma once

#include "server/store/postgres/connection.h"
#include "shared/base/value.h"
#include "shared/model/script.h"

#include <QJsonObject>

#include <optional>
#include <vector>

namespace cohort::store {

struct InstanceId
{
    ScriptId script;
    LocationId location;
    model::ScriptMode mode = model::ScriptMode::Live;
};

struct InstanceTimerRow
{
    QString name;
    Timestamp due;
    QByteArray data; // JSON, empty for none
};

struct InstanceRow
{
    InstanceId id;
    VersionId version;
    model::InstanceStatus status = model::InstanceStatus::Running;
    QString detail;
    int errorsInRow = 0;
    int killsInRow = 0;
    QByteArray state; // JSON
    QJsonObject engine;
    std::vector<InstanceTimerRow> timers;
    bool timersChanged = false; // store(): write the timers, too
};

struct InstanceKeyRow
{
    LocationId location;
    model::ScriptMode mode = model::ScriptMode::Live;
    VersionId version;
    model::InstanceStatus status = model::InstanceStatus::Running;
    bool installing = false; // on.installed is not logged yet
};

struct SleeperRow
{
    InstanceId id;
    Timestamp wakeAt;
};

struct LogPoint
{
    std::int16_t writer = 0;
    std::int64_t number = 0;
    std::int32_t ordinal = 0;
};

struct LatestRow
{
    DeviceId device;
    QString name, index;
    Value value;
    Timestamp time;
};

// A condition on a stream that holds by its newest value.
struct HeldCondition
{
    DeviceId device; // none: the home's
    QString name, index;
    std::optional<Value> above, below; // numbers
    bool timely = false;               // what came late begins none
    Timestamp since;                   // no further back
};

struct StatusChange
{
    model::InstanceStatus status = model::InstanceStatus::Running;
    QString detail;
    QJsonObject engine;
};

// Changes run inside the caller's transaction.
class InstanceRepository
{
public:
    explicit InstanceRepository(Connection& connection) : m_connection(connection) {}

    // Which instances of a script there are.
    Result<std::vector<InstanceKeyRow>> keys(ScriptId script);
    // Those that are new; a shadow gets a copy of live's state, engine and timers.
    Result<std::vector<InstanceId>> create(ScriptId script, const std::vector<InstanceRow>& rows);
    Result<void> remove(ScriptId script, const std::vector<InstanceId>& ids);
    Result<void> changeVersion(ScriptId script, VersionId version, bool fresh, const std::vector<InstanceId>& ids);
    // `engine` is put over what the engine keeps (a new position, for those that go on).
    Result<void> setStatus(ScriptId script, const StatusChange& change, const std::vector<InstanceId>& ids);
    Result<void> setInstalled(ScriptId script, LocationId location);
    // Errors: NotFound.
    Result<InstanceRow> load(const InstanceId& id);
    // With `script`: of that one only.
    Result<std::vector<SleeperRow>> sleepers(const std::vector<int>& shards, ScriptId script = {});
    // What runs changed. Rows that are gone meanwhile stay gone.
    Result<void> store(const std::vector<InstanceRow>& rows);
    // The newest value of every stream of the home, facts included, as of the position.
    Result<std::vector<LatestRow>> latest(LocationId location, const std::vector<LogPoint>& position);

    // Since when each of these holds, in their order; nothing where no stored value says so, or none that came in time.
    Result<std::vector<std::optional<Timestamp>>>
    began(LocationId location, const std::vector<HeldCondition>& conditions, const std::vector<LogPoint>& position);

private:
    Result<void> replaceTimers(const std::vector<InstanceRow>& rows);

    Connection& m_connection;
};

QJsonDocument positionJson(const std::vector<LogPoint>& position);

} // namespace cohort::store

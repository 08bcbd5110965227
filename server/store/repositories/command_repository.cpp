#include "server/store/repositories/command_repository.h"

#include "server/store/repositories/alert_repository.h"
#include "server/store/sql_names.h"
#include "shared/base/limits.h"

namespace cohort::store {

namespace {

// With fewer open ones than this a gateway is far from its bound: nobody need be waited for to count them.
constexpr int FewOpenCommands = OpenCommandsMost / 2;

Binds deviceOf(const CommandRecord& command)
{
    return {{"deployment", bound(command.deployment)},
            {"location", bound(command.location)},
            {"device", bound(command.device)}};
}

// `most` open commands: what the statement calls by `name`.
Binds bindsOf(const CommandRecord& command, const char* name, int most)
{
    Binds binds = deviceOf(command);
    binds.insert(binds.end(), {{"type", bound(qint64(command.type))},
                               {"parameters", bound(QJsonDocument(command.parameters))},
                               {"comment", command.comment.isNull() ? QStringLiteral("") : command.comment},
                               {"requested_by", command.requestedBy},
                               {"expires_ms", bound(qint64(command.expires.count()))},
                               {"alert", bound(command.alert)},
                               {"effect", bound(command.effect)},
                               {name, bound(qint64(most))}});
    return binds;
}

std::optional<CommandId> firstId(const Rows& rows)
{
    if (rows.empty())
        return std::nullopt;
    return rows.front().id<CommandId>("id");
}

} // namespace

Result<std::optional<CommandId>> CommandRepository::byEffect(EffectId effect)
{
    COHORT_TRY(rows, m_connection.query(Sql::CommandByEffect, {{"effect", bound(effect)}}));
    return firstId(rows);
}

Result<std::optional<int>> CommandRepository::deviceType(LocationId location, DeviceId device)
{
    COHORT_TRY(rows,
               m_connection.query(Sql::CommandDeviceType, {{"location", bound(location)}, {"device", bound(device)}}));
    if (rows.empty())
        return std::optional<int>();
    return std::optional(static_cast<int>(rows.front().integer("type")));
}

Result<std::optional<qint64>> CommandRepository::budgetUsedUp(DeploymentId deployment, LocationId location,
                                                              const QString& requestedBy, EffectId effect)
{
    COHORT_TRY(rows, m_connection.query(Sql::CommandOverBudget, {{"deployment", bound(deployment)},
                                                                 {"location", bound(location)},
                                                                 {"requested_by", requestedBy},
                                                                 {"effect", bound(effect)}}));
    return rows.empty() ? std::optional<qint64>() : std::optional(rows.front().integer("most"));
}

Result<CommandMade> CommandRepository::record(const CommandRecord& command)
{
    COHORT_TRY(rows, m_connection.query(Sql::CommandRecord, bindsOf(command, "few", FewOpenCommands)));
    const auto id = firstId(rows);
    return id ? Result<CommandMade>(CommandMade{id, {}, false}) : recordCrowded(command);
}

Result<CommandMade> CommandRepository::recordCrowded(const CommandRecord& command)
{
    COHORT_TRY(locked, m_connection.query(Sql::CommandLockGateway, deviceOf(command)));
    if (locked.empty())
        return CommandMade{};
    COHORT_TRY(rows, m_connection.query(Sql::CommandRecordCrowded, bindsOf(command, "most", OpenCommandsMost)));
    const Row& row = rows.front();
    CommandMade made{.id = {}, .superseded = {}, .isFull = row.boolean("is_full")};
    if (!row.isNull("id"))
        made.id = row.id<CommandId>("id");
    if (!row.isNull("superseded"))
        made.superseded = row.id<CommandId>("superseded");
    return made;
}

Result<std::optional<CommandPlace>> CommandRepository::cancel(CommandId id)
{
    COHORT_TRY(ended, places(Sql::CommandCancel, {{"id", bound(id)}}));
    return ended.empty() ? std::optional<CommandPlace>() : std::optional(ended.front());
}

Result<std::vector<OpenCommand>> CommandRepository::readOpen(const QVariant& ids, const QVariant& sinceMs,
                                                             Milliseconds resendAfter)
{
    COHORT_TRY(rows, m_connection.query(
                         Sql::CommandOpen,
                         {{"ids", ids}, {"since_ms", sinceMs}, {"resend_ms", bound(qint64(resendAfter.count()))}}));
    std::vector<OpenCommand> commands;
    for (const Row& row : rows) {
        COHORT_TRY(state, wordOf<model::CommandState>(row, "state"));
        commands.push_back({row.id<CommandId>("id"), row.id<DeploymentId>("deployment_id"),
                            row.id<LocationId>("location_id"), row.id<DeviceId>("gateway_id"),
                            row.id<DeviceId>("device_id"), static_cast<int>(row.integer("type")),
                            row.string("key").toStdString(), row.string("parameters").toStdString(),
                            state == model::CommandState::Sent, Milliseconds(row.integer("wait_ms")),
                            Milliseconds(row.integer("left_ms"))});
    }
    return commands;
}

Result<std::vector<OpenCommand>> CommandRepository::open(Milliseconds resendAfter)
{
    return readOpen(QVariant(QMetaType::fromType<QString>()), QVariant(QMetaType::fromType<qlonglong>()), resendAfter);
}

Result<std::vector<OpenCommand>> CommandRepository::open(Milliseconds resendAfter, const std::vector<CommandId>& ids)
{
    return readOpen(bound(ids), QVariant(QMetaType::fromType<qlonglong>()), resendAfter);
}

Result<std::vector<OpenCommand>> CommandRepository::openMadeWithin(Milliseconds resendAfter, Milliseconds age)
{
    return readOpen(QVariant(QMetaType::fromType<QString>()), bound(qint64(age.count())), resendAfter);
}

Result<std::vector<CommandPlace>> CommandRepository::places(Sql statement, const Binds& binds)
{
    COHORT_TRY(rows, m_connection.query(statement, binds));
    std::vector<CommandPlace> all;
    for (const Row& row : rows)
        all.push_back(
            {row.id<CommandId>("id"), row.id<DeploymentId>("deployment_id"), row.id<LocationId>("location_id")});
    return all;
}

Result<model::Page<model::Command>> CommandRepository::list(LocationId location, CommandId after, int limit)
{
    COHORT_TRY(rows, m_connection.query(Sql::CommandView, {{"location", bound(location)},
                                                           {"ids", bound(std::nullopt)},
                                                           {"after", bound(after)},
                                                           {"count", limit + 1}}));
    return pageOf<model::Command>(std::move(rows), limit);
}

Result<model::Command> CommandRepository::find(CommandId id)
{
    COHORT_TRY(found, find(QList<CommandId>{id}));
    if (found.isEmpty())
        return fail(ErrorCode::NotFound);
    return found.first();
}

Result<QList<model::Command>> CommandRepository::find(const QList<CommandId>& ids)
{
    if (ids.isEmpty())
        return QList<model::Command>();
    COHORT_TRY(rows, m_connection.query(Sql::CommandView, {{"location", bound(std::nullopt)},
                                                           {"ids", bound(ids)},
                                                           {"after", bound(std::nullopt)},
                                                           {"count", bound(qint64{ids.size()})}}));
    return rowsAs<model::Command>(rows);
}

Result<QList<model::Command>> CommandRepository::ofAlerts(const QList<AlertId>& alerts)
{
    COHORT_TRY(rows, m_connection.query(Sql::CommandIdsOfAlerts, {{"alerts", bound(alerts)}}));
    QList<CommandId> ids;
    for (const Row& row : rows)
        ids.append(row.id<CommandId>("id"));
    return find(ids);
}

Result<std::vector<CommandPlace>> CommandRepository::markSent(const std::vector<CommandId>& ids)
{
    return places(Sql::CommandMarkSent, {{"ids", bound(ids)}});
}

Result<std::vector<CommandPlace>> CommandRepository::expire()
{
    return places(Sql::CommandExpire, {});
}

Result<std::vector<CommandPlace>> CommandRepository::followDevices(const std::vector<DeviceId>& devices)
{
    return places(Sql::CommandFollowDevices, {{"devices", bound(devices)}});
}

Result<std::vector<CommandPlace>> CommandRepository::endUnplaced(ScriptId script, LocationId location)
{
    return places(Sql::CommandEndUnplaced, {{"script", bound(script)}, {"location", bound(location)}});
}

Result<std::vector<UnloggedCommand>> CommandRepository::unlogged()
{
    COHORT_TRY(rows, m_connection.query(Sql::CommandUnlogged));
    std::vector<UnloggedCommand> commands;
    for (const Row& row : rows) {
        COHORT_TRY(state, wordOf<model::CommandState>(row, "state"));
        std::optional<int> result;
        if (!row.isNull("result"))
            result = static_cast<int>(row.integer("result"));
        commands.push_back({row.id<CommandId>("id"), row.id<LocationId>("location_id"), row.id<DeviceId>("device_id"),
                            row.id<ScriptId>("script_id"), state, result, row.time("event_time"),
                            row.boolean("already")});
    }
    return commands;
}

Result<void> CommandRepository::markLogged(const std::vector<qint64>& ids)
{
    COHORT_CHECK(m_connection.execute(Sql::CommandLogged, {{"ids", boundNumbers(ids)}}));
    return {};
}

} // namespace cohort::store

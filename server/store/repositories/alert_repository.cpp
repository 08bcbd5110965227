#include "server/store/repositories/alert_repository.h"

#include "server/store/repositories/command_repository.h"
#include "server/store/sql_names.h"
#include "shared/base/limits.h"

#include <map>

namespace cohort::store {

namespace {

QVariant text(const std::string& value)
{
    return QString::fromStdString(value);
}

QVariant milliseconds(std::optional<Milliseconds> duration)
{
    return duration ? bound(qint64(duration->count())) : QVariant(QMetaType::fromType<qlonglong>());
}

std::optional<AlertId> firstId(const Rows& rows)
{
    if (rows.empty())
        return std::nullopt;
    return rows.front().id<AlertId>("id");
}

std::vector<AlertId> ids(const Rows& rows)
{
    std::vector<AlertId> all;
    for (const Row& row : rows)
        all.push_back(row.id<AlertId>("id"));
    return all;
}

using AlertsById = std::map<AlertId, model::Alert*>;

// Puts each row into its alert's list, in the order of the rows.
template <typename Part>
Result<void> addRows(const AlertsById& alerts, const Rows& rows, QList<Part> model::Alert::*list)
{
    for (const Row& row : rows) {
        COHORT_TRY(part, rowAs<Part>(row));
        (alerts.at(row.id<AlertId>("alert_id"))->*list).append(std::move(part));
    }
    return {};
}

} // namespace

QVariant boundNumbers(const std::vector<qint64>& numbers)
{
    QStringList texts;
    for (const qint64 number : numbers)
        texts.append(QString::number(number));
    return QString(QStringLiteral("{") + texts.join(QLatin1Char(',')) + QStringLiteral("}"));
}

// A statement for each kind of part of all of them.
Result<void> AlertRepository::addParts(QList<model::Alert>& alerts)
{
    if (alerts.isEmpty())
        return {};
    AlertsById byId;
    QList<AlertId> all;
    for (auto& alert : alerts) {
        byId.emplace(alert.id, &alert);
        all.append(alert.id);
    }
    COHORT_TRY(actions, m_connection.query(Sql::AlertActionOfAlerts, {{"alerts", bound(all)}}));
    COHORT_CHECK(addRows(byId, actions, &model::Alert::actions));
    COHORT_TRY(recipients, m_connection.query(Sql::AlertRecipientOfAlerts, {{"alerts", bound(all)}}));
    COHORT_CHECK(addRows(byId, recipients, &model::Alert::recipients));
    COHORT_TRY(answers, m_connection.query(Sql::AlertAnswerOfAlerts,
                                           {{"alerts", bound(all)}, {"most", bound(AlertAnswersMost)}}));
    COHORT_CHECK(addRows(byId, answers, &model::Alert::answers));
    COHORT_TRY(commands, CommandRepository(m_connection).ofAlerts(all));
    for (const auto& command : commands)
        byId.at(command.alert)->commands.append(command);
    return {};
}

Result<model::Page<model::Alert>> AlertRepository::list(const AlertFilter& filter, int limit)
{
    COHORT_TRY(rows, m_connection.query(Sql::AlertView, {{"scope", bound(filter.scope)},
                                                         {"location", bound(filter.location)},
                                                         {"ids", bound(std::nullopt)},
                                                         {"states", bound(filter.states)},
                                                         {"after", bound(filter.after)},
                                                         {"count", limit + 1}}));
    COHORT_TRY(page, pageOf<model::Alert>(std::move(rows), limit));
    COHORT_CHECK(addParts(page.items));
    return page;
}

Result<model::Alert> AlertRepository::find(AlertId id)
{
    COHORT_TRY(found, byIds({id}));
    if (found.isEmpty())
        return fail(ErrorCode::NotFound);
    return found.first();
}

Result<QList<model::Alert>> AlertRepository::byIds(const QList<AlertId>& ids)
{
    COHORT_TRY(rows, m_connection.query(Sql::AlertView, {{"scope", bound(std::nullopt)},
                                                         {"location", bound(std::nullopt)},
                                                         {"ids", bound(ids)},
                                                         {"states", bound(std::nullopt)},
                                                         {"after", bound(std::nullopt)},
                                                         {"count", bound(qint64{ids.size()})}}));
    COHORT_TRY(alerts, rowsAs<model::Alert>(rows));
    COHORT_CHECK(addParts(alerts));
    return alerts;
}

Result<std::optional<AlertId>> AlertRepository::byEffect(EffectId effect)
{
    COHORT_TRY(rows, m_connection.query(Sql::AlertByEffect, {{"effect", bound(effect)}}));
    return firstId(rows);
}

Result<AlertsLately> AlertRepository::lately(const AlertRecord& alert)
{
    COHORT_TRY(rows, m_connection.query(Sql::AlertRecentCount, {{"deployment", bound(alert.deployment)},
                                                                {"location", bound(alert.location)},
                                                                {"at", bound(alert.at)},
                                                                {"source", bound(alert.source)},
                                                                {"window_s", bound(AlertWindowS)},
                                                                {"key", text(alert.key)},
                                                                {"script", bound(alert.script)}}));
    const Row& row = rows.front();
    return AlertsLately{row.integer("of_key"), row.integer("of_script"), row.integer("most")};
}

Result<std::optional<AlertId>> AlertRepository::record(const AlertRecord& alert)
{
    COHORT_TRY(rows, m_connection.query(Sql::AlertRecord, {{"deployment", bound(alert.deployment)},
                                                           {"location", bound(alert.location)},
                                                           {"source", bound(alert.source)},
                                                           {"script", bound(alert.script)},
                                                           {"run", bound(alert.run)},
                                                           {"device", bound(alert.device)},
                                                           {"key", text(alert.key)},
                                                           {"severity", bound(alert.severity)},
                                                           {"texts", bound(QJsonDocument(alert.texts))},
                                                           {"at", bound(alert.at)},
                                                           {"repeat", milliseconds(alert.repeat)},
                                                           {"effect", bound(alert.effect)}}));
    return firstId(rows);
}

Result<bool> AlertRepository::recordAction(const AlertActionRecord& action)
{
    COHORT_TRY(rows,
               m_connection.query(Sql::AlertActionRecord, {{"alert", bound(action.alert)},
                                                           {"location", bound(action.location)},
                                                           {"position", bound(qint64(action.position))},
                                                           {"key", text(action.key)},
                                                           {"texts", bound(QJsonDocument(action.texts))},
                                                           {"device", bound(action.device)},
                                                           {"parameters", bound(QJsonDocument(action.parameters))}}));
    return !rows.empty();
}

Result<void> AlertRepository::recordRecipients(AlertId alert, LocationId location, const std::string& role,
                                               Milliseconds after)
{
    COHORT_CHECK(m_connection.execute(Sql::AlertRecipientRecord, {{"alert", bound(alert)},
                                                                  {"location", bound(location)},
                                                                  {"role", text(role)},
                                                                  {"after_ms", bound(qint64(after.count()))},
                                                                  {"gap_s", bound(CallingGapS)}}));
    return {};
}

Result<std::vector<AlertId>> AlertRepository::resolveCause(LocationId location, ScriptId script, const std::string& key,
                                                           const QString& by)
{
    COHORT_TRY(rows, m_connection.query(
                         Sql::AlertResolveCause,
                         {{"location", bound(location)}, {"script", bound(script)}, {"key", text(key)}, {"by", by}}));
    return ids(rows);
}

Result<std::optional<AlertPlace>> AlertRepository::lock(AlertId alert, ParticipantId participant)
{
    COHORT_TRY(rows,
               m_connection.query(Sql::AlertLock, {{"alert", bound(alert)}, {"participant", bound(participant)}}));
    if (rows.empty())
        return std::optional<AlertPlace>();
    const Row& row = rows.front();
    COHORT_TRY(state, wordOf<model::AlertState>(row, "state"));
    return std::optional<AlertPlace>(
        {row.id<AlertId>("id"), row.id<DeploymentId>("deployment_id"), row.id<LocationId>("location_id"), state});
}

Result<void> AlertRepository::setState(AlertId alert, model::AlertState state, const QString& by,
                                       std::optional<Milliseconds> snooze, std::optional<Milliseconds> waits)
{
    COHORT_CHECK(m_connection.execute(Sql::AlertSetState, {{"alert", bound(alert)},
                                                           {"state", bound(state)},
                                                           {"by", by},
                                                           {"snooze_ms", milliseconds(snooze)},
                                                           {"waits_ms", milliseconds(waits)}}));
    return {};
}

Result<void> AlertRepository::recordAnswer(AlertId alert, const QString& actor, model::AnswerKind answer, qint64 action,
                                           const QString& comment)
{
    const QVariant actionId = action != 0 ? bound(action) : QVariant(QMetaType::fromType<qlonglong>());
    COHORT_CHECK(m_connection.execute(Sql::AlertAnswerRecord, {{"alert", bound(alert)},
                                                               {"actor", actor},
                                                               {"answer", bound(answer)},
                                                               {"action", actionId},
                                                               {"comment", comment}}));
    return {};
}

Result<std::optional<AlertActionRow>> AlertRepository::action(AlertId alert, qint64 action)
{
    COHORT_TRY(rows, m_connection.query(Sql::AlertActionFind, {{"alert", bound(alert)}, {"action", bound(action)}}));
    if (rows.empty())
        return std::optional<AlertActionRow>();
    const Row& row = rows.front();
    return std::optional<AlertActionRow>({row.id<DeploymentId>("deployment_id"), row.id<LocationId>("location_id"),
                                          row.id<DeviceId>("device_id"),
                                          QJsonDocument::fromJson(row.string("parameters").toUtf8()).array(),
                                          row.id<CommandId>("open_command"), row.boolean("stands")});
}

Result<std::vector<UnloggedAnswer>> AlertRepository::unlogged()
{
    COHORT_TRY(rows, m_connection.query(Sql::AlertAnswerUnlogged));
    std::vector<UnloggedAnswer> answers;
    for (const Row& row : rows) {
        COHORT_TRY(answer, wordOf<model::AnswerKind>(row, "answer"));
        answers.push_back({row.integer("id"), row.id<AlertId>("alert_id"), row.id<LocationId>("location_id"),
                           row.id<DeviceId>("device_id"), row.id<ScriptId>("script_id"),
                           row.string("key").toStdString(), answer, row.string("actor"), row.string("action"),
                           row.time("event_time"), row.boolean("already")});
    }
    return answers;
}

Result<void> AlertRepository::markLogged(const std::vector<qint64>& answers)
{
    COHORT_CHECK(m_connection.execute(Sql::AlertAnswerLogged, {{"ids", boundNumbers(answers)}}));
    return {};
}

Result<std::vector<AlertPlace>> AlertRepository::places(Sql statement, const Binds& binds)
{
    COHORT_TRY(rows, m_connection.query(statement, binds));
    std::vector<AlertPlace> all;
    for (const Row& row : rows)
        all.push_back(
            {row.id<AlertId>("id"), row.id<DeploymentId>("deployment_id"), row.id<LocationId>("location_id"), {}});
    return all;
}

Result<std::vector<AlertPlace>> AlertRepository::reopenSnoozed()
{
    return places(Sql::AlertReopenSnoozed, {});
}

Result<std::vector<AlertPlace>> AlertRepository::reopenUndone()
{
    return places(Sql::AlertReopenUndone, {});
}

Result<std::vector<AlertPlace>> AlertRepository::remind()
{
    return places(Sql::AlertRemind, {});
}

Result<std::vector<AlertPlace>> AlertRepository::freshSince(Timestamp since)
{
    return places(Sql::AlertFresh, {{"since", bound(since)}});
}

} // namespace cohort::store

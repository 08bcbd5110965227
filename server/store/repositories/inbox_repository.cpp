#include "server/store/repositories/inbox_repository.h"

#include "server/store/sql_names.h"
#include "shared/base/limits.h"

#include <map>

namespace cohort::store {

namespace {

using AlertsById = std::map<AlertId, model::InboxAlert*>;

// Puts each row into its alert's list, in the order of the rows.
template <typename Part>
Result<void> addRows(const AlertsById& alerts, const Rows& rows, QList<Part> model::InboxAlert::*list)
{
    for (const Row& row : rows) {
        COHORT_TRY(part, rowAs<Part>(row));
        (alerts.at(row.id<AlertId>("alert_id"))->*list).append(std::move(part));
    }
    return {};
}

} // namespace

Result<QList<model::InboxAlert>> InboxRepository::alerts()
{
    COHORT_TRY(rows, m_connection.query(Sql::InboxAlerts, {{"participant", bound(m_participant)},
                                                           {"ended_within_s", bound(InboxEndedWithinS)},
                                                           {"count", bound(InboxAlertsMost)}}));
    COHORT_TRY(alerts, rowsAs<model::InboxAlert>(rows));
    AlertsById byId;
    QList<AlertId> ids;
    for (auto& alert : alerts) {
        byId.emplace(alert.id, &alert);
        ids.append(alert.id);
    }
    COHORT_TRY(actions,
               m_connection.query(Sql::InboxActions, {{"participant", bound(m_participant)}, {"alerts", bound(ids)}}));
    COHORT_CHECK(addRows(byId, actions, &model::InboxAlert::actions));
    COHORT_TRY(answers, m_connection.query(Sql::InboxAnswers, {{"participant", bound(m_participant)},
                                                               {"alerts", bound(ids)},
                                                               {"most", bound(AlertAnswersMost)}}));
    COHORT_CHECK(addRows(byId, answers, &model::InboxAlert::answers));
    return alerts;
}

Result<QList<model::InboxMessage>> InboxRepository::messages()
{
    COHORT_TRY(rows, m_connection.query(Sql::InboxMessages,
                                        {{"participant", bound(m_participant)}, {"count", bound(InboxMessagesMost)}}));
    return rowsAs<model::InboxMessage>(rows);
}

Result<QList<MessageId>> InboxRepository::markDelivered()
{
    COHORT_TRY(rows, m_connection.query(Sql::InboxMarkMessages, {{"participant", bound(m_participant)}}));
    COHORT_CHECK(m_connection.query(Sql::InboxMarkAlerts, {{"participant", bound(m_participant)}}));
    QList<MessageId> fresh;
    for (const Row& row : rows)
        fresh.append(row.id<MessageId>("id"));
    return fresh;
}

} // namespace cohort::store

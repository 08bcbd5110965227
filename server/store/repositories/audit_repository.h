// The append-only audit log: who did what, to what, from where.
// Thread: the connection's. Owner: whoever needs it. Flow: dispatch, sign in → here ⇄ audit → api (audit.query).
// Source: architecture.md, rule 10.
#pragma once

#include "server/store/postgres/connection.h"
#include "shared/model/operator.h"
#include "shared/model/page.h"

#include <QJsonObject>

namespace cohort::store {

struct NewAuditRow
{
    QString actor; // operator:3, participant:7, system
    QString action;
    DeploymentId deployment; // none: of none
    QString object;          // device:12; empty: nothing
    QString address;
    QJsonObject detail;
};

Result<void> writeAudit(Connection& connection, const NewAuditRow& row);

class AuditRepository
{
public:
    explicit AuditRepository(Connection& connection) : m_connection(connection) {}

    // Newest first, those before the row `after`; `scope` nothing: all.
    Result<model::Page<model::AuditRow>> list(const std::optional<QList<DeploymentId>>& scope,
                                              std::optional<qint64> after, int limit);

private:
    Connection& m_connection;
};

} // namespace cohort::store

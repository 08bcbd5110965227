#include "server/store/repositories/audit_repository.h"

#include "server/store/postgres/row_reader.h"
#include "server/store/sql_names.h"

namespace cohort::store {

namespace {

// A null QString would be NULL in the database.
QString notNull(const QString& text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

} // namespace

Result<void> writeAudit(Connection& connection, const NewAuditRow& row)
{
    COHORT_CHECK(connection.execute(Sql::AuditInsert, {{"actor", row.actor},
                                                       {"action", row.action},
                                                       {"deployment", bound(row.deployment)},
                                                       {"object", notNull(row.object)},
                                                       {"address", notNull(row.address)},
                                                       {"detail", bound(QJsonDocument(row.detail))}}));
    return {};
}

Result<model::Page<model::AuditRow>> AuditRepository::list(const std::optional<QList<DeploymentId>>& scope,
                                                           std::optional<qint64> after, int limit)
{
    COHORT_TRY(rows, m_connection.query(Sql::AuditView, {{"scope", bound(scope)},
                                                         {"after", after ? bound(*after) : bound(std::nullopt)},
                                                         {"count", bound(qint64{limit} + 1)}}));
    return pageOf<model::AuditRow>(std::move(rows), limit);
}

} // namespace cohort::store

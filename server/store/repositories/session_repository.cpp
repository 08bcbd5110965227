#include "server/store/repositories/session_repository.h"

#include "server/store/sql_names.h"

#include <QStringList>

#include <algorithm>

namespace cohort::store {

QString rolesText(QList<model::OperatorGrant> grants)
{
    std::sort(grants.begin(), grants.end(),
              [](const auto& a, const auto& b) { return a.deployment.value < b.deployment.value; });
    QStringList roles;
    for (const auto& grant : grants)
        roles.append(QStringLiteral("%1:%2").arg(grant.deployment.value).arg(model::textOf(grant.role)));
    return roles.join(QLatin1Char(' '));
}

Result<StandingSessions> SessionRepository::standing(const QList<QByteArray>& tokens)
{
    QStringList wanted;
    for (const QByteArray& token : tokens)
        wanted.append(QString::fromLatin1(token.toHex()));
    COHORT_TRY(rows, m_connection.query(Sql::OperatorSessionStanding, {{"tokens", wanted.join(QLatin1Char(','))}}));
    StandingSessions standing;
    for (const Row& row : rows)
        standing.emplace(QByteArray::fromHex(row.string("token").toLatin1()), row.string("roles"));
    return standing;
}

} // namespace cohort::store

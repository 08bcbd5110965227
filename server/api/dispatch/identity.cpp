#include "server/api/dispatch/identity.h"

#include "server/api/dispatch/secrets.h"

#include <algorithm>

namespace cohort::api {

using protocol::Roles;

namespace {

Roles roleBit(const store::OperatorGrant& grant)
{
    const auto role = protocol::roleFromName(grant.role.toStdString());
    return role ? static_cast<Roles>(*role) : Roles{0};
}

} // namespace

QString Identity::actor() const
{
    return QStringLiteral("operator:%1").arg(who.id.value);
}

Roles Identity::rolesIn(DeploymentId deployment) const
{
    Roles roles = 0;
    for (const auto& grant : grants)
        if (!grant.deployment || grant.deployment == deployment)
            roles = static_cast<Roles>(roles | roleBit(grant));
    return roles;
}

Roles Identity::rolesEverywhere() const
{
    return rolesIn(DeploymentId{});
}

bool Identity::holdsSomewhere(Roles roles) const
{
    return std::any_of(grants.begin(), grants.end(), [&](const auto& grant) { return (roleBit(grant) & roles) != 0; });
}

std::optional<std::vector<qint64>> Identity::scope(Roles roles) const
{
    if ((rolesEverywhere() & roles) != 0)
        return std::nullopt;
    std::vector<qint64> deployments;
    for (const auto& grant : grants)
        if ((roleBit(grant) & roles) != 0)
            deployments.push_back(grant.deployment.value);
    return deployments;
}

bool Identity::maySeeNames(DeploymentId deployment) const
{
    return who.maySeeNames && (rolesIn(deployment) & protocol::AdminCoordinator) != 0;
}

QJsonArray rolesJson(const Identity& identity)
{
    QJsonArray roles;
    for (const auto& grant : identity.grants)
        roles.append(
            QJsonObject{{QStringLiteral("deployment"),
                         grant.deployment ? QJsonValue(static_cast<qint64>(grant.deployment.value)) : QJsonValue()},
                        {QStringLiteral("role"), grant.role}});
    return roles;
}

Result<Identity> loadIdentity(store::Connection& connection, const QString& token)
{
    store::OperatorRepository operators(connection);
    const QByteArray hash = sha256(token);
    COHORT_TRY(session, operators.session(hash));
    if (!session)
        return fail(ErrorCode::NotSignedIn, QStringLiteral("the session is over; sign in again"));
    if (session->ageing)
        COHORT_CHECK(operators.extendSession(hash));
    return Identity{session->who, hash, session->expires, session->grants};
}

} // namespace cohort::api

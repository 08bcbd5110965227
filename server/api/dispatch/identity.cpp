#include "server/api/dispatch/identity.h"

#include "server/api/dispatch/secrets.h"

#include <algorithm>

namespace cohort::api {

using protocol::Roles;

QString Identity::actor() const
{
    return QStringLiteral("operator:%1").arg(who.id.value);
}

Roles Identity::rolesIn(DeploymentId deployment) const
{
    Roles roles = 0;
    for (const auto& grant : grants)
        if (!grant.deployment || grant.deployment == deployment)
            roles = static_cast<Roles>(roles | protocol::roleBit(grant.role));
    return roles;
}

Roles Identity::rolesEverywhere() const
{
    return rolesIn(DeploymentId{});
}

bool Identity::holdsSomewhere(Roles roles) const
{
    return std::any_of(grants.begin(), grants.end(),
                       [&](const auto& grant) { return (protocol::roleBit(grant.role) & roles) != 0; });
}

std::optional<QList<DeploymentId>> Identity::scope(Roles roles) const
{
    if ((rolesEverywhere() & roles) != 0)
        return std::nullopt;
    QList<DeploymentId> deployments;
    for (const auto& grant : grants)
        if ((protocol::roleBit(grant.role) & roles) != 0)
            deployments.append(grant.deployment);
    return deployments;
}

bool Identity::maySeeTexts(DeploymentId deployment) const
{
    const auto coordinates = [&](DeploymentId where) { return (rolesIn(where) & protocol::AdminCoordinator) != 0; };
    if (deployment)
        return coordinates(deployment);
    return std::all_of(grants.begin(), grants.end(), [&](const auto& grant) { return coordinates(grant.deployment); });
}

bool Identity::maySeeNames(DeploymentId deployment) const
{
    return who.maySeeNames && (rolesIn(deployment) & protocol::AdminCoordinator) != 0;
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

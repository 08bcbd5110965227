// Who calls: an operator with the roles of each deployment.
// Thread: value. Owner: the call. Flow: token → loadIdentity → access checks → handlers.
// Source: study.md, "Operators' rights".
#pragma once

#include "server/store/repositories/operator_repository.h"
#include "shared/protocol/operation.h"

#include <optional>

namespace cohort::api {

struct Identity
{
    store::OperatorRow who;
    QByteArray tokenHash;
    Timestamp expires;
    QList<model::OperatorGrant> grants;

    QString actor() const; // operator:3
    // The roles held in this deployment; a role for all deployments counts everywhere.
    protocol::Roles rolesIn(DeploymentId deployment) const;
    // Roles held for all deployments.
    protocol::Roles rolesEverywhere() const;
    // Whether one of these is held in any deployment.
    bool holdsSomewhere(protocol::Roles roles) const;
    // Deployments in which one of these is held; nothing: all of them.
    std::optional<QList<DeploymentId>> scope(protocol::Roles roles) const;
    // Whether texts of people and names of homes may be shown there: to who coordinates; without a deployment: in all
    // in which a role is held.
    bool maySeeTexts(DeploymentId deployment) const;
    // Whether names and contacts may be shown there: the right of its own, and never to an analyst.
    bool maySeeNames(DeploymentId deployment) const;
};

// The operator of this session token, whose expiry slides on. Errors: NotSignedIn, those of Connection.
Result<Identity> loadIdentity(store::Connection& connection, const QString& token);

} // namespace cohort::api

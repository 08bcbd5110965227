// Who is signed in, and what they may do where: pages offer nothing else.
// Thread: values. Owner: Workspace. Flow: OperatorSession → Rights → pages. Source: study.md, "Roles of operators".
#pragma once

#include "shared/model/operator.h"

namespace cohort::console {

struct Rights
{
    model::OperatorAccount account; // its id is none: nobody is signed in
    QList<model::OperatorGrant> roles;

    // Holds the role there, or for all deployments; without a deployment: for all.
    bool has(model::OperatorRole role, DeploymentId deployment) const;
    bool isAdmin() const { return has(model::OperatorRole::Admin, {}); }
    // May change homes, people, devices, alerts and live scripts there.
    bool mayCoordinate(DeploymentId deployment) const;
    // The same in at least one deployment.
    bool mayCoordinateSomewhere() const;
};

} // namespace cohort::console

#include "console/models/rights.h"

#include <algorithm>

namespace cohort::console {

namespace {

bool coordinates(model::OperatorRole role)
{
    switch (role) {
    case model::OperatorRole::Admin:
    case model::OperatorRole::Coordinator:
        return true;
    case model::OperatorRole::Analyst:
        break;
    }
    return false;
}

} // namespace

bool Rights::has(model::OperatorRole role, DeploymentId deployment) const
{
    return std::any_of(roles.cbegin(), roles.cend(), [&](const model::OperatorGrant& one) {
        return one.role == role && (!one.deployment || one.deployment == deployment);
    });
}

bool Rights::mayCoordinate(DeploymentId deployment) const
{
    return std::any_of(roles.cbegin(), roles.cend(), [&](const model::OperatorGrant& one) {
        return coordinates(one.role) && (!one.deployment || one.deployment == deployment);
    });
}

bool Rights::mayCoordinateSomewhere() const
{
    return std::any_of(roles.cbegin(), roles.cend(),
                       [](const model::OperatorGrant& one) { return coordinates(one.role); });
}

} // namespace cohort::console

#include "server/api/dispatch/call.h"

namespace cohort::api {

std::optional<QList<DeploymentId>> Call::scope() const
{
    if (deployment)
        return QList<DeploymentId>{deployment};
    return identity.scope(operation.roles);
}

} // namespace cohort::api

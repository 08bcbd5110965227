#include "server/api/dispatch/call.h"

namespace cohort::api {

std::optional<QList<DeploymentId>> Call::scope() const
{
    if (deployment)
        return QList<DeploymentId>{deployment};
    return identity.scope(operation.roles);
}

void noteCommands(Call& call, const std::vector<store::CommandPlace>& commands)
{
    for (const store::CommandPlace& command : commands)
        call.notices.emplace_back(bus::CommandChanged{command.id, command.deployment, command.location});
}

} // namespace cohort::api

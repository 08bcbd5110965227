#include "console/models/workspace.h"

#include "shared/base/when_done.h"

#include <algorithm>

namespace cohort::console {

Workspace::Workspace(RpcClient& client, QObject* parent)
    : QObject(parent), m_client(client), m_link(client, this), m_community(client)
{
    connect(&client, &RpcClient::stateChanged, this, [this](LinkState state) {
        if (state == LinkState::Online && m_inside)
            reloadDeployments();
    });
}

void Workspace::enter(const model::OperatorSession& session)
{
    m_me = {session.account, session.roles};
    m_inside = true;
    const QString who = QStringLiteral("%1 %2").arg(m_link.server().toString()).arg(session.account.id.value);
    const QString before = std::exchange(m_lastOperator, who);
    if (!before.isEmpty() && before != who) {
        m_lastDeployment = {};
        Q_EMIT operatorChanged();
        m_drafts.clear();
    }
    load(true);
}

void Workspace::load(bool entering)
{
    whenDone(this, call(m_client, protocol::DeviceTypes{}),
             [this, entering](const Result<Listing<model::DeviceTypeInfo>>& types) {
                 if (!m_inside)
                     return;
                 if (types)
                     m_types = types->items;
                 loadDeployments(entering, types ? std::nullopt : std::optional(types.error()));
             });
}

void Workspace::loadDeployments(bool entering, const std::optional<Error>& trouble)
{
    whenDone(this, call(m_client, protocol::DeploymentList{}),
             [this, entering, trouble](const Result<Listing<model::Deployment>>& answer) {
                 if (!m_inside)
                     return;
                 if (answer)
                     put(answer->items);
                 if (entering)
                     Q_EMIT entered();
                 if (!answer || trouble) // after it: there is a page now to say it on
                     Q_EMIT failed(answer ? *trouble : answer.error());
             });
}

void Workspace::leave()
{
    m_inside = false;
    m_knows = false;
    m_me = {};
    m_deployments.clear();
    m_lastDeployment = m_deployment;
    m_deployment = {};
    Q_EMIT deploymentsChanged();
    Q_EMIT left();
}

void Workspace::choose(DeploymentId deployment)
{
    if (std::exchange(m_deployment, deployment) != deployment)
        Q_EMIT deploymentChanged(deployment);
}

void Workspace::reloadDeployments()
{
    m_types.isEmpty() ? load(false) : loadDeployments(false, {});
}

void Workspace::put(const QList<model::Deployment>& deployments)
{
    m_deployments = deployments;
    m_knows = true;
    Q_EMIT deploymentsChanged();
    const auto isThere = [&deployments](DeploymentId id) {
        return std::any_of(deployments.cbegin(), deployments.cend(), [id](const auto& one) { return one.id == id; });
    };
    if (isThere(m_deployment))
        return;
    const DeploymentId first = deployments.isEmpty() ? DeploymentId{} : deployments.first().id;
    choose(isThere(m_lastDeployment) ? m_lastDeployment : first);
}

namespace {

// The deployment that is looked at.
const model::Deployment* chosenOf(const Workspace& workspace)
{
    const QList<model::Deployment>& all = workspace.deployments();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == workspace.deployment(); });
    return found == all.end() ? nullptr : &*found;
}

} // namespace

QString deploymentName(const Workspace& workspace)
{
    const model::Deployment* chosen = chosenOf(workspace);
    return chosen ? chosen->name : QString();
}

QString deploymentTimeZone(const Workspace& workspace)
{
    const model::Deployment* chosen = chosenOf(workspace);
    return chosen ? chosen->timeZone : QString();
}

bool mayHarm(const Workspace& workspace, int deviceType, const QString& parameter)
{
    const QList<model::DeviceTypeInfo>& types = workspace.deviceTypes();
    return types.isEmpty() || std::any_of(types.begin(), types.end(), [&](const model::DeviceTypeInfo& type) {
               return type.number == deviceType &&
                      std::any_of(type.parameters.begin(), type.parameters.end(),
                                  [&](const auto& one) { return one.name == parameter && one.mayHarm; });
           });
}

} // namespace cohort::console

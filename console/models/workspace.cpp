#include "console/models/workspace.h"

#include "shared/base/when_done.h"

#include <algorithm>

namespace cohort::console {

Workspace::Workspace(RpcClient& client, QObject* parent) : QObject(parent), m_client(client), m_link(client, this)
{
    connect(&client, &RpcClient::stateChanged, this, [this](LinkState state) {
        if (state == LinkState::Online && m_inside)
            reloadDeployments();
    });
}

QString Workspace::deploymentName() const
{
    for (const Deployment& deployment : m_deployments) {
        if (deployment.id == m_deployment)
            return deployment.name;
    }
    return {};
}

void Workspace::enter(const model::OperatorSession& session)
{
    m_me = {session.account, session.roles};
    m_inside = true;
    whenDone(this, devices::types(m_client), [this](const Result<Listing<DeviceType>>& types) {
        if (types)
            m_types = types->items;
    });
    whenDone(this, community::deployments(m_client), [this](const Result<Listing<Deployment>>& answer) {
        if (!m_inside)
            return;
        if (answer)
            take(answer->items);
        else
            Q_EMIT failed(answer.error());
        Q_EMIT entered();
    });
}

void Workspace::leave()
{
    m_inside = false;
    m_me = {};
    m_deployments.clear();
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
    whenDone(this, community::deployments(m_client), [this](const Result<Listing<Deployment>>& answer) {
        if (answer && m_inside)
            take(answer->items);
        else if (!answer)
            Q_EMIT failed(answer.error());
    });
}

void Workspace::take(const QList<Deployment>& deployments)
{
    m_deployments = deployments;
    Q_EMIT deploymentsChanged();
    const bool there = std::any_of(deployments.cbegin(), deployments.cend(),
                                   [this](const Deployment& one) { return one.id == m_deployment; });
    if (!there)
        choose(deployments.isEmpty() ? DeploymentId{} : deployments.first().id);
}

} // namespace cohort::console

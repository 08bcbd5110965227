// What all pages share: the connection, who is signed in, the deployments and the one that is looked at.
// Thread: GUI. Owner: app. Flow: sign in → deployments → pages follow deploymentChanged.
#pragma once

#include "console/models/rights.h"
#include "console/models/server_link.h"
#include "console/net/community.h"

#include <QObject>

#include <memory>

namespace cohort::console {

class Workspace : public QObject
{
    Q_OBJECT
public:
    explicit Workspace(RpcClient& client, QObject* parent = nullptr);

    RpcClient& client() const { return m_client; }
    ServerLink& link() { return m_link; }
    const Rights& me() const { return m_me; }
    const QList<Deployment>& deployments() const { return m_deployments; }
    const QList<DeviceType>& deviceTypes() const { return m_types; }
    // The one that is looked at; none before there is any.
    DeploymentId deployment() const { return m_deployment; }
    QString deploymentName() const;
    bool mayCoordinate() const { return m_me.mayCoordinate(m_deployment); }

    // After signing in: loads deployments and device types.
    void enter(const model::OperatorSession& session);
    void leave();
    void choose(DeploymentId deployment);
    void reloadDeployments();

Q_SIGNALS:
    void entered();
    void left();
    void deploymentsChanged();
    void deploymentChanged(cohort::DeploymentId deployment);
    void failed(const cohort::Error& error);

private:
    void take(const QList<Deployment>& deployments);

    RpcClient& m_client;
    ServerLink m_link;
    Rights m_me;
    QList<Deployment> m_deployments;
    QList<DeviceType> m_types;
    DeploymentId m_deployment;
    bool m_inside = false;
};

} // namespace cohort::console

// What all pages share: the connection, who is signed in, the deployments and the one that is looked at.
// Thread: GUI. Owner: app. Flow: sign in → deployments → pages follow deploymentChanged.
#pragma once

#include "console/models/community.h"
#include "console/models/drafts.h"
#include "console/models/rights.h"
#include "console/models/server_link.h"

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
    Community& community() { return m_community; }
    Drafts& drafts() { return m_drafts; }
    const Rights& me() const { return m_me; }
    const QList<model::Deployment>& deployments() const { return m_deployments; }
    // The server has said which there are: none is none.
    bool knowsDeployments() const { return m_knows; }
    const QList<model::DeviceTypeInfo>& deviceTypes() const { return m_types; }
    // The one that is looked at; none before there is any.
    DeploymentId deployment() const { return m_deployment; }
    bool mayCoordinate() const { return m_me.mayCoordinate(m_deployment); }

    // After signing in: loads deployments and device types.
    void enter(const model::OperatorSession& session);
    // What was begun comes back when the same operator signs in again at the same server.
    void leave();
    void choose(DeploymentId deployment);
    // Device types too, where they are missing.
    void reloadDeployments();

Q_SIGNALS:
    void entered();
    void left();
    // Somebody else has signed in: what the operator before had begun is to be forgotten.
    void operatorChanged();
    void deploymentsChanged();
    void deploymentChanged(cohort::DeploymentId deployment);
    // Homes, people or devices of the one that is looked at, by anybody. Emitted by StudyNews.
    void studyChanged();
    void failed(const cohort::Error& error);

private:
    void load(bool entering);
    // `trouble`: what went wrong before, said when this has its answer.
    void loadDeployments(bool entering, const std::optional<Error>& trouble);
    void put(const QList<model::Deployment>& deployments);

    RpcClient& m_client;
    ServerLink m_link;
    Community m_community;
    Drafts m_drafts;
    Rights m_me;
    QList<model::Deployment> m_deployments;
    QList<model::DeviceTypeInfo> m_types;
    DeploymentId m_deployment;
    QString m_lastOperator; // and at which server
    DeploymentId m_lastDeployment;
    bool m_inside = false;
    bool m_knows = false;
};

// The deployment that is looked at: its name, and its IANA zone; empty where there is none.
QString deploymentName(const Workspace& workspace);
QString deploymentTimeZone(const Workspace& workspace);
// Whether setting this parameter may do harm, so that people are asked once; yes where no type is known yet.
bool mayHarm(const Workspace& workspace, int deviceType, const QString& parameter);

} // namespace cohort::console

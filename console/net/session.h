// Who is signed in, and what they may do where.
// Thread: value. Owner: models::Workspace. Flow: session.signIn → Operator → pages enable what is allowed.
#pragma once

#include "console/net/typed_call.h"
#include "shared/base/ids.h"

namespace cohort::console {

struct OperatorRole
{
    DeploymentId deployment; // none: all
    QString role;            // admin, coordinator, analyst

    static OperatorRole fromJson(const QJsonObject& object);
};

struct Operator
{
    OperatorId id;
    QString email, name;
    bool maySeeNames = false;
    bool active = true;
    QList<OperatorRole> roles;

    static Operator fromJson(const QJsonObject& object);
    bool has(const QString& role, DeploymentId deployment) const;
    bool isAdmin() const { return has(QStringLiteral("admin"), {}); }
    // May change homes, people, devices, alerts and live scripts there.
    bool mayCoordinate(DeploymentId deployment) const;
};

namespace session {

QFuture<Result<Operator>> signIn(RpcClient& client, const QString& email, const QString& password);
QFuture<Result<Operator>> firstAdmin(RpcClient& client, const QString& code, const QString& email, const QString& name,
                                     const QString& password);

} // namespace session

} // namespace cohort::console

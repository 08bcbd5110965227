#include "console/net/session.h"

#include <algorithm>

namespace cohort::console {

using namespace Qt::StringLiterals;

OperatorRole OperatorRole::fromJson(const QJsonObject& object)
{
    return {json::id<DeploymentId>(object, "deployment"_L1), json::text(object, "role"_L1)};
}

Operator Operator::fromJson(const QJsonObject& object)
{
    return {json::id<OperatorId>(object, "id"_L1),  json::text(object, "email"_L1),
            json::text(object, "name"_L1),          json::flag(object, "maySeeNames"_L1),
            object.value("active"_L1).toBool(true), json::list<OperatorRole>(object, "roles"_L1)};
}

bool Operator::has(const QString& role, DeploymentId deployment) const
{
    return std::any_of(roles.cbegin(), roles.cend(), [&](const OperatorRole& one) {
        return one.role == role && (!one.deployment || one.deployment == deployment);
    });
}

bool Operator::mayCoordinate(DeploymentId deployment) const
{
    return has(u"admin"_s, deployment) || has(u"coordinator"_s, deployment);
}

namespace {

Result<Operator> operatorOf(const Result<QJsonObject>& answer)
{
    if (!answer)
        return fail(answer.error());
    // The roles stand beside the operator in the answer.
    QJsonObject object = json::object(*answer, "operator"_L1);
    if (answer->contains("roles"_L1))
        object.insert("roles"_L1, answer->value("roles"_L1));
    return Operator::fromJson(object);
}

} // namespace

QFuture<Result<Operator>> session::signIn(RpcClient& client, const QString& email, const QString& password)
{
    return client.signIn(u"session.signIn"_s, {{u"email"_s, email}, {u"password"_s, password}}).then(operatorOf);
}

QFuture<Result<Operator>> session::firstAdmin(RpcClient& client, const QString& code, const QString& email,
                                              const QString& name, const QString& password)
{
    return client
        .signIn(u"session.firstAdmin"_s,
                {{u"code"_s, code}, {u"email"_s, email}, {u"name"_s, name}, {u"password"_s, password}})
        .then(operatorOf);
}

} // namespace cohort::console

#include "server/api/dispatch/dispatch.h"

#include "server/api/operations/handlers.h"
#include "server/store/repositories/audit_repository.h"
#include "server/store/repositories/border_repository.h"

#include <map>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using model::Field;
using model::Kind;
using model::Noun;
using protocol::Access;

namespace {

// One answer for what is not there and for what is another deployment's.
tl::unexpected<Error> noSuch(Noun noun)
{
    switch (noun) {
    case Noun::Location:
        return fail(ErrorCode::WrongLocation);
    case Noun::Device:
        return fail(ErrorCode::NoSuchDevice);
    default:
        return fail(ErrorCode::NotFound, QString::fromLatin1(model::nounName(noun)));
    }
}

Result<DeploymentId> deploymentOf(store::Connection& connection, const Identity& identity, Noun noun, qint64 id)
{
    COHORT_TRY(deployment, store::BorderRepository(connection).deploymentOf(noun, id));
    if (!deployment || identity.rolesIn(*deployment) == 0)
        return noSuch(noun);
    return *deployment;
}

// A page's cursor says where the list goes on, not in which deployment: that was chosen by the others, or not at all.
Result<void> crossBorder(Call& call, Noun noun, qint64 id, bool isCursor)
{
    if (noun == Noun::Operator)
        return {};
    COHORT_TRY(deployment, deploymentOf(call.connection, call.identity, noun, id));
    if (call.operation.access != Access::Everywhere && call.deployment && call.deployment != deployment)
        return fail(ErrorCode::WrongValue, u"ids of two deployments in one call"_s);
    if (!isCursor)
        call.deployment = deployment;
    return {};
}

Result<void> checkBorders(Call& call, const std::vector<Field>& fields, const QJsonObject& given);

// Looks up every id that the table knows of, also inside lists.
Result<void> checkBorder(Call& call, const Field& field, const QJsonValue& value)
{
    if (field.kind == Kind::Id && field.noun != Noun::None && value.isDouble())
        return crossBorder(call, field.noun, value.toInteger(), std::string_view(field.name) == "after");
    if (field.kind == Kind::Struct)
        return checkBorders(call, field.of, value.toObject());
    if (field.kind == Kind::List)
        for (const auto& entry : value.toArray())
            COHORT_CHECK(checkBorder(call, field.of.front(), entry));
    return {};
}

Result<void> checkBorders(Call& call, const std::vector<Field>& fields, const QJsonObject& given)
{
    for (const auto& field : fields)
        COHORT_CHECK(checkBorder(call, field, given.value(QLatin1String(field.name))));
    return {};
}

Result<void> checkAccess(Call& call)
{
    const auto& operation = call.operation;
    const auto denied = [] { return fail(ErrorCode::AccessDenied); };
    if (operation.access == Access::Everywhere && (call.identity.rolesEverywhere() & operation.roles) == 0)
        return denied();
    if (operation.access == Access::ByRole && call.identity.grants.empty())
        return denied();
    COHORT_CHECK(checkBorders(call, operation.parameters, call.params));
    if (operation.access != Access::ByRole)
        return {};
    if (call.deployment)
        return (call.identity.rolesIn(call.deployment) & operation.roles) != 0 ? Result<void>() : denied();
    return call.identity.holdsSomewhere(operation.roles) ? Result<void>() : denied();
}

QString auditedObject(const Call& call, const QJsonObject& result)
{
    if (!call.object.isEmpty())
        return call.object;
    for (const auto& parameter : call.operation.parameters)
        if (parameter.kind == Kind::Id && parameter.noun != Noun::None && !parameter.isOptional)
            return u"%1:%2"_s.arg(QLatin1String(model::nounName(parameter.noun)))
                .arg(call.params.value(QLatin1String(parameter.name)).toInteger());
    if (result.contains("id"_L1))
        return QString::fromLatin1(call.operation.name).section(u'.', 0, 0) + u':' +
               QString::number(result.value("id"_L1).toInteger());
    return {};
}

Result<void> audit(const Call& call, const QJsonObject& result)
{
    QJsonObject detail = call.auditDetail;
    for (const auto& parameter : call.operation.parameters)
        if (const auto value = call.params.value(QLatin1String(parameter.name));
            !parameter.rule.isSecret && !value.isUndefined())
            detail.insert(QLatin1String(parameter.name), value);
    return store::writeAudit(call.connection, {.actor = call.identity.actor(),
                                               .action = QString::fromLatin1(call.operation.name),
                                               .deployment = call.deployment,
                                               .object = auditedObject(call, result),
                                               .address = call.address,
                                               .detail = detail});
}

Result<QJsonObject> handle(Call& call, const HandlerRow& row)
{
    if (!call.operation.changes || row.ownTransaction) {
        COHORT_TRY(result, row.handle(call));
        if (call.operation.changes || call.mustAudit)
            COHORT_CHECK(audit(call, result));
        return result;
    }
    QJsonObject result;
    const auto done = call.connection.transaction([&]() -> Result<void> {
        COHORT_TRY(answer, row.handle(call));
        COHORT_CHECK(audit(call, answer));
        result = std::move(answer);
        return {};
    });
    if (!done)
        return fail(done.error());
    return result;
}

std::map<QString, HandlerRow> allHandlers()
{
    std::map<QString, HandlerRow> all;
    for (const auto& part :
         {sessionHandlers(), placeHandlers(), participantHandlers(), deviceHandlers(), commandHandlers(),
          measurementHandlers(), timelineHandlers(), libraryHandlers(), scriptHandlers(), scriptLifeHandlers(),
          alertHandlers(), messageHandlers(), operatorHandlers(), serverHandlers()})
        for (const auto& row : part)
            all.emplace(QString::fromLatin1(row.name), row);
    return all;
}

} // namespace

const HandlerRow* findHandler(const QString& method)
{
    static const auto all = allHandlers();
    const auto found = all.find(method);
    return found == all.end() ? nullptr : &found->second;
}

Result<DeploymentId> checkTopic(store::Connection& connection, const Identity& identity, const protocol::Topic& topic,
                                qint64 filterId)
{
    if (topic.access == Access::Everywhere)
        return (identity.rolesEverywhere() & topic.roles) != 0 ? Result<DeploymentId>(DeploymentId{})
                                                               : Result<DeploymentId>(fail(ErrorCode::AccessDenied));
    COHORT_TRY(deployment, deploymentOf(connection, identity, topic.filter, filterId));
    return (identity.rolesIn(deployment) & topic.roles) != 0 ? Result<DeploymentId>(deployment)
                                                             : Result<DeploymentId>(fail(ErrorCode::AccessDenied));
}

Result<QJsonObject> runOperation(store::Connection& connection, const Services& services, const ApiSettings& settings,
                                 const OperationRequest& request)
{
    const auto* operation = protocol::findOperation(request.method.toStdString());
    const auto* row = findHandler(request.method);
    if (operation == nullptr || row == nullptr)
        return fail(ErrorCode::UnknownMethod, request.method.left(100));
    Call call{.connection = connection,
              .services = services,
              .settings = settings,
              .operation = *operation,
              .params = request.params,
              .address = request.address,
              .token = request.token,
              .identity = {},
              .deployment = {},
              .notices = {},
              .object = {},
              .auditDetail = {}};
    if (operation->access != Access::Public) {
        COHORT_TRY(identity, loadIdentity(connection, request.token));
        call.identity = std::move(identity);
    }
    COHORT_CHECK(protocol::checkParameters(*operation, request.params));
    if (operation->access != Access::Public)
        COHORT_CHECK(checkAccess(call));
    COHORT_TRY(result, handle(call, *row));
    for (const auto& notice : call.notices)
        services.bus.publish(notice);
    if (std::string_view(operation->topics).find("configuration") != std::string_view::npos)
        services.bus.publish(bus::ConfigurationChanged{});
    return result;
}

} // namespace cohort::api

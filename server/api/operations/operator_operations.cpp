// operator.*
#include "server/api/dispatch/secrets.h"
#include "server/api/operations/handlers.h"
#include "server/store/sql_names.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::Sql;

namespace {

Result<QJsonObject> one(Call& call, OperatorId id)
{
    return store::viewOne(call.connection, Sql::OperatorView, {{"id", store::bound(id)}});
}

Result<QJsonObject> list(Call& call)
{
    COHORT_TRY(items, store::viewItems(call.connection, Sql::OperatorView, {{"id", store::nothing()}}));
    return QJsonObject{{u"items"_s, items}, {u"more"_s, false}};
}

std::vector<store::OperatorGrant> grantsOf(const Call& call)
{
    std::vector<store::OperatorGrant> grants;
    for (const auto& entry : call.value("roles").toArray())
        grants.push_back({DeploymentId{entry.toObject().value("deployment"_L1).toInteger()},
                          entry.toObject().value("role"_L1).toString()});
    return grants;
}

Result<QJsonObject> add(Call& call)
{
    if (!call.text("email").contains(u'@'))
        return fail(ErrorCode::WrongValue, u"'email' must be an e-mail address"_s);
    COHORT_CHECK(checkNewPassword(call.text("password"), call.text("email")));
    COHORT_TRY(hash, hashPassword(call.text("password")));
    store::OperatorRepository operators(call.connection);
    COHORT_TRY(id, operators.insert({.id = {},
                                     .email = call.text("email"),
                                     .name = call.text("name"),
                                     .passwordHash = hash,
                                     .maySeeNames = call.value("maySeeNames").toBool(),
                                     .active = true}));
    COHORT_CHECK(operators.setGrants(id, grantsOf(call)));
    call.deployment = {};
    call.object = u"operator:%1"_s.arg(id.value);
    return one(call, id);
}

std::optional<bool> flag(const Call& call, const char* name)
{
    return call.has(name) ? std::optional(call.value(name).toBool()) : std::nullopt;
}

Result<QJsonObject> update(Call& call)
{
    const OperatorId id{call.integer("id")};
    const bool isSelf = id == call.identity.who.id;
    if (isSelf && (call.has("roles") || !flag(call, "active").value_or(true)))
        return fail(ErrorCode::AccessDenied, u"nobody takes away the own roles; ask another admin"_s);
    store::OperatorRepository operators(call.connection);
    store::OperatorChange change{.name = call.optionalText("name"),
                                 .passwordHash = {},
                                 .maySeeNames = flag(call, "maySeeNames"),
                                 .active = flag(call, "active")};
    if (call.has("password")) {
        COHORT_CHECK(checkNewPassword(call.text("password"), {}));
        COHORT_TRY(hash, hashPassword(call.text("password")));
        change.passwordHash = hash;
    }
    COHORT_CHECK(operators.update(id, change));
    if (call.has("roles"))
        COHORT_CHECK(operators.setGrants(id, grantsOf(call)));
    if (call.has("password") || !flag(call, "active").value_or(true))
        COHORT_CHECK(operators.endOtherSessions(id, isSelf ? call.identity.tokenHash : QByteArray("")));
    call.deployment = {};
    return one(call, id);
}

} // namespace

HandlerRows operatorHandlers()
{
    return {{"operator.list", &list}, {"operator.add", &add}, {"operator.update", &update}};
}

} // namespace cohort::api

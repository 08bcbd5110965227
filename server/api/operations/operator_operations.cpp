// operator.*
#include "server/api/dispatch/secrets.h"
#include "server/api/dispatch/sign_in.h"
#include "server/api/operations/handlers.h"
#include "shared/model/contact.h"
#include "shared/protocol/operations/server.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<model::Page<model::Operator>> list(Call& call, const protocol::OperatorList&)
{
    COHORT_TRY(items, store::OperatorRepository(call.connection).list());
    return model::Page<model::Operator>{items, false};
}

Result<model::Operator> add(Call& call, const protocol::OperatorAdd& wanted)
{
    COHORT_CHECK(model::checkEmail(u"email"_s, wanted.email));
    COHORT_CHECK(checkNewPassword(wanted.password, wanted.email));
    COHORT_CHECK(checkSeesNames(wanted.maySeeNames.value_or(false), wanted.roles));
    COHORT_TRY(hash, hashPassword(wanted.password));
    store::OperatorRepository operators(call.connection);
    COHORT_TRY(id, operators.insert({.id = {},
                                     .email = wanted.email,
                                     .name = wanted.name,
                                     .passwordHash = hash,
                                     .maySeeNames = wanted.maySeeNames.value_or(false),
                                     .active = true}));
    COHORT_CHECK(operators.setGrants(id, wanted.roles));
    call.deployment = {};
    call.object = u"operator:%1"_s.arg(id.value);
    return operators.find(id);
}

Result<model::Operator> update(Call& call, const protocol::OperatorUpdate& wanted)
{
    const bool isSelf = wanted.id == call.identity.who.id;
    const bool ends = !wanted.active.value_or(true);
    if (isSelf && (wanted.roles || ends))
        return fail(ErrorCode::AccessDenied, u"nobody takes away the own roles; ask another admin"_s);
    store::OperatorRepository operators(call.connection);
    store::OperatorChange change{
        .name = wanted.name, .passwordHash = {}, .maySeeNames = wanted.maySeeNames, .active = wanted.active};
    if (wanted.password) {
        COHORT_CHECK(checkNewPassword(*wanted.password, {}));
        COHORT_TRY(hash, hashPassword(*wanted.password));
        change.passwordHash = hash;
    }
    COHORT_CHECK(operators.update(wanted.id, change));
    if (wanted.roles)
        COHORT_CHECK(operators.setGrants(wanted.id, *wanted.roles));
    if (wanted.password || ends)
        COHORT_CHECK(operators.endOtherSessions(wanted.id, isSelf ? call.identity.tokenHash : QByteArray("")));
    call.deployment = {};
    COHORT_TRY(changed, operators.find(wanted.id));
    if (wanted.roles || wanted.maySeeNames)
        COHORT_CHECK(checkSeesNames(changed.account.maySeeNames, changed.roles));
    return changed;
}

} // namespace

HandlerRows operatorHandlers()
{
    return {handler<protocol::OperatorList, &list>(), handler<protocol::OperatorAdd, &add>(),
            handler<protocol::OperatorUpdate, &update>()};
}

} // namespace cohort::api

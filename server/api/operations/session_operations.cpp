// session.*, server.info
#include "server/api/dispatch/secrets.h"
#include "server/api/dispatch/sign_in.h"
#include "server/api/operations/handlers.h"
#include "shared/protocol/operations/session.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<model::OperatorSession> answerFor(Call& call, const QString& token)
{
    COHORT_TRY(identity, loadIdentity(call.connection, token));
    return model::OperatorSession{.token = token,
                                  .expires = identity.expires,
                                  .account = {.id = identity.who.id,
                                              .email = identity.who.email,
                                              .name = identity.who.name,
                                              .maySeeNames = identity.who.maySeeNames},
                                  .roles = identity.grants};
}

Result<model::OperatorSession> signIn(Call& call, const protocol::SessionSignIn& wanted)
{
    COHORT_TRY(session, signInOperator(call.connection, wanted.email, wanted.password, call.address));
    return answerFor(call, session.token);
}

Result<model::OperatorSession> firstAdmin(Call& call, const protocol::SessionFirstAdmin& wanted)
{
    const NewOperator admin{.email = wanted.email,
                            .name = wanted.name,
                            .password = wanted.password,
                            .grants = {{DeploymentId{}, model::OperatorRole::Admin}},
                            .maySeeNames = true};
    COHORT_TRY(session, Bootstrap::firstAdmin(call.connection, wanted.code, admin, call.address));
    return answerFor(call, session.token);
}

Result<model::OperatorSession> resume(Call& call, const protocol::SessionResume& wanted)
{
    return answerFor(call, wanted.token);
}

Result<model::Nothing> signOut(Call& call, const protocol::SessionSignOut&)
{
    COHORT_CHECK(store::OperatorRepository(call.connection).endSession(call.identity.tokenHash));
    return model::Nothing{};
}

Result<model::Nothing> changePassword(Call& call, const protocol::SessionChangePassword& wanted)
{
    store::OperatorRepository operators(call.connection);
    const QString account = call.identity.who.email;
    COHORT_TRY(wait, operators.failureWait(account, call.address));
    if (wait > 0)
        return fail(ErrorCode::TooOften, u"too many wrong passwords"_s, static_cast<int>(wait));
    COHORT_TRY(own, operators.byId(call.identity.who.id));
    if (!own || !verifyPassword(wanted.oldPassword, own->passwordHash)) {
        COHORT_CHECK(operators.countFailure(account, call.address));
        return fail(ErrorCode::WrongCredentials, u"the old password is wrong"_s);
    }
    COHORT_CHECK(checkNewPassword(wanted.newPassword, account));
    COHORT_TRY(hash, hashPassword(wanted.newPassword));
    const auto done = call.connection.transaction([&]() -> Result<void> {
        COHORT_CHECK(operators.update(own->id, {.name = {}, .passwordHash = hash, .maySeeNames = {}, .active = {}}));
        return operators.endOtherSessions(own->id, call.identity.tokenHash);
    });
    if (!done)
        return fail(done.error());
    call.mustAudit = true;
    return model::Nothing{};
}

Result<model::ServerInfo> info(Call& call, const protocol::ServerInfoGet&)
{
    return model::ServerInfo{.name = u"Cohort"_s,
                             .version = QStringLiteral(COHORT_VERSION),
                             .protocol = protocol::ProtocolVersion,
                             .time = call.services.clock.now(),
                             .deviceioUrl = call.settings.deviceioUrl};
}

} // namespace

HandlerRows sessionHandlers()
{
    return {handler<protocol::SessionSignIn, &signIn>(),
            handler<protocol::SessionFirstAdmin, &firstAdmin>(),
            handler<protocol::SessionResume, &resume>(),
            handler<protocol::SessionSignOut, &signOut>(),
            handler<protocol::SessionChangePassword, &changePassword>(),
            handler<protocol::ServerInfoGet, &info>()};
}

} // namespace cohort::api

// session.*, server.info
#include "server/api/dispatch/secrets.h"
#include "server/api/dispatch/sign_in.h"
#include "server/api/operations/handlers.h"

#include <QDateTime>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

QString iso(Timestamp time)
{
    return QString::fromStdString(toIso(time));
}

QJsonObject sessionAnswer(const Identity& identity, const QString& token)
{
    return {{u"token"_s, token},
            {u"expires"_s, iso(identity.expires)},
            {u"operator"_s, QJsonObject{{u"id"_s, jsonId(identity.who.id)},
                                        {u"email"_s, identity.who.email},
                                        {u"name"_s, identity.who.name},
                                        {u"maySeeNames"_s, identity.who.maySeeNames}}},
            {u"roles"_s, rolesJson(identity)}};
}

Result<QJsonObject> answerFor(Call& call, const QString& token)
{
    COHORT_TRY(identity, loadIdentity(call.connection, token));
    return sessionAnswer(identity, token);
}

Result<QJsonObject> signIn(Call& call)
{
    COHORT_TRY(session, signInOperator(call.connection, call.text("email"), call.text("password"), call.address));
    return answerFor(call, session.token);
}

Result<QJsonObject> firstAdmin(Call& call)
{
    const NewOperator wanted{.email = call.text("email"),
                             .name = call.text("name"),
                             .password = call.text("password"),
                             .grants = {{DeploymentId{}, u"admin"_s}},
                             .maySeeNames = true};
    COHORT_TRY(session, Bootstrap::firstAdmin(call.connection, call.text("code"), wanted, call.address));
    return answerFor(call, session.token);
}

Result<QJsonObject> resume(Call& call)
{
    return answerFor(call, call.text("token"));
}

Result<QJsonObject> signOut(Call& call)
{
    COHORT_CHECK(store::OperatorRepository(call.connection).endSession(call.identity.tokenHash));
    return QJsonObject{};
}

Result<QJsonObject> changePassword(Call& call)
{
    store::OperatorRepository operators(call.connection);
    const QString account = call.identity.who.email;
    COHORT_TRY(wait, operators.failureWait(account, call.address));
    if (wait > 0)
        return fail(ErrorCode::TooOften, u"too many wrong passwords"_s, static_cast<int>(wait));
    COHORT_TRY(own, operators.byId(call.identity.who.id));
    if (!own || !verifyPassword(call.text("old"), own->passwordHash)) {
        COHORT_CHECK(operators.countFailure(account, call.address));
        return fail(ErrorCode::WrongCredentials, u"the old password is wrong"_s);
    }
    COHORT_CHECK(checkNewPassword(call.text("new"), account));
    COHORT_TRY(hash, hashPassword(call.text("new")));
    const auto done = call.connection.transaction([&]() -> Result<void> {
        COHORT_CHECK(operators.update(own->id, {.name = {}, .passwordHash = hash, .maySeeNames = {}, .active = {}}));
        return operators.endOtherSessions(own->id, call.identity.tokenHash);
    });
    if (!done)
        return fail(done.error());
    call.mustAudit = true;
    return QJsonObject{};
}

Result<QJsonObject> info(Call& call)
{
    return QJsonObject{{u"name"_s, u"Cohort"_s},
                       {u"version"_s, QStringLiteral(COHORT_VERSION)},
                       {u"protocol"_s, protocol::ProtocolVersion},
                       {u"time"_s, iso(SystemClock().now())},
                       {u"deviceioUrl"_s, call.settings.deviceioUrl}};
}

} // namespace

HandlerRows sessionHandlers()
{
    return {{"session.signIn", &signIn},   {"session.firstAdmin", &firstAdmin},         {"session.resume", &resume},
            {"session.signOut", &signOut}, {"session.changePassword", &changePassword}, {"server.info", &info}};
}

} // namespace cohort::api

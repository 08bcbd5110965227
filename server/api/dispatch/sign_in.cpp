#include "server/api/dispatch/sign_in.h"
#include "server/store/repositories/audit_repository.h"

#include "server/api/dispatch/secrets.h"
#include "shared/model/contact.h"

#include <QJsonObject>

#include <algorithm>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<SignedIn> openSession(store::Connection& connection, OperatorId id)
{
    const QString token = newToken();
    COHORT_TRY(expires, store::OperatorRepository(connection).addSession(sha256(token), id));
    return SignedIn{token, expires, id};
}

// What is done before the transaction: the slow hash holds no rows locked.
Result<QString> checkedHash(const NewOperator& wanted)
{
    COHORT_CHECK(model::checkEmail(u"email"_s, wanted.email));
    COHORT_CHECK(checkNewPassword(wanted.password, wanted.email));
    COHORT_CHECK(checkSeesNames(wanted.maySeeNames, wanted.grants));
    return hashPassword(wanted.password);
}

// Within the caller's transaction.
Result<OperatorId> insertOperator(store::Connection& connection, const NewOperator& wanted, const QString& hash,
                                  const QString& actor)
{
    store::OperatorRepository operators(connection);
    COHORT_TRY(id, operators.insert({.id = {},
                                     .email = wanted.email,
                                     .name = wanted.name,
                                     .passwordHash = hash,
                                     .maySeeNames = wanted.maySeeNames,
                                     .active = true}));
    COHORT_CHECK(operators.setGrants(id, wanted.grants));
    COHORT_CHECK(store::writeAudit(connection, {.actor = actor,
                                                .action = u"operator.add"_s,
                                                .deployment = {},
                                                .object = u"operator:%1"_s.arg(id.value),
                                                .address = {},
                                                .detail = {{u"email"_s, wanted.email}}}));
    return id;
}

Result<void> throttle(store::OperatorRepository& operators, const QString& account, const QString& address)
{
    COHORT_TRY(wait, operators.failureWait(account, address));
    if (wait > 0)
        return fail(ErrorCode::TooOften, u"too many failed sign ins"_s, static_cast<int>(wait));
    return {};
}

} // namespace

Result<void> checkSeesNames(bool maySeeNames, const QList<model::OperatorGrant>& grants)
{
    const auto isAnalyst = [](const model::OperatorGrant& one) { return one.role == model::OperatorRole::Analyst; };
    if (maySeeNames && !grants.isEmpty() && std::all_of(grants.begin(), grants.end(), isAnalyst))
        return fail(ErrorCode::WrongValue,
                    u"an analyst never sees names: leave 'maySeeNames' (--may-see-names) out, or "
                    u"give the role of a coordinator or admin"_s);
    return {};
}

Result<SignedIn> signInOperator(store::Connection& connection, const QString& email, const QString& password,
                                const QString& address)
{
    store::OperatorRepository operators(connection);
    const QString account = email.toLower();
    COHORT_CHECK(throttle(operators, account, address));
    // Counted before the slow comparison, so that tries at the same time are all counted.
    COHORT_CHECK(operators.countFailure(account, address));
    COHORT_TRY(found, operators.byEmail(email));
    const bool fits = verifyPassword(password, found ? found->passwordHash : QString());
    if (!fits || !found->active) {
        COHORT_CHECK(
            store::writeAudit(connection, {.actor = found ? u"operator:%1"_s.arg(found->id.value) : u"system"_s,
                                           .action = u"session.signInFailed"_s,
                                           .deployment = {},
                                           .object = {},
                                           .address = address,
                                           .detail = {}}));
        // Only who knows the password hears that it is the account.
        return fail(fits ? ErrorCode::AccountLocked : ErrorCode::WrongCredentials);
    }
    COHORT_CHECK(operators.clearFailures(account, address));
    COHORT_CHECK(store::writeAudit(connection, {.actor = u"operator:%1"_s.arg(found->id.value),
                                                .action = u"session.signIn"_s,
                                                .deployment = {},
                                                .object = {},
                                                .address = address,
                                                .detail = {}}));
    return openSession(connection, found->id);
}

Result<OperatorId> addOperator(store::Connection& connection, const NewOperator& wanted, const QString& actor)
{
    COHORT_TRY(hash, checkedHash(wanted));
    OperatorId id;
    const auto done = connection.transaction([&]() -> Result<void> {
        COHORT_TRY(made, insertOperator(connection, wanted, hash, actor));
        id = made;
        return {};
    });
    if (!done)
        return fail(done.error());
    return id;
}

Result<QString> Bootstrap::oneTimeCode(store::Connection& connection)
{
    store::OperatorRepository operators(connection);
    COHORT_TRY(exists, operators.adminExists());
    if (exists)
        return QString();
    const QString code = newCode();
    COHORT_CHECK(operators.replaceCode(sha256(normalCode(code))));
    return code;
}

Result<SignedIn> Bootstrap::firstAdmin(store::Connection& connection, const QString& code, const NewOperator& wanted,
                                       const QString& address)
{
    store::OperatorRepository operators(connection);
    const QString account = u"first-admin"_s;
    COHORT_CHECK(throttle(operators, account, address));
    COHORT_TRY(hash, checkedHash(wanted));
    COHORT_CHECK(operators.countFailure(account, address));
    OperatorId made;
    const auto done = connection.transaction([&]() -> Result<void> {
        COHORT_TRY(taken, operators.consumeCode(sha256(normalCode(code))));
        if (!taken)
            return fail(ErrorCode::WrongCredentials,
                        u"this one-time code is wrong, was used, or is over: it works for an hour, until there is an "
                        "administrator or a newer code; 'cohort-server operator first-code' makes a new one"_s);
        COHORT_TRY(id, insertOperator(connection, wanted, hash, u"system"_s));
        made = id;
        return {};
    });
    if (!done)
        return fail(done.error());
    COHORT_CHECK(operators.clearFailures(account, address));
    return openSession(connection, made);
}

} // namespace cohort::api

#include "server/api/dispatch/caller.h"

#include "server/api/dispatch/secrets.h"
#include "server/store/repositories/audit_repository.h"
#include "shared/base/limits.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<void> throttle(store::Connection& connection, const QString& account, const QString& address)
{
    store::OperatorRepository operators(connection);
    COHORT_TRY(wait, operators.failureWait(account, address));
    if (wait > 0)
        return fail(ErrorCode::TooOften, u"too many failed sign ins"_s, static_cast<int>(wait));
    // Counted before the slow comparison, so that tries at the same time are all counted.
    return operators.countFailure(account, address);
}

Result<void> audit(store::Connection& connection, const QString& actor, const QString& action, DeploymentId deployment,
                   const QString& address)
{
    return store::writeAudit(
        connection,
        {.actor = actor, .action = action, .deployment = deployment, .object = {}, .address = address, .detail = {}});
}

Result<CallerSession> openPage(store::Connection& connection, ParticipantId id)
{
    CallerSession session{.token = newToken(), .expires = {}};
    COHORT_TRY(expires, store::ParticipantRepository(connection).addSession(sha256(session.token), id));
    session.expires = expires;
    return session;
}

Result<CallerSession> openOperator(store::Connection& connection, OperatorId id)
{
    CallerSession session{.token = newToken(), .expires = {}};
    COHORT_TRY(expires, store::OperatorRepository(connection).addSession(sha256(session.token), id));
    session.expires = expires;
    return session;
}

Result<void> checkUsername(const QString& username)
{
    const bool bad = std::any_of(username.begin(), username.end(), [](QChar c) { return c.isSpace() || !c.isPrint(); });
    if (username.size() < UserNameLeast || username.size() > UserNameMost || bad)
        return fail(
            ErrorCode::WrongValue,
            u"the user name must have %1 to %2 characters, without blanks"_s.arg(UserNameLeast).arg(UserNameMost));
    return {};
}

} // namespace

QString Caller::actor() const
{
    return participant ? u"participant:%1"_s.arg(participant->id.value) : operatorIdentity->actor();
}

std::optional<QList<DeploymentId>> Caller::scope(protocol::Roles roles) const
{
    return participant ? std::nullopt : operatorIdentity->scope(roles);
}

Result<Caller> findCaller(store::Connection& connection, const QString& token)
{
    if (token.isEmpty())
        return fail(ErrorCode::NotSignedIn);
    Caller caller;
    COHORT_TRY(participant, store::ParticipantRepository(connection).session(sha256(token)));
    if (participant) {
        caller.participant = std::move(*participant);
        return caller;
    }
    COHORT_TRY(identity, loadIdentity(connection, token));
    caller.operatorIdentity = std::move(identity);
    return caller;
}

Result<CallerSession> signInCaller(store::Connection& connection, const QString& username, const QString& password,
                                   const QString& address, SignInBy by)
{
    const QString account = username.toLower().left(EmailCharactersMost);
    COHORT_CHECK(throttle(connection, account, address));
    store::OperatorRepository operators(connection);
    COHORT_TRY(participant, store::ParticipantRepository(connection).byUsername(username));
    std::optional<store::OperatorRow> known;
    if (by == SignInBy::Anybody && !participant) {
        COHORT_TRY(found, operators.byEmail(username));
        known = std::move(found);
    }
    const bool active = participant ? participant->active : known && known->active;
    const QString hash = !active ? QString() : participant ? participant->passwordHash : known->passwordHash;
    if (!verifyPassword(password, hash)) {
        COHORT_CHECK(audit(connection, u"system"_s, u"session.signInFailed"_s, {}, address));
        return fail(ErrorCode::WrongCredentials);
    }
    COHORT_CHECK(operators.clearFailures(account, address));
    const QString actor =
        participant ? u"participant:%1"_s.arg(participant->id.value) : u"operator:%1"_s.arg(known->id.value);
    COHORT_CHECK(
        audit(connection, actor, u"session.signIn"_s, participant ? participant->deployment : DeploymentId{}, address));
    return participant ? openPage(connection, participant->id) : openOperator(connection, known->id);
}

Result<CallerSession> enrolParticipant(store::Connection& connection, const Enrolment& wanted, const QString& address)
{
    COHORT_CHECK(checkUsername(wanted.username));
    COHORT_CHECK(checkNewPassword(wanted.password, wanted.username, ParticipantPasswordLeast));
    COHORT_CHECK(throttle(connection, u"enrol"_s, address));
    COHORT_TRY(hash, hashPassword(wanted.password));
    CallerSession session;
    const auto done = connection.transaction([&]() -> Result<void> {
        store::ParticipantRepository participants(connection);
        COHORT_TRY(taken, participants.consumeCode(sha256(normalCode(wanted.code))));
        if (!taken)
            return fail(ErrorCode::WrongCredentials, u"this code is wrong, was used, or is over"_s);
        const auto enrolled = participants.enrol(taken->id, wanted.username, hash, wanted.language);
        if (!enrolled && enrolled.error().code == ErrorCode::AlreadyExists)
            return fail(ErrorCode::AlreadyExists, u"this user name is taken; choose another one"_s);
        COHORT_CHECK(enrolled);
        COHORT_CHECK(audit(connection, u"participant:%1"_s.arg(taken->id.value), u"participant.enrol"_s,
                           taken->deployment, address));
        COHORT_TRY(opened, openPage(connection, taken->id));
        session = std::move(opened);
        return {};
    });
    if (!done)
        return fail(done.error());
    COHORT_CHECK(store::OperatorRepository(connection).clearFailures(u"enrol"_s, address));
    return session;
}

} // namespace cohort::api

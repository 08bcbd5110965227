// Who calls the Application API for devices or the participants' page: an operator or a participant.
// Thread: the connection's. Owner: the call. Flow: API_KEY, cookie, user name → here → cloud, inbox.
// Source: device-protocol.md, "Registration".
#pragma once

#include "server/api/dispatch/identity.h"
#include "server/store/repositories/participant_repository.h"

namespace cohort::api {

struct Caller
{
    std::optional<Identity> operatorIdentity;
    std::optional<store::ParticipantRow> participant;

    QString actor() const; // operator:3, participant:7
    // The deployments in which an operator has one of these roles; nothing: all, or a participant, who has homes.
    std::optional<QList<DeploymentId>> scope(protocol::Roles roles) const;
};

// Whose session this token is. Errors: NotSignedIn.
Result<Caller> findCaller(store::Connection& connection, const QString& token);

struct CallerSession
{
    QString token;
    Timestamp expires;
};

enum class SignInBy { Anybody, ParticipantsOnly };
// Errors: WrongCredentials (the same, and as slow, for unknown names), TooOften.
Result<CallerSession> signInCaller(store::Connection& connection, const QString& username, const QString& password,
                                   const QString& address, SignInBy by);
// Uses an enrolment code: sets user name and password, opens a session. Errors: WrongCredentials (code), TooOften,
// WrongValue, AlreadyExists (the user name).
struct Enrolment
{
    QString code;
    QString username;
    QString password;
    std::optional<QString> language;
};
Result<CallerSession> enrolParticipant(store::Connection& connection, const Enrolment& wanted, const QString& address);

} // namespace cohort::api

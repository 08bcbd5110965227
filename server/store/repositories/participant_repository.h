// Participants: enrolment codes, user names and sessions of the participants' page.
// Thread: the connection's. Owner: whoever needs it. Flow: api ⇄ here ⇄ participant….
#pragma once

#include "server/store/postgres/connection.h"

#include <optional>

namespace cohort::store {

struct NewParticipant
{
    DeploymentId deployment;
    QString code;
    QString language;
    std::optional<QString> name, email, phone;
};

struct ParticipantRole
{
    LocationId location;
    QString role; // resident, caregiver, supporter, student
    int callingOrder = 1;
};

// Who wants to sign in, or is signed in.
struct ParticipantRow
{
    ParticipantId id;
    DeploymentId deployment;
    QString code;         // sessions only
    QString language;     // sessions only
    QString passwordHash; // sign in only
    bool active = false;
};

struct PlaceRow
{
    LocationId id;
    QString name;
    QString timeZone;
};

class ParticipantRepository
{
public:
    explicit ParticipantRepository(Connection& connection) : m_connection(connection) {}

    // Errors: AlreadyExists (the code).
    Result<ParticipantId> insert(const NewParticipant& participant);
    Result<void> addRole(ParticipantId id, const ParticipantRole& role);
    // A new enrolment code (SHA-256); older ones end. The value: when it expires.
    Result<Timestamp> replaceCode(ParticipantId id, const QByteArray& code);
    // Uses the code up; nothing when it is wrong, over, or used.
    Result<std::optional<ParticipantRow>> consumeCode(const QByteArray& code);
    // Sets user name and password and ends older sessions. Errors: AlreadyExists (the user name).
    Result<void> enrol(ParticipantId id, const QString& username, const QString& hash,
                       const std::optional<QString>& language);

    Result<std::optional<ParticipantRow>> byUsername(const QString& username);
    Result<Timestamp> addSession(const QByteArray& token, ParticipantId id, int days);
    Result<std::optional<ParticipantRow>> session(const QByteArray& token);
    Result<void> endSession(const QByteArray& token);
    // The homes where the participant has a role now.
    Result<std::vector<PlaceRow>> places(ParticipantId id);
    // Whether the participant may handle the devices of this home.
    Result<bool> mayHandleDevices(ParticipantId id, LocationId location);

private:
    Connection& m_connection;
};

} // namespace cohort::store

// Participants as the console has them; enrolment codes, user names and sessions of the participants' page.
// Thread: the connection's. Owner: whoever needs it. Flow: api ⇄ here ⇄ participant….
#pragma once

#include "server/store/repositories/place_repository.h"
#include "shared/model/page.h"
#include "shared/model/participant.h"

#include <optional>

namespace cohort::store {

struct NewParticipant
{
    DeploymentId deployment;
    QString code;
    std::optional<model::Language> language; // nothing: the deployment's
    model::PersonalData personal;
};

// Which participants are listed; none of an id: any.
struct ParticipantFilter
{
    DeploymentId deployment;
    LocationId location;
    ParticipantId after;
};
// Names are read only for those who may see them.
enum class Names : std::uint8_t { Hidden, Shown };

// What is changed; nothing given: stays. An empty text: is taken away.
struct ParticipantChange
{
    std::optional<model::Language> language;
    model::PersonalData personal;
};

// Who wants to sign in, or is signed in.
struct ParticipantRow
{
    ParticipantId id;
    DeploymentId deployment;
    QString code;         // sessions only
    QString language;     // sessions only
    bool rests = false;   // sessions only
    QString passwordHash; // sign in only
    bool active = false;
};

class ParticipantRepository
{
public:
    explicit ParticipantRepository(Connection& connection) : m_connection(connection) {}

    // By id, those behind `after`.
    Result<model::Page<model::Participant>> list(const ParticipantFilter& filter, int limit, Names names);
    // Errors: NotFound.
    Result<model::Participant> find(ParticipantId id, Names names);
    // Errors: AlreadyExists (the code).
    Result<ParticipantId> insert(const NewParticipant& participant);
    Result<void> update(ParticipantId id, const ParticipantChange& change);
    // `until` nothing: for good. Errors: AlreadyExists (the person has this role there).
    Result<void> addRole(ParticipantId id, LocationId location, model::HomeRole role, int callingOrder,
                         const std::optional<Timestamp>& until = {});
    Result<void> endRoles(ParticipantId id);
    // The participation rests, or goes on. Errors: Conflict (nobody has enrolled yet, or it has ended).
    Result<void> pause(ParticipantId id, bool rests);
    // The participation: roles, sessions, codes and login end. Errors: Conflict (it has ended before).
    Result<void> end(ParticipantId id, model::ParticipationEnd how);
    // A new enrolment code (SHA-256); older ones end. The value: when it expires.
    Result<Timestamp> replaceCode(ParticipantId id, const QByteArray& code);
    // Uses the code up; nothing when it is wrong, over, or used.
    Result<std::optional<ParticipantRow>> consumeCode(const QByteArray& code);
    // Sets user name and password and ends older sessions. Errors: AlreadyExists (the user name).
    Result<void> enrol(ParticipantId id, const QString& username, const QString& hash,
                       const std::optional<QString>& language);

    Result<std::optional<ParticipantRow>> byUsername(const QString& username);
    Result<Timestamp> addSession(const QByteArray& token, ParticipantId id);
    Result<std::optional<ParticipantRow>> session(const QByteArray& token);
    Result<void> endSession(const QByteArray& token);
    // What the participant is called; nothing: unknown.
    Result<std::optional<QString>> name(ParticipantId id);
    // The homes where the participant has a role now.
    Result<std::vector<PlaceRow>> places(ParticipantId id);
    // Whether the participant may register devices in this home.
    Result<bool> mayRegisterDevices(ParticipantId id, LocationId location);

private:
    Result<void> setPersonal(ParticipantId id, const model::PersonalData& personal);
    Result<void> complete(QList<model::Participant>& participants, Names names);

    Connection& m_connection;
};

} // namespace cohort::store

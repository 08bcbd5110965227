// People who take part. Thread: values. Owner: whoever holds them.
// Flow: participant, participant_role, participant_identity ⇄ repositories ⇄ wire ⇄ console. Source:
// study.md.
#pragma once

#include "shared/model/place.h"

namespace cohort::model {

enum class ParticipantStatus : std::uint8_t { Invited, Active, Paused, Completed, Withdrawn };
constexpr auto enumNames(ParticipantStatus)
{
    return std::array{"invited", "active", "paused", "completed", "withdrawn"};
}

// How a participation ends.
enum class ParticipationEnd : std::uint8_t { Completed, Withdrawn };
constexpr auto enumNames(ParticipationEnd)
{
    return std::array{"completed", "withdrawn"};
}

enum class HomeRole : std::uint8_t { Resident, Caregiver, Supporter, Student };
constexpr auto enumNames(HomeRole)
{
    return std::array{"resident", "caregiver", "supporter", "student"};
}

struct ParticipantRole
{
    LocationId location;
    QString locationName;
    HomeRole role = HomeRole::Resident;
    int callingOrder = 1;
    std::optional<Timestamp> until; // nothing: for good
};
template <typename V, Of<ParticipantRole> T>
void fields(V& visit, T& role)
{
    visit("location", role.location, "The home.");
    visit("locationName", role.locationName, "Its name.");
    visit("role", role.role, "What the person is there.");
    visit("callingOrder", role.callingOrder, "In which order caregivers are called, from 1.");
    visit("until", role.until, "Until when the person is that there, or null.");
}

// Who a person is: told only to operators who may see names.
struct PersonalData
{
    std::optional<QString> name;
    std::optional<QString> email;
    std::optional<QString> phone;
};
template <typename V, Of<PersonalData> T>
void fields(V& visit, T& person)
{
    visit("name", person.name, "The person's name, or null. Left out for operators who may not see names.");
    visit("email", person.email, "The person's e-mail address, or null. Left out like the name.");
    visit("phone", person.phone, "The person's telephone number, or null. Left out like the name.");
}

struct Participant
{
    ParticipantId id;
    DeploymentId deployment;
    QString code; // the pseudonym
    ParticipantStatus status = ParticipantStatus::Invited;
    Language language = Language::English;
    QList<ParticipantRole> roles;
    int openQuestions = 0;
    std::optional<Timestamp> lastMessage;
    std::optional<PersonalData> personal; // nothing: not shown to this reader

    // What an operator calls the person: the name where it may be seen, else the code.
    QString label() const { return personal && personal->name && !personal->name->isEmpty() ? *personal->name : code; }
};
template <typename V, Of<Participant> T>
void fields(V& visit, T& participant)
{
    visit("id", participant.id, "The participant.");
    visit("deployment", participant.deployment, "The deployment in which the person takes part.");
    visit("code", participant.code, "The person's pseudonym.");
    visit("status", participant.status, "How far the person's participation is.");
    visit("language", participant.language, "The language in which the person is written to.");
    visit("roles", participant.roles, "The person's roles in homes.");
    visit("openQuestions", participant.openQuestions, "Questions that wait for an answer.");
    visit("lastMessage", participant.lastMessage, "When the last message was written, by either side, or null.");
    visit.flat(participant.personal);
}

// What opens the participants' page for the first time: told once.
struct EnrolmentCode
{
    QString enrolmentCode;
    QString enrolmentUrl;
    Timestamp expires;
};
template <typename V, Of<EnrolmentCode> T>
void fields(V& visit, T& code)
{
    visit("enrolmentCode", code.enrolmentCode, "The code that the person types in.", secret());
    visit("enrolmentUrl", code.enrolmentUrl,
          "Where the person opens the page; a path alone where no address is known.");
    visit("expires", code.expires, "Until when the code works.");
}

struct EnrolledParticipant
{
    Participant participant;
    EnrolmentCode code;
};
template <typename V, Of<EnrolledParticipant> T>
void fields(V& visit, T& enrolled)
{
    visit.flat(enrolled.participant);
    visit.flat(enrolled.code);
}

} // namespace cohort::model

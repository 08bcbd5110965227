// Operations: people who take part. What each takes, and its answer's type.
// Thread: values. Owner: the caller. Flow: console → JSON → dispatch → handler → Answer → JSON → console.
#pragma once

#include "shared/base/limits.h"
#include "shared/model/page.h"
#include "shared/model/participant.h"

namespace cohort::protocol {

using namespace model::rules;
using model::Of;

struct NewParticipantRole
{
    LocationId location;
    model::HomeRole role = model::HomeRole::Resident;
    std::optional<int> callingOrder;
    std::optional<Timestamp> until;
};
template <typename V, Of<NewParticipantRole> T>
void fields(V& visit, T& role)
{
    visit("location", role.location, "In which home.");
    visit("role", role.role, "What the person is there.");
    visit("callingOrder", role.callingOrder, "In which order caregivers are called; 1 where it is left out.",
          between(1, 100));
    visit("until", role.until, "Until when, a moment to come; for good where it is left out.");
}

struct ParticipantList
{
    using Answer = model::Page<model::Participant>;
    static constexpr const char* Name = "participant.list";

    DeploymentId deployment;
    std::optional<LocationId> location;
    std::optional<int> limit;
    std::optional<ParticipantId> after;
};
template <typename V, Of<ParticipantList> T>
void fields(V& visit, T& wanted)
{
    visit("deployment", wanted.deployment, "Of which deployment.");
    visit("location", wanted.location, "Only those with a role in this home.");
    visit("limit", wanted.limit, "How many rows at most; 200 where it is left out.", between(1, ListLimitMost));
    visit("after", wanted.after, "The last row of the page before: what comes after it.");
}

struct ParticipantGet
{
    using Answer = model::Participant;
    static constexpr const char* Name = "participant.get";

    ParticipantId id;
};
template <typename V, Of<ParticipantGet> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
}

struct ParticipantCreate
{
    using Answer = model::EnrolledParticipant;
    static constexpr const char* Name = "participant.create";

    DeploymentId deployment;
    std::optional<model::Language> language;
    QList<NewParticipantRole> roles;
    std::optional<QString> name;
    std::optional<QString> email;
    std::optional<QString> phone;
};
template <typename V, Of<ParticipantCreate> T>
void fields(V& visit, T& wanted)
{
    visit("deployment", wanted.deployment, "In which deployment.");
    visit("language", wanted.language, "The language in which the person is written to; en where it is left out.");
    visit("roles", wanted.roles, "The person's roles in homes.", entries(1, 100));
    visit("name", wanted.name, "The person's name.", characters(0, NameCharactersMost).secret());
    visit("email", wanted.email, "The person's e-mail address.", characters(0, EmailCharactersMost).secret());
    visit("phone", wanted.phone, "The person's telephone number.", characters(0, 50).secret());
}

struct ParticipantEnrolmentCode
{
    using Answer = model::EnrolmentCode;
    static constexpr const char* Name = "participant.enrolmentCode";

    ParticipantId id;
};
template <typename V, Of<ParticipantEnrolmentCode> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
}

// Paused: told of nothing, may write.
struct ParticipantUpdate
{
    using Answer = model::Participant;
    static constexpr const char* Name = "participant.update";

    ParticipantId id;
    std::optional<model::Language> language;
    std::optional<QList<NewParticipantRole>> roles;
    std::optional<bool> paused;
    std::optional<QString> name;
    std::optional<QString> email;
    std::optional<QString> phone;
};
template <typename V, Of<ParticipantUpdate> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("language", wanted.language, "The language in which the person is written to.");
    visit("roles", wanted.roles, "The person's roles in homes, in place of those until now.", entries(1, 100));
    visit("paused", wanted.paused,
          "Whether the participation rests: no alerts and no messages of scripts meanwhile. The home's devices go on.");
    visit("name", wanted.name, "The person's name; empty takes it away.", characters(0, NameCharactersMost).secret());
    visit("email", wanted.email, "The person's e-mail address; empty takes it away.",
          characters(0, EmailCharactersMost).secret());
    visit("phone", wanted.phone, "The person's telephone number; empty takes it away.", characters(0, 50).secret());
}

// Completed or withdrawn is what is kept of it, and shown; the same ends either way.
struct ParticipantEnd
{
    using Answer = model::Participant;
    static constexpr const char* Name = "participant.end";

    ParticipantId id;
    model::ParticipationEnd how = model::ParticipationEnd::Completed;
};
template <typename V, Of<ParticipantEnd> T>
void fields(V& visit, T& wanted)
{
    visit("id", wanted.id, "Which one.");
    visit("how", wanted.how,
          "Whether the person has completed the study or withdraws from it. Either way roles, page, login and codes "
          "end and "
          "open questions are taken back; what was stored stays.");
}

} // namespace cohort::protocol

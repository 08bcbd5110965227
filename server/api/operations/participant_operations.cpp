// participant.*
#include "server/api/dispatch/secrets.h"
#include "server/api/operations/handlers.h"
#include "server/store/repositories/participant_repository.h"
#include "shared/model/contact.h"
#include "shared/protocol/operations/participant.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::ParticipantRepository;

namespace {

Result<model::Page<model::Participant>> listParticipants(Call& call, const protocol::ParticipantList& wanted)
{
    call.mustAudit = call.showsNames();
    return ParticipantRepository(call.connection)
        .list({.deployment = wanted.deployment,
               .location = wanted.location.value_or(LocationId{}),
               .after = wanted.after.value_or(ParticipantId{})},
              limitOf(wanted), call.names());
}

Result<model::Participant> getParticipant(Call& call, const protocol::ParticipantGet& wanted)
{
    call.mustAudit = call.showsNames();
    return ParticipantRepository(call.connection).find(wanted.id, call.names());
}

Result<model::EnrolmentCode> makeCode(Call& call, ParticipantId id)
{
    const QString code = newCode();
    COHORT_TRY(expires, ParticipantRepository(call.connection).replaceCode(id, sha256(normalCode(code))));
    return model::EnrolmentCode{code, call.settings.publicUrl + u"/e/"_s + code, expires};
}

std::optional<QString> given(const std::optional<QString>& text)
{
    return text && !text->trimmed().isEmpty() ? std::optional(text->trimmed()) : std::nullopt;
}

Result<model::PersonalData> personalOf(const protocol::ParticipantCreate& wanted)
{
    model::PersonalData personal{
        .name = given(wanted.name), .email = given(wanted.email), .phone = given(wanted.phone)};
    if (personal.email)
        COHORT_CHECK(model::checkEmail(u"email"_s, *personal.email));
    if (personal.phone)
        COHORT_CHECK(model::checkPhone(u"phone"_s, *personal.phone));
    return personal;
}

Result<void> checkRoles(Call& call, const QList<protocol::NewParticipantRole>& roles)
{
    for (const auto& role : roles)
        if (role.until && *role.until <= call.services.clock.now())
            return fail(ErrorCode::WrongValue, u"'roles.until' must be a moment to come"_s);
    return {};
}

// A pseudonym that nobody in the deployment has; a clash would end the transaction, so it is made long enough never
// to happen: 32^5 against at most some thousands.
Result<model::EnrolledParticipant> createParticipant(Call& call, const protocol::ParticipantCreate& wanted)
{
    COHORT_TRY(personal, personalOf(wanted));
    COHORT_CHECK(checkRoles(call, wanted.roles));
    ParticipantRepository participants(call.connection);
    COHORT_TRY(id, participants.insert({.deployment = wanted.deployment,
                                        .code = newPseudonym(),
                                        .language = wanted.language.value_or(model::Language::English),
                                        .personal = personal}));
    for (const auto& role : wanted.roles)
        COHORT_CHECK(participants.addRole(id, role.location, role.role, role.callingOrder.value_or(1), role.until));
    COHORT_TRY(made, participants.find(id, call.names()));
    COHORT_TRY(code, makeCode(call, id));
    call.object = u"participant:%1"_s.arg(id.value);
    return model::EnrolledParticipant{made, code};
}

// The way back from a pause or an end is to be active, for whoever has enrolled; who has withdrawn is enrolled anew.
Result<model::Participant> updateParticipant(Call& call, const protocol::ParticipantUpdate& wanted)
{
    if (wanted.status == model::ParticipantStatus::Invited)
        return fail(ErrorCode::WrongValue, u"'status' must not be invited: participant.create invites a person"_s);
    ParticipantRepository participants(call.connection);
    COHORT_TRY(changed, participants.setStatus(wanted.id, wanted.status));
    if (!changed)
        return fail(ErrorCode::Conflict, u"only who has enrolled and has not withdrawn can be active again"_s);
    return participants.find(wanted.id, call.names());
}

Result<model::EnrolmentCode> newEnrolmentCode(Call& call, const protocol::ParticipantEnrolmentCode& wanted)
{
    return makeCode(call, wanted.id);
}

} // namespace

HandlerRows participantHandlers()
{
    return {handler<protocol::ParticipantList, &listParticipants>(),
            handler<protocol::ParticipantGet, &getParticipant>(),
            handler<protocol::ParticipantCreate, &createParticipant>(),
            handler<protocol::ParticipantUpdate, &updateParticipant>(),
            handler<protocol::ParticipantEnrolmentCode, &newEnrolmentCode>()};
}

} // namespace cohort::api

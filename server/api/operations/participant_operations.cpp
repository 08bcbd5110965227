// participant.*
#include "server/api/dispatch/secrets.h"
#include "server/api/operations/handlers.h"
#include "server/store/repositories/message_repository.h"
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

Result<void> checkContacts(const std::optional<QString>& email, const std::optional<QString>& phone)
{
    if (const auto there = given(email))
        COHORT_CHECK(model::checkEmail(u"email"_s, *there));
    if (const auto there = given(phone))
        COHORT_CHECK(model::checkPhone(u"phone"_s, *there));
    return {};
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
    COHORT_CHECK(checkContacts(wanted.email, wanted.phone));
    COHORT_CHECK(checkRoles(call, wanted.roles));
    ParticipantRepository participants(call.connection);
    COHORT_TRY(id, participants.insert({.deployment = wanted.deployment,
                                        .code = newPseudonym(),
                                        .language = wanted.language,
                                        .personal = {.name = given(wanted.name),
                                                     .email = given(wanted.email),
                                                     .phone = given(wanted.phone)}}));
    for (const auto& role : wanted.roles)
        COHORT_CHECK(participants.addRole(id, role.location, role.role, role.callingOrder.value_or(1), role.until));
    COHORT_TRY(made, participants.find(id, call.names()));
    COHORT_TRY(code, makeCode(call, id));
    call.object = u"participant:%1"_s.arg(id.value);
    return model::EnrolledParticipant{made, code};
}

// Errors: Conflict where the participation has ended.
Result<void> checkTakesPart(Call& call, ParticipantId id)
{
    COHORT_TRY(known, ParticipantRepository(call.connection).find(id, store::Names::Hidden));
    if (known.status == model::ParticipantStatus::Completed || known.status == model::ParticipantStatus::Withdrawn)
        return fail(ErrorCode::Conflict, u"this participation has ended; enrol the person anew"_s);
    return {};
}

Result<model::Participant> updateParticipant(Call& call, const protocol::ParticipantUpdate& wanted)
{
    if ((wanted.name || wanted.email || wanted.phone) && !call.showsNames())
        return fail(ErrorCode::AccessDenied, u"only operators who may see names change them"_s);
    COHORT_CHECK(checkContacts(wanted.email, wanted.phone));
    ParticipantRepository participants(call.connection);
    COHORT_CHECK(participants.update(
        wanted.id, {.language = wanted.language,
                    .personal = {.name = wanted.name, .email = wanted.email, .phone = wanted.phone}}));
    if (wanted.paused)
        COHORT_CHECK(participants.pause(wanted.id, *wanted.paused));
    if (wanted.roles) {
        COHORT_CHECK(checkTakesPart(call, wanted.id));
        COHORT_CHECK(checkRoles(call, *wanted.roles));
        COHORT_CHECK(participants.endRoles(wanted.id));
        for (const auto& role : *wanted.roles)
            COHORT_CHECK(
                participants.addRole(wanted.id, role.location, role.role, role.callingOrder.value_or(1), role.until));
    }
    return participants.find(wanted.id, call.names());
}

Result<model::Participant> endParticipation(Call& call, const protocol::ParticipantEnd& wanted)
{
    ParticipantRepository participants(call.connection);
    COHORT_CHECK(participants.end(wanted.id, wanted.how));
    COHORT_TRY(questions, store::MessageRepository(call.connection).expire(wanted.id));
    for (const auto& question : questions)
        call.notices.emplace_back(bus::MessageChanged{question.id, question.deployment, question.participant});
    call.auditDetail.insert(u"endedQuestions"_s, static_cast<qint64>(questions.size()));
    return participants.find(wanted.id, call.names());
}

Result<model::EnrolmentCode> newEnrolmentCode(Call& call, const protocol::ParticipantEnrolmentCode& wanted)
{
    COHORT_CHECK(checkTakesPart(call, wanted.id));
    return makeCode(call, wanted.id);
}

} // namespace

HandlerRows participantHandlers()
{
    return {handler<protocol::ParticipantList, &listParticipants>(),
            handler<protocol::ParticipantGet, &getParticipant>(),
            handler<protocol::ParticipantCreate, &createParticipant>(),
            handler<protocol::ParticipantUpdate, &updateParticipant>(),
            handler<protocol::ParticipantEnd, &endParticipation>(),
            handler<protocol::ParticipantEnrolmentCode, &newEnrolmentCode>()};
}

} // namespace cohort::api

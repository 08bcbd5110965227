// participant.*
#include "server/api/dispatch/secrets.h"
#include "server/api/operations/handlers.h"
#include "server/store/repositories/participant_repository.h"
#include "server/store/sql_names.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::Sql;

namespace {

Result<QJsonObject> participant(Call& call, qint64 id)
{
    return store::viewOne(call.connection, Sql::ParticipantView,
                          {{"deployment", store::nothing()},
                           {"id", id},
                           {"location", store::nothing()},
                           {"after", store::nothing()},
                           {"names", call.showsNames()},
                           {"count", 1}});
}

Result<QJsonObject> listParticipants(Call& call)
{
    call.mustAudit = call.showsNames();
    return store::viewPage(call.connection, Sql::ParticipantView,
                           {{"deployment", call.integer("deployment")},
                            {"id", store::nothing()},
                            {"location", call.boundId("location")},
                            {"after", call.boundId("after")},
                            {"names", call.showsNames()}},
                           call.limit());
}

Result<QJsonObject> getParticipant(Call& call)
{
    call.mustAudit = call.showsNames();
    return participant(call, call.integer("id"));
}

Result<void> addCode(Call& call, ParticipantId id, QJsonObject& answer)
{
    const QString code = newCode();
    COHORT_TRY(expires, store::ParticipantRepository(call.connection).replaceCode(id, sha256(normalCode(code))));
    answer.insert(u"enrolmentCode"_s, code);
    answer.insert(u"enrolmentUrl"_s, call.settings.publicUrl + u"/e/"_s + code);
    answer.insert(u"expires"_s, QString::fromStdString(toIso(expires)));
    return {};
}

// A pseudonym that nobody in the deployment has; a clash would end the transaction, so it is made long enough never
// to happen: 32^5 against at most some thousands.
Result<QJsonObject> createParticipant(Call& call)
{
    store::ParticipantRepository participants(call.connection);
    const auto text = [&call](const char* name) {
        auto given = call.optionalText(name);
        return given && given->trimmed().isEmpty() ? std::nullopt : given;
    };
    COHORT_TRY(id, participants.insert({.deployment = call.deployment,
                                        .code = newPseudonym(),
                                        .language = call.has("language") ? call.text("language") : u"en"_s,
                                        .name = text("name"),
                                        .email = text("email"),
                                        .phone = text("phone")}));
    for (const auto& entry : call.value("roles").toArray()) {
        const auto role = entry.toObject();
        COHORT_CHECK(participants.addRole(id, {.location = LocationId{role.value("location"_L1).toInteger()},
                                               .role = role.value("role"_L1).toString(),
                                               .callingOrder = role.value("callingOrder"_L1).toInt(1)}));
    }
    COHORT_TRY(made, participant(call, id.value));
    COHORT_CHECK(addCode(call, id, made));
    call.object = u"participant:%1"_s.arg(id.value);
    return made;
}

Result<QJsonObject> newEnrolmentCode(Call& call)
{
    QJsonObject answer;
    COHORT_CHECK(addCode(call, ParticipantId{call.integer("id")}, answer));
    return answer;
}

} // namespace

HandlerRows participantHandlers()
{
    return {{"participant.list", &listParticipants},
            {"participant.get", &getParticipant},
            {"participant.create", &createParticipant},
            {"participant.enrolmentCode", &newEnrolmentCode}};
}

} // namespace cohort::api

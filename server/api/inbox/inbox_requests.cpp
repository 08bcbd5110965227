#include "server/api/inbox/inbox_requests.h"

#include "server/actions/answers.h"
#include "server/api/dispatch/caller.h"
#include "server/api/dispatch/secrets.h"
#include "server/api/inbox/inbox_parameters.h"
#include "server/store/repositories/audit_repository.h"
#include "server/store/repositories/inbox_repository.h"
#include "shared/model/page.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using model::Nothing;

namespace {

// One request as its handler sees it.
struct InboxCall
{
    store::Connection& connection;
    const ApiContext& context;
    const InboxRequest& request;
    store::ParticipantRow who; // nobody before sign in
};

Result<store::ParticipantRow> needParticipant(store::Connection& connection, const InboxRequest& request)
{
    if (request.token.isEmpty())
        return fail(ErrorCode::NotSignedIn);
    COHORT_TRY(found, store::ParticipantRepository(connection).session(sha256(request.token)));
    if (!found)
        return fail(ErrorCode::NotSignedIn);
    return *found;
}

model::InboxSession sessionOf(const CallerSession& session)
{
    return {.token = session.token, .expires = session.expires};
}

Result<model::InboxSession> enrol(const InboxCall& call, const InboxEnrol& wanted)
{
    const Enrolment enrolment{.code = wanted.code,
                              .username = wanted.username.trimmed(),
                              .password = wanted.password,
                              .language =
                                  wanted.language ? std::optional(model::textOf(*wanted.language)) : std::nullopt};
    COHORT_TRY(session, enrolParticipant(call.connection, enrolment, call.request.address));
    return sessionOf(session);
}

Result<model::InboxSession> signIn(const InboxCall& call, const InboxSignIn& wanted)
{
    COHORT_TRY(session, signInCaller(call.connection, wanted.username.trimmed(), wanted.password, call.request.address,
                                     SignInBy::ParticipantsOnly));
    return sessionOf(session);
}

// Who is signed in may be another person by now than whom the page shows: it says for whom its request is meant, which is taken
// out of the body. A program that knows its session may leave it out.
Result<void> checkMeantFor(QJsonObject& body, ParticipantId who)
{
    const QJsonValue meant = body.take("participant"_L1);
    return meant.isUndefined() || (meant.isDouble() && ParticipantId{meant.toInteger()} == who)
               ? Result<void>()
               : fail(ErrorCode::OtherPerson);
}

Result<QJsonObject> signOut(store::Connection& connection, const ApiContext&, const InboxRequest& request)
{
    if (request.token.isEmpty())
        return QJsonObject();
    QJsonObject body = request.body;
    store::ParticipantRepository participants(connection);
    COHORT_TRY(found, participants.session(sha256(request.token)));
    if (found)
        COHORT_CHECK(checkMeantFor(body, found->id));
    COHORT_CHECK(participants.endSession(sha256(request.token)));
    return QJsonObject();
}

Result<void> note(const InboxCall& call, const QString& action, const QString& object)
{
    return store::writeAudit(call.connection, {.actor = u"participant:%1"_s.arg(call.who.id.value),
                                               .action = action,
                                               .deployment = call.who.deployment,
                                               .object = object,
                                               .address = call.request.address,
                                               .detail = {}});
}

Result<void> note(const InboxCall& call, const QString& action, AlertId alert)
{
    return note(call, action, u"alert:%1"_s.arg(alert.value));
}

Result<void> note(const InboxCall& call, const QString& action, MessageId message)
{
    return note(call, action, u"message:%1"_s.arg(message.value));
}

actions::Actor actorOf(const InboxCall& call)
{
    return {.operatorId = {}, .participant = call.who.id};
}

actions::Answers answers(const InboxCall& call)
{
    return {call.connection, call.context.services.bus};
}

Result<InboxActed> act(const InboxCall& call, const InboxAct& wanted)
{
    COHORT_TRY(command, answers(call).act(wanted.alert, wanted.action, actorOf(call)));
    COHORT_CHECK(note(call, u"alert.act"_s, wanted.alert));
    return InboxActed{command};
}

Result<Nothing> dismiss(const InboxCall& call, const InboxOnAlert& wanted)
{
    COHORT_CHECK(answers(call).dismiss(wanted.alert, actorOf(call)));
    COHORT_CHECK(note(call, u"alert.dismiss"_s, wanted.alert));
    return Nothing{};
}

Result<Nothing> takeCare(const InboxCall& call, const InboxOnAlert& wanted)
{
    COHORT_CHECK(answers(call).acknowledge(wanted.alert, actorOf(call)));
    COHORT_CHECK(note(call, u"alert.acknowledge"_s, wanted.alert));
    return Nothing{};
}

Result<Nothing> read(const InboxCall& call, const InboxRead& wanted)
{
    COHORT_CHECK(answers(call).read(wanted.messages, call.who.id));
    return Nothing{};
}

Result<Nothing> setLanguage(const InboxCall& call, const InboxLanguage& wanted)
{
    COHORT_CHECK(store::ParticipantRepository(call.connection)
                     .update(call.who.id, {.language = wanted.language, .personal = {}}));
    COHORT_CHECK(note(call, u"participant.update"_s, u"participant:%1"_s.arg(call.who.id.value)));
    return Nothing{};
}

Result<Nothing> reply(const InboxCall& call, const InboxReply& wanted)
{
    COHORT_CHECK(answers(call).answer(wanted.message, call.who.id, wanted.answer));
    COHORT_CHECK(note(call, u"question.answer"_s, wanted.message));
    return Nothing{};
}

Result<InboxWritten> write(const InboxCall& call, const InboxWrite& wanted)
{
    COHORT_TRY(message, answers(call).write(call.who.id, wanted.text, {}, wanted.once.value_or(QString())));
    COHORT_CHECK(note(call, u"message.write"_s, message));
    return InboxWritten{message};
}

template <typename Answer, typename Wanted>
Result<QJsonObject> answerOf(Result<Answer> (*handle)(const InboxCall&, const Wanted&), const InboxCall& call)
{
    COHORT_TRY(wanted, model::fromJson<Wanted>(call.request.body, model::Form::Parameters));
    COHORT_TRY(answer, handle(call, wanted));
    return model::toJson(answer);
}

template <auto handle>
Result<QJsonObject> forAnybody(store::Connection& connection, const ApiContext& context, const InboxRequest& request)
{
    return answerOf(handle, InboxCall{connection, context, request, {}});
}

template <auto handle>
Result<QJsonObject> signedIn(store::Connection& connection, const ApiContext& context, const InboxRequest& request)
{
    COHORT_TRY(who, needParticipant(connection, request));
    InboxRequest meant = request;
    COHORT_CHECK(checkMeantFor(meant.body, who.id));
    return answerOf(handle, InboxCall{connection, context, meant, who});
}

// What is not done while the participation rests.
template <auto handle>
Result<QJsonObject> takingPart(store::Connection& connection, const ApiContext& context, const InboxRequest& request)
{
    COHORT_TRY(who, needParticipant(connection, request));
    InboxRequest meant = request;
    COHORT_CHECK(checkMeantFor(meant.body, who.id));
    if (who.rests)
        return fail(ErrorCode::Resting);
    return answerOf(handle, InboxCall{connection, context, meant, who});
}

constexpr InboxRow InboxRows[] = {
    {"/inbox/enrol", &forAnybody<&enrol>, true},
    {"/inbox/signIn", &forAnybody<&signIn>, true},
    {"/inbox/signOut", &signOut},
    {"/inbox/act", &takingPart<&act>},
    {"/inbox/dismiss", &takingPart<&dismiss>},
    {"/inbox/takeCare", &takingPart<&takeCare>},
    {"/inbox/read", &signedIn<&read>},
    {"/inbox/answer", &takingPart<&reply>},
    {"/inbox/write", &signedIn<&write>},
    {"/inbox/language", &signedIn<&setLanguage>},
};

Result<model::InboxPerson> personOf(store::Connection& connection, const store::ParticipantRow& who)
{
    store::ParticipantRepository participants(connection);
    COHORT_TRY(name, participants.name(who.id));
    model::InboxPerson person{.id = who.id,
                              .code = who.code,
                              .name = name,
                              .language =
                                  model::valueOf<model::Language>(who.language).value_or(model::Language::English),
                              .locations = {},
                              .timeZone = {},
                              .rests = who.rests};
    COHORT_TRY(places, participants.places(who.id));
    for (const auto& place : places)
        person.locations.append(place.name);
    if (!places.empty())
        person.timeZone = places.front().timeZone;
    return person;
}

} // namespace

const InboxRow* findInboxRow(std::string_view path)
{
    for (const auto& row : InboxRows)
        if (row.path == path)
            return &row;
    return nullptr;
}

Result<QJsonObject> inboxItems(store::Connection& connection, const ApiContext& context, const InboxRequest& request)
{
    COHORT_TRY(who, needParticipant(connection, request));
    store::InboxRepository inbox(connection, who.id);
    model::InboxItems items;
    COHORT_TRY(person, personOf(connection, who));
    items.participant = person;
    COHORT_TRY(alerts, inbox.alerts());
    items.alerts = std::move(alerts);
    COHORT_TRY(messages, inbox.messages());
    items.messages = std::move(messages);
    COHORT_TRY(fresh, inbox.markDelivered());
    for (const MessageId message : fresh)
        context.services.bus.publish(bus::MessageChanged{message, who.deployment, who.id});
    return model::toJson(items);
}

} // namespace cohort::api

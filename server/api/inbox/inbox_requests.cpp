#include "server/api/inbox/inbox_requests.h"

#include "server/actions/answers.h"
#include "server/api/dispatch/caller.h"
#include "server/api/dispatch/secrets.h"
#include "server/store/postgres/json_view.h"
#include "server/store/repositories/command_repository.h"
#include "server/store/sql_names.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::Sql;

namespace {

Result<QString> needText(const InboxRequest& request, QLatin1StringView name, int most)
{
    const auto value = request.body.value(name);
    if (value.isUndefined())
        return fail(ErrorCode::MissingValue, u"'%1'"_s.arg(name));
    const QString text = value.toString();
    if (!value.isString() || text.isEmpty() || text.size() > most || text.contains(QChar(0)))
        return fail(ErrorCode::WrongValue, u"'%1' must be a text of 1 to %2 characters"_s.arg(name).arg(most));
    return text;
}

Result<qint64> needId(const InboxRequest& request, QLatin1StringView name)
{
    const auto value = request.body.value(name);
    if (value.isUndefined())
        return fail(ErrorCode::MissingValue, u"'%1'"_s.arg(name));
    if (value.toInteger() < 1)
        return fail(ErrorCode::WrongValue, u"'%1' must be an id"_s.arg(name));
    return value.toInteger();
}

Result<store::ParticipantRow> needParticipant(store::Connection& connection, const InboxRequest& request)
{
    if (request.token.isEmpty())
        return fail(ErrorCode::NotSignedIn);
    COHORT_TRY(found, store::ParticipantRepository(connection).session(sha256(request.token)));
    if (!found)
        return fail(ErrorCode::NotSignedIn);
    return *found;
}

QJsonObject sessionJson(const CallerSession& session)
{
    return {{u"token"_s, session.token}, {u"expires"_s, QString::fromStdString(toIso(session.expires))}};
}

Result<QJsonObject> enrol(store::Connection& connection, const ApiContext&, const InboxRequest& request)
{
    Enrolment wanted;
    COHORT_TRY(code, needText(request, "code"_L1, 40));
    COHORT_TRY(username, needText(request, "username"_L1, 100));
    COHORT_TRY(password, needText(request, "password"_L1, 200));
    wanted.code = code;
    wanted.username = username.trimmed();
    wanted.password = password;
    const QString language = request.body.value("language"_L1).toString();
    if (language == u"en"_s || language == u"de"_s)
        wanted.language = language;
    COHORT_TRY(session, enrolParticipant(connection, wanted, request.address));
    return sessionJson(session);
}

Result<QJsonObject> signIn(store::Connection& connection, const ApiContext&, const InboxRequest& request)
{
    COHORT_TRY(username, needText(request, "username"_L1, 100));
    COHORT_TRY(password, needText(request, "password"_L1, 200));
    COHORT_TRY(session,
               signInCaller(connection, username.trimmed(), password, request.address, SignInBy::ParticipantsOnly));
    return sessionJson(session);
}

Result<QJsonObject> signOut(store::Connection& connection, const ApiContext&, const InboxRequest& request)
{
    if (!request.token.isEmpty())
        COHORT_CHECK(store::ParticipantRepository(connection).endSession(sha256(request.token)));
    return QJsonObject{};
}

Result<void> note(store::Connection& connection, const InboxRequest& request, const store::ParticipantRow& who,
                  const QString& action, const QString& object)
{
    return store::writeAudit(connection, {.actor = u"participant:%1"_s.arg(who.id.value),
                                          .action = action,
                                          .deployment = who.deployment,
                                          .object = object,
                                          .address = request.address,
                                          .detail = {}});
}

actions::Actor actorOf(const store::ParticipantRow& who)
{
    return {.operatorId = {}, .participant = who.id};
}

Result<QJsonObject> act(store::Connection& connection, const ApiContext& context, const InboxRequest& request)
{
    COHORT_TRY(who, needParticipant(connection, request));
    COHORT_TRY(alert, needId(request, "alert"_L1));
    COHORT_TRY(action, needId(request, "action"_L1));
    COHORT_TRY(command, actions::Answers(connection, context.services.bus).act(AlertId{alert}, action, actorOf(who)));
    COHORT_CHECK(note(connection, request, who, u"alert.act"_s, u"alert:%1"_s.arg(alert)));
    return QJsonObject{{u"command"_s, static_cast<qint64>(command.value)}};
}

Result<QJsonObject> dismiss(store::Connection& connection, const ApiContext& context, const InboxRequest& request)
{
    COHORT_TRY(who, needParticipant(connection, request));
    COHORT_TRY(alert, needId(request, "alert"_L1));
    COHORT_CHECK(actions::Answers(connection, context.services.bus).dismiss(AlertId{alert}, actorOf(who)));
    COHORT_CHECK(note(connection, request, who, u"alert.dismiss"_s, u"alert:%1"_s.arg(alert)));
    return QJsonObject{};
}

Result<QJsonObject> takeCare(store::Connection& connection, const ApiContext& context, const InboxRequest& request)
{
    COHORT_TRY(who, needParticipant(connection, request));
    COHORT_TRY(alert, needId(request, "alert"_L1));
    COHORT_CHECK(actions::Answers(connection, context.services.bus).acknowledge(AlertId{alert}, actorOf(who)));
    COHORT_CHECK(note(connection, request, who, u"alert.acknowledge"_s, u"alert:%1"_s.arg(alert)));
    return QJsonObject{};
}

Result<QJsonObject> read(store::Connection& connection, const ApiContext& context, const InboxRequest& request)
{
    COHORT_TRY(who, needParticipant(connection, request));
    COHORT_TRY(message, needId(request, "message"_L1));
    COHORT_CHECK(actions::Answers(connection, context.services.bus).read(MessageId{message}, who.id));
    return QJsonObject{};
}

Result<QJsonObject> answer(store::Connection& connection, const ApiContext& context, const InboxRequest& request)
{
    COHORT_TRY(who, needParticipant(connection, request));
    COHORT_TRY(message, needId(request, "message"_L1));
    const auto value = request.body.value("answer"_L1);
    if (value.isUndefined())
        return fail(ErrorCode::MissingValue, u"'answer'"_s);
    COHORT_CHECK(actions::Answers(connection, context.services.bus).answer(MessageId{message}, who.id, value));
    COHORT_CHECK(note(connection, request, who, u"question.answer"_s, u"message:%1"_s.arg(message)));
    return QJsonObject{};
}

Result<QJsonObject> write(store::Connection& connection, const ApiContext& context, const InboxRequest& request)
{
    COHORT_TRY(who, needParticipant(connection, request));
    COHORT_TRY(text, needText(request, "text"_L1, 2'000));
    COHORT_TRY(message, actions::Answers(connection, context.services.bus).write(who.id, text));
    COHORT_CHECK(note(connection, request, who, u"message.write"_s, u"message:%1"_s.arg(message.value)));
    return QJsonObject{{u"message"_s, static_cast<qint64>(message.value)}};
}

constexpr InboxRow InboxRows[] = {
    {"/inbox/enrol", &enrol, true}, {"/inbox/signIn", &signIn, true}, {"/inbox/signOut", &signOut},
    {"/inbox/act", &act},           {"/inbox/dismiss", &dismiss},     {"/inbox/takeCare", &takeCare},
    {"/inbox/read", &read},         {"/inbox/answer", &answer},       {"/inbox/write", &write},
};

// The newest command of each alert in the place of its id.
Result<QJsonArray> withCommand(store::Connection& connection, const QJsonArray& alerts)
{
    QList<CommandId> ids;
    for (const auto& alert : alerts)
        if (const auto id = alert.toObject().value("commandId"_L1); id.isDouble())
            ids.append(CommandId{id.toInteger()});
    COHORT_TRY(commands, store::CommandRepository(connection).find(ids));
    QJsonArray complete;
    for (const auto& item : alerts) {
        QJsonObject alert = item.toObject();
        const auto id = alert.take("commandId"_L1).toInteger();
        QJsonValue shown;
        for (const auto& command : commands)
            if (command.id.value == id)
                shown = QJsonObject{{u"state"_s, model::textOf(command.life.state)},
                                    {u"sent"_s, command.life.sentAt.has_value()}};
        alert.insert(u"command"_s, shown);
        complete.append(alert);
    }
    return complete;
}

Result<void> markDelivered(store::Connection& connection, const ApiContext& context, const store::ParticipantRow& who)
{
    COHORT_TRY(messages, connection.query(Sql::InboxMarkMessages, {{"participant", store::bound(who.id)}}));
    COHORT_CHECK(connection.query(Sql::InboxMarkAlerts, {{"participant", store::bound(who.id)}}));
    for (const auto& row : messages)
        context.services.bus.publish(bus::MessageChanged{row.id<MessageId>("id"), who.deployment, who.id});
    return {};
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
    COHORT_TRY(alerts, store::viewItems(connection, Sql::InboxAlerts, {{"participant", store::bound(who.id)}}));
    COHORT_TRY(complete, withCommand(connection, alerts));
    COHORT_TRY(messages, store::viewItems(connection, Sql::InboxMessages, {{"participant", store::bound(who.id)}}));
    COHORT_TRY(places, store::ParticipantRepository(connection).places(who.id));
    COHORT_CHECK(markDelivered(connection, context, who));
    QJsonArray locations;
    for (const auto& place : places)
        locations.append(place.name);
    return QJsonObject{{u"participant"_s,
                        QJsonObject{{u"code"_s, who.code}, {u"language"_s, who.language}, {u"locations"_s, locations}}},
                       {u"alerts"_s, complete},
                       {u"messages"_s, messages}};
}

} // namespace cohort::api

#include "console/net/alert.h"

namespace cohort::console {

using namespace Qt::StringLiterals;

AlertAction AlertAction::fromJson(const QJsonObject& object)
{
    return {json::number(object, "id"_L1), json::text(object, "key"_L1), json::text(object, "text"_L1),
            json::text(object, "deviceKey"_L1)};
}

AlertAnswer AlertAnswer::fromJson(const QJsonObject& object)
{
    return {json::time(object, "at"_L1),
            json::text(object, "actor"_L1),
            json::text(object, "answer"_L1),
            json::number(object, "action"_L1),
            {},
            json::text(object, "comment"_L1)};
}

AlertRecipient AlertRecipient::fromJson(const QJsonObject& object)
{
    return {json::text(object, "code"_L1), json::time(object, "dueAt"_L1), json::time(object, "deliveredAt"_L1)};
}

Alert Alert::fromJson(const QJsonObject& object)
{
    Alert alert;
    alert.id = json::id<AlertId>(object, "id"_L1);
    alert.deployment = json::id<DeploymentId>(object, "deployment"_L1);
    alert.location = json::id<LocationId>(object, "location"_L1);
    alert.script = json::id<ScriptId>(object, "script"_L1);
    alert.locationName = json::text(object, "locationName"_L1);
    alert.source = json::text(object, "source"_L1);
    alert.scriptName = json::text(object, "scriptName"_L1);
    alert.deviceKey = json::text(object, "deviceKey"_L1);
    alert.key = json::text(object, "key"_L1);
    alert.severity = json::text(object, "severity"_L1);
    alert.text = json::text(object, "text"_L1);
    alert.state = json::text(object, "state"_L1);
    alert.stateBy = json::text(object, "stateBy"_L1);
    alert.at = json::time(object, "at"_L1);
    alert.createdAt = json::time(object, "createdAt"_L1);
    alert.stateAt = json::time(object, "stateAt"_L1);
    alert.snoozedUntil = json::time(object, "snoozedUntil"_L1);
    alert.actions = json::list<AlertAction>(object, "actions"_L1);
    alert.recipients = json::list<AlertRecipient>(object, "recipients"_L1);
    alert.answers = json::list<AlertAnswer>(object, "answers"_L1);
    alert.commands = json::list<Command>(object, "commands"_L1);
    for (AlertAnswer& answer : alert.answers) {
        for (const AlertAction& action : std::as_const(alert.actions)) {
            if (action.id == answer.actionId)
                answer.action = action.text;
        }
    }
    return alert;
}

Message Message::fromJson(const QJsonObject& object)
{
    Message message;
    message.id = json::id<MessageId>(object, "id"_L1);
    message.participant = json::id<ParticipantId>(object, "participant"_L1);
    message.direction = json::text(object, "direction"_L1);
    message.kind = json::text(object, "kind"_L1);
    message.text = json::text(object, "text"_L1);
    message.author = json::text(object, "author"_L1);
    message.state = json::text(object, "state"_L1);
    const QJsonObject question = json::object(object, "question"_L1);
    message.questionType = json::text(question, "type"_L1);
    for (const QJsonValue& choice : question.value("choices"_L1).toArray())
        message.choices.append(json::text(choice.toObject(), "text"_L1));
    message.answer = json::text(json::object(object, "answer"_L1), "text"_L1);
    message.createdAt = json::time(object, "createdAt"_L1);
    message.deliveredAt = json::time(object, "deliveredAt"_L1);
    message.readAt = json::time(object, "readAt"_L1);
    message.answeredAt = json::time(object, "answeredAt"_L1);
    return message;
}

Conversation Conversation::fromJson(const QJsonObject& object)
{
    return {json::id<ParticipantId>(object, "participant"_L1),
            json::text(object, "code"_L1),
            json::text(object, "name"_L1),
            json::text(object, "lastText"_L1),
            json::time(object, "lastAt"_L1),
            json::count(object, "unread"_L1),
            json::count(object, "openQuestions"_L1)};
}

QFuture<Result<Listing<Alert>>> alerts::list(RpcClient& client, DeploymentId deployment, LocationId location,
                                             const QString& state, AlertId after)
{
    QJsonObject parameters{{u"state"_s, state}, {u"limit"_s, 200}};
    if (deployment)
        parameters.insert("deployment"_L1, json::ofId(deployment));
    if (location)
        parameters.insert("location"_L1, json::ofId(location));
    if (after)
        parameters.insert("after"_L1, json::ofId(after));
    return callForList<Alert>(client, "alert.list"_L1, parameters);
}

QFuture<Result<Alert>> alerts::acknowledge(RpcClient& client, AlertId id, int snoozeMinutes)
{
    QJsonObject parameters{{u"id"_s, json::ofId(id)}};
    if (snoozeMinutes > 0)
        parameters.insert("snoozeMinutes"_L1, snoozeMinutes);
    return callFor<Alert>(client, "alert.acknowledge"_L1, parameters);
}

QFuture<Result<Alert>> alerts::resolve(RpcClient& client, AlertId id)
{
    return callFor<Alert>(client, "alert.resolve"_L1, {{u"id"_s, json::ofId(id)}});
}

QFuture<Result<Alert>> alerts::dismiss(RpcClient& client, AlertId id)
{
    return callFor<Alert>(client, "alert.dismiss"_L1, {{u"id"_s, json::ofId(id)}});
}

QFuture<Result<Alert>> alerts::comment(RpcClient& client, AlertId id, const QString& text)
{
    return callFor<Alert>(client, "alert.comment"_L1, {{u"id"_s, json::ofId(id)}, {u"comment"_s, text}});
}

QFuture<Result<Alert>> alerts::act(RpcClient& client, AlertId id, qint64 action)
{
    return callFor<Alert>(client, "alert.act"_L1, {{u"id"_s, json::ofId(id)}, {u"action"_s, action}});
}

QFuture<Result<Listing<Message>>> messages::list(RpcClient& client, ParticipantId participant, MessageId after)
{
    QJsonObject parameters{{u"participant"_s, json::ofId(participant)}, {u"limit"_s, 1000}};
    if (after)
        parameters.insert("after"_L1, json::ofId(after));
    return callForList<Message>(client, "message.list"_L1, parameters);
}

QFuture<Result<Listing<Conversation>>> messages::conversations(RpcClient& client, DeploymentId deployment)
{
    return callForList<Conversation>(client, "message.conversations"_L1, {{u"deployment"_s, json::ofId(deployment)}});
}

QFuture<Result<Message>> messages::send(RpcClient& client, ParticipantId participant, const QString& text)
{
    return callFor<Message>(client, "message.send"_L1,
                            {{u"participant"_s, json::ofId(participant)}, {u"text"_s, text}});
}

QFuture<Result<Message>> messages::ask(RpcClient& client, const NewQuestion& question)
{
    QJsonObject parameters{
        {u"participant"_s, json::ofId(question.participant)}, {u"text"_s, question.text}, {u"type"_s, question.type}};
    if (!question.choices.isEmpty())
        parameters.insert("choices"_L1, QJsonArray::fromStringList(question.choices));
    return callFor<Message>(client, "question.ask"_L1, parameters);
}

} // namespace cohort::console

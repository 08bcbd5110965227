// Alerts and messages as the server tells them, and the calls about them.
// Thread: values; calls from the GUI. Owner: models. Flow: alert.*, message.*, question.* → here → models.
#pragma once

#include "console/net/device.h"

namespace cohort::console {

struct AlertAction
{
    qint64 id = 0;
    QString key, text, deviceKey;

    static AlertAction fromJson(const QJsonObject& object);
};

struct AlertAnswer
{
    QDateTime at;
    QString actor, answer;
    qint64 actionId = 0;
    QString action; // its text
    QString comment;

    static AlertAnswer fromJson(const QJsonObject& object);
};

struct AlertRecipient
{
    QString code;
    QDateTime dueAt, deliveredAt;

    static AlertRecipient fromJson(const QJsonObject& object);
};

struct Alert
{
    AlertId id;
    DeploymentId deployment;
    LocationId location;
    ScriptId script;
    QString locationName, source, scriptName, deviceKey, key, severity, text, state, stateBy;
    QDateTime at, createdAt, stateAt, snoozedUntil;
    QList<AlertAction> actions;
    QList<AlertRecipient> recipients;
    QList<AlertAnswer> answers;
    QList<Command> commands;

    static Alert fromJson(const QJsonObject& object);
    bool isOpen() const { return state == QLatin1StringView("open") || state == QLatin1StringView("acknowledged"); }
};

struct Message
{
    MessageId id;
    ParticipantId participant;
    QString direction, kind, text, author, state, answer, questionType;
    QStringList choices;
    QDateTime createdAt, deliveredAt, readAt, answeredAt;

    static Message fromJson(const QJsonObject& object);
    bool isQuestion() const { return kind == QLatin1StringView("question"); }
    bool isFromParticipant() const { return direction == QLatin1StringView("from-participant"); }
};

struct Conversation
{
    ParticipantId participant;
    QString code, name, lastText;
    QDateTime lastAt;
    int unread = 0, openQuestions = 0;

    static Conversation fromJson(const QJsonObject& object);
    QString label() const { return name.isEmpty() ? code : name; }
};

struct NewQuestion
{
    ParticipantId participant;
    QString text, type;
    QStringList choices;
};

namespace alerts {

QFuture<Result<Listing<Alert>>> list(RpcClient& client, DeploymentId deployment, LocationId location,
                                     const QString& state, AlertId after);
QFuture<Result<Alert>> acknowledge(RpcClient& client, AlertId id, int snoozeMinutes);
QFuture<Result<Alert>> resolve(RpcClient& client, AlertId id);
QFuture<Result<Alert>> dismiss(RpcClient& client, AlertId id);
QFuture<Result<Alert>> comment(RpcClient& client, AlertId id, const QString& text);
QFuture<Result<Alert>> act(RpcClient& client, AlertId id, qint64 action);

} // namespace alerts

namespace messages {

// Oldest first, those after `after`.
QFuture<Result<Listing<Message>>> list(RpcClient& client, ParticipantId participant, MessageId after);
QFuture<Result<Listing<Conversation>>> conversations(RpcClient& client, DeploymentId deployment);
QFuture<Result<Message>> send(RpcClient& client, ParticipantId participant, const QString& text);
QFuture<Result<Message>> ask(RpcClient& client, const NewQuestion& question);

} // namespace messages

} // namespace cohort::console

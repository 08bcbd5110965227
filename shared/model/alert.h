// Alerts: what wants attention, with the actions offered. Thread: values. Owner: whoever holds them.
// Flow: alert, alert_action, alert_recipient, alert_answer ⇄ repositories ⇄ wire ⇄ console. Source: study.md,
// "Alerts".
#pragma once

#include "shared/model/command.h"

#include <QMap>

namespace cohort::model {

enum class AlertSource : std::uint8_t { Script, Device };
constexpr auto enumNames(AlertSource)
{
    return std::array{"script", "device"};
}
enum class Severity : std::uint8_t { Low, Normal, Urgent };
constexpr auto enumNames(Severity)
{
    return std::array{"low", "normal", "urgent"};
}
enum class AlertState : std::uint8_t { Open, Acknowledged, Resolved, Dismissed };
constexpr auto enumNames(AlertState)
{
    return std::array{"open", "acknowledged", "resolved", "dismissed"};
}
constexpr bool isOpen(AlertState state)
{
    return state == AlertState::Open || state == AlertState::Acknowledged;
}
enum class AnswerKind : std::uint8_t { Act, Dismiss, Acknowledge, Resolve, Comment };
constexpr auto enumNames(AnswerKind)
{
    return std::array{"act", "dismiss", "acknowledge", "resolve", "comment"};
}

struct AlertAction
{
    qint64 id = 0;
    QString key;
    QString text;    // in the deployment's language
    DeviceId device; // none: it is an answer alone
    QString deviceKey;
    QList<CommandParameter> parameters;
    int deviceType = 0;
};
template <typename V, Of<AlertAction> T>
void fields(V& visit, T& action)
{
    visit("id", action.id, "The action, for alert.act.");
    visit("key", action.key, "The script's word for it.");
    visit("text", action.text, "What it says, in the deployment's language.");
    visit("device", action.device, "The device that it commands; null: it is an answer alone.", orNone());
    visit("deviceKey", action.deviceKey, "That device's own id; empty where there is none.");
    visit("parameters", action.parameters, "What it sets.");
    visit("deviceType", action.deviceType, "The number of that device's type, which says what may do harm.");
}

struct AlertRecipient
{
    ParticipantId participant;
    QString code;
    Timestamp dueAt;
    std::optional<Timestamp> deliveredAt;
};
template <typename V, Of<AlertRecipient> T>
void fields(V& visit, T& recipient)
{
    visit("participant", recipient.participant, "The person.");
    visit("code", recipient.code, "The person's pseudonym.");
    visit("dueAt", recipient.dueAt, "From when on the person sees it.");
    visit("deliveredAt", recipient.deliveredAt, "When the person's page fetched it, or null.");
}

struct AlertAnswer
{
    Timestamp at;
    QString actor; // operator:3, participant:4
    QString actorName;
    AnswerKind answer = AnswerKind::Comment;
    std::optional<qint64> action;
    QString comment;
};
template <typename V, Of<AlertAnswer> T>
void fields(V& visit, T& answer)
{
    visit("at", answer.at, "When.");
    visit("actor", answer.actor, "Who: operator:3, participant:4.");
    visit("actorName", answer.actorName, "The operator's name or the participant's code; empty where there is none.");
    visit("answer", answer.answer, "What was done.");
    visit("action", answer.action, "The action that was taken, or null.");
    visit("comment", answer.comment, "What was written; empty where nothing was.");
}

// What it is about and who raised it.
struct AlertOrigin
{
    DeploymentId deployment;
    LocationId location;
    QString locationName;
    QString timeZone; // the home's
    AlertSource source = AlertSource::Script;
    ScriptId script; // none: not from a script
    QString scriptName;
    RunId run;
    DeviceId device;
    QString deviceKey;
};
template <typename V, Of<AlertOrigin> T>
void fields(V& visit, T& origin)
{
    visit("deployment", origin.deployment, "The deployment.");
    visit("location", origin.location, "The home.");
    visit("locationName", origin.locationName, "That home's name.");
    visit("timeZone", origin.timeZone, "That home's IANA time zone, in which its times are told.");
    visit("source", origin.source, "What raised it.");
    visit("script", origin.script, "The script that raised it, or null.", orNone());
    visit("scriptName", origin.scriptName, "That script's name; empty where there is none.");
    visit("run", origin.run, "The run that raised it, or null.", orNone());
    visit("device", origin.device, "The device that it is about, or null.", orNone());
    visit("deviceKey", origin.deviceKey, "That device's own id; empty where there is none.");
}

struct AlertLife
{
    AlertState state = AlertState::Open;
    Timestamp at; // the home's time
    Timestamp createdAt;
    QString stateBy;
    std::optional<Timestamp> stateAt;
    std::optional<Timestamp> snoozedUntil;
};
template <typename V, Of<AlertLife> T>
void fields(V& visit, T& life)
{
    visit("state", life.state, "How far it is.");
    visit("at", life.at, "Since when it is so, by the home's clock.");
    visit("createdAt", life.createdAt, "When the server recorded it.");
    visit("stateBy", life.stateBy, "Who changed the state last; empty where nobody did.");
    visit("stateAt", life.stateAt, "When the state changed last, or null.");
    visit("snoozedUntil", life.snoozedUntil, "Until when it is put off, or null.");
}

struct Alert
{
    AlertId id;
    QString key; // the script's word for it
    Severity severity = Severity::Normal;
    QString text;                 // in the deployment's language
    QMap<QString, QString> texts; // by language
    AlertOrigin origin;
    AlertLife life;
    QList<AlertAction> actions;
    QList<AlertRecipient> recipients; // by when they are due
    QList<AlertAnswer> answers;       // the newest hundred, oldest first
    QList<Command> commands;          // newest first

    bool isOpen() const { return model::isOpen(life.state); }
};
template <typename V, Of<Alert> T>
void fields(V& visit, T& alert)
{
    visit("id", alert.id, "The alert.");
    visit("key", alert.key, "The script's word for it.");
    visit("severity", alert.severity, "How urgent it is.");
    visit("text", alert.text, "What it says, in the deployment's language.");
    visit("texts", alert.texts, "What it says, by language.");
    visit.flat(alert.origin);
    visit.flat(alert.life);
    visit("actions", alert.actions, "What can be done about it.");
    visit("recipients", alert.recipients, "Who is told, and when.");
    visit("answers", alert.answers, "What people did about it: the newest hundred, oldest first.");
    visit("commands", alert.commands, "The commands that its actions sent, newest first.");
}

// An alert and the command that taking one of its actions made; none of an action that is an answer alone.
struct ActedAlert
{
    Alert alert;
    std::optional<Command> command;
};
template <typename V, Of<ActedAlert> T>
void fields(V& visit, T& acted)
{
    visit.flat(acted.alert);
    visit("command", acted.command, "The command that was made; null where the action is an answer alone.");
}

} // namespace cohort::model

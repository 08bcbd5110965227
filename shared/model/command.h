// Commands to devices. Thread: values. Owner: whoever holds them.
// Flow: command ⇄ repositories ⇄ wire ⇄ console. Source: device-protocol.md, "The channel for commands".
#pragma once

#include "shared/base/value.h"
#include "shared/model/place.h"

#include <QJsonValue>

namespace cohort::model {

enum class CommandState : std::uint8_t { Queued, Sent, Received, Executed, Failed, Expired, Cancelled, Superseded };
constexpr auto enumNames(CommandState)
{
    return std::array{"queued", "sent", "received", "executed", "failed", "expired", "cancelled", "superseded"};
}

// One parameter that a command sets.
struct CommandParameter
{
    QString name;
    std::optional<QString> index;
    QJsonValue value; // a number, a text or a truth value
};
template <typename V, Of<CommandParameter> T>
void fields(V& visit, T& parameter)
{
    visit("name", parameter.name, "The parameter.", characters(1, 200));
    visit("index", parameter.index, "Which of several of this name, as it posts it.");
    visit("value", parameter.value, "What it is set to.");
}

struct CommandLife
{
    CommandState state = CommandState::Queued;
    Timestamp createdAt;
    Timestamp expiresAt;
    std::optional<Timestamp> sentAt;
    std::optional<Timestamp> receivedAt;
    std::optional<Timestamp> finishedAt;
    std::optional<int> result;     // as the device answered
    std::optional<int> lateResult; // what it answered after the end
};
template <typename V, Of<CommandLife> T>
void fields(V& visit, T& life)
{
    visit("state", life.state, "How far it is.");
    visit("createdAt", life.createdAt, "When it was asked for.");
    visit("expiresAt", life.expiresAt, "Until when it may go out.");
    visit("sentAt", life.sentAt, "When it was written to the device's channel, or null.");
    visit("receivedAt", life.receivedAt, "When the device said that it has it, or null.");
    visit("finishedAt", life.finishedAt, "When it ended, or null.");
    visit("result", life.result, "What the device answered, or null: 1 executed; see the device protocol.");
    visit("lateResult", life.lateResult, "What the device answered after the end, or null.");
}

struct Command
{
    CommandId id;
    DeviceId device;
    QString deviceKey;
    LocationId location;
    int type = 0; // 0 set, 1 delete, 4 discover
    QList<CommandParameter> parameters;
    QString requestedBy; // operator:3, participant:4, script:5
    QString comment;
    AlertId alert; // none: not from an alert's action
    CommandLife life;

    bool isFinished() const { return life.finishedAt.has_value(); }
};
template <typename V, Of<Command> T>
void fields(V& visit, T& command)
{
    visit("id", command.id, "The command.");
    visit("device", command.device, "The device that it goes to.");
    visit("deviceKey", command.deviceKey, "That device's own id.");
    visit("location", command.location, "The home of the device.");
    visit("type", command.type, "0 set, 1 delete, 4 discover.");
    visit("parameters", command.parameters, "What it sets.");
    visit("requestedBy", command.requestedBy, "Who asked for it: operator:3, participant:4, script:5.");
    visit("comment", command.comment, "What the operator noted; empty where nothing was.");
    visit("alert", command.alert, "The alert whose action it is, or null.", orNone());
    visit.flat(command.life);
}

} // namespace cohort::model

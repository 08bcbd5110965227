// What people do with alerts and messages. Each call is one transaction, tells the bus after its commit, and becomes an
// event row through the dispatcher (within a second, also after a crash in between).
// Thread: the connection's. Owner: the caller, for one call or for long. Flow: api → here → rows → bus.
// Source: study.md, "Alerts", "Messages", "Questions".
#pragma once

#include "server/bus/bus.h"
#include "server/store/postgres/connection.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"

#include <QJsonValue>
#include <QString>

#include <optional>

namespace cohort::actions {

// Who answers. A participant may answer what was given to him or her only (else NotFound); what an operator may do
// the caller has checked.
struct Actor
{
    OperatorId operatorId;
    ParticipantId participant;

    QString text() const; // operator:3, participant:7
};

class Answers
{
public:
    Answers(store::Connection& connection, bus::Bus& bus);

    // Takes the action `action` (alert_action.id): makes its command and acknowledges the alert, which opens again when the
    // command was not carried out. Taken again while that command is under way, it returns the same command. One without a
    // device is an answer alone: no command, and taken again while it stands nothing more.
    // Errors: NotFound, Conflict (the alert is closed).
    Result<CommandId> act(AlertId alert, qint64 action, const Actor& actor);
    // Ends the alert without an action. Errors: NotFound, Conflict.
    Result<void> dismiss(AlertId alert, const Actor& actor, const QString& comment = {});
    // "I take care of it": nobody else is told; with a snooze it opens again after that time (1 minute to 7 days).
    Result<void> acknowledge(AlertId alert, const Actor& actor, std::optional<Milliseconds> snooze = {});
    Result<void> resolve(AlertId alert, const Actor& actor);
    // A note at the alert, whatever its state; 1 to 2,000 characters.
    Result<void> comment(AlertId alert, const Actor& actor, const QString& comment);

    // Marks messages to this participant as read; again changes nothing, others' are left. Errors: NotFound (none is his or
    // hers).
    Result<void> read(const QList<MessageId>& messages, ParticipantId participant);
    // Answers a question; the value must fit its type. Errors: NotFound, WrongValue, Conflict (answered already).
    Result<void> answer(MessageId message, ParticipantId participant, const QJsonValue& value);
    // A message from the participant; 1 to 4,000 characters. `once`: what its writer calls it, the same again is the same
    // message. Errors: WrongValue, TooOften (over 30 in 10 minutes).
    Result<MessageId> write(ParticipantId participant, const QString& text, MessageId replyTo = {},
                            const QString& once = {});

private:
    store::Connection& m_connection;
    bus::Bus& m_bus;
};

} // namespace cohort::actions

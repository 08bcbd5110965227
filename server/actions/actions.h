// Recording what is to be done: alerts, commands, messages. Delivering is the dispatcher's.
// Thread: the connection's. Owner: none. Flow: composer, api → record… inside the caller's transaction → rows; after
// the commit the caller publishes AlertChanged, CommandChanged, MessageChanged. Source: study.md; composer.md, effects.
#pragma once

#include "server/bus/notice.h"
#include "server/store/repositories/alert_repository.h"
#include "shared/base/ids.h"
#include "shared/base/limits.h"
#include "shared/base/result.h"
#include "shared/base/time.h"
#include "shared/model/message.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace cohort::actions {

// Everybody who has `role` at the location, `after` the moment of recording; within a role in the order of calling.
struct RoleRecipient
{
    std::string role; // resident, caregiver, supporter, student
    Milliseconds after{0};
};

// One button of an alert.
struct NewAlertAction
{
    std::string key;
    QJsonObject texts;     // language → text
    DeviceId device;       // none: it is an answer alone, as "I am fine"
    QJsonArray parameters; // [{"name","index","value"}]; of a device only
};

struct NewAlert : store::AlertRecord
{
    std::vector<RoleRecipient> recipients;
    std::vector<NewAlertAction> actions; // at most ActionsMost
    std::optional<int> ownWordsPerHour =
        {}; // it is told by Cohort, not by the script: so many of its key, within no budget
};

struct NewCommand
{
    DeploymentId deployment;
    LocationId location;
    DeviceId device;
    int type = 0;
    QJsonArray parameters;                 // [{"name","index","value"}], at most 50
    Milliseconds expires{CommandExpiryMs}; // at most CommandExpiryMostMs
    QString requestedBy;                   // operator:3, participant:7, script:5
    QString comment;
    AlertId alert;
    EffectId effect;
    std::optional<int> deviceType; // where it is known; else it is looked up
};

struct NewChoice
{
    QString key;
    QJsonObject texts; // language → text
};

struct NewQuestion
{
    model::QuestionType type = model::QuestionType::YesNo;
    std::vector<NewChoice> choices; // of one-of: 1 to 20
};

struct NewMessage
{
    DeploymentId deployment;
    LocationId location;                     // where the roles are; may be none with `participants`
    std::vector<RoleRecipient> recipients;   // either these
    std::vector<ParticipantId> participants; // or these
    QJsonObject texts; // language → text; each gets it in the own language, else English, else any
    QString author;    // operator:3, script:5
    std::optional<NewQuestion> question;
    std::string key;
    EffectId effect;
};

// The alert that was made; nothing: one of this cause is open already, or it was held back.
struct RecordedAlert : std::optional<AlertId>
{
    using std::optional<AlertId>::optional;
    QString heldBack; // why it was, else empty: mark the effect `refused`
};

// The command that was made; both are to be told of after the commit.
struct RecordedCommand : CommandId
{
    CommandId superseded; // an older one whose place it took at the gateway's bound; mostly none
};

// One message per participant; none when nobody has such a role.
struct RecordedMessages : std::vector<MessageId>
{
    QString heldBack; // why one at least was, else empty
};

// Each is idempotent by `effect` (the same effect gives the same rows again) and must run inside a transaction.
// What a script (`effect`) sends over its budgets an hour is held back; a person's commands and messages have none.
// Errors: WrongValue, NoSuchDevice (not of this location, or retired), TooOften (a script's command, with the reason),
// TooManyCommands (with the way out), those of Connection.
// An action whose device has left the home is left out: the alert counts.
Result<RecordedAlert> recordAlert(store::Connection& connection, const NewAlert& alert);
// Resolves the open alerts of this cause; returns those that were open.
Result<std::vector<AlertId>> resolveAlert(store::Connection& connection, LocationId location, ScriptId script,
                                          const std::string& key, const QString& by);
// What the device's type does not allow is refused (WrongValue) with what it does.
// At a gateway with OpenCommandsMost open commands it takes the place of the oldest of the same device and parameters.
Result<RecordedCommand> recordCommand(store::Connection& connection, const NewCommand& command);
// What the dispatchers and consoles are to hear of it.
std::vector<bus::CommandChanged> changesOf(const RecordedCommand& made, DeploymentId deployment, LocationId location);
Result<RecordedMessages> recordMessage(store::Connection& connection, const NewMessage& message);

} // namespace cohort::actions

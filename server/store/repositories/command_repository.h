// Commands to devices, from the request to their end.
// Thread: the connection's. Owner: whoever needs it. Flow: actions, api ⇄ here ⇄ command. A device's answers are applied by
// the committer (Sql::CommandApplyResponse).
#pragma once

#include "server/store/postgres/row_reader.h"
#include "shared/model/command.h"
#include "shared/model/page.h"

#include <QJsonArray>

#include <optional>
#include <string>
#include <vector>

namespace cohort::store {

struct CommandRecord
{
    DeploymentId deployment;
    LocationId location;
    DeviceId device;
    int type = 0;
    QJsonArray parameters;
    Milliseconds expires{60'000};
    QString requestedBy;
    QString comment;
    AlertId alert;
    EffectId effect;
};

// What became of a new command. None made: no such device in this home, or its effect has made one before; or the gateway is full.
struct CommandMade
{
    std::optional<CommandId> id;
    std::optional<CommandId> superseded; // an older one of the same device and parameters, whose place it took
    bool isFull = false;                 // the gateway has OpenCommandsMost open, and none of them could make room
};

// One that waits to be sent, or for word that it was received.
struct OpenCommand
{
    CommandId id;
    DeploymentId deployment;
    LocationId location;
    DeviceId gateway; // that the device is behind; itself where it is behind none
    DeviceId device;
    int type = 0;
    std::string deviceKey;
    std::string parameters; // JSON
    bool sent = false;
    Milliseconds wait{0}; // until it is to be sent (again)
    Milliseconds left{0}; // until it expires
};

// Where a command is, for those who are told of it.
struct CommandPlace
{
    CommandId id;
    DeploymentId deployment;
    LocationId location;
};

struct UnloggedCommand
{
    CommandId id;
    LocationId location;
    DeviceId device;
    ScriptId script; // whose command it is, or whose alert's
    model::CommandState state = model::CommandState::Executed;
    std::optional<int> result;
    Timestamp time;
    bool already = false; // the row is in the log, only the mark is missing
};

class CommandRepository
{
public:
    explicit CommandRepository(Connection& connection) : m_connection(connection) {}

    Result<std::optional<CommandId>> byEffect(EffectId effect);
    // Nothing: no such device in this home, or it is retired.
    Result<std::optional<int>> deviceType(LocationId location, DeviceId device);
    // How many commands a script may send in a home an hour, when it has before this effect; else nothing.
    Result<std::optional<qint64>> budgetUsedUp(DeploymentId deployment, LocationId location, const QString& requestedBy,
                                               EffectId effect);
    // At a gateway with OpenCommandsMost open commands it takes the oldest's place of which it sets all anew.
    Result<CommandMade> record(const CommandRecord& command);
    // Takes one back that has not ended. Nothing: it has.
    Result<std::optional<CommandPlace>> cancel(CommandId id);

    // The console's. Newest first; those of a home, older than `after`.
    Result<model::Page<model::Command>> list(LocationId location, CommandId after, int limit);
    // Errors: NotFound.
    Result<model::Command> find(CommandId id);
    // Those that are there, newest first.
    Result<QList<model::Command>> find(const QList<CommandId>& ids);
    // Those that the actions of these alerts made, newest first.
    Result<QList<model::Command>> ofAlerts(const QList<AlertId>& alerts);

    // The dispatcher's. In order of id; at most 100,000.
    Result<std::vector<OpenCommand>> open(Milliseconds resendAfter);
    Result<std::vector<OpenCommand>> open(Milliseconds resendAfter, const std::vector<CommandId>& ids);
    Result<std::vector<OpenCommand>> openMadeWithin(Milliseconds resendAfter, Milliseconds age);
    Result<std::vector<CommandPlace>> markSent(const std::vector<CommandId>& ids);
    Result<std::vector<CommandPlace>> expire();
    // What is open of devices that have just come behind another gateway, into another home (that ends it) or out of use
    // (that too); the dispatchers are to be told of each.
    Result<std::vector<CommandPlace>> followDevices(const std::vector<DeviceId>& devices);
    // What is open of scripts that are not set to run any more; of one script, or of all in one home.
    Result<std::vector<CommandPlace>> endUnplaced(ScriptId script, LocationId location);
    Result<std::vector<UnloggedCommand>> unlogged();
    Result<void> markLogged(const std::vector<qint64>& ids);

private:
    Result<CommandMade> recordCrowded(const CommandRecord& command);
    Result<std::vector<OpenCommand>> readOpen(const QVariant& ids, const QVariant& sinceMs, Milliseconds resendAfter);
    Result<std::vector<CommandPlace>> places(Sql statement, const Binds& binds);

    Connection& m_connection;
};

} // namespace cohort::store

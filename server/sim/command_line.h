// What cohort-sim can be told, from one table: one option of one name for all commands that take it.
// Thread: pure functions. Owner: main. Flow: arguments → Command → the command's own options.
#pragma once

#include "server/sim/homes.h"
#include "server/sim/load.h"
#include "server/sim/recording.h"
#include "server/sim/replay.h"

#include <QStringList>

namespace cohort::sim {

struct LoadFiles
{
    LoadOptions options; // without devices
    QString devicesFile; // lines id,token
};

struct Command
{
    enum class What { Homes, Record, Replay, Load, Help, Version };
    What what = What::Help;
    QString helpOf; // whose help is asked for; none of the commands: all

    ServerAddress server; // homes, replay: whom to sign in to, as whom
    QString user;
    QString passwordFile;

    HomesOptions homes; // of these four the one that `what` names
    RecordOptions record;
    ReplayOptions replay;
    LoadFiles load;
};

// `arguments` without the program's name. Errors: WrongValue, MissingValue naming the option.
Result<Command> parseCommand(const QStringList& arguments);
// What --help prints: of one command, or of all.
QString helpText(const QString& command = {});
// The password's first line: of the file, or where it has no name the variable COHORT_PASSWORD. Errors: MissingValue,
// WrongValue.
Result<QString> readPassword(const QString& path);

} // namespace cohort::sim

// The command line of cohort-script.
// Thread: pure functions. Owner: main. Flow: arguments → ScriptOptions.
// Source: architecture.md, "Processes".
#pragma once

#include "server/worker/host/worker_process.h"

#include <QStringList>

namespace cohort::worker {

struct ScriptOptions
{
    enum class What { Check, Run, Help, Version };
    What what = What::Help;
    What helpOf = What::Help; // whose help is asked for; Help: all of it
    QStringList files;        // of run: one
    QString devices, data, timeZone;
    QStringList parameters;
    bool json = false;
    bool verbose = false;
    WorkerOptions worker;
};

// What --help prints: of one command, or of both.
QString usage(ScriptOptions::What command = ScriptOptions::What::Help);
// `arguments` without the program's name. Errors: WrongValue with what is wrong.
Result<ScriptOptions> parseOptions(const QStringList& given);

} // namespace cohort::worker

// What errors and kills lead to: who is a suspect, when a script is paused in a home.
// Thread: pure functions on values. Owner: nobody. Flow: ended worker, finished run → here → lane, status.
// Source: composer.md, "Limits" and "Where it runs".
#pragma once

#include "server/engine/model.h"
#include "server/worker/host/worker_process.h"
#include "shared/model/script.h"

#include <QString>

namespace cohort::composer {

constexpr int MostKillsInRow = 3;
constexpr int MostErrorsInRow = 20;

// How a script does in one home.
struct Trouble
{
    model::InstanceStatus status = model::InstanceStatus::Running; // or PausedByErrors
    QString detail;                                                // while it runs: the first of the errors in a row
    int errorsInRow = 0;
    int killsInRow = 0;
    bool suspect = false; // runs alone until a run of it came through
    QString loop = {};    // how its facts or signals follow each other for ever: pauses it when nothing of it is out

    bool runs() const { return status == model::InstanceStatus::Running; }
    bool operator==(const Trouble&) const = default;
};

// Counts a finished run; true when it pauses the script in this home now.
bool countRun(Trouble& trouble, const engine::RunResult& result);
// Pauses a script whose facts or signals follow each other for ever; true when it does so now.
bool endLoop(Trouble& trouble);
// The result of a run that a worker did not survive.
// With what the run had logged.
engine::RunResult killedResult(const engine::Run& run, const worker::Ended& ended);
// Whether this end says something about the run at work (not: we stopped the worker).
bool makesSuspect(worker::EndReason reason);

} // namespace cohort::composer

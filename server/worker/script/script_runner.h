// `cohort-script run`: one script over one home's rows, in a sandboxed worker, with the engine that Composer
// has. Thread: main, with an event loop. Owner: main. Flow: rows → Instance → worker → effects →
// EffectPrinter. Source: composer.md; architecture.md, "Processes".
#pragma once

#include "server/worker/host/worker_process.h"
#include "server/worker/script/home_files.h"
#include "server/worker/script/script_source.h"

#include <QStringList>

#include <memory>

class QTextStream;

namespace cohort::worker {

struct RunRequest
{
    ScriptSource script;
    engine::HomeInfo home; // with either clock; with `real` the last row's arrival is the end
    Rows rows;
    QStringList parameters; // name=value
    bool json = false;
    bool verbose = false; // what `because` said, too
};

class ScriptRunner
{
public:
    static constexpr int MostKills = 3; // then the script is given up, as Composer pauses it

    ScriptRunner(RunRequest request, WorkerOptions options, QTextStream& out, QTextStream& trouble);
    ~ScriptRunner();
    // Blocks until the last row is done. 0: every run went well; 1: a run failed, the script was refused or
    // the worker could not be used; 2: a parameter is wrong.
    int run();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace cohort::worker

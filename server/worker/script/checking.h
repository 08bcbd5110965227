// `cohort-script check`: each file in a worker of its own, which is thrown away after it.
// Thread: main, with an event loop. Owner: main. Flow: files → Check → Loaded → lines.
// Source: composer.md, "Check".
#pragma once

#include "server/worker/host/worker_process.h"

#include <QStringList>

class QTextStream;

namespace cohort::worker {

// One line a fault to `out`, other troubles to `trouble`; true when every file was accepted. Blocks.
bool checkScripts(const QStringList& files, const WorkerOptions& options, QTextStream& out, QTextStream& trouble);

} // namespace cohort::worker

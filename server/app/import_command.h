// `cohort-server import`: a file of history of any size into a home, beside a running server or without one.
// Thread: main. Owner: main. Flow: Options, file → importFrom → the database by a committer of its own, audit.
// Source: study.md, "Import".
#pragma once

#include "server/app/options.h"
#include "shared/base/time.h"

namespace cohort::app {

// Prints the report, and every line that was refused. The value: how many values were refused. Errors: in words for the
// terminal.
Result<qint64> importFile(const Options& options, const Clock& clock);

} // namespace cohort::app

// `cohort-server operator add` and `operator first-code`: from the command line, beside a running server or without one.
// Thread: main. Owner: main. Flow: Options, password from standard input → operator, operator_role, audit.
#pragma once

#include "server/app/options.h"

namespace cohort::app {

// Errors: in words for the terminal.
Result<void> addOperator(const Options& options);
// Prints a new one-time code for the first administrator; older ones end. Errors: Conflict where there is one already.
Result<void> firstCode(const Options& options);

} // namespace cohort::app

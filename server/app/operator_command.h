// `cohort-server operator add`: an operator from the command line, beside a running server or without one.
// Thread: main. Owner: main. Flow: Options, password from standard input → operator, operator_role, audit.
#pragma once

#include "server/app/options.h"

namespace cohort::app {

// Errors: in words for the terminal.
Result<void> addOperator(const Options& options);

} // namespace cohort::app

// All of one server: database, committer, roles, ports; started and stopped in the order of THREADS.md.
// Thread: main. Owner: main. Flow: Options → start() → event loop → stop().
#pragma once

#include "server/app/options.h"
#include "shared/base/result.h"

#include <memory>

namespace cohort::app {

class Node
{
public:
    explicit Node(Options options);
    ~Node(); // stop()

    // Starts everything; what was started is stopped again when a part cannot start. Errors: in words for the terminal.
    Result<void> start();
    // In order, bounded to about 30 s. Harmless when called twice.
    void stop();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace cohort::app

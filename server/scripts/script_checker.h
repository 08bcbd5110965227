// The check of a script: parsed, sanitized and loaded in a worker that is thrown away, never in the server.
// Thread: check() from any; workers live in a thread of its own. Owner: app. Flow: source → worker → faults, manifest.
// Source: composer.md, "Check" and "The sandbox", 1.
#pragma once

#include "server/engine/wire.h"
#include "server/worker/host/worker_process.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cohort::scripts {

struct CheckAnswer
{
    std::vector<engine::wire::Fault> faults; // not empty: refused
    engine::Manifest manifest;               // when there are no faults
    std::string manifestJson;                // the same, as it is stored
};

class ScriptChecker
{
public:
    static constexpr int MostAtOnce = 4;
    static constexpr Milliseconds Longest{5'000};

    explicit ScriptChecker(worker::WorkerOptions options);
    ~ScriptChecker();

    // Blocks for at most 5 s. Errors: Timeout (it did not load in time), Busy (too many checks at once), TooLarge,
    // Unavailable (no worker starts). A script that breaks its worker is a fault, not an error.
    Result<CheckAnswer> check(const std::string& source, const std::map<std::string, std::string>& helpers);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace cohort::scripts

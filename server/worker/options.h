// What cohort-worker is told on its command line by its host.
// Thread: value. Owner: main. Flow: host → argv → WorkerArguments.
// Source: server/worker/host/launch.cpp writes it.
#pragma once

#include "shared/base/result.h"

#include <cstddef>
#include <string>

namespace cohort::worker {

struct WorkerArguments
{
    std::string rulesPath;
    std::size_t memoryBytes = 256u * 1024 * 1024;
    std::int64_t cpuMs = 1'000;
    unsigned uid = 0; // to become, when root
    bool numpy = false;
    bool lockDown = true;
    std::string probe; // empty: work; else what to try once the door is closed
};

// Errors: WrongValue.
Result<WorkerArguments> parseArguments(int count, char** values);

} // namespace cohort::worker

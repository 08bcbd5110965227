// Closes the door behind a worker that has loaded all it needs: user, limits, descriptors, Landlock, seccomp.
// Thread: the worker's only one. Owner: main. Flow: once, after Python has started and before the first frame.
// Source: composer.md, "The sandbox", 2 to 4.
#pragma once

#include "shared/base/result.h"

#include <cstddef>

namespace cohort::worker {

struct LockDown
{
    unsigned uid = 0;            // to become, when started by root
    std::size_t memoryBytes = 0; // that may be used in all
    int channel = 0;             // the one descriptor that stays open
};

// What a layer that may be missing turned out to be.
struct LockedDown
{
    bool landlock = false;
};

// Everything but the filter of system calls; afterwards `channel` is the only descriptor. Errors: SandboxUnsafe.
Result<LockedDown> dropRights(const LockDown& wanted);
// The filter: what is not on the list ends the process with SIGSYS. Errors: SandboxUnsafe.
Result<void> filterSystemCalls(int channel);

} // namespace cohort::worker

// The page that host and worker share: which run is at work, so that a killed worker's suspect is known, and what it
// takes along else: its lines of log, and the line of a script that loads.
// Thread: atomics; the texts are read when the worker is dead. Owner: the host's mapping.
// Flow: worker → page → host's watch, which believes it only to blame.
// Source: composer.md, "Where it runs".
#pragma once

#include "shared/base/limits.h"

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace cohort::engine {

constexpr std::size_t MostSaidBytes = RunLinesMost * (4 * RunLineMost + 1); // each character of 4 bytes
constexpr std::size_t PageBytes = 84 * 1024; // of memory that is used as far as it is written

struct SharedPage
{
    std::atomic<std::uint64_t> nonce; // for every frame; the worker takes it at the start and leaves 0
    std::atomic<std::uint64_t> run;   // at work now; 0: none
    std::atomic<std::uint64_t> turn;  // how often a run was started or went on
    std::atomic<std::uint32_t> line;  // of the script whose module code runs, from 1; 0: none does
    std::atomic<std::uint32_t> saidBytes;
    char file[128]; // the script's or its helper's name, with a zero at the end
    char said
        [MostSaidBytes]; // lines of log of the run at work, each with a zero at its end; left as the mapping is: zero
};
static_assert(sizeof(SharedPage) <= PageBytes);
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

// The descriptors that a worker is started with.
constexpr int ChannelDescriptor = 3;
constexpr int PageDescriptor = 4;
// Its exit codes besides 0 (the channel was closed).
constexpr int ExitWrongStart = 2;
constexpr int ExitMemory = 3;
constexpr int ExitBadFrame = 4;
constexpr int ExitLockDown = 5;

} // namespace cohort::engine

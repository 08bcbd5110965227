// The page that host and worker share: which run is at work, so that a killed worker's suspect is known.
// Thread: atomics. Owner: the host's mapping. Flow: worker → page → host's watch, which believes it only to blame.
// Source: composer.md, "Where it runs".
#pragma once

#include <atomic>
#include <cstdint>

namespace cohort::engine {

struct SharedPage
{
    std::atomic<std::uint64_t> nonce; // for every frame; the worker takes it at the start and leaves 0
    std::atomic<std::uint64_t> run;   // at work now; 0: none
    std::atomic<std::uint64_t> turn;  // how often a run was started or went on
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

// The descriptors that a worker is started with.
constexpr int ChannelDescriptor = 3;
constexpr int PageDescriptor = 4;
constexpr std::size_t PageBytes = 4096;
// Its exit codes besides 0 (the channel was closed).
constexpr int ExitWrongStart = 2;
constexpr int ExitMemory = 3;
constexpr int ExitBadFrame = 4;
constexpr int ExitLockDown = 5;

} // namespace cohort::engine

// What a worker owes its host: runs and loads that were sent and are not answered, and which of them wait for history.
// Thread: value. Owner: WorkerProcess. Flow: messages both ways → sent(), received() → owing().
// Source: composer.md, "The sandbox", 5.
#pragma once

#include "server/engine/wire.h"

#include <unordered_set>

namespace cohort::worker {

class Ledger
{
public:
    void sent(const engine::wire::ToWorker& message);
    // False when the worker answers what it was not asked: it can no longer be believed.
    bool received(const engine::wire::FromWorker& message);
    // Whether it has something to do that does not wait for the host.
    bool owing() const { return m_loads > 0 || m_runs.size() > m_waiting.size(); }
    bool ready() const { return m_ready; }
    std::uint64_t frames() const { return m_frames; }

private:
    std::unordered_set<std::uint64_t> m_runs;
    std::unordered_set<std::uint64_t> m_waiting; // of m_runs, for history
    std::size_t m_loads = 0;
    std::uint64_t m_frames = 0;
    bool m_ready = false;
};

} // namespace cohort::worker

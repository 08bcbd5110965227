// The worker's life after the lock-down: takes messages, runs handlers in order, lets runs wait for history.
// Thread: the worker's only one. Owner: main. Flow: HostChannel → PythonRuntime → HostChannel; the page says who is at work.
// Source: composer.md, "Where it runs".
#pragma once

#include "server/engine/shared_page.h"
#include "server/worker/host_channel.h"
#include "server/worker/python_runtime.h"

#include <chrono>
#include <deque>
#include <map>
#include <unordered_map>

namespace cohort::worker {

class Loop
{
public:
    // `cpuPerRun`: what a run that waits for history may use over all of its parts.
    Loop(HostChannel& channel, PythonRuntime& python, engine::SharedPage& page, std::chrono::nanoseconds cpuPerRun);
    // Until the host closes the channel; the process's exit code.
    int run();

private:
    using InstanceKey = std::pair<std::uint32_t, std::uint32_t>; // script, home
    struct Waiting
    {
        InstanceKey instance;
        std::uint64_t cpuNs = 0;
    };

    void handle(const engine::wire::ToWorker& message);
    void handle(const engine::wire::RunBatch& batch);
    void handle(const engine::wire::HistoryAnswer& answer);
    // Runs it, or keeps it behind the run of the same instance that waits.
    void start(engine::wire::RunOne one);
    void work(const engine::wire::RunOne& one);
    // Sends what came of a run, and goes on with what waited behind it.
    void finish(InstanceKey instance, std::uint64_t number, Outcome outcome, std::uint64_t cpuNs);
    template <typename Call>
    std::pair<Outcome, std::uint64_t> timed(std::uint64_t number, Call call);

    HostChannel& m_channel;
    PythonRuntime& m_python;
    engine::SharedPage& m_page;
    const std::uint64_t m_mostCpuNs;
    std::unordered_map<std::uint64_t, Waiting> m_waiting;             // by run
    std::map<InstanceKey, std::deque<engine::wire::RunOne>> m_behind; // an entry for each instance that waits
    std::uint64_t m_cpuNs = 0;                                        // of this thread when last read
    std::uint64_t m_flushedNs = 0;
};

} // namespace cohort::worker

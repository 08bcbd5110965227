// Starts the program cohort-worker: a socket pair, a shared page, nothing else of this process.
// Thread: any; the child dies with the thread that started it. Owner: WorkerProcess, selfTest.
// Flow: WorkerOptions → fork, exec → Launched. Source: composer.md, "The sandbox", 2.
#pragma once

#include "server/engine/shared_page.h"
#include "server/worker/host/worker_process.h"

#include <sys/types.h>

#include <string>

namespace cohort::worker {

// A running worker: ended, reaped and closed with this object.
class Launched
{
public:
    // `probe`: what it shall try instead of working; empty to work. Errors: Unavailable.
    static Result<Launched> start(const WorkerOptions& options, const std::string& probe = {});
    Launched(Launched&& other) noexcept;
    Launched& operator=(Launched&&) = delete;
    ~Launched();

    pid_t pid() const { return m_pid; }
    int channel() const { return m_channel; }
    std::uint64_t nonce() const { return m_nonce; }
    engine::SharedPage& page() const { return *m_page; }
    // CPU time so far; of an ended one, what it had used when it was last asked.
    std::chrono::microseconds cpuTime() const;
    void kill() const;
    // Waits for its end, killing it first when it does not end by itself at once; its wait status.
    int reap();

private:
    Launched() = default;

    pid_t m_pid = -1;
    int m_channel = -1;
    std::uint64_t m_nonce = 0;
    engine::SharedPage* m_page = nullptr;
    mutable std::chrono::microseconds m_cpu{0};
};

// The program's path: the option, or beside the running program.
QString programPath(const WorkerOptions& options);
// The folder with the `composer` package: the option, ../share/cohort/rules of the program, or the source tree.
QString rulesPath(const WorkerOptions& options);
// The user that workers run as when this process is root: a high number that is nobody's.
unsigned workerUser();

} // namespace cohort::worker

// One cohort-worker process as its host sees it: start, send, receive, watch, kill. Used by Composer and cohort-script.
// Thread: the one with the Qt event loop that made it. Owner: Composer's supervisor, or cohort-script.
// Flow: wire::ToWorker → socket pair → worker → wire::FromWorker → onMessage.
// Source: composer.md, "The sandbox" and "Where it runs".
#pragma once

#include "server/engine/wire.h"
#include "shared/base/result.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

namespace cohort::worker {

struct WorkerOptions
{
    QString program;   // path of cohort-worker; empty: beside this program
    QString rulesPath; // folder with the `composer` package; empty: found from the program's place
    bool numpy = false;
    Milliseconds cpuPerRun{1'000};  // then killed with SIGKILL
    Milliseconds wallPerRun{5'000}; // while it is not waiting for history
    std::size_t memoryBytes = 256u * 1024 * 1024;
    bool lockDown = true; // false only for the benchmark of its cost
};

// Why a worker ended by itself or was killed.
enum class EndReason { Exited, Crashed, CpuLimit, WallLimit, MemoryLimit, BadAnswer, Stopped };

struct Ended
{
    EndReason reason = EndReason::Exited;
    std::uint64_t run = 0; // the run at work (from the shared page), 0: none
    QString detail;
    std::vector<std::string> log = {}; // what that run had logged
    std::string file = {};             // of the script whose module code was at work; empty: none
    int line = 0;                      // of it
};

// What is said of a script whose loading ended its worker: at the line that was at work, where that is known.
engine::wire::Fault faultOfLoading(const Ended& ended);

class WorkerProcess
{
public:
    struct Callbacks
    {
        std::function<void(engine::wire::FromWorker)> onMessage;
        std::function<void(Ended)> onEnded; // once, last; the object may be deleted after it returns, not inside
    };
    // Starts it (a fork of the warm zygote where there is one); Ready arrives by onMessage.
    static Result<std::unique_ptr<WorkerProcess>> start(const WorkerOptions& options, Callbacks callbacks);
    ~WorkerProcess(); // kills

    // Queues a message. Bytes waiting in the socket's queue: waitingBytes().
    void send(const engine::wire::ToWorker& message);
    std::size_t waitingBytes() const;
    // CPU time of the process so far.
    std::chrono::microseconds cpuTime() const;
    void kill();

private:
    struct Private;
    explicit WorkerProcess(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

// Starts a real worker and lets it try to break out (open a file, a socket, fork, 1 GiB, an endless loop), and reads
// back its Seccomp, NoNewPrivs, uid, limits, descriptors and Landlock state. Errors: SandboxUnsafe with what failed.
// The value: warnings (Landlock missing). Takes about a second; blocks.
Result<QStringList> selfTest(const WorkerOptions& options);

} // namespace cohort::worker

// Runs handlers on a few threads, each with a database connection; one job of a session at a time, sessions in turn.
// Thread: post() from any. Owner: ApiHandler. Flow: I/O thread → post → worker thread → the job's own answer.
// Bounds: jobs per session and overall; full: post() says no, and the caller answers `busy`.
#pragma once

#include "server/store/postgres/connection.h"
#include "shared/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace cohort::api {

struct ExecutorOptions
{
    store::ConnectionSettings database;
    int threads = 2;
    std::size_t jobsPerSession = 64;
    std::size_t jobs = 2'000;
};

class Executor
{
public:
    // What is to be done. It gets a connection that was open a moment ago; when it returns DatabaseLost and `again` was
    // set, it runs once more on a new connection. It must answer its caller itself, in `finish`.
    struct Job
    {
        std::function<Result<void>(store::Connection&)> work;
        std::function<void(Result<void>)> finish;
        bool again = false;
    };

    explicit Executor(ExecutorOptions options);
    ~Executor(); // stop()

    // Opens the connections; a database that is away is tried again at each job.
    void start();
    // False when a bound is reached or it is stopping; the job is then untouched.
    [[nodiscard]] bool post(std::uint64_t session, Job&& job);
    // Ends the threads after the jobs at work; jobs that wait are finished with Unavailable.
    void stop();
    std::size_t waiting() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace cohort::api

#include "server/api/dispatch/executor.h"

#include "shared/base/log.h"

#include <pthread.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace cohort::api {

struct Executor::Private
{
    struct Lane // the jobs of one session
    {
        std::deque<Job> jobs;
        bool busy = false; // one of them is at work
    };

    explicit Private(ExecutorOptions o) : options(std::move(o)) {}

    const ExecutorOptions options;
    mutable std::mutex mutex;
    std::condition_variable wake;
    std::unordered_map<std::uint64_t, Lane> lanes;
    std::deque<std::uint64_t> ready; // lanes with jobs and nothing at work, in turn
    std::size_t count = 0;
    bool stopping = false;
    std::vector<std::thread> threads;

    void work(int number);
    bool take(std::unique_lock<std::mutex>& lock, std::uint64_t& session, Job& job);
    void release(std::uint64_t session);
    void run(std::unique_ptr<store::Connection>& connection, Job& job) const;
    Result<void> attempt(std::unique_ptr<store::Connection>& connection, const Job& job) const;
};

Result<void> Executor::Private::attempt(std::unique_ptr<store::Connection>& connection, const Job& job) const
{
    if (connection == nullptr) {
        COHORT_TRY(opened, store::Connection::open(options.database));
        connection = std::move(opened);
    }
    if (!connection->isOpen())
        COHORT_CHECK(connection->reopen());
    return job.work(*connection);
}

void Executor::Private::run(std::unique_ptr<store::Connection>& connection, Job& job) const
{
    auto result = attempt(connection, job);
    if (!result && result.error().code == ErrorCode::DatabaseLost && job.again)
        result = attempt(connection, job);
    job.finish(std::move(result));
}

bool Executor::Private::take(std::unique_lock<std::mutex>& lock, std::uint64_t& session, Job& job)
{
    wake.wait(lock, [this] { return stopping || !ready.empty(); });
    if (stopping)
        return false;
    session = ready.front();
    ready.pop_front();
    Lane& lane = lanes[session];
    job = std::move(lane.jobs.front());
    lane.jobs.pop_front();
    lane.busy = true;
    --count;
    return true;
}

void Executor::Private::release(std::uint64_t session)
{
    const auto lane = lanes.find(session);
    lane->second.busy = false;
    if (lane->second.jobs.empty())
        lanes.erase(lane);
    else
        ready.push_back(session);
}

void Executor::Private::work(int number)
{
    pthread_setname_np(pthread_self(), ("api-" + std::to_string(number)).c_str());
    auto connection = store::Connection::open(options.database);
    if (!connection)
        log(LogLevel::Warning, "api-database-away", {{"why", connection.error().message()}});
    std::unique_ptr<store::Connection> own = connection ? std::move(*connection) : nullptr;
    std::unique_lock lock(mutex);
    std::uint64_t session = 0;
    Job job;
    while (take(lock, session, job)) {
        lock.unlock();
        run(own, job);
        job = {};
        lock.lock();
        release(session);
        wake.notify_one();
    }
}

Executor::Executor(ExecutorOptions options) : d(std::make_unique<Private>(std::move(options))) {}

Executor::~Executor()
{
    stop();
}

void Executor::start()
{
    for (int number = 1; number <= d->options.threads; ++number)
        d->threads.emplace_back([this, number] { d->work(number); });
}

bool Executor::post(std::uint64_t session, Job&& job)
{
    {
        const std::lock_guard lock(d->mutex);
        if (d->stopping || d->count >= d->options.jobs)
            return false;
        auto& lane = d->lanes[session];
        if (lane.jobs.size() >= d->options.jobsPerSession)
            return false;
        lane.jobs.push_back(std::move(job));
        ++d->count;
        if (!lane.busy && lane.jobs.size() == 1)
            d->ready.push_back(session);
    }
    d->wake.notify_one();
    return true;
}

void Executor::stop()
{
    std::unordered_map<std::uint64_t, Private::Lane> left;
    {
        const std::lock_guard lock(d->mutex);
        d->stopping = true;
    }
    d->wake.notify_all();
    for (auto& thread : d->threads)
        thread.join();
    d->threads.clear();
    {
        const std::lock_guard lock(d->mutex);
        left.swap(d->lanes);
        d->ready.clear();
        d->count = 0;
    }
    for (auto& [session, lane] : left)
        for (auto& job : lane.jobs)
            job.finish(fail(ErrorCode::Unavailable, QStringLiteral("the server is stopping")));
}

std::size_t Executor::waiting() const
{
    const std::lock_guard lock(d->mutex);
    return d->count;
}

} // namespace cohort::api

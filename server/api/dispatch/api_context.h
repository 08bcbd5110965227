// What all of the port's handlers share.
// Thread: constant after start; its parts say theirs. Owner: ApiHandler and the sessions that are open.
// Flow: ApiHandler → sessions, cloud, inbox.
#pragma once

#include "server/api/dispatch/executor.h"
#include "server/api/dispatch/services.h"
#include "server/api/live/live.h"

#include <atomic>

namespace cohort::api {

struct ApiContext
{
    ApiContext(Services s, ApiSettings a, ExecutorOptions e)
        : services(std::move(s)), settings(std::move(a)), executor(std::move(e)), live(services.bus, executor, services)
    {
    }

    const Services services;
    const ApiSettings settings;
    Executor executor;
    Live live;
    std::atomic<std::uint64_t> nextLane{1'000}; // lanes of the executor; below: fixed ones

    // Runs `work` for one caller and hands its answer to `done`, on an executor thread, or at once with Busy.
    void run(std::uint64_t lane, bool again, std::function<Result<QJsonObject>(store::Connection&)> work,
             const std::function<void(Result<QJsonObject>)>& done);
};

// {"code":-32012,"message":…,"data":{"code","detail","retryAfterMs"}}
QJsonObject errorJson(const Error& error);

} // namespace cohort::api

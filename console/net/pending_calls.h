// The requests under way: their numbers, promises and deadlines.
// Thread: GUI. Owner: RpcClient. Flow: call → add → answer | deadline | failAll → the caller's future.
#pragma once

#include "shared/base/result.h"

#include <QFuture>
#include <QJsonObject>
#include <QPromise>
#include <QTimer>

#include <chrono>
#include <map>

namespace cohort::console {

class PendingCalls
{
public:
    using Answer = Result<QJsonObject>;
    static constexpr std::size_t Most = 256;

    PendingCalls();

    void setTimeout(std::chrono::milliseconds timeout) { m_timeout = timeout; }
    // A new request; `id` stays 0 and the future holds Busy when too many are under way.
    QFuture<Answer> add(qint64* id);
    // A future that has failed already.
    QFuture<Answer> refused(const Error& error);
    // Fulfils the request that the JSON-RPC message answers; unknown ids are ignored.
    void answer(const QJsonObject& message);
    void failAll(const Error& error);

private:
    struct Call
    {
        QPromise<Answer> promise;
        std::chrono::steady_clock::time_point deadline;
    };
    static Answer resultOf(const QJsonObject& message);
    static void fulfil(QPromise<Answer>& promise, Answer answer);
    void expire();

    std::map<qint64, Call> m_calls;
    qint64 m_lastId = 0;
    std::chrono::milliseconds m_timeout{20'000};
    QTimer m_clock;
};

} // namespace cohort::console

// Calls back when a future has its result, unless the context has gone meanwhile.
// Thread: the context's. Owner: the context. Flow: QFuture<Result<T>> → callback(const Result<T>&).
#pragma once

#include "shared/base/result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace cohort {

// A future that was given up counts as Cancelled. The callback never runs inside this call.
template <typename T, typename Callback>
void whenDone(QObject* context, const QFuture<Result<T>>& future, Callback callback)
{
    auto* watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, callback = std::move(callback)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0)
                             callback(watcher->future().result());
                         else
                             callback(Result<T>(fail(ErrorCode::Cancelled)));
                     });
    watcher->setFuture(future);
}

} // namespace cohort

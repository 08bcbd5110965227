// Calls whose answers are nouns instead of JSON.
// Thread: GUI. Owner: nobody. Flow: model → callFor<Noun> → RpcClient → Noun::fromJson → QFuture<Result<Noun>>.
#pragma once

#include "console/net/json.h"
#include "console/net/rpc_client.h"

namespace cohort::console {

// One answer of a list: its rows, and whether there are more after the last.
template <typename T>
struct Listing
{
    QList<T> items;
    bool more = false;
};

// What a question's answer is when only its success matters.
struct Done
{
    static Done fromJson(const QJsonObject&) { return {}; }
};

template <typename T>
QFuture<Result<T>> callFor(RpcClient& client, QLatin1StringView method, const QJsonObject& parameters = {})
{
    return client.call(QString(method), parameters).then([](const Result<QJsonObject>& answer) -> Result<T> {
        if (!answer)
            return fail(answer.error());
        return T::fromJson(*answer);
    });
}

template <typename T>
QFuture<Result<Listing<T>>> callForList(RpcClient& client, QLatin1StringView method, const QJsonObject& parameters = {})
{
    return client.call(QString(method), parameters).then([](const Result<QJsonObject>& answer) -> Result<Listing<T>> {
        if (!answer)
            return fail(answer.error());
        return Listing<T>{json::list<T>(*answer, QLatin1StringView("items")),
                          json::flag(*answer, QLatin1StringView("more"))};
    });
}

} // namespace cohort::console

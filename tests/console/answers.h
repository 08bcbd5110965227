// The stand-in's answers by the structs of shared/protocol: what it is asked is read, what it says is written by them.
// Thread: the peer's. Owner: a test. Flow: parameters → fields() → handler(Operation) → Answer → JSON.
#pragma once

#include "shared/model/json.h"
#include "tests/console/peer.h"

namespace cohort::console {

// `handler` takes const Operation& and returns its Answer, or a PeerError. Parameters that the operation does not take
// are refused as the server refuses them.
template <typename Operation, typename Handler>
void answer(Peer& peer, Handler handler)
{
    peer.on(QString::fromLatin1(Operation::Name), [handler](const QJsonObject& parameters) -> PeerAnswer {
        const auto wanted = model::fromJson<Operation>(parameters, model::Form::Parameters);
        if (!wanted)
            return PeerError{QStringLiteral("wrong-value"), wanted.error().detail, 0};
        if constexpr (std::is_convertible_v<std::invoke_result_t<Handler, const Operation&>, PeerError>)
            return PeerError(handler(*wanted));
        else
            return PeerAnswer(model::toJson(typename Operation::Answer(handler(*wanted))));
    });
}

// Tells all who subscribed to the topic of Item.
template <typename Item>
void notify(Peer& peer, const QList<Item>& items)
{
    QJsonArray array;
    for (const Item& item : items)
        array.append(model::toJson(item));
    peer.notify(QString::fromLatin1(Item::Topic), array);
}

} // namespace cohort::console

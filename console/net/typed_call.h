// Calls and news by the structs of shared/protocol: what is missing or wrong in an answer is an error that names it.
// Thread: GUI. Owner: nobody. Flow: model → call(operation) → RpcClient → fields() → QFuture<Result<Answer>>.
#pragma once

#include "console/net/rpc_client.h"
#include "shared/model/json.h"
#include "shared/model/noun.h"
#include "shared/model/page.h"

#include <functional>
#include <type_traits>

namespace cohort::console {

// One answer of a list: its rows, and whether there are more after the last.
template <typename T>
using Listing = model::Page<T>;

// CannotParse: names the operation or topic, and the member at fault in what the server sent.
Error wrongAnswer(const char* source, const Error& fault);

// The answer to Operation by its struct. Errors: what the server answered, CannotParse.
template <typename Operation>
Result<typename Operation::Answer> answerOf(const Result<QJsonObject>& answer)
{
    if (!answer)
        return fail(answer.error());
    auto read = model::fromJson<typename Operation::Answer>(*answer, model::Form::Answer);
    if (!read)
        return fail(wrongAnswer(Operation::Name, read.error()));
    return read;
}

// Asks the server: call(client, protocol::LocationGet{id}). Errors: those of RpcClient::call, CannotParse.
template <typename Operation>
QFuture<Result<typename Operation::Answer>> call(RpcClient& client, const Operation& wanted)
{
    return client.call(QString::fromLatin1(Operation::Name), model::toParameters(wanted))
        .then([](const Result<QJsonObject>& answer) { return answerOf<Operation>(answer); });
}

// A subscription's filter: one id under its noun's name, {"deployment": 3}.
template <typename IdType>
QJsonObject filterBy(IdType id)
{
    static_assert(model::NounOf<IdType> != model::Noun::None);
    return {{QString::fromLatin1(model::nounName(model::NounOf<IdType>)), model::JsonWriter::valueOf(id, {})}};
}

// The items of one notification by their struct. Errors: CannotParse; names the topic and the member.
template <typename Item>
Result<QList<Item>> itemsOf(const QJsonArray& array)
{
    QList<Item> items;
    items.reserve(array.size());
    for (const auto& value : array) {
        auto item = model::fromJson<Item>(value.toObject(), model::Form::Answer);
        if (!item)
            return fail(wrongAnswer(Item::Topic, item.error()));
        items.append(std::move(*item));
    }
    return items;
}

// To a member of the context, or to a function of its own.
template <typename Context, typename Receiver, typename Item>
void deliver(Context* context, const Receiver& receiver, const QList<Item>& items)
{
    if constexpr (std::is_member_function_pointer_v<Receiver>)
        std::invoke(receiver, context, items);
    else
        receiver(items);
}

// Hears of the topic of Item (shared/protocol/notification.h): `receiver`, a member of the context or a function, takes
// each notification's const QList<Item>&. One that cannot be read ends in Subscription::failed, whole.
template <typename Item, typename Context, typename Receiver>
std::unique_ptr<Subscription> subscribe(RpcClient& client, const QJsonObject& filter, Context* context,
                                        Receiver receiver)
{
    auto subscription = client.subscribe(QString::fromLatin1(Item::Topic), filter);
    QObject::connect(subscription.get(), &Subscription::received, context,
                     [context, receiver, source = subscription.get()](const QJsonArray& array) {
                         const Result<QList<Item>> items = itemsOf<Item>(array);
                         if (!items)
                             Q_EMIT source->failed(items.error());
                         else
                             deliver(context, receiver, *items);
                     });
    return subscription;
}

} // namespace cohort::console

#include "console/net/subscription.h"

#include "console/net/rpc_client.h"

namespace cohort::console {

Subscription::Subscription(RpcClient* client, QString topic, QJsonObject filter)
    : m_client(client), m_topic(std::move(topic)), m_filter(std::move(filter))
{
}

Subscription::~Subscription()
{
    if (m_client)
        m_client->forget(this);
}

} // namespace cohort::console

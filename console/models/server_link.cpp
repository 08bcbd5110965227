#include "console/models/server_link.h"

#include "console/net/endpoint.h"
#include "console/net/session.h"

namespace cohort::console {

ServerLink::ServerLink(RpcClient& client, QObject* parent) : QObject(parent), m_client(client)
{
    connect(&client, &RpcClient::stateChanged, this, &ServerLink::stateChanged);
    connect(&client.liveness(), &Liveness::changed, this, &ServerLink::liveChanged);
    connect(&client, &RpcClient::lost, this, &ServerLink::lost);
    connect(&client, &RpcClient::certificateUnknown, this, &ServerLink::certificateUnknown);
    connect(&client, &RpcClient::certificateChanged, this, &ServerLink::certificateChanged);
    connect(&client, &RpcClient::sessionEnded, this, &ServerLink::sessionEnded);
}

Result<QUrl> ServerLink::endpoint(const QString& address)
{
    return endpointOf(address);
}

bool ServerLink::isReadableOnTheWay(const QUrl& endpoint)
{
    return console::isReadableOnTheWay(endpoint);
}

QFuture<Result<model::OperatorSession>> ServerLink::signIn(const QString& email, const QString& password)
{
    return session::signIn(m_client, email, password);
}

QFuture<Result<model::OperatorSession>> ServerLink::firstAdmin(const protocol::SessionFirstAdmin& wanted)
{
    return session::firstAdmin(m_client, wanted);
}

void ServerLink::signOut()
{
    session::signOut(m_client);
}

} // namespace cohort::console

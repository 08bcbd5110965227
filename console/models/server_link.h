// The connection as pages see it: address, state, certificates, who signs in.
// Thread: GUI. Owner: Workspace. Flow: SignInPage, MainWindow → here → RpcClient → signals → the same pages.
#pragma once

#include "console/net/rpc_client.h"
#include "shared/model/operator.h"
#include "shared/protocol/operations/session.h"

namespace cohort::console {

class ServerLink : public QObject
{
    Q_OBJECT
public:
    ServerLink(RpcClient& client, QObject* parent);

    // "http://host:8460", "host": the console's end there; plain only for loopback or when said. WrongValue.
    static Result<QUrl> endpoint(const QString& address);
    // Whether what is said there can be read on the way.
    static bool isReadableOnTheWay(const QUrl& endpoint);

    LinkState state() const { return m_client.state(); }
    QUrl server() const { return m_client.server(); }
    // Online, and the server was heard just now.
    bool isLive() const { return m_client.liveness().isLive(); }
    QDateTime lastHeard() const { return m_client.liveness().lastHeard(); }
    void open(const QUrl& endpoint) { m_client.open(endpoint); }
    void close() { m_client.close(); }
    // Pins the certificate shown, after a person compared it, and connects.
    void trust(const QByteArray& fingerprint) { m_client.trust(fingerprint); }
    void retryNow() { m_client.retryNow(); }
    // Errors: Unavailable, WrongCredentials, TooOften, AccountLocked, CannotParse.
    QFuture<Result<model::OperatorSession>> signIn(const QString& email, const QString& password);
    QFuture<Result<model::OperatorSession>> firstAdmin(const protocol::SessionFirstAdmin& wanted);
    void signOut();

Q_SIGNALS:
    // As RpcClient says them.
    void stateChanged(cohort::console::LinkState state);
    void liveChanged(bool live);
    void lost(const QString& reason, std::chrono::milliseconds retry);
    void certificateUnknown(const QByteArray& fingerprint);
    void certificateChanged(const QByteArray& known, const QByteArray& shown);
    void sessionEnded(const cohort::Error& error);

private:
    RpcClient& m_client;
};

} // namespace cohort::console

// A console's WebSocket: JSON-RPC 2.0 calls, one after another, and the notifications of its subscriptions.
// Thread: callbacks on its I/O thread; answers from executor threads; notify() from any. Owner: the connection.
// Flow: frame → call → executor → answer. Bounds: 64 calls wait; more are answered `busy`.
#pragma once

#include "server/api/dispatch/api_context.h"
#include "server/net/http.h"
#include "shared/model/operator.h"

#include <mutex>

namespace cohort::api {

class ConsoleSession final : public net::WebSocketHandler,
                             public Listener,
                             public std::enable_shared_from_this<ConsoleSession>
{
public:
    ConsoleSession(std::shared_ptr<ApiContext> context, std::string address);
    void onOpen(net::WebSocketPtr socket) override;
    void onText(std::string text) override;
    void onClose(int code) override;
    void notify(std::string json) override;
    void changed(const char* what) override;
    QByteArray session() const override;
    // Once a second: closes who has not signed in in time (ApiSettings::reviewSeconds). When the session is over, or the
    // roles are others than at sign in, ends the subscriptions with a notice each and closes with 4401, so that a console
    // connects and subscribes anew.
    void review(const QByteArray& session, const std::optional<QString>& roles) override;

private:
    void call(const QJsonValue& id, const QString& method, const QJsonObject& params);
    Result<QJsonObject> perform(store::Connection& connection, const QString& method, const QJsonObject& params);
    Result<QJsonObject> subscribe(store::Connection& connection, const QJsonObject& params);
    void answer(const QJsonValue& id, const Result<QJsonObject>& result);
    void send(std::string text);
    QString token() const;
    void remember(const QString& method, const QJsonObject& result);
    void closeWith(const char* reason);

    const std::shared_ptr<ApiContext> m_context;
    const std::string m_address;
    const std::uint64_t m_lane;
    mutable std::mutex m_mutex;
    net::WebSocketPtr m_socket; // null: closed
    QString m_token;
    QByteArray m_session; // SHA-256 of the token
    QString m_roles;      // as they were at sign in, store::rolesText()
    int m_seconds = 0;    // since it opened, by review()
};

} // namespace cohort::api

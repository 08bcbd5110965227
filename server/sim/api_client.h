// The simulator as an operator: operations of the server over POST /api/v1/METHOD, one after the other.
// Thread: the caller's; blocks up to 30 s a call. Owner: a subcommand. Flow: params → HTTP → result or Error.
#pragma once

#include "shared/base/result.h"

#include <QJsonObject>
#include <QString>

#include <memory>

namespace cohort::sim {

struct ServerAddress
{
    QString url;    // http(s)://host:port of the Application API
    QString caFile; // PEM with the certificate to trust; empty: the system's
};

class ApiClient
{
public:
    explicit ApiClient(ServerAddress address);
    ~ApiClient();

    // Signs in; every later call carries the token.
    Result<void> signIn(const QString& user, const QString& password);
    // The operation's result. Errors: the server's by name, Unavailable when it cannot be reached.
    Result<QJsonObject> call(const QString& method, const QJsonObject& params);
    // Plain GET of a path; the body. Used for settingsServer and readiness.
    Result<QByteArray> get(const QString& path);
    const ServerAddress& address() const { return m_address; }

private:
    struct Transfer;
    Result<QByteArray> perform(const QString& path, const QByteArray* body, long* status);

    ServerAddress m_address;
    QByteArray m_token;
    std::unique_ptr<Transfer> m_transfer;
};

} // namespace cohort::sim

// A real cohort-server in a process of its own, with an own data folder and ports, for tests of the console.
// Thread: GUI. Owner: a test. Flow: start() → address(), call() over POST /api/v1, post() as a device.
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace cohort::console {

class RealServer
{
public:
    explicit RealServer(QString programs) : m_programs(std::move(programs)) {}
    ~RealServer(); // ends it in order; kills it after 30 s

    // Empty when it is ready and the operator is there; else why not, with the log's end.
    QString start(const QString& email, const QString& password);
    QString address() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_apiPort); }
    // An operation as the operator; {"error": …} when it is refused.
    QJsonObject call(const QString& method, const QJsonObject& parameters);
    // An upload of the device with this token; "status" of its reply.
    QString post(const QString& token, const QJsonObject& message);
    // Where a device opens its WebSocket.
    QUrl deviceSocket(const QString& device) const;
    // A request of the participants' page, with the cookie of whoever enrolled last.
    QJsonObject page(const QString& path, const QJsonObject& body);
    // The next command of the device's long poll: its id; empty when none came.
    QString pollCommand(const QString& token, const QString& device);

private:
    QString log() const;
    bool isReady();
    QJsonObject ask(const QUrl& url, const QByteArray& authorization, const QByteArray* body);

    const QString m_programs;
    QTemporaryDir m_folder{QStringLiteral("/tmp/cohort-test-XXXXXX")};
    QNetworkAccessManager m_network;
    QProcess m_process;
    quint16 m_apiPort = 0, m_devicePort = 0;
    QString m_token;
};

} // namespace cohort::console

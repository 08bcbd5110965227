#include "tests/console/real_server.h"

#include "tests/kit/free_port.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QThread>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

constexpr int LongestStart = 60'000;   // ms
constexpr int LongestRequest = 40'000; // ms

QByteArray answerOf(QNetworkReply* reply)
{
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    reply->deleteLater();
    return reply->readAll();
}

} // namespace

RealServer::~RealServer()
{
    m_process.terminate();
    if (!m_process.waitForFinished(30'000))
        m_process.kill();
}

QString RealServer::log() const
{
    QFile file(m_folder.filePath(u"server.log"_s));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll().right(4'000)) : QString();
}

bool RealServer::isReady()
{
    for (const quint16 port : {m_apiPort, m_devicePort}) {
        if (answerOf(m_network.get(QNetworkRequest(QUrl(u"http://127.0.0.1:%1/espapi/watch"_s.arg(port))))) != "OK")
            return false;
    }
    return true;
}

QString RealServer::start(const QString& email, const QString& password)
{
    m_apiPort = testkit::freePort();
    m_devicePort = testkit::freePort();
    QFile::setPermissions(m_folder.path(), QFile::Permissions(0x7755)); // PostgreSQL may run as another user
    const QString data = m_folder.filePath(u"data"_s);
    m_process.setStandardErrorFile(m_folder.filePath(u"server.log"_s));
    m_process.start(m_programs + u"/cohort-server"_s,
                    {u"serve"_s, u"--data"_s, data, u"--api-listen"_s, u"127.0.0.1:%1"_s.arg(m_apiPort),
                     u"--deviceio-listen"_s, u"127.0.0.1:%1"_s.arg(m_devicePort)});
    const QDeadlineTimer limit(LongestStart);
    while (!isReady()) {
        if (limit.hasExpired() || m_process.state() == QProcess::NotRunning)
            return u"the server is not ready: "_s + log();
        QThread::msleep(100);
    }
    QProcess add;
    add.start(m_programs + u"/cohort-server"_s, {u"operator"_s, u"add"_s, u"--data"_s, data, u"--email"_s, email,
                                                 u"--role"_s, u"admin"_s, u"--may-see-names"_s, u"--password-stdin"_s});
    add.write(password.toUtf8() + '\n');
    add.closeWriteChannel();
    if (!add.waitForFinished(LongestStart) || add.exitCode() != 0)
        return QString::fromUtf8(add.readAllStandardError());
    m_token = call(u"session.signIn"_s, {{u"email"_s, email}, {u"password"_s, password}}).value("token"_L1).toString();
    return m_token.isEmpty() ? u"the operator cannot sign in"_s : QString();
}

QJsonObject RealServer::ask(const QUrl& url, const QByteArray& authorization, const QByteArray* body)
{
    QNetworkRequest request(url);
    request.setTransferTimeout(LongestRequest);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("Authorization", "Bearer " + authorization);
    return QJsonDocument::fromJson(answerOf(body ? m_network.post(request, *body) : m_network.get(request))).object();
}

QJsonObject RealServer::call(const QString& method, const QJsonObject& parameters)
{
    const QByteArray body = QJsonDocument(parameters).toJson();
    return ask(QUrl(address() + u"/api/v1/"_s + method), m_token.toUtf8(), &body);
}

QString RealServer::post(const QString& token, const QJsonObject& message)
{
    const QByteArray body = QJsonDocument(message).toJson();
    return ask(QUrl(u"http://127.0.0.1:%1/deviceio/mljson"_s.arg(m_devicePort)), token.toUtf8(), &body)
        .value("status"_L1)
        .toString();
}

QUrl RealServer::deviceSocket(const QString& device) const
{
    return u"ws://127.0.0.1:%1/deviceio/ws?id=%2"_s.arg(m_devicePort).arg(device);
}

QJsonObject RealServer::page(const QString& path, const QJsonObject& body)
{
    QNetworkRequest request(QUrl(address() + path));
    request.setTransferTimeout(LongestRequest);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("Origin", address().toUtf8());
    const QByteArray text = QJsonDocument(body).toJson();
    return QJsonDocument::fromJson(answerOf(m_network.post(request, text))).object();
}

QString RealServer::pollCommand(const QString& token, const QString& device)
{
    const QUrl url(u"http://127.0.0.1:%1/deviceio/mljson?id=%2&timeout=20"_s.arg(m_devicePort).arg(device));
    const QJsonArray commands = ask(url, token.toUtf8(), nullptr).value("commands"_L1).toArray();
    return commands.isEmpty() ? QString() : commands.first().toObject().value("commandId"_L1).toVariant().toString();
}

} // namespace cohort::console

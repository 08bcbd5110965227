#include "tests/console/damaging_proxy.h"

#include "shared/protocol/operation.h"

#include <QJsonDocument>
#include <QWebSocket>

namespace cohort::console {

using namespace Qt::Literals::StringLiterals;

DamagingProxy::DamagingProxy(QUrl server)
    : m_url(std::move(server)), m_server(u"proxy"_s, QWebSocketServer::NonSecureMode)
{
    connect(&m_server, &QWebSocketServer::newConnection, this, &DamagingProxy::accept);
}

void DamagingProxy::damage(std::optional<Target> target)
{
    m_target = std::move(target);
    m_damaged = 0;
}

void DamagingProxy::accept()
{
    auto* console = m_server.nextPendingConnection();
    auto* server = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, console);
    auto waiting = std::make_shared<QStringList>(); // until the server's end is open
    m_methods.clear();
    connect(console, &QWebSocket::textMessageReceived, server, [this, server, waiting](const QString& text) {
        const auto call = QJsonDocument::fromJson(text.toUtf8()).object();
        m_methods.insert(call.value("id"_L1).toInt(), call.value("method"_L1).toString());
        if (server->state() == QAbstractSocket::ConnectedState)
            server->sendTextMessage(text);
        else
            waiting->append(text);
    });
    connect(server, &QWebSocket::connected, console, [server, waiting] {
        for (const QString& text : *waiting)
            server->sendTextMessage(text);
        waiting->clear();
    });
    connect(server, &QWebSocket::textMessageReceived, console,
            [this, console](const QString& text) { console->sendTextMessage(answered(text)); });
    connect(server, &QWebSocket::disconnected, console, [console] { console->close(); });
    connect(console, &QWebSocket::disconnected, console, &QObject::deleteLater);
    server->open(m_url);
}

QString DamagingProxy::answered(const QString& text)
{
    auto answer = QJsonDocument::fromJson(text.toUtf8()).object();
    if (!answer.contains("id"_L1))
        return text;
    const QString method = m_methods.take(answer.value("id"_L1).toInt());
    if (!answer.contains("result"_L1))
        return text;
    const auto result = answer.value("result"_L1).toObject();
    const auto* operation = protocol::findOperation(method.toStdString());
    if (m_target && operation != nullptr && method == m_target->operation)
        if (const auto broken = testkit::damagedAt(operation->result, result, m_target->path, m_target->damage)) {
            ++m_damaged;
            answer.insert("result"_L1, *broken);
            return QString::fromUtf8(QJsonDocument(answer).toJson(QJsonDocument::Compact));
        }
    m_answers[method] = result;
    return text;
}

} // namespace cohort::console

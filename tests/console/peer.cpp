#include "tests/console/peer.h"

#include <QJsonDocument>
#include <QWebSocket>

#include <algorithm>

namespace cohort::console {

using namespace Qt::StringLiterals;

PeerAnswer PeerAnswer::none()
{
    PeerAnswer answer{QJsonObject()};
    answer.silent = true;
    return answer;
}

Peer::Peer(QObject* parent) : QObject(parent)
{
    m_other = [](const QJsonObject&) {
        return PeerAnswer(QJsonObject{{u"items"_s, QJsonArray()}, {u"more"_s, false}});
    };
}

Peer::~Peer()
{
    hangUp();
}

bool Peer::listen(quint16 port)
{
    m_server = new QWebSocketServer(u"peer"_s, QWebSocketServer::NonSecureMode, this);
    connect(m_server, &QWebSocketServer::newConnection, this, &Peer::accept);
    return m_server->listen(QHostAddress::LocalHost, port);
}

bool Peer::listenSecure(const QSslConfiguration& configuration)
{
    m_server = new QWebSocketServer(u"peer"_s, QWebSocketServer::SecureMode, this);
    m_server->setSslConfiguration(configuration);
    connect(m_server, &QWebSocketServer::newConnection, this, &Peer::accept);
    return m_server->listen(QHostAddress::LocalHost, 0);
}

QUrl Peer::url() const
{
    QUrl url = m_server->serverUrl();
    url.setPath(u"/console"_s);
    return url;
}

void Peer::on(const QString& method, const Handler& handler)
{
    m_handlers.insert(method, handler);
}
void Peer::onOther(Handler handler)
{
    m_other = std::move(handler);
}

int Peer::count(const QString& method) const
{
    int count = 0;
    for (const Call& call : m_calls)
        count += call.method == method ? 1 : 0;
    return count;
}

QJsonObject Peer::lastOf(const QString& method) const
{
    const auto call =
        std::find_if(m_calls.rbegin(), m_calls.rend(), [&](const Call& one) { return one.method == method; });
    return call == m_calls.rend() ? QJsonObject() : call->parameters;
}

void Peer::accept()
{
    QWebSocket* socket = m_server->nextPendingConnection();
    m_sockets.append(socket);
    connect(socket, &QWebSocket::textMessageReceived, this,
            [this, socket](const QString& text) { take(socket, text); });
    connect(socket, &QWebSocket::disconnected, this, [this, socket] {
        m_sockets.removeOne(socket);
        m_subscriptions.removeIf([socket](auto it) { return it.value().socket == socket; });
        socket->deleteLater();
    });
}

void Peer::take(QWebSocket* socket, const QString& text)
{
    const QJsonObject request = QJsonDocument::fromJson(text.toUtf8()).object();
    const QString method = request.value("method"_L1).toString();
    const QJsonObject parameters = request.value("params"_L1).toObject();
    m_calls.append({method, parameters});
    PeerAnswer answer{QJsonObject()};
    if (m_handlers.contains(method))
        answer = m_handlers.value(method)(parameters);
    else if (method == "subscribe"_L1)
        answer = subscribe(socket, parameters);
    else if (method == "unsubscribe"_L1)
        m_subscriptions.remove(parameters.value("subscription"_L1).toInteger());
    else
        answer = m_other(parameters);
    if (answer.silent)
        return;
    QJsonObject message{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, request.value("id"_L1)}};
    if (answer.error) {
        const QJsonObject data{{u"code"_s, answer.error->code},
                               {u"detail"_s, answer.error->detail},
                               {u"retryAfterMs"_s, answer.error->retryAfterMs}};
        message.insert("error"_L1,
                       QJsonObject{{u"code"_s, -32000}, {u"message"_s, answer.error->code}, {u"data"_s, data}});
    } else {
        message.insert("result"_L1, answer.result);
    }
    socket->sendTextMessage(QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
}

PeerAnswer Peer::subscribe(QWebSocket* socket, const QJsonObject& parameters)
{
    m_subscriptions.insert(++m_lastSubscription, {parameters.value("topic"_L1).toString(), 0, socket});
    return QJsonObject{{u"subscription"_s, m_lastSubscription}};
}

void Peer::send(Subscription& subscription, qint64 number, const QJsonObject& extra)
{
    QJsonObject parameters = extra;
    parameters.insert("subscription"_L1, number);
    parameters.insert("sequence"_L1, ++subscription.sequence);
    parameters.insert("topic"_L1, subscription.topic);
    const QJsonObject message{{u"jsonrpc"_s, u"2.0"_s}, {u"method"_s, u"notify"_s}, {u"params"_s, parameters}};
    subscription.socket->sendTextMessage(QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
}

void Peer::notify(const QString& topic, const QJsonArray& items)
{
    for (auto it = m_subscriptions.begin(); it != m_subscriptions.end(); ++it) {
        if (it->topic == topic)
            send(it.value(), it.key(), {{u"items"_s, items}});
    }
}

void Peer::resync(const QString& topic)
{
    for (auto it = m_subscriptions.begin(); it != m_subscriptions.end(); ++it) {
        if (it->topic == topic)
            send(it.value(), it.key(), {{u"resync"_s, true}});
    }
}

void Peer::loseOne(const QString& topic)
{
    for (Subscription& subscription : m_subscriptions) {
        if (subscription.topic == topic)
            ++subscription.sequence;
    }
}

bool Peer::isSubscribed(const QString& topic) const
{
    for (const Subscription& subscription : m_subscriptions) {
        if (subscription.topic == topic)
            return true;
    }
    return false;
}

void Peer::hangUp()
{
    const QList<QWebSocket*> sockets = std::exchange(m_sockets, {});
    m_subscriptions.clear();
    for (QWebSocket* socket : sockets) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
}

void Peer::sendText(const QString& text)
{
    for (QWebSocket* socket : std::as_const(m_sockets))
        socket->sendTextMessage(text);
}

} // namespace cohort::console

#include "console/net/wire.h"

#include "console/net/connection_words.h"
#include "console/net/text.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QWebSocket>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

constexpr int MostBeats = 6;                     // without a pong or message: the connection is dead
constexpr quint64 LargestMessage = 64ULL << 20U; // an export of 200,000 rows fits

} // namespace

Wire::Wire(std::chrono::milliseconds beat, QObject* parent) : QObject(parent), m_beat(this)
{
    m_beat.setInterval(beat);
    connect(&m_beat, &QTimer::timeout, this, &Wire::beat);
}

void Wire::open(const QUrl& url, const QByteArray& pin)
{
    drop();
    m_url = url;
    m_pin = pin;
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setMaxAllowedIncomingMessageSize(LargestMessage);
    m_socket->setMaxAllowedIncomingFrameSize(LargestMessage);
    connect(m_socket, &QWebSocket::connected, this, &Wire::connected);
    connect(m_socket, &QWebSocket::disconnected, this, [this] {
        // Where nobody listens, this comes before the error.
        const bool refused = m_socket->error() == QAbstractSocket::ConnectionRefusedError;
        loseTo(refused ? QAbstractSocket::ConnectionRefusedError : QAbstractSocket::RemoteHostClosedError);
    });
    connect(m_socket, QOverload<QAbstractSocket::SocketError>::of(&QWebSocket::error), this, &Wire::loseTo);
    connect(m_socket, &QWebSocket::textMessageReceived, this, [this](const QString& text) { take(text.toUtf8()); });
    connect(m_socket, &QWebSocket::pong, this, [this] {
        m_heard.restart();
        Q_EMIT alive();
    });
    // The pin decides, not the authorities: servers of studies have certificates of their own.
    connect(m_socket, &QWebSocket::sslErrors, m_socket, [socket = m_socket] { socket->ignoreSslErrors(); });
    m_socket->open(url);
}

void Wire::drop()
{
    m_beat.stop();
    if (!m_socket)
        return;
    QWebSocket* old = std::exchange(m_socket, nullptr);
    old->disconnect(this);
    old->abort();
    old->deleteLater();
}

void Wire::send(const QJsonObject& message)
{
    if (m_socket)
        m_socket->sendTextMessage(QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
}

void Wire::connected()
{
    if (m_url.scheme() == "wss"_L1) {
        const auto* secure = m_socket->findChild<QSslSocket*>();
        const QSslCertificate certificate = secure ? secure->peerCertificate() : QSslCertificate();
        const QByteArray shown = QCryptographicHash::hash(certificate.toDer(), QCryptographicHash::Sha256).toHex();
        if (certificate.isNull() || shown != m_pin) {
            drop();
            Q_EMIT m_pin.isEmpty() ? unpinned(shown) : pinBroken(shown);
            return;
        }
    }
    m_heard.start();
    m_beat.start();
    Q_EMIT opened();
}

void Wire::take(const QByteArray& text)
{
    m_heard.restart();
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (document.isObject())
        Q_EMIT received(document.object());
}

void Wire::beat()
{
    if (m_heard.elapsed() > qint64{MostBeats} * m_beat.interval())
        lose(Net::tr("The server does not answer."));
    else if (m_socket)
        m_socket->ping();
}

// Before it was open somebody else may be at the other end.
void Wire::loseTo(QAbstractSocket::SocketError error)
{
    const bool wasOpen = m_beat.isActive();
    const QString said = m_socket ? m_socket->errorString() : QString();
    lose(wasOpen ? Net::tr("The server closed the connection.") : connectionFailed(error, said, m_url));
}

void Wire::lose(const QString& reason)
{
    if (!m_socket)
        return;
    drop();
    Q_EMIT closed(reason);
}

} // namespace cohort::console

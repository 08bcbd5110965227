// A plain relay between a console and a server that can fall silent with its connections open, as a frozen server does.
// Thread: the test's. Owner: a test. Flow: console → here → server → here → console; nothing while it is frozen.
#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <memory>

namespace cohort::console {

class FreezingRelay
{
public:
    explicit FreezingRelay(const QUrl& server) : m_url(server)
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
    }
    bool listen() { return m_server.listen(QHostAddress::LocalHost); }
    QUrl url() const
    {
        QUrl url = m_url;
        url.setHost(QStringLiteral("127.0.0.1"));
        url.setPort(m_server.serverPort());
        return url;
    }
    void freeze() { m_isFrozen = true; }
    // What was held back goes on.
    void thaw()
    {
        m_isFrozen = false;
        m_thawed.setObjectName(QString::number(++m_thaws)); // its change tells all relays
    }

private:
    void accept()
    {
        QTcpSocket* console = m_server.nextPendingConnection();
        auto* server = new QTcpSocket(console);
        server->connectToHost(m_url.host(), static_cast<quint16>(m_url.port()));
        relay(console, server);
        relay(server, console);
        QObject::connect(console, &QTcpSocket::disconnected, console, &QObject::deleteLater);
        QObject::connect(server, &QTcpSocket::disconnected, console, &QTcpSocket::disconnectFromHost);
    }
    void relay(QTcpSocket* from, QTcpSocket* to)
    {
        const auto pass = [this, from, to] {
            if (!m_isFrozen && to->state() == QAbstractSocket::ConnectedState)
                to->write(from->readAll());
        };
        QObject::connect(from, &QTcpSocket::readyRead, to, pass);
        QObject::connect(to, &QTcpSocket::connected, to, pass);
        QObject::connect(&m_thawed, &QObject::objectNameChanged, to, pass);
    }

    const QUrl m_url;
    QTcpServer m_server;
    QObject m_thawed;
    bool m_isFrozen = false;
    int m_thaws = 0;
};

} // namespace cohort::console

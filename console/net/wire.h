// The socket's end: one QWebSocket, JSON in and out, certificate pin, heartbeat. Holds no requests.
// Thread: the client's own "console-net". Owner: RpcClient. Flow: RpcClient ⇄ Wire ⇄ server; parsing stays off the GUI.
#pragma once

#include <QAbstractSocket>
#include <QElapsedTimer>
#include <QJsonObject>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <chrono>

class QWebSocket;

namespace cohort::console {

class Wire : public QObject
{
    Q_OBJECT
public:
    // Asks for a sign of life every `beat`; after six without one the connection is dead.
    explicit Wire(std::chrono::milliseconds beat = std::chrono::seconds(5), QObject* parent = nullptr);

    // Connects; over TLS only a certificate with the SHA-256 fingerprint `pin` is spoken to. Empty: none known yet.
    void open(const QUrl& url, const QByteArray& pin);
    void send(const QJsonObject& message);
    // Ends the connection without telling `closed`.
    void drop();

Q_SIGNALS:
    void opened();
    void closed(const QString& reason);
    void received(const QJsonObject& message);
    // The other end is there: an answer to a beat.
    void alive();
    // First contact: nothing was sent; connect again with this pin when a person has agreed.
    void unpinned(const QByteArray& fingerprint);
    // Another certificate than the pinned one: nothing was sent.
    void pinBroken(const QByteArray& fingerprint);

private:
    void connected();
    void take(const QByteArray& text);
    void beat();
    void loseTo(QAbstractSocket::SocketError error);
    void lose(const QString& reason);

    QWebSocket* m_socket = nullptr;
    QTimer m_beat;
    QElapsedTimer m_heard;
    QByteArray m_pin;
    QUrl m_url;
};

} // namespace cohort::console

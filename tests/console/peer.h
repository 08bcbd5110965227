// A stand-in for the server's end of the console's channel: answers from a table, remembers what it was asked.
// Thread: the one that made it. Owner: a test, or peer_main. Flow: JSON-RPC request → handler → answer.
#pragma once

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QSslConfiguration>
#include <QUrl>
#include <QWebSocketServer>

#include <functional>
#include <optional>

namespace cohort::console {

struct PeerError
{
    QString code, detail;
    int retryAfterMs = 0;
};

// A result, or an error when `error` is there; `silent`: no answer at all.
struct PeerAnswer
{
    QJsonObject result;
    std::optional<PeerError> error;
    bool silent = false;

    PeerAnswer(QJsonObject object) : result(std::move(object)) {}
    PeerAnswer(PeerError failure) : error(std::move(failure)) {}
    static PeerAnswer none();
};

class Peer : public QObject
{
    Q_OBJECT
public:
    using Handler = std::function<PeerAnswer(const QJsonObject& parameters)>;
    struct Call
    {
        QString method;
        QJsonObject parameters;
    };

    explicit Peer(QObject* parent = nullptr);
    ~Peer() override;

    // Listens on loopback; 0: any port. False when it cannot.
    bool listen(quint16 port = 0);
    bool listenSecure(const QSslConfiguration& configuration);
    QUrl url() const;
    void on(const QString& method, const Handler& handler);
    // What methods without a handler get; an empty list unless said otherwise.
    void onOther(Handler handler);

    const QList<Call>& calls() const { return m_calls; }
    int count(const QString& method) const;
    // The parameters of the newest call of the method; empty if there is none.
    QJsonObject lastOf(const QString& method) const;
    // Sends to all who subscribed to the topic.
    void notify(const QString& topic, const QJsonArray& items);
    void resync(const QString& topic);
    // Skips one sequence number, as if a notification were lost.
    void loseOne(const QString& topic);
    bool isSubscribed(const QString& topic) const;
    // Drops every connection.
    void hangUp();
    void sendText(const QString& text);

private:
    struct Subscription
    {
        QString topic;
        qint64 sequence = 0;
        class QWebSocket* socket;
    };
    void accept();
    void take(QWebSocket* socket, const QString& text);
    PeerAnswer subscribe(QWebSocket* socket, const QJsonObject& parameters);
    void send(Subscription& subscription, qint64 number, const QJsonObject& extra);

    QWebSocketServer* m_server = nullptr;
    QHash<QString, Handler> m_handlers;
    Handler m_other;
    QList<Call> m_calls;
    QList<QWebSocket*> m_sockets;
    QHash<qint64, Subscription> m_subscriptions;
    qint64 m_lastSubscription = 0;
};

// Fills the peer with a believable community: "full", "empty" or "error".
void fillPeer(Peer& peer, const QString& mode);
// Its parts: the deployments alone; with homes, people, devices and what they measured.
void fillDeployments(Peer& peer);
void fillHomes(Peer& peer);

} // namespace cohort::console

// The console's one connection to its server: requests, subscriptions, session, reconnecting with back-off.
// Thread: GUI (the socket works in a thread of its own). Owner: app. Flow: models → call → Wire → server → QFuture.
// Source: JSON-RPC 2.0.
#pragma once

#include "console/net/liveness.h"
#include "console/net/subscription.h"
#include "shared/base/result.h"

#include <QFuture>
#include <QJsonObject>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <memory>

namespace cohort::console {

// Closed: nothing wanted. Open: connected, nobody signed in. Online: signed in. Waiting: until the next try.
// Refused: the server showed a wrong or unknown certificate; only a person can go on.
enum class LinkState { Closed, Connecting, Open, Online, Waiting, Refused };

// Known certificates by "host:port".
class PinStore
{
public:
    virtual ~PinStore() = default;
    virtual QByteArray pin(const QString& server) const = 0;
    virtual void setPin(const QString& server, const QByteArray& fingerprint) = 0;
};

struct RpcOptions
{
    std::chrono::milliseconds timeout{20'000};
    std::chrono::milliseconds firstRetry{500};
    std::chrono::milliseconds longestRetry{30'000};
    std::chrono::milliseconds beat{5'000}; // two without a sign of life: quiet; six: lost
    std::shared_ptr<PinStore> pins{};      // null: nothing is remembered
};

class RpcClient : public QObject
{
    Q_OBJECT
public:
    explicit RpcClient(RpcOptions options = {}, QObject* parent = nullptr);
    ~RpcClient() override;

    void open(const QUrl& endpoint);
    // Ends connection and session; requests under way fail with Cancelled.
    void close();
    // Pins the certificate shown, after a person compared it, and connects.
    void trust(const QByteArray& fingerprint);
    // Tries at once instead of at the end of the waiting time.
    void retryNow();

    // Errors: Unavailable (not connected), Busy (256 under way), Timeout, Cancelled, and what the server answers.
    QFuture<Result<QJsonObject>> call(const QString& method, const QJsonObject& parameters = {});
    // Somebody signed in: Online, with the token that later connections resume the session by.
    void beginSession(const QString& token);
    // Stands as soon as and whenever somebody is signed in.
    std::unique_ptr<Subscription> subscribe(const QString& topic, const QJsonObject& filter = {});

    LinkState state() const;
    const Liveness& liveness() const;
    QUrl server() const;

Q_SIGNALS:
    void stateChanged(cohort::console::LinkState state);
    // The connection went; the next try comes after `retry`.
    void lost(const QString& reason, std::chrono::milliseconds retry);
    void certificateUnknown(const QByteArray& fingerprint);
    void certificateChanged(const QByteArray& known, const QByteArray& shown);
    // The server does not know the session any more: sign in again.
    void sessionEnded(const cohort::Error& error);

private:
    friend class Subscription;
    struct Private;
    void forget(Subscription* subscription);
    void enter(LinkState state);
    void connectNow();
    void connectionLost(const QString& reason);
    void resume();
    void take(const QJsonObject& message);
    void stand(Subscription* subscription);

    std::unique_ptr<Private> d;
};

} // namespace cohort::console

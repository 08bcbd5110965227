#include "console/net/rpc_client.h"

#include "console/net/json.h"
#include "console/net/pending_calls.h"
#include "console/net/text.h"
#include "console/net/when_done.h"
#include "console/net/wire.h"

#include <QHostAddress>
#include <QPointer>
#include <QRandomGenerator>
#include <QThread>
#include <QTimer>

#include <algorithm>

namespace cohort::console {

using namespace Qt::StringLiterals;

struct RpcClient::Private
{
    RpcOptions options;
    QThread thread;
    Wire* wire = new Wire; // lives in `thread`, deleted at its end
    PendingCalls calls;
    QTimer retry;
    QUrl url;
    QString token;
    LinkState state = LinkState::Closed;
    std::chrono::milliseconds nextRetry{0};
    QList<Subscription*> subscriptions;

    QString serverName() const { return u"%1:%2"_s.arg(url.host()).arg(url.port()); }
    QByteArray pin() const { return options.pins ? options.pins->pin(serverName()) : QByteArray(); }
    void send(const QJsonObject& message)
    {
        QMetaObject::invokeMethod(wire, [target = wire, message] { target->send(message); });
    }
};

RpcClient::RpcClient(RpcOptions options, QObject* parent) : QObject(parent), d(std::make_unique<Private>())
{
    d->options = std::move(options);
    d->calls.setTimeout(d->options.timeout);
    d->thread.setObjectName(u"console-net"_s);
    d->wire->moveToThread(&d->thread);
    connect(&d->thread, &QThread::finished, d->wire, &QObject::deleteLater);
    d->thread.start();
    d->retry.setSingleShot(true);
    connect(&d->retry, &QTimer::timeout, this, &RpcClient::connectNow);
    connect(d->wire, &Wire::opened, this, &RpcClient::resume);
    connect(d->wire, &Wire::closed, this, &RpcClient::connectionLost);
    connect(d->wire, &Wire::received, this, &RpcClient::take);
    connect(d->wire, &Wire::unpinned, this, [this](const QByteArray& shown) {
        enter(LinkState::Refused);
        Q_EMIT certificateUnknown(shown);
    });
    connect(d->wire, &Wire::pinBroken, this, [this](const QByteArray& shown) {
        enter(LinkState::Refused);
        Q_EMIT certificateChanged(d->pin(), shown);
    });
}

RpcClient::~RpcClient()
{
    for (Subscription* subscription : std::as_const(d->subscriptions))
        subscription->m_client = nullptr;
    d->calls.failAll(Error{ErrorCode::Cancelled, {}});
    d->wire->disconnect(this);
    QMetaObject::invokeMethod(d->wire, [wire = d->wire] { wire->drop(); });
    d->thread.quit();
    d->thread.wait();
}

Result<QUrl> RpcClient::endpoint(const QString& address)
{
    QString text = address.trimmed();
    const bool named = text.contains("://"_L1);
    QUrl url = QUrl::fromUserInput(named ? text : u"https://"_s + text);
    static const QStringList schemes{u"http"_s, u"https"_s, u"ws"_s, u"wss"_s};
    if (text.isEmpty() || !url.isValid() || url.host().isEmpty() || !schemes.contains(url.scheme()))
        return fail(ErrorCode::WrongValue, Net::tr("“%1” is no address of a server; write for example "
                                                   "https://cohort.example.org:8460")
                                               .arg(text));
    const QString host = url.host();
    const bool loopback = host == "localhost"_L1 || QHostAddress(host).isLoopback();
    const bool plain = named ? url.scheme() == "http"_L1 || url.scheme() == "ws"_L1 : loopback;
    url.setScheme(plain ? u"ws"_s : u"wss"_s);
    if (url.port() < 0)
        url.setPort(8460);
    url.setPath(u"/console"_s);
    url.setUserInfo({});
    return url;
}

void RpcClient::open(const QUrl& endpoint)
{
    close();
    d->url = endpoint;
    d->nextRetry = d->options.firstRetry;
    connectNow();
}

void RpcClient::close()
{
    d->retry.stop();
    d->token.clear();
    QMetaObject::invokeMethod(d->wire, [wire = d->wire] { wire->drop(); });
    d->calls.failAll(Error{ErrorCode::Cancelled, {}});
    for (Subscription* subscription : std::as_const(d->subscriptions))
        subscription->m_number = 0;
    enter(LinkState::Closed);
}

void RpcClient::trust(const QByteArray& fingerprint)
{
    if (d->options.pins)
        d->options.pins->setPin(d->serverName(), fingerprint);
    connectNow();
}

void RpcClient::retryNow()
{
    if (d->state == LinkState::Waiting)
        connectNow();
}

LinkState RpcClient::state() const
{
    return d->state;
}

QUrl RpcClient::server() const
{
    return d->url;
}

void RpcClient::enter(LinkState state)
{
    if (std::exchange(d->state, state) != state)
        Q_EMIT stateChanged(state);
}

void RpcClient::connectNow()
{
    d->retry.stop();
    enter(LinkState::Connecting);
    QMetaObject::invokeMethod(d->wire, [wire = d->wire, url = d->url, pin = d->pin()] { wire->open(url, pin); });
}

void RpcClient::connectionLost(const QString& reason)
{
    if (d->state == LinkState::Closed || d->state == LinkState::Refused)
        return;
    for (Subscription* subscription : std::as_const(d->subscriptions))
        subscription->m_number = 0;
    // Jitter, so that a room full of consoles does not come back in one instant.
    const auto wait = d->nextRetry + d->nextRetry * QRandomGenerator::global()->bounded(25) / 100;
    d->nextRetry = std::min(d->nextRetry * 2, d->options.longestRetry);
    enter(LinkState::Waiting);
    d->calls.failAll(Error{ErrorCode::Unavailable, Net::tr("the connection to the server was lost")});
    d->retry.start(wait);
    Q_EMIT lost(reason, wait);
}

void RpcClient::resume()
{
    d->nextRetry = d->options.firstRetry;
    if (d->token.isEmpty()) {
        enter(LinkState::Open);
        return;
    }
    whenDone(this, call(u"session.resume"_s, {{u"token"_s, d->token}}), [this](const Result<QJsonObject>& answer) {
        if (answer) {
            enter(LinkState::Online);
            standAll();
        } else if (answer.error().code == ErrorCode::NotSignedIn ||
                   answer.error().code == ErrorCode::WrongCredentials) {
            d->token.clear();
            enter(LinkState::Open);
            Q_EMIT sessionEnded(answer.error());
        } else if (d->state == LinkState::Connecting) {
            QMetaObject::invokeMethod(d->wire, [wire = d->wire] { wire->drop(); });
            connectionLost(answer.error().message());
        }
    });
}

QFuture<Result<QJsonObject>> RpcClient::call(const QString& method, const QJsonObject& parameters)
{
    const bool resuming = d->state == LinkState::Connecting && method == "session.resume"_L1;
    if (d->state != LinkState::Online && d->state != LinkState::Open && !resuming)
        return d->calls.refused(Error{ErrorCode::Unavailable, Net::tr("there is no connection to the server now")});
    qint64 id = 0;
    const auto future = d->calls.add(&id);
    if (id != 0)
        d->send({{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"method"_s, method}, {u"params"_s, parameters}});
    return future;
}

QFuture<Result<QJsonObject>> RpcClient::signIn(const QString& method, const QJsonObject& parameters)
{
    const QPointer<RpcClient> self(this);
    return call(method, parameters).then([self](const Result<QJsonObject>& answer) {
        if (answer && self) {
            self->d->token = json::text(*answer, "token"_L1);
            self->enter(LinkState::Online);
            self->standAll();
        }
        return answer;
    });
}

QFuture<Result<QJsonObject>> RpcClient::signOut()
{
    const QPointer<RpcClient> self(this);
    return call(u"session.signOut"_s).then([self](const Result<QJsonObject>& answer) {
        // Not from inside the answer's own delivery: closing fails what is under way.
        if (self)
            QMetaObject::invokeMethod(self, &RpcClient::close, Qt::QueuedConnection);
        return answer;
    });
}

std::unique_ptr<Subscription> RpcClient::subscribe(const QString& topic, const QJsonObject& filter)
{
    std::unique_ptr<Subscription> subscription(new Subscription(this, topic, filter));
    d->subscriptions.append(subscription.get());
    if (d->state == LinkState::Online)
        stand(subscription.get());
    return subscription;
}

void RpcClient::forget(Subscription* subscription)
{
    d->subscriptions.removeOne(subscription);
    if (subscription->m_number != 0 && d->state == LinkState::Online)
        call(u"unsubscribe"_s, {{u"subscription"_s, subscription->m_number}});
}

void RpcClient::stand(Subscription* subscription)
{
    const auto answer =
        call(u"subscribe"_s, {{u"topic"_s, subscription->m_topic}, {u"filter"_s, subscription->m_filter}});
    const QPointer<Subscription> target(subscription);
    whenDone(this, answer, [this, target](const Result<QJsonObject>& result) {
        if (!target) {
            if (result)
                call(u"unsubscribe"_s, *result);
            return;
        }
        if (!result) {
            Q_EMIT target->failed(result.error());
            return;
        }
        if (d->state != LinkState::Online)
            return; // stands for the connection before; the next one asks again
        target->m_number = json::number(*result, "subscription"_L1);
        target->m_sequence = 0;
        Q_EMIT target->reloadNeeded();
    });
}

void RpcClient::standAll()
{
    const QList<Subscription*> all = d->subscriptions;
    for (Subscription* subscription : all)
        stand(subscription);
}

void RpcClient::take(const QJsonObject& message)
{
    if (message.contains("id"_L1)) {
        d->calls.answer(message);
        return;
    }
    const QJsonObject parameters = json::object(message, "params"_L1);
    const qint64 number = json::number(parameters, "subscription"_L1);
    const qint64 sequence = json::number(parameters, "sequence"_L1);
    const auto found = std::find_if(d->subscriptions.cbegin(), d->subscriptions.cend(),
                                    [number](const Subscription* one) { return one->m_number == number; });
    if (number == 0 || found == d->subscriptions.cend())
        return;
    Subscription* subscription = *found;
    const bool gap = subscription->m_sequence != 0 && sequence != subscription->m_sequence + 1;
    subscription->m_sequence = sequence;
    if (gap || json::flag(parameters, "resync"_L1))
        Q_EMIT subscription->reloadNeeded();
    else
        Q_EMIT subscription->received(parameters.value("items"_L1).toArray());
}

} // namespace cohort::console

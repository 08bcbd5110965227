#include "console/net/rpc_client.h"

#include "console/net/pending_calls.h"
#include "console/net/text.h"
#include "console/net/typed_call.h"
#include "console/net/wire.h"
#include "shared/base/when_done.h"
#include "shared/protocol/operations/session.h"

#include <QPointer>
#include <QRandomGenerator>
#include <QThread>
#include <QTimer>

#include <algorithm>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

// As the pins are kept: "host:port".
QString serverName(const QUrl& url)
{
    return u"%1:%2"_s.arg(url.host()).arg(url.port());
}

QByteArray pinOf(const RpcOptions& options, const QUrl& url)
{
    return options.pins ? options.pins->pin(serverName(url)) : QByteArray();
}

// Whether trying again by itself helps nobody: a person signs in anew, or reads what is wrong with the server's answer.
bool isOver(ErrorCode code)
{
    return code == ErrorCode::NotSignedIn || code == ErrorCode::WrongCredentials || code == ErrorCode::AccountLocked ||
           code == ErrorCode::CannotParse;
}

} // namespace

struct RpcClient::Private
{
    RpcOptions options;
    QThread thread;
    Wire* wire = nullptr; // lives in `thread`, deleted at its end
    PendingCalls calls;
    QTimer retry;
    Liveness liveness;
    QUrl url;
    QString token;
    LinkState state = LinkState::Closed;
    std::chrono::milliseconds nextRetry{0};
    QList<Subscription*> subscriptions;

    void send(const QJsonObject& message)
    {
        QMetaObject::invokeMethod(wire, [target = wire, message] { target->send(message); });
    }
};

RpcClient::RpcClient(RpcOptions options, QObject* parent) : QObject(parent), d(std::make_unique<Private>())
{
    d->options = std::move(options);
    d->wire = new Wire(d->options.beat);
    d->liveness.setSilence(2 * d->options.beat);
    d->calls.setTimeout(d->options.timeout);
    d->thread.setObjectName(u"console-net"_s);
    d->wire->moveToThread(&d->thread);
    connect(&d->thread, &QThread::finished, d->wire, &QObject::deleteLater);
    d->thread.start();
    d->retry.setSingleShot(true);
    connect(&d->retry, &QTimer::timeout, this, &RpcClient::connectNow);
    connect(d->wire, &Wire::alive, &d->liveness, &Liveness::hear);
    connect(d->wire, &Wire::opened, this, &RpcClient::resume);
    connect(d->wire, &Wire::closed, this, &RpcClient::connectionLost);
    connect(d->wire, &Wire::received, this, &RpcClient::take);
    connect(d->wire, &Wire::unpinned, this, [this](const QByteArray& shown) {
        enter(LinkState::Refused);
        Q_EMIT certificateUnknown(shown);
    });
    connect(d->wire, &Wire::pinBroken, this, [this](const QByteArray& shown) {
        enter(LinkState::Refused);
        Q_EMIT certificateChanged(pinOf(d->options, d->url), shown);
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
        d->options.pins->setPin(serverName(d->url), fingerprint);
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

const Liveness& RpcClient::liveness() const
{
    return d->liveness;
}

QUrl RpcClient::server() const
{
    return d->url;
}

void RpcClient::enter(LinkState state)
{
    if (std::exchange(d->state, state) == state)
        return;
    d->liveness.setOnline(state == LinkState::Online);
    Q_EMIT stateChanged(state);
    if (d->state != LinkState::Online)
        return;
    const QList<Subscription*> all = d->subscriptions;
    for (Subscription* subscription : all)
        stand(subscription);
}

void RpcClient::connectNow()
{
    d->retry.stop();
    enter(LinkState::Connecting);
    QMetaObject::invokeMethod(
        d->wire, [wire = d->wire, url = d->url, pin = pinOf(d->options, d->url)] { wire->open(url, pin); });
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
    d->liveness.hear();
    if (d->token.isEmpty()) {
        d->nextRetry = d->options.firstRetry;
        enter(LinkState::Open);
        return;
    }
    const auto resumed = console::call(*this, protocol::SessionResume{d->token});
    whenDone(this, resumed, [this](const Result<model::OperatorSession>& answer) {
        if (answer || isOver(answer.error().code))
            d->nextRetry = d->options.firstRetry; // it serves: a connection alone says little
        if (answer) {
            enter(LinkState::Online);
        } else if (isOver(answer.error().code)) {
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

void RpcClient::beginSession(const QString& token)
{
    d->token = token;
    enter(LinkState::Online);
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
        console::call(*this, protocol::Unsubscribe{subscription->m_number});
}

void RpcClient::stand(Subscription* subscription)
{
    const auto answer = console::call(*this, protocol::Subscribe{subscription->m_topic, subscription->m_filter});
    const QPointer<Subscription> target(subscription);
    whenDone(this, answer, [this, target](const Result<protocol::SubscriptionStarted>& result) {
        if (!target) {
            if (result)
                console::call(*this, protocol::Unsubscribe{result->subscription});
            return;
        }
        if (!result) {
            Q_EMIT target->failed(result.error());
            return;
        }
        if (d->state != LinkState::Online)
            return; // stands for the connection before; the next one asks again
        target->m_number = result->subscription;
        target->m_sequence = 0;
        Q_EMIT target->reloadNeeded();
    });
}

void RpcClient::take(const QJsonObject& message)
{
    d->liveness.hear();
    if (message.contains("id"_L1)) {
        d->calls.answer(message);
        return;
    }
    const QJsonObject parameters = message.value("params"_L1).toObject();
    const qint64 number = parameters.value("subscription"_L1).toInteger();
    const qint64 sequence = parameters.value("sequence"_L1).toInteger();
    const auto found = std::find_if(d->subscriptions.cbegin(), d->subscriptions.cend(),
                                    [number](const Subscription* one) { return one->m_number == number; });
    if (number == 0 || found == d->subscriptions.cend())
        return;
    Subscription* subscription = *found;
    const bool gap = subscription->m_sequence != 0 && sequence != subscription->m_sequence + 1;
    subscription->m_sequence = sequence;
    if (gap || parameters.value("resync"_L1).toBool())
        Q_EMIT subscription->reloadNeeded();
    else
        Q_EMIT subscription->received(parameters.value("items"_L1).toArray());
}

} // namespace cohort::console

#include "console/net/pending_calls.h"

#include "console/net/text.h"

#include <algorithm>

namespace cohort::console {

using namespace Qt::StringLiterals;

PendingCalls::PendingCalls()
{
    QObject::connect(&m_clock, &QTimer::timeout, &m_clock, [this] { expire(); });
}

QFuture<PendingCalls::Answer> PendingCalls::add(qint64* id)
{
    if (m_calls.size() >= Most)
        return refused(Error{ErrorCode::Busy, Net::tr("too many requests are under way")});
    *id = ++m_lastId;
    Call& call = m_calls[*id];
    call.deadline = std::chrono::steady_clock::now() + m_timeout;
    call.promise.start();
    if (!m_clock.isActive())
        m_clock.start(std::clamp(m_timeout / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(500)));
    return call.promise.future();
}

QFuture<PendingCalls::Answer> PendingCalls::refused(const Error& error)
{
    QPromise<Answer> promise;
    promise.start();
    fulfil(promise, fail(error));
    return promise.future();
}

void PendingCalls::answer(const QJsonObject& message)
{
    auto node = m_calls.extract(message.value("id"_L1).toInteger());
    if (!node.empty())
        fulfil(node.mapped().promise, resultOf(message));
}

void PendingCalls::failAll(const Error& error)
{
    auto calls = std::exchange(m_calls, {});
    for (auto& [id, call] : calls)
        fulfil(call.promise, fail(error));
}

PendingCalls::Answer PendingCalls::resultOf(const QJsonObject& message)
{
    if (!message.contains("error"_L1))
        return message.value("result"_L1).toObject();
    const QJsonObject error = message.value("error"_L1).toObject();
    const QJsonObject data = error.value("data"_L1).toObject();
    const auto code = errorFromName(data.value("code"_L1).toString().toStdString());
    QString detail = data.value("detail"_L1).toString();
    if (!code && detail.isEmpty())
        detail = error.value("message"_L1).toString();
    return fail(code.value_or(ErrorCode::Internal), detail, data.value("retryAfterMs"_L1).toInt());
}

void PendingCalls::fulfil(QPromise<Answer>& promise, Answer answer)
{
    promise.addResult(std::move(answer));
    promise.finish();
}

void PendingCalls::expire()
{
    const auto now = std::chrono::steady_clock::now();
    std::map<qint64, Call> late;
    for (auto it = m_calls.begin(); it != m_calls.end();) {
        auto next = std::next(it);
        if (it->second.deadline <= now)
            late.insert(m_calls.extract(it));
        it = next;
    }
    if (m_calls.empty())
        m_clock.stop();
    for (auto& [id, call] : late)
        fulfil(call.promise, fail(ErrorCode::Timeout));
}

} // namespace cohort::console

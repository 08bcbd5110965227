#include "server/api/dispatch/console_session.h"

#include "server/api/dispatch/dispatch.h"
#include "server/api/dispatch/secrets.h"
#include "server/store/repositories/session_repository.h"
#include "shared/base/log.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

ConsoleSession::ConsoleSession(std::shared_ptr<ApiContext> context, std::string address)
    : m_context(std::move(context)), m_address(std::move(address)), m_lane(m_context->nextLane++)
{
}

void ConsoleSession::onOpen(net::WebSocketPtr socket)
{
    {
        const std::lock_guard lock(m_mutex);
        m_socket = std::move(socket);
    }
    m_context->live.addReviewed(shared_from_this());
}

void ConsoleSession::onClose(int)
{
    m_context->live.removeAll(this);
    const std::lock_guard lock(m_mutex);
    m_socket.reset();
}

void ConsoleSession::closeWith(const char* reason)
{
    net::WebSocketPtr socket;
    {
        const std::lock_guard lock(m_mutex);
        socket = m_socket;
    }
    if (socket)
        socket->close(4401, reason);
}

QByteArray ConsoleSession::session() const
{
    const std::lock_guard lock(m_mutex);
    return m_session;
}

void ConsoleSession::review(const QByteArray& session, const std::optional<QString>& roles)
{
    bool isSignedIn = false, stands = false;
    int seconds = 0;
    {
        const std::lock_guard lock(m_mutex);
        seconds = ++m_seconds;
        isSignedIn = !m_session.isEmpty();
        stands = session != m_session || roles == m_roles; // another one signed in meanwhile: looked at next time
    }
    if (!isSignedIn && seconds >= m_context->settings.reviewSeconds)
        return closeWith("sign in first");
    if (!isSignedIn || stands)
        return;
    m_context->live.endAll(this);
    closeWith("session or rights changed");
}

void ConsoleSession::notify(std::string json)
{
    send(std::move(json));
}

void ConsoleSession::changed(const char*) {} // pages only

void ConsoleSession::send(std::string text)
{
    net::WebSocketPtr socket;
    {
        const std::lock_guard lock(m_mutex);
        socket = m_socket;
    }
    if (socket)
        socket->send(std::move(text));
}

QString ConsoleSession::token() const
{
    const std::lock_guard lock(m_mutex);
    return m_token;
}

void ConsoleSession::remember(const QString& method, const QJsonObject& result)
{
    const bool begins =
        method == u"session.signIn"_s || method == u"session.resume"_s || method == u"session.firstAdmin"_s;
    if (!begins && method != u"session.signOut"_s)
        return;
    m_context->live.removeAll(this); // what the one before followed
    const std::lock_guard lock(m_mutex);
    const auto session = begins ? model::fromJson<model::OperatorSession>(result) : fail(ErrorCode::NotSignedIn);
    m_token = session ? session->token : QString();
    m_session = session ? sha256(session->token) : QByteArray();
    m_roles = session ? store::rolesText(session->roles) : QString();
}

void ConsoleSession::onText(std::string text)
{
    QJsonParseError error{};
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(text), &error);
    if (error.error != QJsonParseError::NoError || !document.isObject())
        return answer({},
                      fail(ErrorCode::CannotParse,
                           error.error != QJsonParseError::NoError ? error.errorString() : u"a call is an object"_s));
    const auto request = document.object();
    const auto id = request.value("id"_L1), method = request.value("method"_L1), params = request.value("params"_L1);
    if (!(id.isString() || id.isDouble()) || (id.isString() && id.toString().size() > 100))
        return answer({}, fail(ErrorCode::CannotParse, u"'id' must be a number or a short text"_s));
    if (!method.isString())
        return answer(id, fail(ErrorCode::CannotParse, u"'method' must be a text"_s));
    if (!params.isObject() && !params.isUndefined())
        return answer(id, fail(ErrorCode::WrongValue, u"'params' must be an object"_s));
    call(id, method.toString(), params.toObject());
}

void ConsoleSession::call(const QJsonValue& id, const QString& method, const QJsonObject& params)
{
    const auto* operation = protocol::findOperation(method.toStdString());
    const auto self = shared_from_this();
    m_context->run(
        m_lane, operation != nullptr && !operation->changes,
        [self, method, params](store::Connection& connection) { return self->perform(connection, method, params); },
        [self, id](const Result<QJsonObject>& result) { self->answer(id, result); });
}

Result<QJsonObject> ConsoleSession::perform(store::Connection& connection, const QString& method,
                                            const QJsonObject& params)
{
    const auto* operation = protocol::findOperation(method.toStdString());
    if (operation != nullptr && operation->access != protocol::Access::Public && token().isEmpty())
        return fail(ErrorCode::NotSignedIn);
    if (method == u"subscribe"_s || method == u"unsubscribe"_s) {
        COHORT_CHECK(protocol::checkParameters(*operation, params));
        if (method == u"subscribe"_s)
            return subscribe(connection, params);
        COHORT_CHECK(m_context->live.remove(this, params.value("subscription"_L1).toInteger()));
        return QJsonObject{};
    }
    auto result = runOperation(
        connection, m_context->services, m_context->settings,
        {.method = method, .params = params, .token = token(), .address = QString::fromStdString(m_address)});
    if (result)
        remember(method, *result);
    return result;
}

Result<QJsonObject> ConsoleSession::subscribe(store::Connection& connection, const QJsonObject& params)
{
    COHORT_TRY(identity, loadIdentity(connection, token()));
    const auto* topic = protocol::findTopic(params.value("topic"_L1).toString().toStdString());
    if (topic == nullptr)
        return fail(ErrorCode::WrongValue, u"'topic' is not one of GET /api/v1"_s);
    qint64 filter = 0;
    const auto given = params.value("filter"_L1).toObject();
    if (topic->filter != protocol::Noun::None) {
        const auto value = given.value(QLatin1String(model::nounName(topic->filter)));
        if (!value.isDouble() || value.toInteger() < 1)
            return fail(ErrorCode::MissingValue, u"'filter.%1'"_s.arg(QLatin1String(model::nounName(topic->filter))));
        filter = value.toInteger();
    }
    COHORT_TRY(deployment, checkTopic(connection, identity, *topic, filter));
    const bool seesAll = topic->access == protocol::Access::Everywhere || identity.maySeeTexts(deployment);
    COHORT_TRY(number, m_context->live.add(shared_from_this(), topic->name, filter,
                                           seesAll ? Eyes::Coordinator : Eyes::Analyst));
    return QJsonObject{{u"subscription"_s, static_cast<qint64>(number)}};
}

void ConsoleSession::answer(const QJsonValue& id, const Result<QJsonObject>& result)
{
    QJsonObject reply{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id.isUndefined() ? QJsonValue() : id}};
    if (result)
        reply.insert(u"result"_s, *result);
    else
        reply.insert(u"error"_s, errorJson(result.error()));
    send(QJsonDocument(reply).toJson(QJsonDocument::Compact).toStdString());
}

} // namespace cohort::api

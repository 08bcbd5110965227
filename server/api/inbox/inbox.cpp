#include "server/api/inbox/inbox.h"

#include "server/api/dispatch/http_answers.h"
#include "server/api/dispatch/page_files.h"
#include "server/api/dispatch/secrets.h"
#include "server/api/inbox/inbox_requests.h"
#include "server/store/repositories/participant_repository.h"
#include "server/store/repositories/session_repository.h"
#include "shared/base/limits.h"

#include <QJsonDocument>

#include <mutex>

// Outside of any namespace, as Qt wants it: a static library's resources are linked only when they are asked for.
static void initPageResource()
{
    Q_INIT_RESOURCE(page);
}

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr const char* CookieName = "cohort_session";
constexpr int CookieSeconds = 30 * 86'400;
constexpr int BeatEvery = 10; // reviews, which are one a second

// The page's WebSocket: says what changed, and every ten seconds that it is there; takes nothing.
class PageSession final : public net::WebSocketHandler,
                          public Listener,
                          public std::enable_shared_from_this<PageSession>
{
public:
    // `standing`: what the page depends on, as SessionRepository tells it.
    PageSession(std::shared_ptr<ApiContext> context, ParticipantId participant, QByteArray session, QString standing)
        : m_context(std::move(context)), m_participant(participant), m_session(std::move(session)),
          m_standing(std::move(standing))
    {
    }
    void onOpen(net::WebSocketPtr socket) override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_socket = std::move(socket);
        }
        m_context->live.addPage(shared_from_this(), m_participant);
        m_context->live.addReviewed(shared_from_this());
    }
    void onText(std::string) override {}
    void onClose(int) override
    {
        m_context->live.removeAll(this);
        const std::lock_guard lock(m_mutex);
        m_socket.reset();
    }
    void notify(std::string) override {}
    void changed(const char* what) override
    {
        if (const auto open = socket())
            open->send(std::string(R"({"changed":[")") + what + "\"]}");
    }
    QByteArray session() const override { return m_session; }
    void review(const QByteArray&, const std::optional<QString>& standing) override
    {
        const auto open = socket();
        if (!open)
            return;
        if (!standing)
            return open->close(4401, "the session is over");
        if (std::exchange(m_standing, *standing) != *standing)
            changed("person");
        else if (++m_reviews % BeatEvery == 0)
            open->send(R"({"changed":[]})"); // a page that hears nothing connects anew
    }

private:
    net::WebSocketPtr socket() const
    {
        const std::lock_guard lock(m_mutex);
        return m_socket;
    }

    const std::shared_ptr<ApiContext> m_context;
    const ParticipantId m_participant;
    const QByteArray m_session; // SHA-256 of its token
    QString m_standing;         // reviews' alone, which come one after the other
    int m_reviews = 0;          // likewise
    mutable std::mutex m_mutex;
    net::WebSocketPtr m_socket;
};

std::string cookieHeader(const QString& token, bool tls)
{
    std::string header =
        std::string(CookieName) + "=" + token.toStdString() +
        "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(token.isEmpty() ? 0 : CookieSeconds);
    return tls ? header + "; Secure" : header;
}

constexpr PageFile Files[] = {
    {"/", ":/page/index.html", "text/html; charset=utf-8"},
    {"/page/app.css", ":/page/app.css", "text/css; charset=utf-8"},
    {"/page/texts.js", ":/page/texts.js", "text/javascript; charset=utf-8"},
    {"/page/cards.js", ":/page/cards.js", "text/javascript; charset=utf-8"},
    {"/page/connection.js", ":/page/connection.js", "text/javascript; charset=utf-8"},
    {"/page/outbox.js", ":/page/outbox.js", "text/javascript; charset=utf-8"},
    {"/page/seen.js", ":/page/seen.js", "text/javascript; charset=utf-8"},
    {"/page/entering.js", ":/page/entering.js", "text/javascript; charset=utf-8"},
    {"/page/app.js", ":/page/app.js", "text/javascript; charset=utf-8"},
    {"/page/icon.svg", ":/page/icon.svg", "image/svg+xml"},
};

// const LIMITS = {"UserNameMost":100,…}; for the page's fields and texts.
net::Response limitsFile()
{
    QJsonObject all;
    for (const Limit& limit : limits())
        all.insert(QLatin1StringView(limit.name), limit.value);
    const QByteArray json = QJsonDocument(all).toJson(QJsonDocument::Compact);
    return pageResponse("\"use strict\";\nconst LIMITS = " + json.toStdString() + ";\n",
                        "text/javascript; charset=utf-8");
}

InboxRequest inboxRequest(const net::Request& request, QJsonObject body)
{
    return {
        .token = cookie(request, CookieName), .address = QString::fromStdString(request.peer), .body = std::move(body)};
}

} // namespace

Inbox::Inbox(std::shared_ptr<ApiContext> context) : m_context(std::move(context))
{
    initPageResource();
}

void Inbox::items(const net::Request& request, const net::Reply& reply) const
{
    m_context->run(
        laneOf(request), true,
        [context = m_context.get(), wanted = inboxRequest(request, {})](store::Connection& connection) {
            return inboxItems(connection, *context, wanted);
        },
        [reply](const Result<QJsonObject>& result) {
            reply.send(result ? jsonResponse(200, *result) : errorResponse(result.error()));
        });
}

void Inbox::post(const net::Request& request, const net::Reply& reply) const
{
    const auto* row = findInboxRow(request.path);
    if (row == nullptr)
        return reply.send(errorResponse({ErrorCode::NotFound, {}}));
    if (!isSameOrigin(request))
        return reply.send(errorResponse({ErrorCode::AccessDenied, u"from another site"_s}));
    if (!request.header("Content-Type").starts_with("application/json"))
        return reply.send(errorResponse({ErrorCode::CannotParse, u"send application/json"_s}));
    const auto body = bodyObject(request);
    if (!body)
        return reply.send(errorResponse(body.error()));
    const bool isSignOut = row->path == "/inbox/signOut";
    m_context->run(
        row->opensSession ? addressLane(request) : laneOf(request), false,
        [context = m_context.get(), row, wanted = inboxRequest(request, *body)](store::Connection& connection) {
            return row->work(connection, *context, wanted);
        },
        [reply, row, isSignOut, tls = request.tls](const Result<QJsonObject>& result) {
            if (!result)
                return reply.send(errorResponse(result.error()));
            QJsonObject told = *result;
            const QString token = told.take("token"_L1).toString(); // goes into the cookie alone, which no script reads
            auto response = jsonResponse(200, told);
            if (row->opensSession || isSignOut)
                response.headers.emplace_back("Set-Cookie", cookieHeader(token, tls));
            reply.send(response);
        });
}

void Inbox::onRequest(const net::Request& request, const net::Reply& reply) const
{
    if (request.method == "POST")
        return post(request, reply);
    if (request.method != "GET" && request.method != "HEAD")
        return reply.send(errorResponse({ErrorCode::WrongValue, u"use GET or POST"_s}));
    if (request.path == "/inbox/items")
        return items(request, reply);
    if (request.path == "/page/limits.js")
        return reply.send(limitsFile());
    const std::string_view path = request.path;
    if (auto file = pageFile(Files, path.starts_with("/e/") ? "/" : path))
        return reply.send(std::move(*file));
    reply.send(errorResponse({ErrorCode::NotFound, {}}));
}

void Inbox::onUpgrade(const net::Request& request, const net::UpgradeReply& reply) const
{
    const QString token = cookie(request, CookieName);
    const auto refuse = [](const Error& error) {
        return net::Upgrade{.handler = nullptr, .subprotocol = {}, .refusal = errorResponse(error)};
    };
    if (token.isEmpty() || !request.hasHeader("Origin"))
        return reply(refuse({ErrorCode::NotSignedIn, {}}));
    m_context->run(
        laneOf(request), true,
        [token](store::Connection& connection) -> Result<QJsonObject> {
            COHORT_TRY(found, store::ParticipantRepository(connection).session(sha256(token)));
            if (!found)
                return fail(ErrorCode::NotSignedIn);
            COHORT_TRY(standing, store::SessionRepository(connection).standing({sha256(token)}));
            return QJsonObject{{u"id"_s, static_cast<qint64>(found->id.value)},
                               {u"standing"_s, standing[sha256(token)]}};
        },
        [context = m_context, reply, refuse, session = sha256(token)](const Result<QJsonObject>& who) {
            if (!who)
                return reply(refuse(who.error()));
            const ParticipantId participant{who->value("id"_L1).toInteger()};
            reply({.handler = std::make_shared<PageSession>(context, participant, session,
                                                            who->value("standing"_L1).toString()),
                   .subprotocol = {},
                   .refusal = {}});
        });
}

} // namespace cohort::api

#include "server/api/dispatch/api_handler.h"

#include "server/api/devices/cloud.h"
#include "server/api/dispatch/api_document.h"
#include "server/api/dispatch/console_session.h"
#include "server/api/dispatch/dispatch.h"
#include "server/api/dispatch/http_answers.h"
#include "server/api/inbox/inbox.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

struct ApiHandler::Private
{
    Private(ApiOptions options, Services services)
        : context(
              std::make_shared<ApiContext>(std::move(services), std::move(options.settings),
                                           ExecutorOptions{.database = options.database, .threads = options.threads})),
          cloud(context), inbox(context), requests(context->services.metrics.counter<metrics::Metric::ApiRequests>())
    {
    }

    std::shared_ptr<ApiContext> context;
    Cloud cloud;
    Inbox inbox;
    const ApiDocument document;
    metrics::Counter& requests;
    bool running = false;

    void watch(const net::Reply& reply) const;
    void method(const net::Request& request, const net::Reply& reply);
};

void ApiHandler::Private::watch(const net::Reply& reply) const
{
    const bool ready = running && (!context->settings.isReady || context->settings.isReady());
    reply.send(textResponse(ready ? 200 : 503, ready ? "OK" : "not ready"));
}

// POST /api/v1/METHOD
void ApiHandler::Private::method(const net::Request& request, const net::Reply& reply)
{
    const QString name = QString::fromStdString(request.path.substr(sizeof "/api/v1/" - 1));
    const auto* operation = protocol::findOperation(name.toStdString());
    if (request.method != "POST")
        return reply.send(errorResponse({ErrorCode::WrongValue, u"use POST; GET /api/v1 describes the operations"_s}));
    if (operation == nullptr)
        return reply.send(errorResponse({ErrorCode::UnknownMethod, name.left(100)}));
    if (name.endsWith(u"subscribe"_s))
        return reply.send(errorResponse({ErrorCode::WrongValue, u"subscriptions need the WebSocket /console"_s}));
    const auto params = bodyObject(request);
    if (!params)
        return reply.send(errorResponse(params.error()));
    const OperationRequest wanted{.method = name,
                                  .params = *params,
                                  .token = bearerToken(request),
                                  .address = QString::fromStdString(request.peer)};
    if (operation->access != protocol::Access::Public && wanted.token.isEmpty())
        return reply.send(errorResponse({ErrorCode::NotSignedIn, u"send 'Authorization: Bearer TOKEN'"_s}));
    context->run(
        operation->access == protocol::Access::Public ? addressLane(request) : laneOf(request), !operation->changes,
        [context = context.get(), wanted](store::Connection& connection) {
            return runOperation(connection, context->services, context->settings, wanted);
        },
        [reply](const Result<QJsonObject>& result) {
            reply.send(result ? jsonResponse(200, *result) : errorResponse(result.error()));
        });
}

ApiHandler::ApiHandler(ApiOptions options, Services services)
    : d(std::make_unique<Private>(std::move(options), std::move(services)))
{
}

ApiHandler::~ApiHandler()
{
    stop();
}

void ApiHandler::start()
{
    d->context->executor.start();
    d->context->live.start();
    d->running = true;
}

void ApiHandler::stop()
{
    if (!std::exchange(d->running, false))
        return;
    d->context->live.stop();
    d->context->executor.stop();
}

net::Limits ApiHandler::limits()
{
    net::Limits limits;
    limits.bodyBytes = FrameBytesMost;
    limits.sendQueueBytes = 32 * 1024 * 1024; // an export of 200,000 rows is one answer
    return limits;
}

void ApiHandler::onRequest(net::Request request, net::Reply reply)
{
    d->requests.add();
    const std::string& path = request.path;
    if (path == "/espapi/watch")
        return d->watch(reply);
    if (path == "/metrics")
        return reply.send(textResponse(200, d->context->services.metrics.prometheusText()));
    if (auto described = d->document.answer(path))
        return reply.send(std::move(*described));
    if (path.starts_with("/api/v1/"))
        return d->method(request, reply);
    if (path.starts_with("/cloud/json/"))
        return d->cloud.onRequest(request, reply);
    if (path == "/console")
        return reply.send(errorResponse({ErrorCode::WrongValue, u"/console is a WebSocket"_s}));
    d->inbox.onRequest(request, reply);
}

void ApiHandler::onUpgrade(net::Request request, net::UpgradeReply reply)
{
    if (!isSameOrigin(request))
        return reply({.handler = nullptr,
                      .subprotocol = {},
                      .refusal = errorResponse({ErrorCode::AccessDenied, u"from another site"_s})});
    if (request.path == "/console")
        return reply(
            {.handler = std::make_shared<ConsoleSession>(d->context, request.peer), .subprotocol = {}, .refusal = {}});
    if (request.path == "/inbox/live")
        return d->inbox.onUpgrade(request, reply);
    reply({.handler = nullptr, .subprotocol = {}, .refusal = errorResponse({ErrorCode::NotFound, {}})});
}

} // namespace cohort::api

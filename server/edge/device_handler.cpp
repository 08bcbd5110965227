#include "server/edge/device_handler.h"

#include "server/edge/credentials.h"
#include "server/edge/poll_request.h"
#include "server/edge/web_socket_session.h"

namespace cohort::edge {

namespace {

constexpr std::string_view Subprotocol = "mljson";
constexpr std::string_view GzipMagic = "\x1f\x8b";

net::Response text(int status, std::string body)
{
    return {status, "text/plain; charset=utf-8", std::move(body), {}, false};
}

net::Response notAllowed(const char* allowed)
{
    net::Response response = text(405, std::string("allowed here: ") + allowed + "\n");
    response.headers.emplace_back("Allow", allowed);
    return response;
}

std::string withoutSlash(std::string path)
{
    while (path.size() > 1 && path.back() == '/')
        path.pop_back();
    return path;
}

bool offers(std::string_view list, std::string_view protocol)
{
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        std::string_view one = list.substr(0, comma);
        list.remove_prefix(std::min(comma + 1, list.size()));
        while (one.starts_with(' '))
            one.remove_prefix(1);
        while (one.ends_with(' '))
            one.remove_suffix(1);
        if (one == protocol)
            return true;
    }
    return false;
}

// What is queued for a device that only posts goes out with its reply.
void addCommands(Edge& edge, DeviceId device, std::string& json)
{
    const auto commands = edge.channels.drainPosted(device);
    json = withCommands(std::move(json), commands);
    for (const actions::OutgoingCommand& command : commands) {
        edge.metrics.commands.add();
        if (edge.options.commandDelivered)
            edge.options.commandDelivered(command.id);
    }
}

// A channel may be older than the device's place: told is the home where it is now.
std::function<void(directory::PresenceChange)> ofItsHome(const ingest::DeviceCache& cache,
                                                         std::function<void(directory::PresenceChange)> report)
{
    return [&cache, report = std::move(report)](directory::PresenceChange change) {
        if (const ingest::DeviceContextPtr now = cache.current(change.device)) {
            change.location = now->location;
            change.eventsClock = now->eventsClock;
        }
        report(change);
    };
}

} // namespace

DeviceHandler::DeviceHandler(EdgeOptions options, ingest::DeviceCache& cache, ingest::Intake& intake,
                             metrics::Registry& metrics, const Clock& clock,
                             std::function<void(directory::PresenceChange)> report)
    : m_metrics(metrics),
      m_edge(new Edge{std::move(options), cache, intake, clock,
                      CommandChannels(clock, ofItsHome(cache, std::move(report))), EdgeMetrics(metrics)})
{
    cache.onInvalidated([weak = std::weak_ptr(m_edge)](DeviceId device) {
        if (const EdgePtr edge = weak.lock())
            edge->channels.signOut(device);
    });
    metrics.gauge<metrics::Metric::EdgeChannels>([weak = std::weak_ptr(m_edge)] {
        const EdgePtr edge = weak.lock();
        return edge ? static_cast<double>(edge->channels.size()) : 0.0;
    });
}

DeviceHandler::~DeviceHandler()
{
    stop();
}

void DeviceHandler::onRequest(net::Request request, net::Reply reply)
{
    const std::string path = withoutSlash(request.path);
    const bool isGet = request.method == "GET";
    if (path == "/deviceio/mljson") {
        if (isGet && !request.isHead) // which would take a command and lose it
            poll(request, reply);
        else if (request.method == "POST")
            post(std::move(request), reply);
        else
            reply.send(notAllowed("GET, POST"));
    } else if (path == "/deviceio/ws") {
        net::Response response = text(426, "a WebSocket is spoken here\n");
        response.headers.emplace_back("Upgrade", "websocket");
        reply.send(std::move(response));
    } else if (path == "/espapi/watch" || path == "/metrics") {
        if (!isGet)
            reply.send(notAllowed("GET, HEAD"));
        else if (path == "/metrics")
            reply.send({200, "text/plain; version=0.0.4; charset=utf-8", m_metrics.prometheusText(), {}, false});
        else
            watch(reply);
    } else {
        reply.send(text(404, "nothing is here; devices speak to /deviceio/mljson and /deviceio/ws\n"));
    }
}

void DeviceHandler::watch(const net::Reply& reply) const
{
    const bool isReady = !m_draining && (!m_edge->options.ready || m_edge->options.ready());
    reply.send(isReady ? text(200, "OK") : text(503, "not ready"));
}

void DeviceHandler::post(net::Request request, const net::Reply& reply)
{
    if (request.body.starts_with(GzipMagic)) {
        reply.send(responseOf(*m_edge, Error{ErrorCode::UnknownEncoding,
                                             QStringLiteral("the body is gzip; say so: Content-Encoding: gzip"), 0}));
        return;
    }
    const Credentials credentials = credentialsOf(request);
    auto named = idOf(request); // as on the other channels; with a token it may be left out
    if (!named) {
        reply.send(responseOf(*m_edge, named.error()));
        return;
    }
    std::string id = std::move(*named);
    if (credentials.kind == Credentials::Kind::None && id.empty()) {
        const auto proxy = ingest::Intake::proxyIdOf(request.body);
        if (!proxy) {
            reply.send(responseOf(*m_edge, proxy.error()));
            return;
        }
        id = *proxy;
    }
    const auto body = std::make_shared<std::string>(std::move(request.body));
    identify(m_edge, credentials, id, [edge = m_edge, body, reply](Result<ingest::DeviceContextPtr> context) {
        if (!context) {
            reply.send(responseOf(*edge, context.error()));
            return;
        }
        upload(edge, reply.timers(), *context, std::move(*body),
               [edge, reply, device = *context](ingest::UploadReply answer) {
                   if (answer.http == 200) {
                       edge->channels.heard(*device);
                       addCommands(*edge, device->id, answer.json);
                   }
                   reply.send(responseOf(answer));
               });
    });
}

void DeviceHandler::poll(const net::Request& request, const net::Reply& reply)
{
    auto asked = parsePoll(request, m_edge->options);
    if (!asked) {
        reply.send(responseOf(*m_edge, asked.error()));
        return;
    }
    const Credentials credentials = credentialsOf(request);
    const bool hasToken = credentials.kind == Credentials::Kind::Token;
    const std::string id = asked->id;
    identify(m_edge, credentials, id,
             [edge = m_edge, asked = std::move(*asked), hasToken, reply](Result<ingest::DeviceContextPtr> context) {
                 if (context)
                     beginPoll(edge, *context, hasToken, asked, reply);
                 else
                     reply.send(responseOf(*edge, context.error()));
             });
}

void DeviceHandler::onUpgrade(net::Request request, net::UpgradeReply reply)
{
    if (withoutSlash(request.path) != "/deviceio/ws") {
        reply({nullptr, {}, text(404, "the devices' WebSocket is /deviceio/ws\n")});
        return;
    }
    const std::string_view offered = request.header("Sec-WebSocket-Protocol");
    if (!offered.empty() && !offers(offered, Subprotocol)) {
        reply({nullptr, {}, text(400, "the subprotocol spoken here is mljson\n")});
        return;
    }
    const std::string subprotocol(offered.empty() ? std::string_view() : Subprotocol);
    const Credentials credentials = credentialsOf(request);
    const bool hasToken = credentials.kind == Credentials::Kind::Token;
    const auto id = idOf(request);
    if (!id) {
        reply({nullptr, {}, responseOf(*m_edge, id.error())});
        return;
    }
    identify(m_edge, credentials, *id,
             [edge = m_edge, hasToken, subprotocol, reply](Result<ingest::DeviceContextPtr> context) {
                 if (!context) {
                     reply({nullptr, {}, responseOf(*edge, context.error())});
                     return;
                 }
                 const CommandChannelPtr current = edge->channels.find((*context)->id);
                 if (current && current->hasToken() && !hasToken) {
                     reply({nullptr, {}, responseOf(*edge, Error{ErrorCode::NotSignedIn, {}, 0})});
                     return;
                 }
                 reply({std::make_shared<WebSocketSession>(edge, *context, hasToken), subprotocol, {}});
             });
}

net::Response DeviceHandler::onRefused(int status, std::string_view reason)
{
    const QString detail = QString::fromUtf8(reason.data(), static_cast<qsizetype>(reason.size()));
    const auto code = status == 413   ? ErrorCode::TooLarge
                      : status == 415 ? ErrorCode::UnknownEncoding
                      : status == 408 ? ErrorCode::Timeout // it may be sent again, whole
                      : status >= 500 ? ErrorCode::Busy
                                      : ErrorCode::CannotParse;
    net::Response response = responseOf(*m_edge, Error{code, detail, 0});
    response.status = status;
    return response;
}

actions::CommandSink& DeviceHandler::commandSink()
{
    return m_edge->channels;
}

std::size_t DeviceHandler::channels() const
{
    return m_edge->channels.size();
}

void DeviceHandler::drain(bool draining, std::chrono::milliseconds over, const std::string& url)
{
    m_draining = draining;
    if (draining)
        m_edge->channels.askToMove(over, url);
}

void DeviceHandler::stop()
{
    m_edge->channels.clear();
}

} // namespace cohort::edge

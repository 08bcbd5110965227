#include "server/api/devices/cloud.h"

#include "server/api/devices/cloud_requests.h"
#include "server/api/dispatch/http_answers.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::string_view Prefix = "/cloud/json/";

// The result code for errors that the device protocol has no number for.
int resultCode(ErrorCode code)
{
    const int number = errorInfo(code).number;
    if (number < 100)
        return number == 2 ? 2 : number;
    switch (code) {
    case ErrorCode::AlreadyExists:
    case ErrorCode::Conflict:
    case ErrorCode::TooLarge:
    case ErrorCode::TooManyDevices:
        return 8;
    case ErrorCode::TooManyCommands:
        return 44;
    case ErrorCode::Unavailable:
    case ErrorCode::DatabaseLost:
        return 27;
    case ErrorCode::UnknownMethod:
        return 6;
    default:
        return 1;
    }
}

QString resultMessage(const Error& error)
{
    if (error.code == ErrorCode::DatabaseError || error.code == ErrorCode::Internal)
        return QString::fromLatin1(errorInfo(error.code).meaning);
    if (error.code == ErrorCode::NotSignedIn)
        return u"wrong API key"_s;
    return error.message();
}

void sendAnswer(const net::Reply& reply, QJsonObject answer)
{
    if (!answer.contains("resultCode"_L1))
        answer.insert(u"resultCode"_s, 0);
    reply.send(jsonResponse(200, answer));
}

} // namespace

net::Response cloudError(const Error& error)
{
    auto response = jsonResponse(errorInfo(error.code).http, {{u"resultCode"_s, resultCode(error.code)},
                                                              {u"resultCodeMessage"_s, resultMessage(error)}});
    if (error.retryAfterMs > 0)
        response.headers.emplace_back("Retry-After", std::to_string((error.retryAfterMs + 999) / 1000));
    return response;
}

Result<directory::DeviceServer> chooseDeviceServer(const ApiContext& context, std::string_view deviceKey)
{
    QString url = context.settings.deviceioUrl;
    if (context.services.deviceServer) {
        COHORT_TRY(chosen, context.services.deviceServer(
                               QString::fromUtf8(deviceKey.data(), static_cast<qsizetype>(deviceKey.size()))));
        url = std::move(chosen);
    }
    return directory::parseServerUrl(url.toStdString());
}

void Cloud::run(const net::Request& request, const net::Reply& reply, Work work, bool again) const
{
    m_context->run(
        work == &cloudLogin ? addressLane(request) : laneOf(request), again,
        [context = m_context.get(), request, work](store::Connection& connection) {
            return work(connection, *context, request);
        },
        [reply](const Result<QJsonObject>& result) {
            if (!result)
                return reply.send(cloudError(result.error()));
            sendAnswer(reply, *result);
        });
}

// The server that a device is connected to now, as plain text.
void Cloud::connectedUrl(const net::Request& request, const net::Reply& reply) const
{
    m_context->run(
        laneOf(request), true,
        [context = m_context.get(), request](store::Connection& connection) {
            return cloudConnectedServer(connection, *context, request);
        },
        [reply](const Result<QJsonObject>& found) {
            if (!found)
                return reply.send(cloudError(found.error()));
            const auto server = found->value("server"_L1).toObject();
            reply.send(textResponse(200, u"%1://%2:%3"_s
                                             .arg(server.value("ssl"_L1).toBool() ? u"https"_s : u"http"_s,
                                                  server.value("host"_L1).toString(),
                                                  QString::number(server.value("port"_L1).toInt()))
                                             .toStdString()));
        });
}

// Both forms: as plain text for ?type=, as JSON for /{type}.
void Cloud::settingsServer(const net::Request& request, const net::Reply& reply) const
{
    const std::string rest = request.path.substr(Prefix.size() + sizeof "settingsServer" - 1);
    const std::string_view type = rest.empty() ? request.parameter("type") : std::string_view(rest).substr(1);
    if (type != "deviceio")
        return reply.send(cloudError({ErrorCode::WrongValue, u"the only type is deviceio"_s}));
    const auto connected = cloudFlag(request, "connected");
    if (!connected)
        return reply.send(cloudError(connected.error()));
    if (*connected) {
        if (const auto query = checkQuery(request); !query)
            return reply.send(cloudError(query.error()));
        return rest.empty() ? connectedUrl(request, reply) : run(request, reply, &cloudConnectedServer, true);
    }
    const auto server = chooseDeviceServer(*m_context, request.parameter("deviceId"));
    if (!server)
        return reply.send(cloudError(server.error()));
    if (rest.empty())
        return reply.send(textResponse(200, server->url));
    const QString key = QString::fromStdString(std::string(request.parameter("deviceId")));
    m_context->run(
        addressLane(request), true,
        [key](store::Connection& connection) -> Result<QJsonObject> {
            COHORT_TRY(ttl, serverTtl(connection, key));
            return QJsonObject{{u"ttl"_s, ttl}};
        },
        [reply, server = *server](const Result<QJsonObject>& found) { // a device is never without an answer
            const int ttl = found ? found->value("ttl"_L1).toInt() : CloudServerAnswer().ttl;
            sendAnswer(reply, model::toParameters(serverAnswer(server, ttl)));
        });
}

void Cloud::onRequest(const net::Request& request, const net::Reply& reply) const
{
    const std::string_view path = std::string_view(request.path).substr(Prefix.size());
    const auto is = [&](std::string_view method, std::string_view what) {
        return request.method == method && path == what;
    };
    if (request.method == "GET" && (path == "settingsServer" || path.starts_with("settingsServer/")))
        return settingsServer(request, reply);
    if (const auto query = checkQuery(request); !query)
        return reply.send(cloudError(query.error()));
    if (is("GET", "login"))
        return run(request, reply, &cloudLogin, false);
    if (is("GET", "user"))
        return run(request, reply, &cloudUser, true);
    if (is("POST", "devices"))
        return run(request, reply, &cloudRegister, false);
    const bool isParameters = path.starts_with("devices/") && path.ends_with("/parameters");
    if (isParameters && request.method == "PUT")
        return run(request, reply, &cloudCommand, false);
    if (isParameters && request.method == "GET")
        return run(request, reply, &cloudLatest, true);
    reply.send(
        cloudError({ErrorCode::UnknownMethod, QString::fromStdString(request.method + " " + request.path).left(200)}));
}

} // namespace cohort::api

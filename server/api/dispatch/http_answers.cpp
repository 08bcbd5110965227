#include "server/api/dispatch/http_answers.h"

#include "server/api/dispatch/api_context.h"

#include <QJsonDocument>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

QString headerText(const net::Request& request, std::string_view name)
{
    const auto value = request.header(name);
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

} // namespace

net::Response jsonResponse(int status, const QJsonObject& json)
{
    net::Response response;
    response.status = status;
    response.body = QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString();
    response.headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}};
    return response;
}

net::Response errorResponse(const Error& error)
{
    auto response = jsonResponse(errorInfo(error.code).http, {{u"error"_s, errorJson(error)}});
    if (error.retryAfterMs > 0)
        response.headers.emplace_back("Retry-After", std::to_string((error.retryAfterMs + 999) / 1000));
    return response;
}

net::Response pageResponse(std::string body, std::string type)
{
    net::Response response;
    response.body = std::move(body);
    response.contentType = std::move(type);
    response.headers = {{"Content-Security-Policy",
                         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                         "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
                        {"X-Content-Type-Options", "nosniff"},
                        {"Referrer-Policy", "no-referrer"},
                        {"X-Frame-Options", "DENY"},
                        {"Cache-Control", "no-cache"}};
    return response;
}

net::Response textResponse(int status, std::string text)
{
    net::Response response;
    response.status = status;
    response.contentType = "text/plain; charset=utf-8";
    response.body = std::move(text);
    response.headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}};
    return response;
}

Result<QJsonObject> bodyObject(const net::Request& request)
{
    if (request.body.empty())
        return QJsonObject{};
    QJsonParseError error{};
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(request.body), &error);
    if (error.error != QJsonParseError::NoError)
        return fail(ErrorCode::CannotParse, u"%1 at byte %2"_s.arg(error.errorString()).arg(error.offset));
    if (!document.isObject())
        return fail(ErrorCode::CannotParse, u"the body must be a JSON object"_s);
    return document.object();
}

QString bearerToken(const net::Request& request)
{
    const QString header = headerText(request, "Authorization");
    return header.startsWith(u"Bearer "_s, Qt::CaseInsensitive) ? header.mid(7).trimmed() : QString();
}

QString cookie(const net::Request& request, std::string_view name)
{
    const QString wanted = QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())) + u'=';
    for (const QString& part : headerText(request, "Cookie").split(u';'))
        if (part.trimmed().startsWith(wanted))
            return part.trimmed().mid(wanted.size());
    return {};
}

bool isSameOrigin(const net::Request& request)
{
    const QString site = headerText(request, "Sec-Fetch-Site");
    if (!site.isEmpty() && site != u"same-origin"_s && site != u"none"_s)
        return false;
    const QString origin = headerText(request, "Origin");
    if (origin.isEmpty())
        return true;
    const auto at = origin.indexOf(u"://"_s);
    return at > 0 && origin.mid(at + 3).compare(headerText(request, "Host"), Qt::CaseInsensitive) == 0;
}

std::uint64_t addressLane(const net::Request& request)
{
    return std::hash<std::string>{}(request.peer) | (std::uint64_t{1} << 63);
}

std::uint64_t laneOf(const net::Request& request)
{
    for (const char* name : {"Authorization", "API_KEY", "PRESENCE_API_KEY", "Cookie"})
        if (const auto value = request.header(name); !value.empty())
            return std::hash<std::string_view>{}(value) | (std::uint64_t{1} << 63);
    return addressLane(request);
}

} // namespace cohort::api

#include "server/api/dispatch/api_document.h"

#include "server/api/dispatch/http_answers.h"
#include "shared/protocol/openapi.h"

#include <QFile>
#include <QJsonDocument>

// Outside of any namespace, as the macro wants.
static void initApiPageResource()
{
    Q_INIT_RESOURCE(api_page);
}

namespace cohort::api {

namespace {

struct PageFile
{
    std::string_view path;
    const char* resource;
    const char* type;
};

constexpr PageFile Files[] = {
    {"/api", ":/api/api.html", "text/html; charset=utf-8"},
    {"/api/", ":/api/api.html", "text/html; charset=utf-8"},
    {"/api/api.css", ":/api/api.css", "text/css; charset=utf-8"},
    {"/api/api.js", ":/api/api.js", "text/javascript; charset=utf-8"},
};

QByteArray contentOf(const char* resource)
{
    QFile file(QString::fromLatin1(resource));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

ApiDocument::ApiDocument()
{
    initApiPageResource();
    const auto examples = QJsonDocument::fromJson(contentOf(":/api/examples.json")).array();
    m_document = QJsonDocument(protocol::openApi(examples)).toJson(QJsonDocument::Compact).toStdString();
}

std::optional<net::Response> ApiDocument::answer(std::string_view path) const
{
    if (path == "/api/v1" || path == "/api/v1/") {
        auto response = jsonResponse(200, {});
        response.body = m_document;
        return response;
    }
    for (const auto& file : Files)
        if (file.path == path)
            return pageResponse(contentOf(file.resource).toStdString(), file.type);
    return std::nullopt;
}

} // namespace cohort::api

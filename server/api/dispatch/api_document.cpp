#include "server/api/dispatch/api_document.h"

#include "server/api/dispatch/http_answers.h"
#include "server/api/dispatch/page_files.h"
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

constexpr PageFile Files[] = {
    {"/api", ":/api/api.html", "text/html; charset=utf-8"},
    {"/api/", ":/api/api.html", "text/html; charset=utf-8"},
    {"/api/api.css", ":/api/api.css", "text/css; charset=utf-8"},
    {"/api/api.js", ":/api/api.js", "text/javascript; charset=utf-8"},
};

} // namespace

ApiDocument::ApiDocument()
{
    initApiPageResource();
}

const std::string& ApiDocument::document() const
{
    std::call_once(m_once, [this] {
        QFile examples(QStringLiteral(":/api/examples.json"));
        examples.open(QIODevice::ReadOnly);
        const auto list = QJsonDocument::fromJson(examples.readAll()).array();
        m_document = QJsonDocument(protocol::openApi(list)).toJson(QJsonDocument::Compact).toStdString();
    });
    return m_document;
}

std::optional<net::Response> ApiDocument::answer(std::string_view path) const
{
    if (path == "/api/v1" || path == "/api/v1/") {
        auto response = jsonResponse(200, {});
        response.body = document();
        return response;
    }
    return pageFile(Files, path);
}

} // namespace cohort::api

#include "server/api/dispatch/page_files.h"

#include "server/api/dispatch/http_answers.h"

#include <QFile>

#include <algorithm>

namespace cohort::api {

std::optional<net::Response> pageFile(std::span<const PageFile> files, std::string_view path)
{
    const auto found =
        std::find_if(files.begin(), files.end(), [&](const PageFile& file) { return file.path == path; });
    if (found == files.end())
        return std::nullopt;
    QFile resource(QString::fromLatin1(found->resource));
    if (!resource.open(QIODevice::ReadOnly))
        return errorResponse({ErrorCode::NotFound, {}});
    return pageResponse(resource.readAll().toStdString(), found->type);
}

} // namespace cohort::api

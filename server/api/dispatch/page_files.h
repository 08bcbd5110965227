// Files of the pages that the server serves, out of its resources.
// Thread: any. Owner: nobody. Flow: path → table → resource → net::Response.
#pragma once

#include "server/net/http.h"

#include <optional>
#include <span>

namespace cohort::api {

struct PageFile
{
    std::string_view path;
    const char* resource;
    const char* type;
};

// The answer for the file of this path; nothing where the table has none.
std::optional<net::Response> pageFile(std::span<const PageFile> files, std::string_view path);

} // namespace cohort::api

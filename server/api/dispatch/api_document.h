// The description of the operations for people and programs: GET /api/v1 and the page /api.
// Thread: any; built at the first question for it. Owner: ApiHandler. Flow: operations, examples.json → document → answers.
// Source: OpenAPI 3.1.0; the examples are recorded by tests/integration/whole/test_examples.py.
#pragma once

#include "server/net/http.h"

#include <mutex>
#include <optional>

namespace cohort::api {

class ApiDocument
{
public:
    ApiDocument();
    // The answer for /api/v1, /api and what the page loads; nothing for another path.
    std::optional<net::Response> answer(std::string_view path) const;

private:
    const std::string& document() const;

    mutable std::once_flag m_once;
    mutable std::string m_document;
};

} // namespace cohort::api

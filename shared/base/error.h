// One error: a code of the catalogue and a sentence that says what to do.
// Thread: value. Owner: whoever holds it. Flow: made where it happens → Result → reply or page.
#pragma once

#include "shared/base/error_table.h"

#include <QString>

#include <optional>
#include <string_view>

namespace cohort {

enum class Retry { No, Same, Later };

enum class ErrorCode {
#define COHORT_X(name, wire, number, http, retry, meaning) name = number,
    COHORT_ERRORS(COHORT_X)
#undef COHORT_X
};

// One row of the catalogue.
struct ErrorInfo
{
    ErrorCode code;
    const char* name;
    int number;
    int http;
    Retry retry;
    const char* meaning;
};

// The row of `code`; every code has one.
const ErrorInfo& errorInfo(ErrorCode code);
// The code with this wire name, or nothing.
std::optional<ErrorCode> errorFromName(std::string_view name);

struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString detail; // for people; names the value and what to do instead
    int retryAfterMs = 0;

    // The catalogue's meaning, followed by the detail where there is one.
    QString message() const;
    const char* name() const { return errorInfo(code).name; }
};

} // namespace cohort

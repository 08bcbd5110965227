// What a function that can fail returns: a value or an Error.
// Thread: value. Owner: the caller. Flow: callee → caller, who looks or passes it on with COHORT_TRY.
#pragma once

#include "shared/base/error.h"

#include <tl/expected.hpp>

#include <utility>

namespace cohort {

template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error>
{
public:
    using tl::expected<T, Error>::expected;
    Result() = default;
};

// The failing end of a Result: `return fail(ErrorCode::NotFound, tr("…"));`
inline tl::unexpected<Error> fail(ErrorCode code, QString detail = {}, int retryAfterMs = 0)
{
    return tl::unexpected<Error>(Error{code, std::move(detail), retryAfterMs});
}

inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace cohort

#define COHORT_JOIN_(a, b) a##b
#define COHORT_JOIN(a, b) COHORT_JOIN_(a, b)

// COHORT_TRY(name, expression): the value into `name`, or return its error from this function.
#define COHORT_TRY(name, expression)                                                                                   \
    auto COHORT_JOIN(result_, __LINE__) = (expression);                                                                \
    if (!COHORT_JOIN(result_, __LINE__))                                                                               \
        return ::cohort::fail(std::move(COHORT_JOIN(result_, __LINE__).error()));                                      \
    auto name = std::move(*COHORT_JOIN(result_, __LINE__))

// COHORT_CHECK(expression): return its error from this function, if it is one.
#define COHORT_CHECK(expression)                                                                                       \
    do {                                                                                                               \
        auto checked_ = (expression);                                                                                  \
        if (!checked_)                                                                                                 \
            return ::cohort::fail(std::move(checked_.error()));                                                        \
    } while (false)

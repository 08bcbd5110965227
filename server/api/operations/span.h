// What every operation that asks for a span of time refuses. Thread: any. Owner: nobody.
// Flow: parameters → checkSpan → repositories.
#pragma once

#include "shared/base/result.h"
#include "shared/base/time.h"

namespace cohort::api {

// Errors: WrongValue when it ends before it begins.
inline Result<void> checkSpan(Timestamp from, Timestamp to)
{
    if (from > to)
        return fail(ErrorCode::WrongValue, QStringLiteral("'from' must not be after 'to'"));
    return {};
}

} // namespace cohort::api

// What makes something for a caller who gives the call a name: the same again, after a lost answer, makes nothing.
// Thread: an executor thread. Owner: nobody. Flow: handler → madeOnce → make() | what was made before → handler.
// Source: architecture.md, "Outward names" (requestId).
#pragma once

#include "server/api/dispatch/call.h"

#include <functional>

namespace cohort::api {

// The id of what `make` made, now or under this name within the last 24 h; within the call's transaction. The audit row of a
// repeat says so. Errors: make's, Conflict (the name was given to a call of another kind or with other parameters).
Result<qint64> madeOnce(Call& call, const std::optional<QString>& requestId,
                        const std::function<Result<qint64>()>& make);

} // namespace cohort::api

// Operations by the structs of shared/protocol: what is missing or wrong in an answer is an error that names it.
// Thread: the caller's; blocks. Owner: nobody. Flow: registrar → ask(operation) → ApiClient → fields() → Result<Answer>.
#pragma once

#include "server/sim/api_client.h"
#include "shared/model/json.h"
#include "shared/model/page.h"

namespace cohort::sim {

// The answer to an operation. Errors: those of ApiClient::call, CannotParse with the operation and the member.
template <typename Operation>
Result<typename Operation::Answer> ask(ApiClient& api, const Operation& wanted)
{
    const QString name = QString::fromLatin1(Operation::Name);
    COHORT_TRY(answer, api.call(name, model::toParameters(wanted)));
    auto read = model::fromJson<typename Operation::Answer>(answer, model::Form::Answer);
    if (!read)
        return fail(ErrorCode::CannotParse, name + QStringLiteral(": ") + read.error().message());
    return read;
}

// The rows of a list, page after page. Errors: as ask().
template <typename Operation>
auto askForAll(ApiClient& api, Operation wanted) -> Result<decltype(Operation::Answer::items)>
{
    decltype(Operation::Answer::items) all;
    for (;;) {
        COHORT_TRY(page, ask(api, wanted));
        all.append(page.items);
        if constexpr (requires { wanted.after; }) {
            if (page.more && !page.items.isEmpty()) {
                wanted.after = page.items.last().id;
                continue;
            }
        }
        return all;
    }
}

} // namespace cohort::sim

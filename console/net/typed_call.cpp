#include "console/net/typed_call.h"

#include "console/net/text.h"

namespace cohort::console {

Error wrongAnswer(const char* source, const Error& fault)
{
    // A missing member's detail is its path alone.
    const QString what =
        fault.code == ErrorCode::MissingValue ? Net::tr("%1 is missing").arg(fault.detail) : fault.detail;
    return {ErrorCode::CannotParse, QStringLiteral("%1: %2").arg(QLatin1StringView(source), what), 0};
}

} // namespace cohort::console

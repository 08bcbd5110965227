#include "shared/base/error.h"

#include <array>

namespace cohort {

namespace {

constexpr std::array Table{
#define COHORT_X(name, wire, number, http, retry, meaning)                                                             \
    ErrorInfo{ErrorCode::name, wire, number, http, retry, meaning},
    COHORT_ERRORS(COHORT_X)
#undef COHORT_X
};

} // namespace

const ErrorInfo& errorInfo(ErrorCode code)
{
    for (const ErrorInfo& info : Table) {
        if (info.code == code)
            return info;
    }
    return Table.front();
}

std::optional<ErrorCode> errorFromName(std::string_view name)
{
    for (const ErrorInfo& info : Table) {
        if (name == info.name)
            return info.code;
    }
    return std::nullopt;
}

QString Error::message() const
{
    const QString meaning = QString::fromUtf8(errorInfo(code).meaning);
    return detail.isEmpty() ? meaning : meaning + QStringLiteral(": ") + detail;
}

} // namespace cohort

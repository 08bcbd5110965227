#include "server/store/postgres/pg_error.h"

#include <libpq-fe.h>

namespace cohort::store {

ErrorCode errorCodeOf(std::string_view sqlState)
{
    if (sqlState == "23505")
        return ErrorCode::AlreadyExists;
    if (sqlState == "40001" || sqlState == "40P01")
        return ErrorCode::Conflict;
    if (sqlState == "57014" || sqlState == "55P03")
        return ErrorCode::Timeout;
    if (sqlState.empty() || sqlState.starts_with("08") || sqlState.starts_with("57P"))
        return ErrorCode::DatabaseLost;
    // Disk full, out of memory, too many connections, read-only: it is not the statement that is wrong.
    if (sqlState.starts_with("53") || sqlState.starts_with("58") || sqlState == "25006")
        return ErrorCode::Unavailable;
    return ErrorCode::DatabaseError;
}

Error pgError(const pg_conn* connection, const pg_result* result, std::string_view what)
{
    const char* state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    const char* primary = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
    const char* text = primary ? primary : connection ? PQerrorMessage(connection) : "no connection";
    const ErrorCode code = connection && PQstatus(connection) == CONNECTION_BAD ? ErrorCode::DatabaseLost
                                                                                : errorCodeOf(state ? state : "");
    return Error{code,
                 QStringLiteral("%1: %2").arg(QString::fromUtf8(what.data(), static_cast<qsizetype>(what.size())),
                                              QString::fromUtf8(text).trimmed()),
                 code == ErrorCode::DatabaseLost ? 1'000 : 0};
}

} // namespace cohort::store

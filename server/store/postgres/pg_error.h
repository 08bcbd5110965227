// PostgreSQL's SQLSTATE → the error table's codes.
// Thread: pure functions. Owner: nobody. Flow: driver or libpq → here → Result.
#pragma once

#include "shared/base/error.h"

#include <string_view>

struct pg_conn;
struct pg_result;

namespace cohort::store {

// 23505 AlreadyExists; 40001, 40P01 Conflict; 57014, 55P03 Timeout; classes 08, 57P and none at all DatabaseLost;
// classes 53 and 58 Unavailable (no room, no memory); all else DatabaseError: the statement or its data are wrong.
ErrorCode errorCodeOf(std::string_view sqlState);
// Of a failed libpq result or, without one, of the connection; `what` names the statement.
Error pgError(const pg_conn* connection, const pg_result* result, std::string_view what);

} // namespace cohort::store

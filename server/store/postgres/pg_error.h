// PostgreSQL's SQLSTATE → the error table's codes. What the database itself says goes to the log and no further: names of
// tables, constraints and statements are nobody's business outside.
// Thread: any. Owner: nobody. Flow: driver or libpq → here → Result, log.
#pragma once

#include "shared/base/error.h"

#include <string_view>

struct pg_conn;
struct pg_result;

namespace cohort::store {

// 23505 AlreadyExists; 40001, 40P01 Conflict; 57014, 55P03 Timeout; classes 08, 57P and none at all DatabaseLost;
// classes 53 and 58 Unavailable (no room, no memory); all else DatabaseError: the statement or its data are wrong.
ErrorCode errorCodeOf(std::string_view sqlState);
// The error that goes up for what the database said to a statement: AlreadyExists has a sentence made of the unique
// constraint that it names, the others no detail. `what` names the statement in the log.
Error errorOf(ErrorCode code, const QString& said, std::string_view what);
// Of a failed libpq result or, without one, of the connection; `what` names the statement.
Error pgError(const pg_conn* connection, const pg_result* result, std::string_view what);

} // namespace cohort::store

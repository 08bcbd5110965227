// COPY … FROM STDIN on the driver's libpq connection, without ever waiting longer than a deadline.
// Thread: the connection's. Owner: nobody. Flow: CopyBuffer → non-blocking libpq and poll → rows in a table.
#pragma once

#include "server/store/postgres/connection.h"
#include "server/store/postgres/copy_buffer.h"
#include "shared/base/system_clock.h"

namespace cohort::store {

// Rows copied. Errors: AlreadyExists, DatabaseError (the data), Unavailable; DatabaseLost also when the deadline has
// passed: the socket is shut then.
Result<qint64> copyIn(Connection& connection, Sql copyStatement, CopyBuffer& buffer, Deadline deadline);

} // namespace cohort::store

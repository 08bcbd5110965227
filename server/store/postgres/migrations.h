// Brings a database to this program's schema: forward only, each step in one transaction with its version row.
// Thread: the connection's. Owner: nobody. Flow: app at start, TestDatabase → migrate() → postgres/migrations/*.sql.
#pragma once

#include "server/store/postgres/connection.h"

namespace cohort::store {

// Runs what is missing, under an advisory lock, so that several servers may start at once; answers the schema's
// version. Errors: Conflict when the database is newer than the program; DatabaseLost; DatabaseError.
Result<int> migrate(Connection& connection);
// The same on a connection of its own, whose statements may take 30 minutes.
Result<int> migrate(ConnectionSettings settings);
// The newest version that this program knows.
int newestMigration();

} // namespace cohort::store

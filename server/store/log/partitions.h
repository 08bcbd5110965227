// The monthly partitions of `measurement`: there before the batch that needs them.
// Thread: the connection's. Owner: who writes measurements (committer, composer). Flow: times → ensure() → DDL.
#pragma once

#include "server/store/postgres/connection.h"

#include <set>

namespace cohort::store {

class Partitions
{
public:
    // Makes the partition of the month of `time` unless this object knows that it is there. Outside of a
    // transaction. Errors: WrongValue for a time that no measurement may have; as Connection::query.
    Result<void> ensure(Connection& connection, Timestamp time);

private:
    std::set<std::chrono::sys_days> m_known;     // first days of months
    std::optional<std::chrono::sys_days> m_last; // a day of a known month: most rows are of one
};

} // namespace cohort::store

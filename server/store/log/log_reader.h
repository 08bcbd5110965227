// Reads the log back: batches behind a position, decoded like those that the committer publishes.
// Thread: the connection's. Owner: composer (catch-up, its look once a second), backtests.
// Flow: batch, measurement, event → LogBatch. Source: architecture.md, rule 2.
#pragma once

#include "server/store/log/log_row.h"
#include "server/store/postgres/connection.h"

#include <map>

namespace cohort::store {

// How far somebody has come: of each writer the last number that is done. A writer that is missing: from its start.
using LogPosition = std::map<std::int16_t, std::int64_t>;

class LogReader
{
public:
    explicit LogReader(Connection& connection) : m_connection(connection) {}

    // The next batches behind `after`: of each writer in the order of its numbers and without gaps, between writers
    // by arrival; as many as hold `rowLimit` rows, but at least one. Empty: there are no more now. A fact's depth is
    // not stored: it reads as 0.
    Result<std::vector<LogBatchPtr>> read(const LogPosition& after, int rowLimit = 20'000);
    // The newest committed number of each writer.
    Result<LogPosition> newestNumbers();

private:
    Connection& m_connection;
};

} // namespace cohort::store

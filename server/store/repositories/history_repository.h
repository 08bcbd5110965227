// Stored samples for scripts, as of a position in the log.
// Thread: the connection's. Owner: composer's history thread. Flow: measurement → here → engine's series.
// Source: composer.md, "Deterministic".
#pragma once

#include "server/store/postgres/connection.h"
#include "server/store/repositories/instance_repository.h"

#include <vector>

namespace cohort::store {

struct HistoryQuery
{
    LocationId location;
    DeviceId device;        // none: a fact of the home
    QString name;           // of the stream, with a fact's prefix
    Timestamp since, until; // both inside
    std::vector<LogPoint> position;
};

struct HistorySample
{
    Timestamp time;
    Value number;
};

struct HistoryBucket
{
    std::int64_t index = 0; // since + index · every
    double mean = 0;
    Value sum, least, greatest, last; // the sum alone may be none: beyond what a double holds
    std::int64_t count = 0;
};

class HistoryRepository
{
public:
    explicit HistoryRepository(Connection& connection) : m_connection(connection) {}

    // By time, then log; at most `limit`.
    Result<std::vector<HistorySample>> samples(const HistoryQuery& query, int limit);
    // By index; stretches without a sample are left out; the last one ends with `until`.
    Result<std::vector<HistoryBucket>> buckets(const HistoryQuery& query, Milliseconds every);

private:
    Connection& m_connection;
};

} // namespace cohort::store

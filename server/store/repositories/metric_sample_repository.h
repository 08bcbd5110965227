// Minute samples of servers' figures, and the clearing away of what has become old.
// Thread: the connection's. Owner: whoever needs it. Flow: metrics::Sampler → here ⇄ metric_sample → metrics.query.
#pragma once

#include "server/store/postgres/connection.h"
#include "shared/model/server.h"

namespace cohort::store {

class MetricSampleRepository
{
public:
    explicit MetricSampleRepository(Connection& connection) : m_connection(connection) {}

    // A minute's sample of a server; one that is there stays.
    Result<void> add(const QString& node, const model::MetricSample& sample);
    // Of one server, by time, both moments inside; at most 20,000.
    Result<QList<model::MetricSample>> between(const QString& node, Timestamp from, Timestamp to);
    // Samples older than 90 days, `change` rows older than a day and servers unheard of for 7 days go; app calls it
    // once an hour.
    Result<void> prune();

private:
    Connection& m_connection;
};

} // namespace cohort::store

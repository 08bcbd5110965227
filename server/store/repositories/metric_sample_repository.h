// Minute samples of servers' figures, and the clearing away of what has become old.
// Thread: the connection's. Owner: app (its timers). Flow: metrics::Sampler → metric_sample → metrics.query.
#pragma once

#include "server/store/postgres/connection.h"

#include <QJsonObject>

namespace cohort::store {

class MetricSampleRepository
{
public:
    explicit MetricSampleRepository(Connection& connection) : m_connection(connection) {}

    // A minute's sample (metrics::toJson) of a server; one that is there stays.
    Result<void> add(const QString& node, Timestamp at, const QJsonObject& sample);
    // Samples older than 90 days, `change` rows older than a day and servers unheard of for 7 days go; app calls it
    // once an hour.
    Result<void> prune();

private:
    Connection& m_connection;
};

} // namespace cohort::store

// Stored measurements of one stream, for charts and exports.
// Thread: the connection's. Owner: whoever needs it. Flow: stream, measurement → here → measurement.query, .export.
#pragma once

#include "server/store/postgres/connection.h"
#include "shared/model/measurement.h"
#include "shared/model/stored_value.h"

namespace cohort::store {

// A stream's names and its device's outward id, empty for a fact about a home.
struct StreamNames
{
    QString name, index, unit, deviceKey;
    model::StreamKind kind = model::StreamKind::Undecided;
};

// A stretch of a stream; both moments are inside.
struct StreamSpan
{
    StreamId stream;
    Timestamp from, to;
};

class MeasurementRepository
{
public:
    explicit MeasurementRepository(Connection& connection) : m_connection(connection) {}

    // Errors: NotFound.
    Result<StreamNames> names(StreamId stream);
    // By time, at most `most`.
    Result<std::vector<model::Sample>> samples(const StreamSpan& span, int most);
    // The samples, or where they are more than `points` the figures of as many buckets; and the newest before.
    // Errors: NotFound.
    Result<model::Series> series(const StreamSpan& span, int points);

private:
    Result<void> addBuckets(const StreamSpan& span, int points, bool isText, model::Series& series);
    Result<std::optional<model::SeriesSample>> newestBefore(const StreamSpan& span);

    Connection& m_connection;
};

} // namespace cohort::store

// Stored measurements of one stream, for charts and exports.
// Thread: the connection's. Owner: whoever needs it.
// Flow: stream, measurement → here → measurement.query, .export; stream.update → here → stream, change.
#pragma once

#include "server/store/postgres/connection.h"
#include "shared/model/measurement.h"
#include "shared/model/stored_value.h"

namespace cohort::store {

// A stream's names and its device's outward id, empty for a fact about a home; what it holds, and who says so.
struct StreamNames
{
    QString name, index, unit, deviceKey;
    model::StreamKind kind = model::StreamKind::Undecided;
    int deviceType = 0;
    bool isFact = false;
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
    // As devices list it. Errors: NotFound.
    Result<model::Stream> stream(StreamId id);
    // From now on, on every node within the time of one look at `change`; what is stored stays as it is.
    Result<void> changeKind(StreamId id, model::StreamKind kind);
    // By time, at most `most`.
    Result<std::vector<model::Sample>> samples(const StreamSpan& span, int most);
    // The samples, or where they are more than `points` the figures of as many buckets; and the newest before. Of a
    // stream that changed its kind, buckets are of numbers or texts as it is now, unless the stretch has none of these.
    // Errors: NotFound.
    Result<model::Series> series(const StreamSpan& span, int points);

private:
    Result<void> addBuckets(const StreamSpan& span, int points, bool isText, model::Series& series);
    Result<bool> addNumberBuckets(const Binds& binds, model::Series& series);
    Result<bool> addTextBuckets(const Binds& binds, model::Series& series);
    Result<std::optional<model::SeriesSample>> newestBefore(const StreamSpan& span);

    Connection& m_connection;
};

} // namespace cohort::store

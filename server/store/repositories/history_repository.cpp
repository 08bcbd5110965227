#include "server/store/repositories/history_repository.h"

#include "server/store/repositories/bucket_mean.h"
#include "server/store/sql_names.h"

namespace cohort::store {

namespace {

Binds bindsOf(const HistoryQuery& query)
{
    return {{"location", bound(query.location)},
            {"device", bound(query.device)},
            {"name", query.name},
            {"since", bound(query.since)},
            {"until", bound(query.until)},
            {"positions", bound(positionJson(query.position))}};
}

double sumOf(const Row& row)
{
    const double ordinary = row.isNull("sum") ? 0 : row.real("sum");
    return row.isNull("huge") ? ordinary : ordinary + row.real("huge") * 0x1p64;
}

} // namespace

Result<std::vector<HistorySample>> HistoryRepository::samples(const HistoryQuery& query, int limit)
{
    Binds binds = bindsOf(query);
    binds.emplace_back("limit", bound(qint64{limit}));
    COHORT_TRY(rows, m_connection.query(Sql::MeasurementHistory, binds));
    std::vector<HistorySample> samples;
    samples.reserve(rows.size());
    for (const Row& row : rows)
        samples.push_back({row.time("time"), row.real("number")});
    return samples;
}

Result<std::vector<HistoryBucket>> HistoryRepository::buckets(const HistoryQuery& query, Milliseconds every)
{
    Binds binds = bindsOf(query);
    // As engine::SeriesBuilder: the last stretch ends with `until`, which belongs to it.
    const qint64 last = std::max<qint64>(0, (toMs(query.until) - toMs(query.since) - 1) / every.count());
    binds.emplace_back("every", bound(static_cast<qint64>(every.count())));
    binds.emplace_back("last", bound(last));
    COHORT_TRY(rows, m_connection.query(Sql::MeasurementHistoryBuckets, binds));
    std::vector<HistoryBucket> buckets;
    for (const Row& row : rows)
        buckets.push_back({row.integer("bucket"), sumOf(row), bucketMean(row), row.real("least"), row.real("greatest"),
                           row.real("last"), row.integer("samples")});
    return buckets;
}

} // namespace cohort::store

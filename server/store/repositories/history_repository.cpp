#include "server/store/repositories/history_repository.h"

#include "server/store/postgres/row_reader.h"
#include "server/store/repositories/bucket_extremes.h"
#include "server/store/repositories/bucket_mean.h"
#include "server/store/sql_names.h"

#include <cmath>

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

// As engine::SeriesBuilder: with every digit where all are whole and 64 bits hold it.
Value sumOf(const Row& row)
{
    bool isHeld = row.integer("wholes") == row.integer("samples");
    const qint64 whole = isHeld ? row.string("whole_sum").toLongLong(&isHeld) : 0;
    if (isHeld)
        return Value::ofInteger(whole);
    const double ordinary = row.isNull("sum") ? 0 : row.real("sum");
    const double sum = row.isNull("huge") ? ordinary : ordinary + row.real("huge") * 0x1p64;
    return std::isfinite(sum) ? Value::ofNumber(sum) : Value::none();
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
        samples.push_back({row.time("time"), valueOf(row)});
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
        buckets.push_back({row.integer("bucket"), bucketMean(row), sumOf(row), leastOf(row), greatestOf(row),
                           numberIn(row.string("last").toStdString()).value_or(Value::none()), row.integer("samples")});
    return buckets;
}

} // namespace cohort::store

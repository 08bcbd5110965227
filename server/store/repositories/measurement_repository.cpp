#include "server/store/repositories/measurement_repository.h"

#include "server/store/sql_names.h"

namespace cohort::store {

namespace {

Binds bindsOf(const StreamSpan& span, int count)
{
    return {{"stream", bound(span.stream)},
            {"from", bound(span.from)},
            {"to", bound(span.to)},
            {"count", bound(qint64{count})}};
}

Value valueOf(const Row& row)
{
    return row.isNull("number") ? Value::ofText(row.string("text").toStdString()) : Value::ofNumber(row.real("number"));
}

} // namespace

Result<StreamNames> MeasurementRepository::names(StreamId stream)
{
    COHORT_TRY(rows, m_connection.query(Sql::StreamBrief, {{"id", bound(stream)}}));
    if (rows.empty())
        return fail(ErrorCode::NotFound);
    const Row& row = rows.front();
    return StreamNames{row.string("name"), row.string("index_text"), row.string("unit"), row.string("device_key")};
}

Result<std::vector<model::Sample>> MeasurementRepository::samples(const StreamSpan& span, int most)
{
    COHORT_TRY(rows, m_connection.query(Sql::MeasurementSeries, bindsOf(span, most)));
    std::vector<model::Sample> samples;
    samples.reserve(rows.size());
    for (const Row& row : rows)
        samples.push_back({valueOf(row), row.time("time")});
    return samples;
}

Result<void> MeasurementRepository::addBuckets(const StreamSpan& span, int points, model::Series& series)
{
    const qint64 length = toMs(span.to) - toMs(span.from);
    auto binds = bindsOf(span, points + 1); // the stretch may begin within a bucket
    binds.emplace_back("width_ms", bound(std::max<qint64>(1, length / points + 1)));
    COHORT_TRY(rows, m_connection.query(Sql::MeasurementBuckets, binds));
    series.raw = false;
    for (const Row& row : rows) {
        series.times.append(row.integer("at_ms"));
        series.min.append(row.real("least"));
        series.max.append(row.real("greatest"));
        series.mean.append(row.real("mean"));
        series.count.append(row.integer("samples"));
    }
    return {};
}

Result<std::optional<model::SeriesSample>> MeasurementRepository::newestBefore(const StreamSpan& span)
{
    COHORT_TRY(
        rows, m_connection.query(Sql::MeasurementBefore, {{"stream", bound(span.stream)}, {"from", bound(span.from)}}));
    if (rows.empty())
        return std::optional<model::SeriesSample>();
    return std::optional(model::SeriesSample{toMs(rows.front().time("time")), valueOf(rows.front())});
}

Result<model::Series> MeasurementRepository::series(const StreamSpan& span, int points)
{
    COHORT_TRY(about, names(span.stream));
    COHORT_TRY(all, samples(span, points + 1));
    model::Series series;
    series.stream = span.stream;
    series.unit = about.unit;
    COHORT_TRY(before, newestBefore(span));
    series.before = before;
    if (all.size() > static_cast<std::size_t>(points)) {
        COHORT_CHECK(addBuckets(span, points, series));
        return series;
    }
    for (auto& sample : all) {
        series.times.append(toMs(sample.time));
        series.values.append(std::move(sample.value));
    }
    return series;
}

} // namespace cohort::store

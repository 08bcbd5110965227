#include "server/store/repositories/measurement_repository.h"

#include "server/store/postgres/row_reader.h"
#include "server/store/repositories/bucket_extremes.h"
#include "server/store/repositories/bucket_mean.h"
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

// What scripts make has no kind: there the samples tell.
bool isOfTexts(model::StreamKind kind, const std::vector<model::Sample>& samples)
{
    if (kind != model::StreamKind::Undecided)
        return kind == model::StreamKind::Text;
    return std::none_of(samples.begin(), samples.end(), [](const auto& sample) { return sample.value.number; });
}

} // namespace

Result<StreamNames> MeasurementRepository::names(StreamId stream)
{
    COHORT_TRY(rows, m_connection.query(Sql::StreamBrief, {{"id", bound(stream)}}));
    if (rows.empty())
        return fail(ErrorCode::NotFound);
    const Row& row = rows.front();
    return StreamNames{row.string("name"),
                       row.string("index_text"),
                       row.string("unit"),
                       row.string("device_key"),
                       model::valueOf<model::StreamKind>(row.string("kind")).value_or(model::StreamKind::Undecided),
                       static_cast<int>(row.integer("device_type")),
                       row.boolean("is_fact")};
}

Result<model::Stream> MeasurementRepository::stream(StreamId id)
{
    COHORT_TRY(rows, m_connection.query(Sql::StreamView, {{"id", bound(id)}}));
    if (rows.empty())
        return fail(ErrorCode::NotFound);
    return rowAs<model::Stream>(rows.front());
}

Result<void> MeasurementRepository::changeKind(StreamId id, model::StreamKind kind)
{
    COHORT_CHECK(m_connection.execute(Sql::StreamChangeKind, {{"id", bound(id)}, {"kind", model::textOf(kind)}}));
    return {};
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

// Whether there is any number.
Result<bool> MeasurementRepository::addNumberBuckets(const Binds& binds, model::Series& series)
{
    COHORT_TRY(rows, m_connection.query(Sql::MeasurementBuckets, binds));
    for (const Row& row : rows) {
        series.times.append(row.integer("at_ms"));
        series.count.append(row.integer("samples"));
        series.min.append(leastOf(row));
        series.max.append(greatestOf(row));
        series.mean.append(bucketMean(row));
    }
    return !rows.empty();
}

// Whether there is any text; numbers among them stand as their texts, and where there are only numbers nothing is added.
Result<bool> MeasurementRepository::addTextBuckets(const Binds& binds, model::Series& series)
{
    COHORT_TRY(rows, m_connection.query(Sql::MeasurementTextBuckets, binds));
    if (std::none_of(rows.begin(), rows.end(), [](const Row& row) { return row.integer("texts") > 0; }))
        return false;
    for (const Row& row : rows) {
        series.times.append(row.integer("at_ms"));
        series.count.append(row.integer("samples"));
        series.values.append(Value::ofText(row.string("text").toStdString()));
    }
    return true;
}

Result<void> MeasurementRepository::addBuckets(const StreamSpan& span, int points, bool isText, model::Series& series)
{
    const qint64 length = toMs(span.to) - toMs(span.from);
    auto binds = bindsOf(span, points);
    // The stretch may begin within a bucket: one is kept for that. A single one goes from 1970 on.
    const qint64 width = points > 1 ? length / (points - 1) + 1 : toMs(span.to) + 1;
    binds.emplace_back("width_ms", bound(std::max<qint64>(1, width)));
    series.raw = false;
    COHORT_TRY(any, isText ? addTextBuckets(binds, series) : addNumberBuckets(binds, series));
    if (!any) // from before its kind was changed
        COHORT_CHECK(isText ? addNumberBuckets(binds, series) : addTextBuckets(binds, series));
    if (series.mean.isEmpty())
        return {};
    COHORT_TRY(texts, m_connection.query(
                          Sql::MeasurementCountTexts,
                          {{"stream", bound(span.stream)}, {"from", bound(span.from)}, {"to", bound(span.to)}}));
    series.texts = texts.at(0).integer("texts");
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
        COHORT_CHECK(addBuckets(span, points, isOfTexts(about.kind, all), series));
        return series;
    }
    for (auto& sample : all) {
        series.times.append(toMs(sample.time));
        series.values.append(std::move(sample.value));
    }
    return series;
}

} // namespace cohort::store

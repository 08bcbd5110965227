#include "console/models/series_points.h"

#include "console/net/typed_call.h"
#include "shared/protocol/operations/measurement.h"

#include <algorithm>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

Result<void> checkLength(const char* name, qsizetype length, qsizetype times)
{
    if (length == times)
        return {};
    const QString detail = u"'%1' must be a list of %2, as many as 'times'"_s.arg(QLatin1StringView(name)).arg(times);
    return fail(wrongAnswer(protocol::MeasurementQuery::Name, Error{ErrorCode::WrongValue, detail, 0}));
}

// Of a stream of texts, the first of each bucket.
Result<SeriesPoints> textBuckets(const model::Series& series, SeriesPoints points)
{
    COHORT_CHECK(checkLength("values", series.values.size(), series.times.size()));
    COHORT_CHECK(checkLength("count", series.count.size(), series.times.size()));
    for (qsizetype i = 0; i < series.times.size(); ++i) {
        points.points.append(pointOf(series.times.at(i), series.values.at(i)));
        points.points.last().count = series.count.at(i);
    }
    return points;
}

SeriesPoint bucketOf(const model::Series& series, qsizetype i)
{
    const Value& least = series.min.at(i);
    const Value& greatest = series.max.at(i);
    SeriesPoint point{.time = series.times.at(i), .value = series.mean.at(i), .text = {}, .count = series.count.at(i)};
    point.least = least.number.value_or(point.value);
    point.greatest = greatest.number.value_or(point.value);
    if (least.integer && least == greatest) // then it is the mean as well
        point.digits = QString::number(*least.integer);
    return point;
}

} // namespace

bool hasNumbers(const SeriesPoints& series)
{
    return std::any_of(series.points.begin(), series.points.end(),
                       [](const SeriesPoint& one) { return !one.isText() && !one.isGap; });
}

qint64 undrawnTexts(const SeriesPoints& series)
{
    if (!hasNumbers(series))
        return 0;
    return series.texts + std::count_if(series.points.begin(), series.points.end(),
                                        [](const SeriesPoint& one) { return one.isText(); });
}

SeriesPoint pointOf(qint64 time, const Value& value)
{
    if (value.isText()) {
        const QString text = QString::fromStdString(value.text.value_or(std::string()));
        return {time, 0, 0, 0, text.isNull() ? u""_s : text, 1};
    }
    SeriesPoint point{.time = time, .text = {}};
    point.isGap = value.isNone();
    point.value = point.least = point.greatest = value.number.value_or(0);
    if (value.integer)
        point.digits = QString::number(*value.integer);
    return point;
}

Result<SeriesPoints> pointsOf(const model::Series& series)
{
    const qsizetype times = series.times.size();
    SeriesPoints points{.raw = series.raw, .points = {}, .before = {}, .texts = series.texts};
    points.points.reserve(times);
    if (series.before)
        points.before = pointOf(series.before->time, series.before->value);
    if (series.raw) {
        COHORT_CHECK(checkLength("values", series.values.size(), times));
        for (qsizetype i = 0; i < times; ++i)
            points.points.append(pointOf(series.times.at(i), series.values.at(i)));
        return points;
    }
    if (!series.values.isEmpty())
        return textBuckets(series, std::move(points));
    COHORT_CHECK(checkLength("mean", series.mean.size(), times));
    COHORT_CHECK(checkLength("min", series.min.size(), times));
    COHORT_CHECK(checkLength("max", series.max.size(), times));
    COHORT_CHECK(checkLength("count", series.count.size(), times));
    for (qsizetype i = 0; i < times; ++i) {
        if (series.count.at(i) > 0) // an empty bucket is a gap
            points.points.append(bucketOf(series, i));
    }
    return points;
}

} // namespace cohort::console

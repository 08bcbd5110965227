#include "console/net/measurement.h"

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

QJsonObject rangeOf(qint64 fromMs, qint64 toMs)
{
    const auto iso = [](qint64 ms) { return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs); };
    return {{u"from"_s, iso(fromMs)}, {u"to"_s, iso(toMs)}};
}

// A time is a number of ms in charts' arrays, a text elsewhere.
qint64 msOf(const QJsonValue& value)
{
    if (value.isString())
        return QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toMSecsSinceEpoch();
    return static_cast<qint64>(value.toDouble());
}

} // namespace

Series::Point Series::pointOf(qint64 time, const QJsonValue& value)
{
    const double number = value.isBool() ? (value.toBool() ? 1 : 0) : value.toDouble();
    return {time, number, number, number, value.isString() ? value.toString() : QString(), 1};
}

Series Series::fromJson(const QJsonObject& object)
{
    Series series;
    series.stream = json::id<StreamId>(object, "stream"_L1);
    series.unit = json::text(object, "unit"_L1);
    series.raw = json::flag(object, "raw"_L1);
    const QJsonArray times = object.value("times"_L1).toArray();
    const QJsonArray values = object.value(series.raw ? "values"_L1 : "mean"_L1).toArray();
    const QJsonArray least = object.value("min"_L1).toArray();
    const QJsonArray greatest = object.value("max"_L1).toArray();
    const QJsonArray counts = object.value("count"_L1).toArray();
    series.points.reserve(times.size());
    for (qsizetype i = 0; i < times.size() && i < values.size(); ++i) {
        Point point = pointOf(msOf(times.at(i)), values.at(i));
        if (!series.raw) {
            point.count = counts.at(i).toInteger(1);
            if (point.count == 0 || values.at(i).isNull())
                continue;
            point.least = least.at(i).toDouble(point.value);
            point.greatest = greatest.at(i).toDouble(point.value);
        }
        series.points.append(point);
    }
    const QJsonObject before = json::object(object, "before"_L1);
    if (!before.isEmpty())
        series.before = pointOf(msOf(before.value("time"_L1)), before.value("value"_L1));
    return series;
}

LiveSample LiveSample::fromJson(const QJsonObject& object)
{
    return {json::id<StreamId>(object, "stream"_L1),
            json::id<DeviceId>(object, "device"_L1),
            json::text(object, "name"_L1),
            json::text(object, "unit"_L1),
            Series::pointOf(msOf(object.value("time"_L1)), object.value("value"_L1)),
            object.value("value"_L1).toVariant(),
            json::flag(object, "isFact"_L1)};
}

TimelineEntry TimelineEntry::fromJson(const QJsonObject& object)
{
    return {json::time(object, "time"_L1), json::text(object, "kind"_L1), json::text(object, "text"_L1),
            json::text(object, "object"_L1)};
}

ExportedFile ExportedFile::fromJson(const QJsonObject& object)
{
    return {json::text(object, "fileName"_L1), json::text(object, "csv"_L1)};
}

QFuture<Result<Series>> measurements::query(RpcClient& client, StreamId stream, qint64 fromMs, qint64 toMs, int points)
{
    QJsonObject parameters = rangeOf(fromMs, toMs);
    parameters.insert("stream"_L1, json::ofId(stream));
    parameters.insert("points"_L1, qBound(10, points, 4000));
    return callFor<Series>(client, "measurement.query"_L1, parameters);
}

QFuture<Result<ExportedFile>> measurements::exportCsv(RpcClient& client, StreamId stream, qint64 fromMs, qint64 toMs)
{
    QJsonObject parameters = rangeOf(fromMs, toMs);
    parameters.insert("stream"_L1, json::ofId(stream));
    return callFor<ExportedFile>(client, "measurement.export"_L1, parameters);
}

QFuture<Result<Listing<TimelineEntry>>> measurements::timeline(RpcClient& client, LocationId location, qint64 fromMs,
                                                               qint64 toMs, int limit)
{
    QJsonObject parameters = rangeOf(fromMs, toMs);
    parameters.insert("location"_L1, json::ofId(location));
    parameters.insert("limit"_L1, limit);
    return callForList<TimelineEntry>(client, "timeline.query"_L1, parameters);
}

} // namespace cohort::console

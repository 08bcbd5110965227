// Stored data of a home as the server tells it: series for charts, exports, the timeline, live samples.
// Thread: values; calls from the GUI. Owner: models. Flow: measurement.*, timeline.query → here → charts.
#pragma once

#include "console/net/device.h"

namespace cohort::console {

// One stream's data in a range: samples (raw), or a bucket's least, greatest and mean value.
struct Series
{
    struct Point
    {
        qint64 time = 0; // ms since 1970
        double value = 0, least = 0, greatest = 0;
        QString text; // of a text stream
        qint64 count = 1;
    };
    StreamId stream;
    QString unit;
    bool raw = true;
    QList<Point> points;         // in order of time
    std::optional<Point> before; // the newest sample before the range

    static Series fromJson(const QJsonObject& object);
    static Point pointOf(qint64 time, const QJsonValue& value);
};

struct LiveSample
{
    StreamId stream;
    DeviceId device;
    QString name, unit;
    Series::Point point;
    QVariant value;
    bool isFact = false;

    static LiveSample fromJson(const QJsonObject& object);
};

struct TimelineEntry
{
    QDateTime time;
    QString kind, text, object;

    static TimelineEntry fromJson(const QJsonObject& object);
};

struct ExportedFile
{
    QString fileName, csv;

    static ExportedFile fromJson(const QJsonObject& object);
};

namespace measurements {

QFuture<Result<Series>> query(RpcClient& client, StreamId stream, qint64 fromMs, qint64 toMs, int points);
QFuture<Result<ExportedFile>> exportCsv(RpcClient& client, StreamId stream, qint64 fromMs, qint64 toMs);
// Newest first, at most `limit`.
QFuture<Result<Listing<TimelineEntry>>> timeline(RpcClient& client, LocationId location, qint64 fromMs, qint64 toMs,
                                                 int limit);

} // namespace measurements

} // namespace cohort::console

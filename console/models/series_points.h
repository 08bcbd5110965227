// A series as charts take it: one point a sample or bucket, in order of time.
// Thread: values. Owner: StreamSource. Flow: model::Series, model::LiveSample → points → StreamPath → StreamLane.
#pragma once

#include "shared/base/result.h"
#include "shared/model/measurement.h"

namespace cohort::console {

struct SeriesPoint
{
    qint64 time = 0; // ms since 1970
    double value = 0, least = 0, greatest = 0;
    QString text; // of a text stream; null: a number
    qint64 count = 1;
    QString digits = {}; // of an integer that `value` cannot hold
    bool isGap = false;  // there is no value from here to the next point

    bool isText() const { return !text.isNull(); }
};

struct SeriesPoints
{
    bool raw = true; // samples; else buckets, `value` is their mean
    QList<SeriesPoint> points;
    std::optional<SeriesPoint> before; // the newest sample before the range
    qint64 texts = 0;                  // that are in no bucket of numbers
};

// Whether there are numbers: then these are drawn, and texts among them are not.
bool hasNumbers(const SeriesPoints& series);
// How many texts are not drawn, since there are numbers.
qint64 undrawnTexts(const SeriesPoints& series);

SeriesPoint pointOf(qint64 time, const Value& value);
// Errors: CannotParse, when a list of the series is not as long as its times; names it.
Result<SeriesPoints> pointsOf(const model::Series& series);

} // namespace cohort::console

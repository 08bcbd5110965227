// From a stream's points to the lines that are drawn: steps or slopes, broken where data is missing.
// Thread: pure functions. Owner: nobody. Flow: SeriesPoints → StreamPath → StreamLane.
#pragma once

#include "console/models/series_points.h"

#include <QList>
#include <QPointF>

namespace cohort::console {

// The largest number that is drawn: the distance between two of them, with a margin, is a number still.
constexpr double DrawnMost = 7.5e307;
constexpr double drawn(double value)
{
    return value < -DrawnMost ? -DrawnMost : value > DrawnMost ? DrawnMost : value;
}

struct StreamPath
{
    QList<QList<QPointF>> lines;    // x: ms, y: value; one list a stretch without gap
    QList<QPointF> least, greatest; // the band of buckets; empty for raw data
    QStringList categories;         // where there are texts alone: y is the place in here
    double bottom = 0, top = 1;     // of all values, band included, also of what is too large to be drawn
};

// Holds each value until the next one, and the last until `to`; begins with the value from before `from`.
StreamPath stepPath(const SeriesPoints& series, qint64 from, qint64 to);
// Straight lines; a distance over four times the usual one is a gap.
StreamPath slopePath(const SeriesPoints& series);

} // namespace cohort::console

#include "console/charts/stream_path.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cohort::console {

namespace {

constexpr double GapFactor = 4;
constexpr qsizetype MostStretches = 200; // each is a series of its own in the chart

void widen(StreamPath& path, double value, bool& first)
{
    path.bottom = first ? value : std::min(path.bottom, value);
    path.top = first ? value : std::max(path.top, value);
    first = false;
}

double valueOf(const SeriesPoint& point, QStringList& categories)
{
    if (!point.isText())
        return point.value;
    qsizetype place = categories.indexOf(point.text);
    if (place < 0) {
        place = categories.size();
        categories.append(point.text);
    }
    return static_cast<double>(place);
}

// The middle of all distances between neighbours; 0 when there are none.
qint64 usualDistance(const QList<SeriesPoint>& points)
{
    QList<qint64> distances;
    for (qsizetype i = 1; i < points.size(); ++i)
        distances.append(points.at(i).time - points.at(i - 1).time);
    if (distances.isEmpty())
        return 0;
    const auto middle = distances.begin() + distances.size() / 2;
    std::nth_element(distances.begin(), middle, distances.end());
    return *middle;
}

} // namespace

StreamPath stepPath(const SeriesPoints& series, qint64 from, qint64 to)
{
    StreamPath path;
    bool first = true;
    QList<QPointF> line;
    const bool isOfNumbers = hasNumbers(series); // a text among them ends the line, as no value does
    const auto add = [&](double time, double value) {
        if (!line.isEmpty() && line.last().y() != drawn(value))
            line.append(QPointF(time, line.last().y()));
        line.append(QPointF(time, drawn(value)));
        widen(path, value, first);
    };
    if (series.before && !series.before->isGap && !(isOfNumbers && series.before->isText()))
        add(static_cast<double>(from), valueOf(*series.before, path.categories));
    for (const SeriesPoint& point : series.points) {
        if (point.isGap || (isOfNumbers && point.isText())) {
            if (!line.isEmpty() && path.lines.size() < MostStretches) {
                line.append(QPointF(static_cast<double>(point.time), line.last().y()));
                path.lines.append(std::exchange(line, {}));
            }
            continue;
        }
        if (!series.raw && point.least != point.greatest) {
            // Several changes in one bucket: a stroke over all of them.
            add(static_cast<double>(point.time), point.greatest);
            add(static_cast<double>(point.time), point.least);
        }
        add(static_cast<double>(point.time),
            series.raw || point.isText() ? valueOf(point, path.categories) : std::round(point.value));
    }
    if (!line.isEmpty() && line.last().x() < static_cast<double>(to))
        line.append(QPointF(static_cast<double>(to), line.last().y()));
    if (!line.isEmpty())
        path.lines.append(line);
    return path;
}

StreamPath slopePath(const SeriesPoints& series)
{
    StreamPath path;
    bool first = true;
    const double longest = GapFactor * static_cast<double>(usualDistance(series.points));
    QList<QPointF> line;
    const bool isOfNumbers = hasNumbers(series);
    for (const SeriesPoint& point : series.points) {
        const bool isGap = point.isGap || (isOfNumbers && point.isText());
        const auto time = static_cast<double>(point.time);
        const bool isLate = !line.isEmpty() && longest > 0 && time - line.last().x() > longest;
        if ((isLate || (isGap && !line.isEmpty())) && path.lines.size() < MostStretches) {
            path.lines.append(line);
            line.clear();
        }
        if (isGap)
            continue;
        const double value = valueOf(point, path.categories);
        line.append(QPointF(time, drawn(value)));
        widen(path, value, first);
        if (!series.raw) {
            path.least.append(QPointF(time, drawn(point.least)));
            path.greatest.append(QPointF(time, drawn(point.greatest)));
            widen(path, point.least, first);
            widen(path, point.greatest, first);
        }
    }
    if (!line.isEmpty())
        path.lines.append(line);
    return path;
}

} // namespace cohort::console

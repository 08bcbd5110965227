#include "console/models/stream_source.h"

#include "shared/base/when_done.h"

#include <algorithm>
#include <chrono>
#include <limits>

namespace cohort::console {

using namespace std::chrono_literals;

namespace {

constexpr int LeastPoints = 10; // a lane that is hardly wide yet

} // namespace

StreamSource::StreamSource(Workspace& workspace, StreamId stream, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_stream(stream)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(80ms);
    connect(&m_settle, &QTimer::timeout, this, &StreamSource::ask);
}

void StreamSource::setRange(qint64 fromMs, qint64 toMs, int points)
{
    m_from = fromMs;
    m_to = toMs;
    m_points = points;
    if (!m_settle.isActive())
        m_settle.start();
}

void StreamSource::append(const SeriesPoint& point)
{
    if (!m_series.points.isEmpty() && point.time <= m_series.points.last().time)
        return;
    m_series.points.append(point);
    // Live data may not grow without end: the older half beyond twice what can be seen goes.
    if (m_series.points.size() > 2 * std::max(m_points, 500))
        m_series.points.remove(0, m_series.points.size() / 2);
    Q_EMIT changed();
}

const SeriesPoint* StreamSource::at(qint64 time) const
{
    const auto after = std::upper_bound(m_series.points.cbegin(), m_series.points.cend(), time,
                                        [](qint64 moment, const SeriesPoint& point) { return moment < point.time; });
    if (after != m_series.points.cbegin())
        return &*std::prev(after);
    return m_series.before && m_series.before->time <= time ? &*m_series.before : nullptr;
}

void StreamSource::ask()
{
    const int generation = ++m_generation;
    m_known = m_series.points.isEmpty() ? std::numeric_limits<qint64>::min() : m_series.points.last().time;
    const protocol::MeasurementQuery wanted{m_stream, fromMs(m_from), fromMs(m_to),
                                            std::clamp(m_points, LeastPoints, ChartPointsMost)};
    whenDone(this, call(m_workspace.client(), wanted), [this, generation](const Result<model::Series>& answer) {
        if (generation != m_generation)
            return;
        const Result<SeriesPoints> points = answer ? pointsOf(*answer) : Result<SeriesPoints>(fail(answer.error()));
        points ? put(*points) : Q_EMIT failed(points.error());
    });
}

void StreamSource::put(SeriesPoints fresh)
{
    // Samples that came live while the question was under way are newer than its answer.
    const qint64 newest = fresh.points.isEmpty() ? m_from : fresh.points.last().time;
    for (const SeriesPoint& point : std::as_const(m_series.points)) {
        if (point.time > std::max(newest, m_known) && fresh.raw)
            fresh.points.append(point);
    }
    m_series = std::move(fresh);
    Q_EMIT changed();
}

} // namespace cohort::console

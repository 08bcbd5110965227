#include "console/charts/stream_chart.h"

#include "console/charts/time_ruler.h"

#include <QDateTime>
#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>
#include <chrono>

namespace cohort::console {

using namespace std::chrono_literals;

namespace {

constexpr qint64 Shortest = 2'000;                  // ms
constexpr qint64 Longest = 20LL * 366 * 86'400'000; // twenty years
constexpr int AskEvery = 30;                        // live turns, of a second each

} // namespace

StreamChart::StreamChart(QWidget* parent)
    : QWidget(parent), m_column(new QVBoxLayout), m_scroll(new QScrollArea(this)),
      m_ruler(new TimeRuler(StreamLane::LabelWidth + StreamLane::AxisWidth, StreamLane::RightMargin, this)),
      m_zone(QTimeZone::systemTimeZone())
{
    auto* lanes = new QWidget;
    lanes->setLayout(m_column);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addStretch();
    m_scroll->setWidget(lanes);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFrameShape(QFrame::NoFrame);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_scroll);
    layout->addWidget(m_ruler);
    setFocusPolicy(Qt::StrongFocus);
    m_follow.setInterval(1s);
    connect(&m_follow, &QTimer::timeout, this, &StreamChart::follow);
    showLive(3'600'000);
}

void StreamChart::setLanes(Workspace& workspace, const QList<LaneWish>& wishes)
{
    QList<StreamLane*> kept;
    for (const LaneWish& wish : wishes) {
        const auto old = std::find_if(m_lanes.begin(), m_lanes.end(),
                                      [&](const StreamLane* lane) { return lane->source()->stream() == wish.stream; });
        if (old != m_lanes.end()) {
            kept.append(*old);
            m_lanes.erase(old);
        } else {
            kept.append(addLane(workspace, wish));
        }
    }
    for (StreamLane* gone : std::as_const(m_lanes))
        gone->deleteLater();
    m_lanes = kept;
    for (qsizetype i = 0; i < m_lanes.size(); ++i)
        m_column->insertWidget(static_cast<int>(i), m_lanes.at(i));
    if (m_lanes.isEmpty())
        m_nextColor = 0;
    apply(true);
}

StreamLane* StreamChart::addLane(Workspace& workspace, const LaneWish& wish)
{
    auto* source = new StreamSource(workspace, wish.stream, this);
    auto* lane = new StreamLane(source, wish.label, wish.onChange, m_nextColor++, this);
    connect(source, &StreamSource::failed, this, &StreamChart::failed);
    connect(lane, &StreamLane::hovered, this, &StreamChart::hover);
    connect(lane, &StreamLane::zoomed, this, &StreamChart::zoom);
    connect(lane, &StreamLane::dragged, this, &StreamChart::pan);
    return lane;
}

void StreamChart::setZone(const QTimeZone& zone)
{
    m_zone = zone.isValid() ? zone : QTimeZone::utc();
    apply(false);
}

void StreamChart::setNow(qint64 ms)
{
    m_now = ms;
    if (isLive())
        follow();
}

qint64 StreamChart::now() const
{
    return m_now != 0 ? m_now : QDateTime::currentMSecsSinceEpoch();
}

void StreamChart::append(StreamId stream, const SeriesPoint& point)
{
    if (m_now != 0 && point.time > m_now)
        m_now = point.time;
    if (!isLive())
        return;
    for (StreamLane* lane : std::as_const(m_lanes)) {
        if (lane->source()->stream() == stream)
            lane->source()->append(point);
    }
}

void StreamChart::showLive(qint64 spanMs)
{
    m_to = now();
    m_from = m_to - spanMs;
    m_turns = 0;
    m_follow.start();
    apply(true);
    Q_EMIT rangeChanged(true);
}

void StreamChart::setRange(qint64 from, qint64 to)
{
    const qint64 span = std::clamp(to - from, Shortest, Longest);
    if (std::max(from, qint64(0)) + span >= now()) {
        showLive(span);
        return;
    }
    m_from = std::max(from, qint64(0));
    m_to = m_from + span;
    m_follow.stop();
    apply(true);
    Q_EMIT rangeChanged(false);
}

void StreamChart::apply(bool ask)
{
    m_ruler->setRange(m_from, m_to, m_zone);
    const int lanes = m_scroll->viewport()->width(); // narrower than the ruler by a scroll bar
    m_ruler->setRight(StreamLane::RightMargin + width() - lanes);
    const int pixels = std::max(100, lanes - StreamLane::LabelWidth - StreamLane::AxisWidth - StreamLane::RightMargin);
    for (StreamLane* lane : std::as_const(m_lanes)) {
        lane->setRange(m_from, m_to, m_zone);
        if (ask)
            lane->source()->setRange(m_from, m_to, pixels);
    }
}

void StreamChart::follow()
{
    const qint64 span = m_to - m_from;
    m_to = now();
    m_from = m_to - span;
    apply(++m_turns % AskEvery == 0);
}

void StreamChart::zoom(double factor, qint64 around)
{
    const auto before = static_cast<double>(around - m_from) * factor;
    const auto after = static_cast<double>(m_to - around) * factor;
    if (before + after < static_cast<double>(Shortest))
        return;
    setRange(around - static_cast<qint64>(before), around + static_cast<qint64>(after));
}

void StreamChart::pan(qint64 by)
{
    setRange(m_from + by, m_to + by);
}

void StreamChart::hover(qint64 time)
{
    m_ruler->setCursorTime(time);
    for (StreamLane* lane : std::as_const(m_lanes))
        lane->setCursorTime(time);
}

void StreamChart::keyPressEvent(QKeyEvent* event)
{
    const qint64 span = m_to - m_from;
    switch (event->key()) {
    case Qt::Key_Left:
        return pan(-span / 5);
    case Qt::Key_Right:
        return pan(span / 5);
    case Qt::Key_Plus:
        return zoom(0.7, m_from + span / 2);
    case Qt::Key_Minus:
        return zoom(1.4, m_from + span / 2);
    case Qt::Key_End:
        return showLive(span);
    default:
        QWidget::keyPressEvent(event);
    }
}

void StreamChart::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    apply(true);
}

} // namespace cohort::console

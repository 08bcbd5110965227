#include "console/charts/metric_chart.h"

#include "console/charts/text.h"
#include "console/charts/time_scale.h"
#include "console/models/words.h"
#include "console/resources/theme.h"

#include <QAreaSeries>
#include <QChart>
#include <QLineSeries>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace cohort::console {

namespace {

constexpr int Left = 52, Right = 16, Top = 54, Bottom = 28;
constexpr qint64 SpanMs = 3'600'000;

QPointF pointOf(const model::MetricSample& sample, double value)
{
    return {static_cast<double>(sample.at), value};
}

// A round number not below `value`.
double roundUp(double value)
{
    if (value <= 0)
        return 1;
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
        if (factor * power >= value)
            return factor * power;
    }
    return value;
}

} // namespace

MetricChart::MetricChart(MetricGroup group, QWidget* parent) : QChartView(parent), m_group(std::move(group))
{
    m_axes = addPlainAxes(*this, 5);
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setMouseTracking(true);
    setBackgroundBrush(Qt::NoBrush);
    setMinimumHeight(200);
    setAccessibleName(m_group.title);
}

void MetricChart::setSamples(const QList<model::MetricSample>& samples)
{
    m_samples = samples;
    // At most two points a pixel: an hour of five-second samples is thinned on small charts.
    const auto most = static_cast<qsizetype>(2 * std::max(100, width()));
    while (m_samples.size() > most) {
        qsizetype behind = m_samples.size(); // of the last none: the newest stays
        m_samples.removeIf([&behind](const model::MetricSample&) { return --behind % 2 == 1; });
    }
    chart()->removeAllSeries();
    if (!m_samples.isEmpty()) {
        const auto newest = static_cast<double>(m_samples.last().at);
        m_axes.time->setRange(newest - SpanMs, newest);
        m_group.isStacked ? addStack() : addLines();
    }
    viewport()->update();
}

void MetricChart::addLines()
{
    double top = 0;
    for (qsizetype i = 0; i < m_group.metrics.size(); ++i) {
        QList<QPointF> points; // a line for each time without a gap
        for (const model::MetricSample& sample : std::as_const(m_samples)) {
            if (const auto figure = m_group.metrics.at(i).value(sample)) {
                points.append(pointOf(sample, *figure));
                top = std::max(top, *figure);
            } else {
                addLine(std::exchange(points, {}), static_cast<int>(i));
            }
        }
        addLine(points, static_cast<int>(i));
    }
    const double round = roundUp(top * 1.05);
    m_axes.value->setRange(0, round);
}

void MetricChart::addLine(const QList<QPointF>& points, int metric)
{
    if (points.isEmpty())
        return;
    auto* line = new QLineSeries(chart());
    line->replace(points);
    line->setPen(QPen(theme().series(metric), 1.8));
    // A lone figure is a line without length: it gets a dot.
    line->setPointsVisible(points.size() == 1);
    line->setMarkerSize(4);
    chart()->addSeries(line);
    line->attachAxis(m_axes.time);
    line->attachAxis(m_axes.value);
}

void MetricChart::addStack()
{
    QList<double> floor(m_samples.size(), 0.0);
    for (qsizetype i = 0; i < m_group.metrics.size(); ++i) {
        auto* bottom = new QLineSeries(chart());
        auto* top = new QLineSeries(chart());
        for (qsizetype j = 0; j < m_samples.size(); ++j) {
            bottom->append(pointOf(m_samples.at(j), floor.at(j)));
            floor[j] += m_group.metrics.at(i).value(m_samples.at(j)).value_or(0);
            top->append(pointOf(m_samples.at(j), floor.at(j)));
        }
        auto* area = new QAreaSeries(top, bottom);
        QColor fill = theme().series(static_cast<int>(i));
        area->setPen(QPen(fill, 1));
        fill.setAlpha(150);
        area->setBrush(fill);
        chart()->addSeries(area);
        area->attachAxis(m_axes.time);
        area->attachAxis(m_axes.value);
    }
    const double round = roundUp(*std::max_element(floor.cbegin(), floor.cend()) * 1.05);
    m_axes.value->setRange(0, round);
}

void MetricChart::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    chart()->setPlotArea(
        QRectF(Left, Top, std::max(10, width() - Left - Right), std::max(10, height() - Top - Bottom)));
}

const model::MetricSample* MetricChart::shown() const
{
    if (m_samples.isEmpty())
        return nullptr;
    if (m_cursorX < 0)
        return &m_samples.last();
    const double share = (m_cursorX - Left) / std::max(1, width() - Left - Right);
    const qint64 time = m_samples.last().at - SpanMs + static_cast<qint64>(share * SpanMs);
    const auto found = std::lower_bound(m_samples.cbegin(), m_samples.cend(), time,
                                        [](const model::MetricSample& sample, qint64 at) { return sample.at < at; });
    return found == m_samples.cend() ? &m_samples.last() : &*found;
}

void MetricChart::drawForeground(QPainter* painter, const QRectF&)
{
    painter->save();
    painter->resetTransform();
    drawHead(*painter);
    const Theme colors = theme();
    QFont font = painter->font();
    font.setPixelSize(11);
    font.setWeight(QFont::Normal);
    painter->setFont(font);
    painter->setPen(colors.faint);
    const int plot = height() - Top - Bottom;
    for (int i = 0; i < 5; ++i)
        painter->drawText(QRectF(0, Top + plot * (4 - i) / 4.0 - 8, Left - 8, 16), Qt::AlignRight | Qt::AlignVCenter,
                          words::number(m_axes.value->max() * i / 4, 2));
    const qint64 newest = m_samples.isEmpty() ? 0 : m_samples.last().at;
    const int pixels = width() - Left - Right;
    for (const TimeMark& mark : timeMarks(newest - SpanMs, newest, pixels, QTimeZone::systemTimeZone(), 64)) {
        const double x = Left + static_cast<double>(mark.time - newest + SpanMs) / SpanMs * pixels;
        painter->drawText(QRectF(x - 30, height() - Bottom + 4, 60, 16), Qt::AlignCenter, mark.label);
    }
    if (newest > 0)
        painter->drawText(QRectF(0, height() - Bottom + 4, Left - 8, 16), Qt::AlignRight | Qt::AlignVCenter,
                          QDateTime::fromMSecsSinceEpoch(newest, QTimeZone::systemTimeZone()).timeZoneAbbreviation());
    if (m_samples.isEmpty())
        painter->drawText(rect(), Qt::AlignCenter, Charts::tr("No figures yet; the first come within seconds."));
    if (m_cursorX >= 0) {
        painter->setPen(colors.text);
        painter->drawLine(QPointF(m_cursorX, Top), QPointF(m_cursorX, height() - Bottom));
    }
    painter->restore();
}

void MetricChart::drawHead(QPainter& painter) const
{
    const Theme colors = theme();
    QFont font = painter.font();
    font.setPixelSize(14);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(colors.text);
    painter.drawText(QRectF(16, 10, width() - 32, 18), Qt::AlignLeft, m_group.title);
    font.setPixelSize(11);
    font.setWeight(QFont::Normal);
    painter.setFont(font);
    const model::MetricSample* sample = shown();
    if (sample && m_cursorX >= 0) {
        painter.setPen(colors.faint);
        painter.drawText(QRectF(16, 10, width() - 32, 18), Qt::AlignRight,
                         cursorText(sample->at, SpanMs, QTimeZone::systemTimeZone()));
    }
    double x = 16;
    for (qsizetype i = 0; i < m_group.metrics.size(); ++i) {
        const Metric& metric = m_group.metrics.at(i);
        const auto figure = sample ? metric.value(*sample) : std::nullopt;
        const QString value = words::figure(figure, figure < 10 ? 1 : 0, metric.unit);
        const QString text = metric.name + u' ' + value;
        painter.fillRect(QRectF(x, 36, 8, 8), colors.series(static_cast<int>(i)));
        painter.setPen(colors.text);
        painter.drawText(QPointF(x + 13, 44), text);
        x += 13 + painter.fontMetrics().horizontalAdvance(text) + 10;
    }
}

void MetricChart::mouseMoveEvent(QMouseEvent* event)
{
    const double x = event->position().x();
    m_cursorX = x > Left && x < width() - Right ? x : -1;
    viewport()->update();
}

void MetricChart::leaveEvent(QEvent*)
{
    m_cursorX = -1;
    viewport()->update();
}

} // namespace cohort::console

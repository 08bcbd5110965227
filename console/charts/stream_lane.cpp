#include "console/charts/stream_lane.h"

#include "console/charts/stream_path.h"
#include "console/charts/text.h"
#include "console/charts/time_scale.h"
#include "console/models/plain_text.h"
#include "console/models/words.h"
#include "console/resources/theme.h"

#include <QAreaSeries>
#include <QChart>
#include <QLineSeries>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QScatterSeries>
#include <QWheelEvent>

#include <cmath>

namespace cohort::console {

namespace {

constexpr int LaneHeight = 76;
constexpr double PenWidth = 1.6;
constexpr int AxisPixels = 11; // of the axis' labels

// With every digit, where the number drawn has not all.
QString shown(const SeriesPoint& point, const QString& unit)
{
    if (point.isGap)
        return QStringLiteral("–");
    if (point.isText())
        return point.text;
    if (!point.digits.isNull())
        return unit.isEmpty() ? point.digits : point.digits + u'\u202f' + unit;
    return words::value(point.value, unit);
}

} // namespace

StreamLane::StreamLane(StreamSource* source, LaneLabel label, bool onChange, int colorIndex, QWidget* parent)
    : QChartView(parent), m_source(source), m_label(std::move(label)), m_onChange(onChange), m_colorIndex(colorIndex),
      m_zone(QTimeZone::utc())
{
    source->setParent(this);
    m_axes = addPlainAxes(*this, 3);
    setFixedHeight(LaneHeight);
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setMouseTracking(true);
    setBackgroundBrush(Qt::NoBrush);
    setAccessibleName(m_label.title);
    connect(source, &StreamSource::changed, this, &StreamLane::redraw);
}

void StreamLane::setRange(qint64 from, qint64 to, const QTimeZone& zone)
{
    m_from = from;
    m_to = to;
    m_zone = zone;
    m_axes.time->setRange(static_cast<double>(from), static_cast<double>(to));
    if (m_onChange)
        redraw(); // the value that holds now reaches the right edge
    viewport()->update();
}

void StreamLane::setCursorTime(qint64 time)
{
    m_cursor = time;
    viewport()->update();
}

void StreamLane::redraw()
{
    chart()->removeAllSeries();
    const StreamPath path = m_onChange ? stepPath(m_source->series(), m_from, m_to) : slopePath(m_source->series());
    scaleTo(path);
    const QColor color = theme().series(m_colorIndex);
    if (!path.least.isEmpty()) {
        auto* top = new QLineSeries(chart());
        auto* bottom = new QLineSeries(chart());
        top->replace(path.greatest);
        bottom->replace(path.least);
        auto* band = new QAreaSeries(top, bottom);
        QColor fill = color;
        fill.setAlpha(48);
        band->setBrush(fill);
        band->setPen(Qt::NoPen);
        chart()->addSeries(band);
        band->attachAxis(m_axes.time);
        band->attachAxis(m_axes.value);
    }
    for (const QList<QPointF>& line : path.lines)
        addLine(line, m_onChange && path.categories.isEmpty());
    const QString said =
        m_label.title + u'\n' + m_label.place + (caption() == m_label.place ? QString() : u'\n' + caption());
    setAccessibleDescription(said);
    // What is said is cut where it is long.
    setToolTip(plainToolTip(said + u'\n' + Charts::tr("Ctrl and the wheel zoom, dragging moves through time.")));
}

QString StreamLane::caption() const
{
    const qint64 texts = undrawnTexts(m_source->series());
    return texts == 0 ? m_label.place : Charts::tr("numbers; %n text(s) not drawn", nullptr, static_cast<int>(texts));
}

void StreamLane::addLine(const QList<QPointF>& points, bool filled)
{
    const QColor color = theme().series(m_colorIndex);
    auto* line = new QLineSeries(chart());
    line->replace(points);
    line->setPen(QPen(color, PenWidth));
    // A lone sample is a line without length: it gets a dot.
    line->setPointsVisible(points.size() == 1);
    QAbstractSeries* series = line;
    if (filled) {
        auto* area = new QAreaSeries(line);
        QColor fill = color;
        fill.setAlpha(40);
        area->setBrush(fill);
        area->setPen(QPen(color, PenWidth));
        series = area;
    }
    chart()->addSeries(series);
    series->attachAxis(m_axes.time);
    series->attachAxis(m_axes.value);
}

// A number that has lost its left digits says another one: where it does not fit it is rounded, "1.2e11".
QString StreamLane::axisLabel(double value, int digits, const QFontMetrics& metrics)
{
    QString label = words::number(value, digits);
    for (int precision = 3; precision >= 0 && metrics.horizontalAdvance(label) > AxisRoom; --precision) {
        label = QLocale().toString(value, 'e', precision);
        static const QRegularExpression exponent(QStringLiteral("[eE]\\+?(-?)0*"));
        label.replace(exponent, QStringLiteral("e\\1"));
    }
    return label;
}

void StreamLane::scaleTo(const StreamPath& path)
{
    const double least = m_onChange ? std::min(path.bottom, 0.0) : path.bottom;
    double bottom = drawn(least);
    double top = drawn(path.top);
    if (top - bottom < 1e-9)
        top = bottom + std::max(1.0, std::abs(bottom) * 0.1);
    const double margin = (top - bottom) * 0.08;
    m_axes.value->setRange(m_onChange ? bottom : bottom - margin, top + margin);
    m_axisLabels = {};
    if (path.categories.isEmpty()) {
        const int digits = top - bottom >= 20 ? 0 : top - bottom >= 2 ? 1 : 2;
        QFont small = font();
        small.setPixelSize(AxisPixels);
        const QFontMetrics metrics(small);
        m_axisLabels = {axisLabel(least, digits, metrics), axisLabel(std::max(top, path.top), digits, metrics)};
    }
}

void StreamLane::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    const int left = LabelWidth + AxisWidth;
    chart()->setPlotArea(QRectF(left, 8, std::max(10, width() - left - RightMargin), height() - 16));
}

int StreamLane::pixels() const
{
    return std::max(1, width() - LabelWidth - AxisWidth - RightMargin);
}

qint64 StreamLane::timeAt(double x) const
{
    return m_from + static_cast<qint64>((x - LabelWidth - AxisWidth) / pixels() * static_cast<double>(m_to - m_from));
}

double StreamLane::xOf(qint64 time) const
{
    return LabelWidth + AxisWidth + static_cast<double>(time - m_from) / static_cast<double>(m_to - m_from) * pixels();
}

void StreamLane::drawForeground(QPainter* painter, const QRectF&)
{
    painter->save();
    painter->resetTransform();
    const Theme colors = theme();
    QColor grid = colors.border;
    grid.setAlpha(110);
    painter->setPen(grid);
    for (const TimeMark& mark : timeMarks(m_from, m_to, pixels(), m_zone)) {
        const double x = std::round(xOf(mark.time)) + 0.5;
        painter->drawLine(QPointF(x, 0), QPointF(x, height()));
    }
    painter->drawLine(QPointF(0, height() - 0.5), QPointF(width(), height() - 0.5));
    if (m_cursor >= m_from && m_cursor <= m_to && m_cursor != 0) {
        painter->setPen(QPen(colors.text, 1));
        painter->drawLine(QPointF(xOf(m_cursor), 0), QPointF(xOf(m_cursor), height()));
    }
    QFont small = painter->font();
    small.setPixelSize(AxisPixels);
    painter->setFont(small);
    painter->setPen(colors.faint);
    const QRectF axis(LabelWidth, 8, AxisRoom, height() - 16);
    painter->drawText(axis, Qt::AlignRight | Qt::AlignBottom, m_axisLabels.value(0));
    painter->drawText(axis, Qt::AlignRight | Qt::AlignTop, m_axisLabels.value(1));
    drawLabel(*painter);
    painter->restore();
}

void StreamLane::drawLabel(QPainter& painter) const
{
    const Theme colors = theme();
    const bool underCursor = m_cursor != 0;
    const SeriesPoint* point = m_source->at(underCursor ? m_cursor : m_to);
    QString value = QStringLiteral("–");
    if (point)
        value = shown(*point, m_label.unit);
    QFont font = painter.font();
    font.setPixelSize(13);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(colors.text);
    const int width = LabelWidth - 12;
    painter.fillRect(QRectF(0, 14, 3, height() - 28), colors.series(m_colorIndex));
    painter.drawText(QRectF(12, 8, width, 18), Qt::AlignLeft,
                     painter.fontMetrics().elidedText(m_label.title, Qt::ElideMiddle, width));
    font.setWeight(QFont::Normal);
    font.setPixelSize(12);
    painter.setFont(font);
    painter.setPen(colors.faint);
    painter.drawText(QRectF(12, 27, width, 16), Qt::AlignLeft,
                     painter.fontMetrics().elidedText(caption(), Qt::ElideRight, width));
    font.setPixelSize(14);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(underCursor ? colors.accent : colors.text);
    painter.drawText(QRectF(12, 46, width, 20), Qt::AlignLeft, value);
}

void StreamLane::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && event->position().x() > LabelWidth) {
        m_dragX = event->position().x();
        setCursor(Qt::ClosedHandCursor);
    }
}

void StreamLane::mouseMoveEvent(QMouseEvent* event)
{
    const double x = event->position().x();
    if (m_dragX >= 0) {
        const double share = (m_dragX - x) / pixels();
        m_dragX = x;
        Q_EMIT dragged(static_cast<qint64>(share * static_cast<double>(m_to - m_from)));
        return;
    }
    Q_EMIT hovered(x > LabelWidth + AxisWidth && x < width() - RightMargin ? timeAt(x) : 0);
}

void StreamLane::mouseReleaseEvent(QMouseEvent*)
{
    m_dragX = -1;
    unsetCursor();
}

void StreamLane::leaveEvent(QEvent*)
{
    Q_EMIT hovered(0);
}

void StreamLane::wheelEvent(QWheelEvent* event)
{
    // The wheel scrolls the lanes; with Ctrl it zooms, over the plot.
    if (!event->modifiers().testFlag(Qt::ControlModifier) || event->position().x() < LabelWidth + AxisWidth) {
        event->ignore();
        return;
    }
    const double steps = event->angleDelta().y() / 120.0;
    Q_EMIT zoomed(std::pow(0.8, steps), timeAt(event->position().x()));
    event->accept();
}

} // namespace cohort::console

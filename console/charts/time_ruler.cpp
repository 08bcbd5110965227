#include "console/charts/time_ruler.h"

#include "console/charts/time_scale.h"
#include "console/resources/theme.h"

#include <QPainter>

namespace cohort::console {

TimeRuler::TimeRuler(int left, int right, QWidget* parent)
    : QWidget(parent), m_left(left), m_right(right), m_zone(QTimeZone::utc())
{
    setFixedHeight(28);
}

void TimeRuler::setRange(qint64 from, qint64 to, const QTimeZone& zone)
{
    m_from = from;
    m_to = to;
    m_zone = zone;
    update();
}

void TimeRuler::setCursorTime(qint64 time)
{
    m_cursor = time;
    update();
}

void TimeRuler::setRight(int pixels)
{
    m_right = pixels;
    update();
}

void TimeRuler::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme colors = theme();
    const int width = this->width() - m_left - m_right;
    const auto xOf = [&](qint64 time) {
        return m_left + static_cast<double>(time - m_from) / static_cast<double>(m_to - m_from) * width;
    };
    QFont font = painter.font();
    font.setPixelSize(12);
    painter.setFont(font);
    for (const TimeMark& mark : timeMarks(m_from, m_to, width, m_zone)) {
        painter.setPen(mark.major ? colors.text : colors.faint);
        painter.drawLine(QPointF(xOf(mark.time), 0), QPointF(xOf(mark.time), 5));
        painter.drawText(QRectF(xOf(mark.time) - 40, 6, 80, 18), Qt::AlignCenter, mark.label);
    }
    painter.setPen(colors.faint);
    painter.drawText(QRectF(12, 6, m_left - 20, 18), Qt::AlignLeft | Qt::AlignVCenter, QString::fromUtf8(m_zone.id()));
    if (m_cursor == 0)
        return;
    const QString text = cursorText(m_cursor, m_to - m_from, m_zone);
    const double half = painter.fontMetrics().horizontalAdvance(text) / 2.0 + 8;
    const QRectF box(qBound(double(m_left), xOf(m_cursor) - half, this->width() - 2 * half), 4, 2 * half, 20);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.accent);
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(colors.onAccent);
    painter.drawText(box, Qt::AlignCenter, text);
}

} // namespace cohort::console

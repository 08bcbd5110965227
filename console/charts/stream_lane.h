// One stream's lane in a StreamChart: its name and value on the left, its line on the right.
// Thread: GUI. Owner: StreamChart. Flow: StreamSource → path → Qt Charts; mouse and wheel → signals to the chart.
#pragma once

#include "console/charts/plain_axes.h"
#include "console/models/stream_source.h"

#include <QFontMetrics>
#include <QTimeZone>

namespace cohort::console {

struct LaneLabel
{
    QString title, place; // "Stove · power", "kitchen"
    QString unit;
};

class StreamLane : public QChartView
{
    Q_OBJECT
public:
    static constexpr int LabelWidth = 200; // left of the plot, in every lane and the ruler
    static constexpr int AxisWidth = 48;
    static constexpr int AxisRoom = AxisWidth - 6; // for the axis' labels
    static constexpr int RightMargin = 16;

    StreamLane(StreamSource* source, LaneLabel label, bool onChange, int colorIndex, QWidget* parent);

    StreamSource* source() const { return m_source; }
    const LaneLabel& label() const { return m_label; }
    // The line below the title: where it is, or how many texts among the numbers are not drawn.
    QString caption() const;
    // As it is written beside the plot: whole, or rounded where it is wider than AxisRoom.
    static QString axisLabel(double value, int digits, const QFontMetrics& metrics);
    void setRange(qint64 from, qint64 to, const QTimeZone& zone);
    // The common cursor; 0: none.
    void setCursorTime(qint64 time);

Q_SIGNALS:
    void hovered(qint64 time);
    void zoomed(double factor, qint64 around);
    void dragged(qint64 by);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void redraw();
    void addLine(const QList<QPointF>& points, bool filled);
    void scaleTo(const struct StreamPath& path);
    void drawLabel(QPainter& painter) const;
    qint64 timeAt(double x) const;
    double xOf(qint64 time) const;
    int pixels() const;

    StreamSource* m_source;
    LaneLabel m_label;
    bool m_onChange;
    int m_colorIndex;
    PlainAxes m_axes;
    QStringList m_axisLabels; // least, greatest; empty for texts
    qint64 m_from = 0, m_to = 1, m_cursor = 0;
    QTimeZone m_zone;
    double m_dragX = -1;
};

} // namespace cohort::console

// The server's figures over an hour: lines, or shares stacked on one another, with the values under the cursor.
// Thread: GUI. Owner: ServerPage. Flow: MetricsSource's samples → setSamples → Qt Charts.
#pragma once

#include "console/charts/plain_axes.h"
#include "console/models/metric_table.h"

namespace cohort::console {

class MetricChart : public QChartView
{
    Q_OBJECT
public:
    explicit MetricChart(MetricGroup group, QWidget* parent = nullptr);

    void setSamples(const QList<model::MetricSample>& samples);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void addLines();
    void addLine(const QList<QPointF>& points, int metric);
    void addStack();
    void drawHead(QPainter& painter) const;
    // The sample nearest to the cursor, else the newest.
    const model::MetricSample* shown() const;

    MetricGroup m_group;
    QList<model::MetricSample> m_samples;
    PlainAxes m_axes;
    double m_cursorX = -1;
};

} // namespace cohort::console

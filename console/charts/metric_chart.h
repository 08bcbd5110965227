// The server's figures over an hour: lines, or shares stacked on one another, with the values under the cursor.
// Thread: GUI. Owner: ServerPage. Flow: MetricsSource's samples → setSamples → Qt Charts.
#pragma once

#include "console/net/server_state.h"

#include <QChartView>
#include <QValueAxis>

#include <functional>

namespace cohort::console {

struct MetricLine
{
    QString name;
    std::function<double(const MetricSample&)> value;
};

class MetricChart : public QChartView
{
    Q_OBJECT
public:
    enum class Kind { Lines, Stacked };
    MetricChart(QString title, QString unit, Kind kind, QList<MetricLine> lines, QWidget* parent = nullptr);

    void setSamples(const QList<MetricSample>& samples);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void addLines();
    void addStack();
    void drawHead(QPainter& painter) const;
    // The sample nearest to the cursor, else the newest.
    const MetricSample* shown() const;

    struct Axes
    {
        QValueAxis *time = nullptr, *value = nullptr;
    };
    QString m_title, m_unit;
    Kind m_kind;
    QList<MetricLine> m_lines;
    QList<MetricSample> m_samples;
    Axes m_axes;
    double m_cursorX = -1;
};

// CPU of the server's parts, stacked, in percent of one core.
MetricChart* makeCpuChart(QWidget* parent);
// How long a post takes until it is stored: the middle and the slowest in a hundred.
MetricChart* makeLatencyChart(QWidget* parent);
MetricChart* makeConnectionsChart(QWidget* parent);
MetricChart* makeThroughputChart(QWidget* parent);

} // namespace cohort::console

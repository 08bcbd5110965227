// The axes that every chart here has, and the chart made bare around them: no legend, margins or background.
// Thread: GUI. Owner: the chart. Flow: MetricChart, StreamLane → addPlainAxes() → Qt Charts.
#pragma once

#include <QChartView>
#include <QValueAxis>

namespace cohort::console {

struct PlainAxes
{
    QValueAxis *time = nullptr, *value = nullptr;
};

// The time's is hidden; the value's has so many ticks with grid lines, and labels that the chart draws itself.
PlainAxes addPlainAxes(QChartView& view, int ticks);

} // namespace cohort::console

#include "console/charts/plain_axes.h"

#include "console/resources/theme.h"

#include <QChart>

namespace cohort::console {

PlainAxes addPlainAxes(QChartView& view, int ticks)
{
    const PlainAxes axes{new QValueAxis(&view), new QValueAxis(&view)};
    QChart* chart = view.chart();
    chart->legend()->hide();
    chart->setMargins(QMargins());
    chart->setBackgroundVisible(false);
    chart->addAxis(axes.time, Qt::AlignBottom);
    chart->addAxis(axes.value, Qt::AlignLeft);
    axes.time->setVisible(false);
    axes.value->setTickCount(ticks);
    axes.value->setLineVisible(false);
    axes.value->setLabelsVisible(false); // drawn by hand: Qt Charts cuts them where the plot's place is fixed
    axes.value->setGridLineColor(theme().border);
    view.setStyleSheet(QStringLiteral("background: transparent;"));
    return axes;
}

} // namespace cohort::console

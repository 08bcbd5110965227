// The server's figures as charts show them: which stand together, under what name, in what unit.
// Thread: constants; names in the reader's language. Owner: nobody. Flow: MetricSample → rows here → MetricChart.
#pragma once

#include "shared/model/server.h"

#include <QString>

#include <optional>

namespace cohort::console {

// One line of a chart.
struct Metric
{
    QString name;
    QString unit;                                                      // empty: a count
    std::optional<double> (*value)(const model::MetricSample& sample); // nothing: not known at that time
};

struct MetricGroup
{
    QString title;
    bool isStacked = false; // parts of one whole
    QList<Metric> metrics;
};

// In the order in which they are shown.
QList<MetricGroup> metricGroups();

} // namespace cohort::console

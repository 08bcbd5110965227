// The data of one stream for one chart: asks for what the range needs, appends what comes live.
// Thread: GUI. Owner: StreamChart's lane. Flow: setRange → measurement.query → changed; live samples → appended.
#pragma once

#include "console/models/series_points.h"
#include "console/models/workspace.h"

#include <QObject>
#include <QTimer>

namespace cohort::console {

class StreamSource : public QObject
{
    Q_OBJECT
public:
    StreamSource(Workspace& workspace, StreamId stream, QObject* parent);

    StreamId stream() const { return m_stream; }
    const SeriesPoints& series() const { return m_series; }
    // Asks for [fromMs, toMs] in at most `points` points, 80 ms after the last change of mind.
    void setRange(qint64 fromMs, qint64 toMs, int points);
    // A new sample; older ones than the newest are left out until the next question.
    void append(const SeriesPoint& point);
    // The sample or bucket that holds at `time`; null before the first.
    const SeriesPoint* at(qint64 time) const;

Q_SIGNALS:
    void changed();
    void failed(const cohort::Error& error);

private:
    void ask();
    void put(SeriesPoints fresh);

    Workspace& m_workspace;
    StreamId m_stream;
    SeriesPoints m_series;
    qint64 m_from = 0, m_to = 0;
    qint64 m_known = 0; // the newest point when the question was asked
    int m_points = 1000;
    int m_generation = 0;
    QTimer m_settle;
};

} // namespace cohort::console

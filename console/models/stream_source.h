// The data of one stream for one chart: asks for what the range needs, appends what comes live.
// Thread: GUI. Owner: StreamChart's lane. Flow: setRange → measurement.query → changed; live samples → appended.
#pragma once

#include "console/net/measurement.h"

#include <QObject>
#include <QTimer>

namespace cohort::console {

class StreamSource : public QObject
{
    Q_OBJECT
public:
    StreamSource(RpcClient& client, StreamId stream, QObject* parent);

    StreamId stream() const { return m_stream; }
    const Series& series() const { return m_series; }
    // Asks for [fromMs, toMs] in at most `points` points, 80 ms after the last change of mind.
    void setRange(qint64 fromMs, qint64 toMs, int points);
    // A new sample; older ones than the newest are left out until the next question.
    void append(const Series::Point& point);
    // The sample or bucket that holds at `time`; null before the first.
    const Series::Point* at(qint64 time) const;

Q_SIGNALS:
    void changed();
    void failed(const cohort::Error& error);

private:
    void ask();

    RpcClient& m_client;
    StreamId m_stream;
    Series m_series;
    qint64 m_from = 0, m_to = 0;
    int m_points = 1000;
    int m_generation = 0;
    QTimer m_settle;
};

} // namespace cohort::console

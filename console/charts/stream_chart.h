// A home's streams as lanes over one time axis: zoom, pan, live, values under one cursor.
// Thread: GUI. Owner: HomePage. Flow: setLanes, append ← models; range → every lane's StreamSource.
#pragma once

#include "console/charts/stream_lane.h"

#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

namespace cohort::console {

class TimeRuler;

struct LaneWish
{
    StreamId stream;
    LaneLabel label;
    bool onChange = false;
};

class StreamChart : public QWidget
{
    Q_OBJECT
public:
    explicit StreamChart(QWidget* parent = nullptr);

    // Shows exactly these, keeping what is there already.
    void setLanes(Workspace& workspace, const QList<LaneWish>& wishes);
    void setZone(const QTimeZone& zone);
    // The newest data's time, for homes whose clock is that of their events; 0: the present.
    void setNow(qint64 ms);
    void append(StreamId stream, const SeriesPoint& point);

    // The last `spanMs` up to now, moving along.
    void showLive(qint64 spanMs);
    // Live where it would reach beyond now: of what is to come nothing is known.
    void setRange(qint64 from, qint64 to);
    qint64 from() const { return m_from; }
    qint64 to() const { return m_to; }
    bool isLive() const { return m_follow.isActive(); }
    int laneCount() const { return static_cast<int>(m_lanes.size()); }

Q_SIGNALS:
    void rangeChanged(bool live);
    void failed(const cohort::Error& error);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    StreamLane* addLane(Workspace& workspace, const LaneWish& wish);
    void apply(bool ask);
    void follow();
    void zoom(double factor, qint64 around);
    void pan(qint64 by);
    void hover(qint64 time);
    qint64 now() const;

    QList<StreamLane*> m_lanes;
    QVBoxLayout* m_column;
    QScrollArea* m_scroll;
    TimeRuler* m_ruler;
    QTimer m_follow;
    QTimeZone m_zone;
    qint64 m_from = 0, m_to = 1, m_now = 0;
    int m_turns = 0;
    int m_nextColor = 0;
};

} // namespace cohort::console

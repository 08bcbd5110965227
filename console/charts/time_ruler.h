// The common time axis under the lanes, and the time under the cursor.
// Thread: GUI. Owner: StreamChart. Flow: range, cursor → painted marks.
#pragma once

#include <QTimeZone>
#include <QWidget>

namespace cohort::console {

class TimeRuler : public QWidget
{
    Q_OBJECT
public:
    TimeRuler(int left, int right, QWidget* parent);

    void setRange(qint64 from, qint64 to, const QTimeZone& zone);
    void setCursorTime(qint64 time); // 0: none
    void setRight(int pixels);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_left, m_right;
    qint64 m_from = 0, m_to = 1, m_cursor = 0;
    QTimeZone m_zone;
};

} // namespace cohort::console

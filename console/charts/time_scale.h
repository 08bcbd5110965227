// Where the marks of a time axis stand and how they are written, in any zone, from seconds to years.
// Thread: pure functions. Owner: nobody. Flow: range, width → TimeMark → TimeRuler, lanes' grids.
#pragma once

#include <QList>
#include <QString>
#include <QTimeZone>

namespace cohort::console {

struct TimeMark
{
    qint64 time = 0; // ms since 1970
    QString label;
    bool major = false; // a day's or year's beginning among smaller marks
};

// At least `spacing` pixels apart; at round times of the zone, also where its offset changes.
QList<TimeMark> timeMarks(qint64 from, qint64 to, int width, const QTimeZone& zone, int spacing = 80);
// The time under the cursor, as exact as the range is fine.
QString cursorText(qint64 time, qint64 range, const QTimeZone& zone);

} // namespace cohort::console

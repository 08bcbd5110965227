#include "console/charts/time_scale.h"

#include <QDateTime>
#include <QLocale>

#include <array>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1000, Minute = 60 * Second, Hour = 60 * Minute, Day = 24 * Hour;
constexpr std::array Steps{Second,     2 * Second,  5 * Second,  10 * Second, 30 * Second, Minute,   2 * Minute,
                           5 * Minute, 10 * Minute, 30 * Minute, Hour,        2 * Hour,    3 * Hour, 6 * Hour,
                           12 * Hour,  Day,         2 * Day,     7 * Day,     14 * Day};

qint64 offsetAt(const QTimeZone& zone, qint64 time)
{
    return static_cast<qint64>(zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(time, Qt::UTC))) * 1000;
}

TimeMark markAt(qint64 time, qint64 step, const QTimeZone& zone)
{
    const QDateTime there = QDateTime::fromMSecsSinceEpoch(time, zone);
    const bool midnight = there.time().hour() == 0 && there.time().minute() == 0 && there.time().second() == 0;
    const QLocale locale;
    if (step >= Day || midnight)
        return {time, locale.dayName(there.date().dayOfWeek(), QLocale::ShortFormat) + there.toString(u" d.M."_s),
                midnight};
    return {time, there.toString(step < Minute ? u"HH:mm:ss"_s : u"HH:mm"_s), false};
}

QList<TimeMark> monthMarks(qint64 from, qint64 to, int most, const QTimeZone& zone)
{
    QDate date = QDateTime::fromMSecsSinceEpoch(from, zone).date();
    date = QDate(date.year(), date.month(), 1);
    const auto months = static_cast<int>((to - from) / (30 * Day)) + 1;
    int step = 1;
    for (const int wider : {1, 2, 3, 6, 12, 24, 60, 120}) {
        step = wider;
        if (months / wider <= most)
            break;
    }
    while ((date.month() - 1) % std::min(step, 12) != 0)
        date = date.addMonths(-1);
    QList<TimeMark> marks;
    for (; marks.size() < 200; date = date.addMonths(step)) {
        const qint64 time = QDateTime(date, QTime(0, 0), zone).toMSecsSinceEpoch();
        if (time > to)
            break;
        if (time >= from)
            marks.append({time,
                          date.month() == 1 ? QString::number(date.year())
                                            : QLocale().monthName(date.month(), QLocale::ShortFormat),
                          date.month() == 1});
    }
    return marks;
}

} // namespace

QList<TimeMark> timeMarks(qint64 from, qint64 to, int width, const QTimeZone& zone, int spacing)
{
    if (to <= from || width <= 0)
        return {};
    const int most = std::max(1, width / spacing);
    qint64 step = 0;
    for (const qint64 candidate : Steps) {
        if ((to - from) / candidate <= most) {
            step = candidate;
            break;
        }
    }
    if (step == 0)
        return monthMarks(from, to, most, zone);
    QList<TimeMark> marks;
    // Round in the zone's own time: 1970-01-01 was a Thursday, weeks begin four days later.
    const qint64 phase = step == 7 * Day || step == 14 * Day ? 4 * Day : 0;
    qint64 local = from + offsetAt(zone, from) - phase;
    local = (local / step) * step + phase;
    for (; marks.size() < 500; local += step) {
        qint64 time = local - offsetAt(zone, local - offsetAt(zone, from));
        if (time > to)
            break;
        // An hour that the clocks leave out would be one with the hour before.
        if (time >= from && (marks.isEmpty() || time > marks.last().time))
            marks.append(markAt(time, step, zone));
    }
    return marks;
}

QString cursorText(qint64 time, qint64 range, const QTimeZone& zone)
{
    const QDateTime there = QDateTime::fromMSecsSinceEpoch(time, zone);
    const QString clock = there.toString(range < 10 * Minute ? u"HH:mm:ss.zzz"_s : u"HH:mm:ss"_s);
    return QLocale().toString(there.date(), QLocale::ShortFormat) + u' ' + clock + u' ' + there.timeZoneAbbreviation();
}

} // namespace cohort::console

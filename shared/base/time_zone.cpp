#include "shared/base/time_zone.h"

#include "shared/base/near_names.h"

#include <QDateTime>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>

namespace cohort {

namespace {

constexpr char Database[] = "/usr/share/zoneinfo/tzdata.zi";
constexpr qsizetype OfferedMost = 5;
constexpr int SeasonsOf = 2026; // any year in which zones are as people know them

// "Z NAME …" begins a zone, "L TARGET NAME" is another name of one.
QStringList readNames()
{
    QStringList names;
    QFile file(QString::fromLatin1(Database));
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray& line : file.readAll().split('\n')) {
            const QList<QByteArray> words = line.split(' ');
            const qsizetype at = words.front() == "Z" ? 1 : words.front() == "L" ? 2 : 0;
            if (at > 0 && words.size() > at && words[at] != "Factory")
                names.append(QString::fromLatin1(words[at]));
        }
    } else {
        for (const QByteArray& name : QTimeZone::availableTimeZoneIds()) {
            if (!name.startsWith("UTC+") && !name.startsWith("UTC-"))
                names.append(QString::fromLatin1(name));
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

// Seconds east of Greenwich of "UTC+02:00", "GMT-3", "+0530"; nothing where it is none.
std::optional<int> offsetOf(const QString& text)
{
    static const QRegularExpression form(QStringLiteral("^\\s*[A-Za-z]*\\s*([+-])(\\d{1,2}):?(\\d{2})?\\s*$"));
    const auto found = form.match(text);
    if (!found.hasMatch())
        return std::nullopt;
    const int seconds = found.captured(2).toInt() * 3'600 + found.captured(3).toInt() * 60;
    return found.captured(1) == QStringLiteral("-") ? -seconds : seconds;
}

// Zones whose clocks have this offset, or show this abbreviation, in winter or summer.
QStringList zonesLike(const QString& text)
{
    const auto offset = offsetOf(text);
    const QDateTime seasons[] = {QDateTime(QDate(SeasonsOf, 1, 1), QTime(0, 0), Qt::UTC),
                                 QDateTime(QDate(SeasonsOf, 7, 1), QTime(0, 0), Qt::UTC)};
    QStringList names;
    for (const QString& name : zoneNames()) {
        const QTimeZone zone(name.toLatin1());
        const bool isLike = std::any_of(std::begin(seasons), std::end(seasons), [&](const QDateTime& season) {
            return offset ? zone.offsetFromUtc(season) == *offset : zone.abbreviation(season) == text.trimmed();
        });
        // A place is a better answer than Etc/GMT-2, whose sign nobody expects.
        if (isLike && name.contains(u'/') && !name.startsWith(QStringLiteral("Etc/")))
            names.append(name);
    }
    std::stable_partition(names.begin(), names.end(),
                          [](const QString& name) { return name.startsWith(QStringLiteral("Europe/")); });
    return names;
}

QStringList offersFor(const QString& text)
{
    QStringList names = offsetOf(text) ? QStringList() : nearNames(text, zoneNames());
    const QString short_ = text.trimmed();
    if (offsetOf(text) || (short_.size() <= 5 && short_ == short_.toUpper() && !short_.isEmpty()))
        names += zonesLike(text).mid(0, OfferedMost);
    names.removeDuplicates();
    return names.mid(0, OfferedMost);
}

} // namespace

const QStringList& zoneNames()
{
    static const QStringList names = readNames();
    return names;
}

Result<QTimeZone> ianaZone(const QString& name)
{
    if (std::binary_search(zoneNames().begin(), zoneNames().end(), name)) {
        if (QTimeZone zone(name.toLatin1()); zone.isValid())
            return zone;
    }
    const QStringList near = offersFor(name);
    const QString instead = near.isEmpty() ? QStringLiteral("write one such as Europe/Madrid")
                                           : QStringLiteral("near it: %1").arg(near.join(QStringLiteral(", ")));
    return fail(
        ErrorCode::WrongValue,
        QStringLiteral("'%1' is no time zone of the IANA database; %2").arg(name.left(OfferedMost * 20), instead));
}

Result<Timestamp> momentIn(const QTimeZone& zone, QDate date, QTime time)
{
    const qint64 shown = QDateTime(date, time, Qt::UTC).toMSecsSinceEpoch();
    constexpr qint64 dayMs = 86'400'000;
    QList<qint64> moments;
    for (const qint64 near : {shown - dayMs, shown + dayMs}) {
        const int offset = zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(near, Qt::UTC));
        const qint64 moment = shown - offset * 1'000LL;
        if (zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(moment, Qt::UTC)) == offset && !moments.contains(moment))
            moments.append(moment);
    }
    if (moments.size() == 1)
        return fromMs(moments.front());
    const QString clock = QDateTime(date, time, Qt::UTC).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    const QString name = QString::fromLatin1(zone.id());
    return fail(ErrorCode::WrongValue,
                moments.isEmpty()
                    ? QStringLiteral("clocks in %1 never showed %2; they were put forward").arg(name, clock)
                    : QStringLiteral("clocks in %1 showed %2 twice; write the time with its offset").arg(name, clock));
}

} // namespace cohort

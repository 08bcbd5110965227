#include "shared/base/time_zone.h"

#include "shared/base/near_names.h"

#include <QDateTime>
#include <QFile>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

namespace cohort {

namespace {

constexpr char Database[] = "/usr/share/zoneinfo/tzdata.zi";
constexpr qsizetype OfferedMost = 5;
constexpr qsizetype LongestAbbreviation = 5;
constexpr qsizetype LongestLookedAt = 100;
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
            return offset ? zone.offsetFromUtc(season) == *offset : zone.abbreviation(season) == text;
        });
        // A place is a better answer than Etc/GMT-2, whose sign nobody expects.
        if (isLike && name.contains(u'/') && !name.startsWith(QStringLiteral("Etc/")))
            names.append(name);
    }
    std::stable_partition(names.begin(), names.end(),
                          [](const QString& name) { return name.startsWith(QStringLiteral("Europe/")); });
    return names;
}

// What people call a zone where the database does not.
struct OtherName
{
    const char* name;
    const char* zone;
};
constexpr OtherName OtherNames[] = {
    {"MEZ", "Europe/Berlin"},       {"MESZ", "Europe/Berlin"},           {"München", "Europe/Berlin"},
    {"Hamburg", "Europe/Berlin"},   {"Köln", "Europe/Berlin"},           {"Frankfurt", "Europe/Berlin"},
    {"Wien", "Europe/Vienna"},      {"Bern", "Europe/Zurich"},           {"Genf", "Europe/Zurich"},
    {"Rom", "Europe/Rome"},         {"Prag", "Europe/Prague"},           {"Warschau", "Europe/Warsaw"},
    {"Brüssel", "Europe/Brussels"}, {"Kopenhagen", "Europe/Copenhagen"}, {"Lissabon", "Europe/Lisbon"},
    {"Athen", "Europe/Athens"},     {"Moskau", "Europe/Moscow"},         {"Central European Time", "Europe/Berlin"}};

QStringList zonesCalled(const QString& text)
{
    QStringList names{QString::fromLatin1(QTimeZone::windowsIdToDefaultIanaId(text.toUtf8()))};
    for (const OtherName& other : OtherNames) {
        if (text.compare(QString::fromUtf8(other.name), Qt::CaseInsensitive) == 0)
            names.append(QString::fromLatin1(other.zone));
    }
    return names;
}

// Zones of a country, by its name in English or its own languages.
QStringList zonesOfCountry(const QString& text)
{
    QStringList names;
    for (const QLocale& one : QLocale::matchingLocales(QLocale::AnyLanguage, QLocale::AnyScript, QLocale::AnyCountry)) {
        if (text.compare(one.nativeCountryName(), Qt::CaseInsensitive) != 0 &&
            text.compare(QLocale::countryToString(one.country()), Qt::CaseInsensitive) != 0)
            continue;
        for (const QByteArray& name : QTimeZone::availableTimeZoneIds(one.country()))
            names.append(QString::fromLatin1(name));
        break;
    }
    return names;
}

// Zones of which a word is the town: "(UTC+01:00) Amsterdam, Berlin".
QStringList zonesNamedIn(const QString& text)
{
    static const QRegularExpression between(QStringLiteral("[^\\p{L}_]+"));
    constexpr int ShortestTown = 4;
    QStringList names;
    for (const QString& word : text.left(LongestLookedAt).split(between, Qt::SkipEmptyParts)) {
        for (const QString& name : zoneNames()) {
            if (word.size() >= ShortestTown && name.section(u'/', -1).compare(word, Qt::CaseInsensitive) == 0)
                names.append(name);
        }
    }
    return names;
}

QStringList offersFor(const QString& written)
{
    const QString text = written.trimmed();
    if (text.isEmpty())
        return {};
    QStringList names = zoneNames().filter(
        QRegularExpression(QRegularExpression::anchoredPattern(QRegularExpression::escape(text.left(LongestLookedAt))),
                           QRegularExpression::CaseInsensitiveOption));
    names += zonesCalled(text);
    if (offsetOf(text) || (text.size() >= 2 && text.size() <= LongestAbbreviation))
        names += zonesLike(text.toUpper()).mid(0, OfferedMost);
    names += zonesNamedIn(text);
    if (!offsetOf(text))
        names += nearNames(text, zoneNames());
    names.removeAll(QString());
    if (names.isEmpty())
        names = zonesOfCountry(text);
    names.removeDuplicates();
    names.removeIf([](const QString& name) { return !zoneNames().contains(name); });
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

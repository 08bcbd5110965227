#include "server/api/operations/import/import_clock.h"

#include <QDateTime>
#include <QLocale>

#include <array>
#include <cstring>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr EpochUnit EpochUnits[] = {{"s", 1}, {"ms", 1'000}, {"us", 1'000'000}, {"ns", 1'000'000'000}};
constexpr qint64 Year2001 = 978'307'200, Year2101 = 4'133'980'800; // seconds
constexpr qint64 FirstSheetDay = 32'874, LastSheetDay = 73'051;    // days since 1900: 1990 to 2100
constexpr qsizetype Shown = 40;                                    // characters of a cell in a sentence

struct Piece
{
    const char* letters;
    const char* form;
};
// The longer ones of a letter first.
constexpr Piece Pieces[] = {{"yyyy", "(?<year>\\d{4})"},     {"yy", "(?<shortYear>\\d{2})"},
                            {"MMM", "(?<name>[A-Za-z]{3})"}, {"MM", "(?<month>\\d{2})"},
                            {"M", "(?<month>\\d{1,2})"},     {"dd", "(?<day>\\d{2})"},
                            {"d", "(?<day>\\d{1,2})"},       {"HH", "(?<hour>\\d{2})"},
                            {"H", "(?<hour>\\d{1,2})"},      {"hh", "(?<hour>\\d{2})"},
                            {"h", "(?<hour>\\d{1,2})"},      {"mm", "(?<minute>\\d{2})"},
                            {"ss", "(?<second>\\d{2})"},     {"zzz", "(?<fraction>\\d{1,9})"},
                            {"z", "(?<fraction>\\d{1,9})"},  {"AP", "(?<half>[AaPp])\\.?[Mm]\\.?"}};

tl::unexpected<Error> wrong(const QString& text, const QString& what)
{
    return fail(ErrorCode::WrongValue, u"'%1' %2"_s.arg(text.left(Shown), what));
}

Result<QRegularExpression> patternOf(const QString& format)
{
    QString form;
    for (qsizetype at = 0; at < format.size();) {
        const auto piece = std::find_if(std::begin(Pieces), std::end(Pieces), [&](const Piece& one) {
            return format.mid(at).startsWith(QLatin1String(one.letters));
        });
        const bool isPiece = piece != std::end(Pieces);
        const QChar c = format[at];
        if (!isPiece && c.isLetter() && c != u'T')
            return wrong(format, u"is no form of times; write iso, epoch-s, epoch-ms, or yyyy MM dd HH mm ss in their "
                                 "order such as dd.MM.yyyy HH:mm"_s);
        form += isPiece     ? QString::fromLatin1(piece->form)
                : c == u'[' ? u"(?:"_s
                : c == u']' ? u")?"_s
                            : QRegularExpression::escape(QString(c));
        at += isPiece ? static_cast<qsizetype>(std::strlen(piece->letters)) : 1;
    }
    QRegularExpression pattern(QRegularExpression::anchoredPattern(form));
    const QStringList names = pattern.namedCaptureGroups();
    const bool hasYear = names.contains(u"year"_s) || names.contains(u"shortYear"_s);
    const bool hasMonth = names.contains(u"month"_s) || names.contains(u"name"_s);
    if (!pattern.isValid() || !hasYear || !hasMonth || !names.contains(u"day"_s))
        return wrong(format,
                     u"is no form of times: year, month and day must be in it once, such as dd.MM.yyyy HH:mm"_s);
    if ((format.contains(u'h') != format.contains(u"AP"_s)) || (format.contains(u'h') && format.contains(u'H')))
        return wrong(format,
                     u"is no form of times: hours of a half day are h with AP, such as M/d/yyyy h:mm AP; else HH"_s);
    return pattern;
}

// Of the day, by what clocks with two halves show; -1: there is no such hour.
int hourOf(int shown, const QString& half)
{
    if (half.isEmpty())
        return shown;
    if (shown < 1 || shown > 12)
        return -1;
    return shown % 12 + (half.compare(u"p"_s, Qt::CaseInsensitive) == 0 ? 12 : 0);
}

// What a count of `perSecond` is told to be where a coarser unit would make it a moment of this century; null: nothing.
const char* coarserUnit(qint64 count, qint64 perSecond)
{
    for (const EpochUnit& unit : EpochUnits) {
        if (unit.perSecond < perSecond && count / unit.perSecond >= Year2001 && count / unit.perSecond < Year2101)
            return unit.name;
    }
    return nullptr;
}

int monthNamed(const QString& name)
{
    for (int month = 1; month <= 12; ++month) {
        if (QLocale::c().monthName(month, QLocale::ShortFormat).compare(name, Qt::CaseInsensitive) == 0)
            return month;
    }
    return 0;
}

} // namespace

Result<ImportClock> ImportClock::make(const QString& format, const std::optional<QString>& zone)
{
    ImportClock clock;
    clock.m_format = format;
    for (const EpochUnit& unit : EpochUnits) {
        if (format == u"epoch-"_s + QLatin1String(unit.name))
            clock.m_perSecond = unit.perSecond;
    }
    if (zone && clock.m_perSecond > 0)
        return fail(ErrorCode::WrongValue, u"timeZone: times since 1970 have no zone; leave it out"_s);
    if (zone) {
        auto found = ianaZone(*zone);
        if (!found)
            return fail(found.error().code, u"timeZone: "_s + found.error().detail);
        clock.m_zone = std::move(*found);
    }
    if (clock.m_perSecond > 0 || format == u"iso"_s)
        return clock;
    COHORT_TRY(pattern, patternOf(format));
    clock.m_pattern = pattern;
    return clock;
}

Result<Timestamp> ImportClock::read(const QString& text) const
{
    if (text.isEmpty())
        return fail(ErrorCode::WrongValue, u"there is none"_s);
    return m_perSecond > 0 ? readEpoch(text) : m_format == u"iso"_s ? readIso(text) : readPattern(text);
}

Result<Timestamp> ImportClock::readEpoch(const QString& text) const
{
    static const QRegularExpression form(u"^(\\d{1,19})(?:\\.(\\d+))?$"_s);
    const auto found = form.match(text);
    bool isNumber = false;
    const qint64 count = found.captured(1).toLongLong(&isNumber);
    if (!isNumber)
        return wrong(text, u"is no time since 1970 (%1)"_s.arg(m_format));
    const qint64 seconds = count / m_perSecond;
    if (m_perSecond > 1 && count >= Year2001 && count < Year2101)
        return wrong(text, u"timestamp-in-seconds: a moment of %1 if it were seconds; say epoch-s"_s.arg(
                               QDateTime::fromSecsSinceEpoch(count, Qt::UTC).date().year()));
    if (const char* unit = coarserUnit(count, m_perSecond))
        return wrong(text, u"is a moment of 1970 as %1; say epoch-%2"_s.arg(m_format, QLatin1String(unit)));
    if (m_perSecond == 1 && count >= FirstSheetDay && count < LastSheetDay)
        return wrong(text, u"is a count of days, as spreadsheets keep times; show the column there as "
                           "yyyy-mm-dd hh:mm:ss and save the file again"_s);
    if (seconds >= Year2101)
        return wrong(text,
                     u"is after 2100 as %1; say which it is of epoch-s, epoch-ms, epoch-us, epoch-ns"_s.arg(m_format));
    const qint64 rest = count % m_perSecond;
    const qint64 fraction =
        m_perSecond == 1 ? found.captured(2).left(3).leftJustified(3, u'0').toLongLong() : rest * 1'000 / m_perSecond;
    return fromMs(seconds * 1'000 + fraction);
}

Result<Timestamp> ImportClock::readIso(const QString& text) const
{
    // Databases write a blank before the offset, or the word for none.
    static const QRegularExpression apart(u"^(.*\\d)\\s+(Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)$"_s);
    if (const auto found = apart.match(text); found.hasMatch()) {
        const QString zone = found.captured(2);
        return readIso(found.captured(1) + (zone.front().isLetter() ? u"Z"_s : zone));
    }
    if (const auto moment = fromIso(text.toStdString()))
        return moment;
    const auto shown = fromIso((text + u'Z').toStdString());
    if (!shown)
        return wrong(text, u"is no ISO 8601 time; write 2026-01-31T12:00:00Z, or say the file's timeFormat"_s);
    if (!m_zone)
        return wrong(text, u"needs 'Z' or an offset; or say the file's timeZone"_s);
    const QDateTime clock = QDateTime::fromMSecsSinceEpoch(toMs(*shown), Qt::UTC);
    return inZone(clock.date(), clock.time());
}

Result<Timestamp> ImportClock::readPattern(const QString& text) const
{
    const auto found = m_pattern.match(text);
    if (!found.hasMatch())
        return wrong(text, u"is no time of the form %1"_s.arg(m_format));
    const auto number = [&](const char* name) { return found.captured(QLatin1String(name)).toInt(); };
    const QStringList names = m_pattern.namedCaptureGroups();
    const int year = names.contains(u"year"_s) ? number("year") : 2000 + number("shortYear");
    const int month = names.contains(u"month"_s) ? number("month") : monthNamed(found.captured(u"name"_s));
    const QDate date(year, month, number("day"));
    const int ms =
        names.contains(u"fraction"_s) ? found.captured(u"fraction"_s).left(3).leftJustified(3, u'0').toInt() : 0;
    const auto part = [&](const char* name) { return names.contains(QLatin1String(name)) ? number(name) : 0; };
    const QString half = names.contains(u"half"_s) ? found.captured(u"half"_s) : QString();
    const QTime time(hourOf(part("hour"), half), part("minute"), part("second"), ms);
    if (!date.isValid() || !time.isValid())
        return wrong(text, u"is no time: there is no such day, or no such time of a day"_s);
    return inZone(date, time);
}

Result<Timestamp> ImportClock::inZone(QDate date, QTime time) const
{
    if (!m_zone)
        return fail(ErrorCode::WrongValue, u"times of the form %1 need the file's timeZone"_s.arg(m_format));
    return momentIn(*m_zone, date, time);
}

} // namespace cohort::api

#include "server/api/operations/import/import_survey.h"

#include "server/api/operations/import/import_cells.h"

#include <QRegularExpression>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using model::DecimalSign;
using model::ImportLayout;
using model::Separator;

namespace {

// 20.11.2026 with or without the time of day: dots are always day, month, year.
const QString Dotted = u"d.M.yyyy[ H:mm[:ss[.z]]]"_s;

struct Counts
{
    qint64 rows = 0, iso = 0, dotted = 0, numbers = 0, slashes = 0;
    qint64 points = 0, commas = 0, thousands = 0; // thousands: of the points those that may be signs between them
    qint64 lacking = 0, cuts = 0;                 // rows with a cell less; with numbers that a bare comma may have cut
};

void countTime(const QString& text, Counts& counts)
{
    static const QRegularExpression dotted(u"^\\d{1,2}\\.\\d{1,2}\\.\\d{4}\\b"_s), number(u"^\\d+(\\.\\d+)?$"_s),
        slashes(u"^\\d{1,2}/\\d{1,2}/\\d{2,4}\\b"_s), iso(u"^\\d{4}-\\d{2}-\\d{2}[T ]\\d"_s);
    counts.dotted += dotted.match(text).hasMatch() ? 1 : 0;
    counts.numbers += number.match(text).hasMatch() ? 1 : 0;
    counts.slashes += slashes.match(text).hasMatch() ? 1 : 0;
    counts.iso += iso.match(text).hasMatch() ? 1 : 0;
}

void countRow(const CsvRow& row, const ImportColumns& columns, Counts& counts)
{
    ++counts.rows;
    countTime(timeText(row, columns.places), counts);
    counts.cuts += mayBeCut(row, columns, true) ? 1 : 0;
    for (const qsizetype at : columns.places.values) {
        const QString cell = row.cells.value(at).trimmed();
        counts.commas += hasDecimalComma(cell) ? 1 : 0;
        counts.points += hasDecimalPoint(cell) ? 1 : 0;
        counts.thousands += hasDecimalPoint(cell) && mayHaveThousands(cell) ? 1 : 0;
    }
}

// The layout's, the column's name's, or the only one that the file's times have.
Result<QString> timeFormatOf(const ImportLayout& wanted, const ImportColumns& columns, const Counts& counts)
{
    if (wanted.timeFormat)
        return *wanted.timeFormat;
    if (!columns.epoch.isEmpty())
        return columns.epoch;
    if (counts.iso == 0 && counts.dotted > 0)
        return Dotted;
    if (counts.iso == 0 && counts.numbers > 0 && counts.slashes == 0)
        return fail(ErrorCode::WrongValue,
                    u"the times are numbers; say what they count since 1970: timeFormat epoch-s or epoch-ms"_s);
    if (counts.iso == 0 && counts.slashes > 0)
        return fail(
            ErrorCode::WrongValue,
            u"the times have slashes; say which is the day: timeFormat dd/MM/yyyy HH:mm:ss, MM/dd/yyyy HH:mm:ss, or M/d/yyyy h:mm AP"_s);
    return u"iso"_s;
}

// A comma is found only where it cannot be a separator; a file with both is nobody's.
Result<DecimalSign> decimalOf(const ImportLayout& wanted, Separator separator, const Counts& counts)
{
    if (wanted.decimal)
        return *wanted.decimal;
    // Where dates are 20.11.2026 so are thousands 1.234.
    if (counts.dotted > 0 && counts.iso == 0 && counts.commas == 0 && counts.points > 0 &&
        counts.thousands == counts.points)
        return fail(
            ErrorCode::WrongValue,
            u"values such as 1.234 may be thousands or have three decimals; say which sign is the 'decimal' one"_s);
    if (separator == Separator::Comma || counts.commas == 0)
        return DecimalSign::Point;
    if (counts.points > 0)
        return fail(
            ErrorCode::WrongValue,
            u"%1 values have a decimal comma and %2 a decimal point; say which it is ('decimal')"_s.arg(counts.commas)
                .arg(counts.points));
    return DecimalSign::Comma;
}

} // namespace

QString timeText(const CsvRow& row, const ImportPlaces& places)
{
    const QString time = row.cells.value(places.time).trimmed();
    return places.clock < 0 ? time : time + u' ' + row.cells.value(places.clock).trimmed();
}

Result<Survey> surveyImport(QIODevice& source, const ImportLayout& wanted, CsvLimits limits)
{
    ImportRows rows(source, wanted, limits);
    Counts counts;
    std::optional<ImportColumns> columns; // of the first row
    for (;;) {
        COHORT_TRY(row, rows.next());
        if (!row)
            break;
        if (!columns)
            columns = rows.columns();
        counts.lacking += row->cells.size() < rows.columns().all.size() ? 1 : 0;
        if (rows.wrongSize(*row).isEmpty())
            countRow(*row, rows.columns(), counts);
    }
    if (!columns && rows.columns().all.isEmpty())
        return fail(ErrorCode::MissingValue, u"the file is empty"_s);
    if (!columns)
        columns = rows.columns();
    COHORT_TRY(format, timeFormatOf(wanted, *columns, counts));
    COHORT_TRY(decimal, decimalOf(wanted, rows.separator(), counts));
    COHORT_TRY(clock, ImportClock::make(format, wanted.timeZone));
    Survey survey{wanted, std::move(clock), decimal == DecimalSign::Comma};
    survey.mayHaveCuts =
        rows.separator() == Separator::Comma && counts.points == 0 && wanted.decimal != DecimalSign::Point;
    survey.someLack = counts.lacking > 0;
    survey.layout.separator = rows.separator();
    if (!survey.mayHaveCuts || counts.cuts == 0) // else it was not found
        survey.layout.decimal = decimal;
    survey.layout.header = rows.hasHeader();
    survey.layout.timeFormat = format;
    QList<model::ImportColumn> told;
    for (const model::ImportColumn& column : columns->all) {
        if (!rows.hasHeader() || column.role != model::ColumnRole::Ignored)
            told.append(column);
    }
    survey.layout.columns = told;
    return survey;
}

} // namespace cohort::api

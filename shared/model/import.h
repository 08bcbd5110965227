// How a file of history is laid out, and what became of its lines.
// Thread: values. Owner: whoever holds them. Flow: console, command line → measurement.import → report. A layout that an
// import found is in its report and can be given to the next one.
// Source: study.md, "Import".
#pragma once

#include "shared/base/limits.h"
#include "shared/base/time.h"
#include "shared/base/value.h"
#include "shared/model/fields.h"

#include <QList>
#include <QString>

#include <optional>

namespace cohort::model {

enum class Separator : std::uint8_t { Comma, Semicolon, Tab, Bar, Blank };
constexpr auto enumNames(Separator)
{
    return std::array{"comma", "semicolon", "tab", "bar", "blank"};
}
enum class DecimalSign : std::uint8_t { Point, Comma };
constexpr auto enumNames(DecimalSign)
{
    return std::array{"point", "comma"};
}
enum class ColumnRole : std::uint8_t { Time, Date, Clock, Device, Parameter, Index, Value, Unit, Ignored };
constexpr auto enumNames(ColumnRole)
{
    return std::array{"time", "date", "clock", "device", "parameter", "index", "value", "unit", "ignored"};
}

// One column: by its name in the header, or where there is none by its place in the list.
struct ImportColumn
{
    std::optional<QString> name;
    ColumnRole role = ColumnRole::Ignored;
    std::optional<QString> device, parameter, index, unit; // of a value's column in a wide file
};
template <typename V, Of<ImportColumn> T>
void fields(V& visit, T& column)
{
    visit("name", column.name, "Its name in the header; left out in a file without one.", characters(0, 200));
    visit("role", column.role, "What it holds; date and clock are the two halves of a time.");
    visit("device", column.device, "Of a value: whose it is, where no column says so.", characters(1, 200));
    visit("parameter", column.parameter, "Of a value: which parameter, where no column says so.", characters(1, 100));
    visit("index", column.index, "Of a value: its index.", characters(0, IndexBytesMost));
    visit("unit", column.unit, "Of a value: its unit, where no column says so.", characters(0, 50));
}

// What a name in the column of devices stands for.
struct ImportSeries
{
    QString from;
    std::optional<QString> device, parameter, index, unit;
};
template <typename V, Of<ImportSeries> T>
void fields(V& visit, T& series)
{
    visit("from", series.from, "The name in the file; M* stands for all that begin with M.", characters(1, 200));
    visit("device", series.device, "The device here; the file's name where it is left out.", characters(1, 200));
    visit("parameter", series.parameter, "The parameter, where no column says so.", characters(1, 100));
    visit("index", series.index, "The index.", characters(0, IndexBytesMost));
    visit("unit", series.unit, "The unit, where no column says so.", characters(0, 50));
}

// What is left out is found in the file, or refused where it cannot be.
struct ImportLayout
{
    std::optional<Separator> separator;
    std::optional<DecimalSign> decimal;
    std::optional<bool> header;
    std::optional<QString> timeFormat, timeZone;
    std::optional<QList<ImportColumn>> columns;
    std::optional<QList<ImportSeries>> series;
    std::optional<QList<QString>> noValue;
};
template <typename V, Of<ImportLayout> T>
void fields(V& visit, T& layout)
{
    visit("separator", layout.separator, "What stands between the cells.");
    visit("decimal", layout.decimal, "The sign before a fraction.");
    visit("header", layout.header, "Whether the first line names the columns; yes where it is left out.");
    visit("timeFormat", layout.timeFormat,
          "iso, epoch-s, epoch-ms, epoch-us, epoch-ns, or a pattern of yyyy MM dd HH mm ss such as dd.MM.yyyy HH:mm, "
          "or M/d/yyyy h:mm AP.",
          characters(1, 60));
    visit("timeZone", layout.timeZone, "The IANA time zone of times that have no offset.", characters(1, 200));
    visit("columns", layout.columns, "What each column is; those that are not named here are ignored.", entries(1, 64));
    visit("series", layout.series, "What the names of devices in the file stand for.", entries(0, 1'000));
    visit("noValue", layout.noValue, "Cells that mean that there is no value, such as ?.", entries(0, 20));
}

struct RefusedLine
{
    int line = 0; // from 1, as an editor counts them
    QString reason;
};
template <typename V, Of<RefusedLine> T>
void fields(V& visit, T& line)
{
    visit("line", line.line, "The line in the file, from 1; where it begins if a cell has several.");
    visit("reason", line.reason, "Why, and what to do.");
}

// A value as it was read.
struct ImportedValue
{
    int line = 0;
    Timestamp time;
    QString device, parameter, index, unit;
    Value value;
};
template <typename V, Of<ImportedValue> T>
void fields(V& visit, T& value)
{
    visit("line", value.line, "Its line in the file.");
    visit("time", value.time, "When.");
    visit("device", value.device, "The device.");
    visit("parameter", value.parameter, "The parameter.");
    visit("index", value.index, "The index; empty for most.");
    visit("unit", value.unit, "The unit; empty where there is none.");
    visit("value", value.value, "What was measured: a number or a text.");
}

// stored + already + refusedCount + noValue is all that the file holds.
struct ImportReport
{
    qint64 stored = 0;
    qint64 already = 0;
    qint64 refusedCount = 0;
    qint64 noValue = 0;
    QList<RefusedLine> refused;
    ImportLayout layout;
    QList<ImportedValue> first;
};
template <typename V, Of<ImportReport> T>
void fields(V& visit, T& report)
{
    visit("stored", report.stored,
          "Values that are new; in a preview those that are there too, and those that their stream would refuse.");
    visit("already", report.already, "Values that were there before, or stand twice in the file.");
    visit("refusedCount", report.refusedCount, "Values that were refused, all of them.");
    visit("noValue", report.noValue,
          "Cells that hold no value: empty ones and those that say so. They are no values that were stored.");
    visit("refused", report.refused, "The lines that were refused: the first 1000.");
    visit("layout", report.layout, "How the file was read.");
    visit("first", report.first, "The first values, as their device's type has them stored.");
}

} // namespace cohort::model

// Reads CSV as spreadsheets and Cohort itself write it: a header, quoted cells, any line ending.
// Thread: pure functions. Owner: nobody. Flow: file → CsvTable → home_files.
// Source: RFC 4180.
#pragma once

#include "shared/base/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace cohort::worker {

struct CsvRow
{
    int line = 0; // of the file, 1…
    QStringList cells;
};

struct CsvTable
{
    QString file;
    QStringList columns;
    std::vector<CsvRow> rows; // each with as many cells as there are columns

    // The cell of this column, trimmed; empty when the file has no such column.
    QString cell(const CsvRow& row, const char* column) const;
    // file:line:column: what — the column's place counted from 1, in cells.
    QString place(const CsvRow& row, const char* column, const QString& what) const;
};

constexpr int MostCsvColumns = 64;

// Errors: WrongValue with file:line: … (no header, a needed column missing, too few or many cells, a quote
// not closed, not UTF-8).
Result<CsvTable> parseCsv(const QString& file, const QByteArray& text, const QStringList& needed);
// Errors also: NotFound when the file cannot be read.
Result<CsvTable> readCsv(const QString& file, const QStringList& needed);

} // namespace cohort::worker

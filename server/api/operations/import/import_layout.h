// How a file of history is laid out: what its layout says, and what can be found in it without guessing.
// Thread: the caller's. Owner: the import. Flow: file and layout → findLayout → ImportRows.
// Source: study.md, "Import".
#pragma once

#include "server/api/operations/import/import_clock.h"
#include "shared/base/csv.h"
#include "shared/model/import.h"

#include <QIODevice>
#include <QSet>

namespace cohort::api {

// What is taken from where: each an index of a cell, -1 where there is none.
struct ImportPlaces
{
    qsizetype time = -1, clock = -1; // `time` is the date alone where `clock` is there
    qsizetype device = -1, parameter = -1, index = -1, unit = -1;
    QList<qsizetype> values;
};

// The columns of a header, or of a file without one.
struct ImportColumns
{
    QList<model::ImportColumn> all; // by place
    ImportPlaces places;
    QString epoch; // the time column's name says epoch-ms and the like; empty: it does not
};

// The columns by what the layout says of them, or by their names. Errors: MissingValue, WrongValue, naming the columns.
Result<ImportColumns> columnsOf(const QStringList& header, const model::ImportLayout& layout);
// Of a file without a header.
Result<ImportColumns> columnsOf(const model::ImportLayout& layout);

// Row by row, with what is no row left out: annotations, repeated headers, a first line `sep=;`.
class ImportRows
{
public:
    ImportRows(QIODevice& source, const model::ImportLayout& layout, CsvLimits limits);

    // The next row of values, nothing behind the last. Errors: the reader's, and columnsOf's.
    Result<std::optional<CsvRow>> next();
    // Of the row that next() gave last.
    const ImportColumns& columns() const { return m_columns; }
    // Why a row has not the cells that it should have; empty: it has them.
    QString wrongSize(const CsvRow& row) const;
    bool hasHeader() const { return m_layout.header.value_or(true); }
    // What stands between the cells.
    model::Separator separator() const { return m_separator; }

private:
    Result<bool> takeHeader(const CsvRow& row); // true: it was one, or an annotation

    model::ImportLayout m_layout;
    model::Separator m_separator;
    CsvReader m_reader;
    ImportColumns m_columns;
    QStringList m_header;
    QStringList m_defaults; // of empty cells (#default)
    bool m_headerNext = false;
    bool m_isFirst = true;
};

} // namespace cohort::api

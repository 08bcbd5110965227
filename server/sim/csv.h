// Comma-separated files with a header line, as the recorded homes come in.
// Thread: the caller's. Owner: the caller. Flow: file → rows of named fields. Source: RFC 4180.
#pragma once

#include "shared/base/result.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace cohort::sim {

struct CsvTable
{
    QStringList columns;
    std::vector<QStringList> rows; // as many fields each as there are columns
    // Index of a column; -1: there is none.
    qsizetype column(const QString& name) const { return columns.indexOf(name); }
};

// Reads a whole file (at most 256 MiB). Errors: WrongValue naming file and line: no such file, no header, a wanted
// column missing, a line with another number of fields, a quote that is not closed.
Result<CsvTable> readCsv(const QString& path, const QStringList& wantedColumns);

} // namespace cohort::sim

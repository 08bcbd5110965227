// CSV as it is exported (cells that a spreadsheet would run are made harmless) and as it is imported.
// Thread: pure functions. Owner: nobody. Flow: measurement.export, measurement.import. Source: RFC 4180; study.md "Export".
#pragma once

#include "shared/base/result.h"

#include <QStringList>

#include <vector>

namespace cohort::api {

// One cell: quoted where it must be; a text that begins with = + - @ tab or return gets an apostrophe in front.
QString csvText(const QString& text);
// A number with every digit that matters; never touched.
QString csvNumber(double number);
// The rows of a text; quoted cells may hold commas, quotes and line ends. Errors: CannotParse, TooLarge (`most` rows).
Result<std::vector<QStringList>> parseCsv(const QString& text, std::size_t most);

} // namespace cohort::api

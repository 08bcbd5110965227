// What single cells of an import mean: numbers with the file's decimal sign, and texts.
// Thread: pure functions. Owner: nobody. Flow: cell → its number or text, or why not.
#pragma once

#include "server/api/operations/import/import_layout.h"

namespace cohort::api {

// Whether the text is a number with a decimal comma, as 21,5.
bool hasDecimalComma(const QString& cell);
// Whether it is one with a decimal point.
bool hasDecimalPoint(const QString& cell);
// Whether its points may be signs between thousands, as in 1.234.
bool mayHaveThousands(const QString& cell);
// The number with a decimal point, where the file's are written with a comma; all that is no number stays as it is.
// Errors: WrongValue for what could be two numbers (1.234).
Result<QString> withPoint(const QString& cell);

// Whether a value and the whole number beside it may be the halves of one that a bare decimal comma has cut: "21,5" where an
// index or a parameter may stand behind the value; also a column that rows leave out, where `someLack` one.
bool mayBeCut(const CsvRow& row, const ImportColumns& columns, bool someLack);

} // namespace cohort::api

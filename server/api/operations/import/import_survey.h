// The first pass over a file of history: it is whole, and says by itself how its times and numbers are written, or what must
// be said. Nothing is stored before it has ended.
// Thread: the caller's. Owner: the import. Flow: file, layout → surveyImport → Survey → second pass.
#pragma once

#include "server/api/operations/import/import_layout.h"

namespace cohort::api {

struct Survey
{
    model::ImportLayout layout; // with all that was found
    ImportClock clock;
    bool decimalComma = false;
    bool mayHaveCuts = false; // nothing says that the numbers have no decimal commas, which separate cells here
    bool someLack = false;    // rows may have a cell less
};

// Leaves `source` at its end. Errors: the reader's, MissingValue (an empty file, columns), WrongValue (what the layout says
// is not so, or the file could be read in two ways).
Result<Survey> surveyImport(QIODevice& source, const model::ImportLayout& wanted, CsvLimits limits);
// The text of a row's time: of its date and its clock where these are two.
QString timeText(const CsvRow& row, const ImportPlaces& places);

} // namespace cohort::api

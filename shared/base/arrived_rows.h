// The rows of a table of measurements as a log would hold them: in order of arrival, where the table says when each came.
// Thread: pure function. Owner: nobody. Flow: CsvTable with `time`, perhaps `arrival` → rows → cohort-script, replay.
#pragma once

#include "shared/base/csv.h"
#include "shared/base/time.h"

#include <functional>

namespace cohort {

struct ArrivedRow
{
    const CsvRow* row = nullptr; // in the table, which outlives this
    Timestamp time;
    Timestamp arrival; // its time where the table has no column `arrival`
};

// With a column `arrival` by that, at one moment as the table has them; without one all as the table has them. Errors:
// WrongValue with file:line:column (a time or an arrival that is none, an empty arrival); with `refuse` such a row is told
// there and left out instead.
using RefuseRow = std::function<void(const CsvRow&, const Error&)>;
Result<std::vector<ArrivedRow>> arrivedRows(const CsvTable& table, const RefuseRow& refuse = {});

} // namespace cohort

#include "shared/base/arrived_rows.h"

#include <algorithm>

namespace cohort {

namespace {

Result<Timestamp> timeIn(const CsvTable& table, const CsvRow& row, const char* column)
{
    auto time = fromIso(table.cell(row, column).toStdString());
    if (!time)
        return fail(ErrorCode::WrongValue, table.place(row, column, time.error().detail));
    return time;
}

} // namespace

Result<std::vector<ArrivedRow>> arrivedRows(const CsvTable& table)
{
    const bool saysWhen = table.columns.contains(QStringLiteral("arrival"));
    std::vector<ArrivedRow> rows;
    rows.reserve(table.rows.size());
    for (const CsvRow& row : table.rows) {
        COHORT_TRY(time, timeIn(table, row, "time"));
        Timestamp arrival = time;
        if (saysWhen) {
            COHORT_TRY(said, timeIn(table, row, "arrival"));
            arrival = said;
        }
        rows.push_back({&row, time, arrival});
    }
    if (saysWhen)
        std::stable_sort(rows.begin(), rows.end(),
                         [](const ArrivedRow& a, const ArrivedRow& b) { return a.arrival < b.arrival; });
    return rows;
}

} // namespace cohort

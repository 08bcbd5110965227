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

Result<ArrivedRow> arrivedRow(const CsvTable& table, const CsvRow& row, bool saysWhen)
{
    COHORT_TRY(time, timeIn(table, row, "time"));
    if (!saysWhen)
        return ArrivedRow{&row, time, time};
    COHORT_TRY(arrival, timeIn(table, row, "arrival"));
    return ArrivedRow{&row, time, arrival};
}

} // namespace

Result<std::vector<ArrivedRow>> arrivedRows(const CsvTable& table, const RefuseRow& refuse)
{
    const bool saysWhen = table.columns.contains(QStringLiteral("arrival"));
    std::vector<ArrivedRow> rows;
    rows.reserve(table.rows.size());
    for (const CsvRow& row : table.rows) {
        auto arrived = arrivedRow(table, row, saysWhen);
        if (arrived)
            rows.push_back(*arrived);
        else if (refuse)
            refuse(row, arrived.error());
        else
            return fail(std::move(arrived.error()));
    }
    if (saysWhen)
        std::stable_sort(rows.begin(), rows.end(),
                         [](const ArrivedRow& a, const ArrivedRow& b) { return a.arrival < b.arrival; });
    return rows;
}

} // namespace cohort

#include "server/store/log/partitions.h"

#include "server/store/sql_names.h"
#include "shared/base/time.h"

namespace cohort::store {

Result<void> Partitions::ensure(Connection& connection, Timestamp time)
{
    const auto days = std::chrono::floor<std::chrono::days>(time);
    if (m_last == days)
        return {};
    if (!isMeasurable(time))
        return fail(ErrorCode::WrongValue, QStringLiteral("%1 is not between 1970 and 2199").arg(toMs(time)));
    const std::chrono::year_month_day day{days};
    const std::chrono::sys_days month = day.year() / day.month() / 1;
    if (!m_known.contains(month))
        COHORT_CHECK(connection.execute(Sql::MeasurementMakePartition, {{"month", bound(Timestamp(month))}}));
    m_known.insert(month);
    m_last = days;
    return {};
}

} // namespace cohort::store

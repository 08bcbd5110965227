#include "server/store/log/partitions.h"

#include "server/store/sql_names.h"
#include "shared/base/time.h"

namespace cohort::store {

Result<void> Partitions::ensure(Connection& connection, Timestamp time)
{
    if (!isMeasurable(time))
        return fail(ErrorCode::WrongValue, QStringLiteral("%1 is not between 1970 and 2199").arg(toMs(time)));
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
    const std::chrono::sys_days month = day.year() / day.month() / 1;
    if (m_known.contains(month))
        return {};
    COHORT_CHECK(connection.execute(Sql::MeasurementMakePartition, {{"month", bound(Timestamp(month))}}));
    m_known.insert(month);
    return {};
}

} // namespace cohort::store

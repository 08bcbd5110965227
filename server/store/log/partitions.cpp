#include "server/store/log/partitions.h"

#include "server/store/sql_names.h"

namespace cohort::store {

namespace {

constexpr Timestamp First = std::chrono::sys_days(std::chrono::year(1970) / 1 / 1);
constexpr Timestamp End = std::chrono::sys_days(std::chrono::year(2200) / 1 / 1);

} // namespace

bool Partitions::isInRange(Timestamp time)
{
    return time >= First && time < End;
}

Result<void> Partitions::ensure(Connection& connection, Timestamp time)
{
    if (!isInRange(time))
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

// The least and the greatest number of a bucket, with every digit.
// Thread: pure functions. Owner: nobody. Flow: sql/measurement/…buckets → Row → here → charts, scripts' history.
#pragma once

#include "server/store/postgres/connection.h"
#include "shared/base/value_order.h"

namespace cohort::store {

// Of those that doubles hold (`held`) and those that have digits of their own (`exact`); one of the two is not null.
inline Value extremeOf(const Row& row, const QByteArray& held, const QByteArray& exact, bool greatest)
{
    if (row.isNull(exact))
        return Value::ofNumber(row.real(held));
    const Value digits = Value::ofInteger(row.integer(exact));
    if (row.isNull(held))
        return digits;
    const Value plain = Value::ofNumber(row.real(held));
    return (greatest ? isLess(plain, digits) : isLess(digits, plain)) ? digits : plain;
}

// Columns: held_least, exact_least.
inline Value leastOf(const Row& row)
{
    return extremeOf(row, "held_least", "exact_least", false);
}

// Columns: held_greatest, exact_greatest.
inline Value greatestOf(const Row& row)
{
    return extremeOf(row, "held_greatest", "exact_greatest", true);
}

} // namespace cohort::store

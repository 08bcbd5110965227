// The mean of a bucket out of the two sums that its statement makes, which cannot be out of range.
// Thread: pure function. Owner: nobody. Flow: sql/measurement/…buckets → Row → here → charts, scripts' history.
#pragma once

#include "server/store/postgres/connection.h"

#include <algorithm>

namespace cohort::store {

// Columns: sum (of ordinary numbers), huge (2^-64 of each of the others), samples, least, greatest.
inline double bucketMean(const Row& row)
{
    const double sum = row.isNull("sum") ? 0 : row.real("sum");
    const auto samples = static_cast<double>(row.integer("samples"));
    const double mean = row.isNull("huge") ? sum / samples : (sum * 0x1p-64 + row.real("huge")) / samples * 0x1p64;
    return std::clamp(mean, row.real("least"), row.real("greatest"));
}

} // namespace cohort::store

#include "shared/base/limits.h"

namespace cohort {

const std::vector<Limit>& limits()
{
    static const std::vector<Limit> all{
#define COHORT_X(name, value, unit, meaning) {#name, value, unit, meaning},
        COHORT_LIMITS(COHORT_X)
#undef COHORT_X
    };
    return all;
}

} // namespace cohort

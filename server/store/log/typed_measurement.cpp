#include "server/store/log/typed_measurement.h"

namespace cohort::store {

Result<void> applyType(NewMeasurement& measurement, int deviceType, bool isBoolean)
{
    const model::Expected expected = model::expectedOf(deviceType, measurement.name);
    if (expected.kind == model::StreamKind::Undecided)
        return {};
    const bool isDifference = (measurement.flags & DurationalFlag) != 0;
    COHORT_TRY(value, model::storedValue({measurement.value, measurement.unit, isBoolean, isDifference}, expected));
    measurement.value = std::move(value);
    measurement.unit = expected.unit;
    measurement.kind = expected.kind;
    return {};
}

} // namespace cohort::store

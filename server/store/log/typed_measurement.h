// A measurement as its device's type says that it is: what upload and import do with each before the committer has it.
// Thread: pure function. Owner: nobody. Flow: UploadChecker, import → here → Committer.
#pragma once

#include "server/store/log/committer.h"

namespace cohort::store {

// Value and unit become those of the type's table, which then is in `kind`; where the type does not know the parameter,
// the committer goes by the stream. `isBoolean`: the value is 1 or 0 for true or false.
// Errors: NotANumber, NotOnOrOff, UnknownUnit.
Result<void> applyType(NewMeasurement& measurement, int deviceType, bool isBoolean = false);

} // namespace cohort::store

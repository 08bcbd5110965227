// Import of history: CSV lines become measurements of devices that exist; every line refused is named.
// Thread: an executor thread, which waits for the committer. Owner: nobody. Flow: measurement.import → here → Committer.
// Source: study.md, "Import"; architecture.md, rule 8.
#pragma once

#include "server/api/dispatch/call.h"

namespace cohort::api {

Result<QJsonObject> importMeasurements(Call& call);

} // namespace cohort::api

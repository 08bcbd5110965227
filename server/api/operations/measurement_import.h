// Import of history: CSV lines become measurements of devices that exist; every line refused is named.
// Thread: an executor thread, which waits for the committer. Owner: nobody. Flow: measurement.import → here → Committer.
// Source: study.md, "Import"; architecture.md, rule 8.
#pragma once

#include "server/api/dispatch/call.h"
#include "shared/protocol/operations/measurement.h"

namespace cohort::api {

Result<model::ImportReport> importMeasurements(Call& call, const protocol::MeasurementImport& wanted);

} // namespace cohort::api

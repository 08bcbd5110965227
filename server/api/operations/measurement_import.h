// measurement.import: history into a home that is there.
// Thread: an executor thread, which waits for the committer. Owner: nobody. Flow: measurement.import → importFrom → report.
// Source: study.md, "Import"; architecture.md, rule 8.
#pragma once

#include "server/api/dispatch/call.h"
#include "shared/protocol/operations/measurement.h"

namespace cohort::api {

Result<model::ImportReport> importMeasurements(Call& call, const protocol::MeasurementImport& wanted);

} // namespace cohort::api

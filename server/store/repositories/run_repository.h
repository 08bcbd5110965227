// Traces: what scripts did, with the effects that each run asked for.
// Thread: the connection's. Owner: whoever needs it. Flow: script_run, script_log, effect → here → api (script.runs, the
// topic runs).
#pragma once

#include "server/store/postgres/row_reader.h"
#include "shared/model/page.h"
#include "shared/model/run.h"

namespace cohort::store {

class RunRepository
{
public:
    explicit RunRepository(Connection& connection) : m_connection(connection) {}

    // Newest first; `location` and `before` none: any.
    Result<model::Page<model::Run>> list(ScriptId script, LocationId location, RunId before, int limit);
    // How many lines of its log are kept, in one home or, where it is none, in all together.
    Result<int> logLines(ScriptId script, LocationId location);

private:
    Result<void> addEffects(QList<model::Run>& runs);

    Connection& m_connection;
};

} // namespace cohort::store

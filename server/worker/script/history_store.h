// The samples that a run may ask for, and the answers; what Composer asks PostgreSQL for, cohort-script has
// here. Thread: the owner's. Owner: ScriptRunner. Flow: rows looked at, facts set → store → HistoryAnswer. Source:
// composer.md, "Deterministic": event times up to now and log positions up to the run's.
#pragma once

#include "server/engine/wire.h"

#include <map>
#include <tuple>
#include <vector>

namespace cohort::worker {

class HistoryStore
{
public:
    // A sample of a measurement or fact; texts are no samples.
    void add(bool isFact, DeviceId device, const std::string& name, Timestamp time, const Value& value);
    // What the run that is at `now` may see.
    engine::wire::HistoryAnswer answer(engine::wire::HistoryRequest request, Timestamp now) const;

private:
    using Stream = std::tuple<bool, DeviceId, std::string>;
    std::map<Stream, std::vector<std::pair<Timestamp, Value>>> m_samples; // by time, then log
};

} // namespace cohort::worker

// One transaction with everything that has gathered: batch, facts, events, traces, effects, actions, instances.
// Thread: composer's. Owner: CommitQueue. Flow: Pending → PostgreSQL → Written → bus, feed.
// Source: architecture.md, rules 2 and 4.
#pragma once

#include "server/bus/bus.h"
#include "server/composer/commit/effects.h"
#include "server/composer/instances/instance_codec.h"
#include "server/composer/instances/instance_entry.h"
#include "server/store/log/partitions.h"
#include "server/store/pool/shard_repository.h"
#include "server/store/repositories/run_log_repository.h"
#include "server/store/repositories/silence_repository.h"

#include <map>
#include <tuple>
#include <vector>

namespace cohort::composer {

// A run that came back, with what was decided about it; kept until it is committed.
struct FinishedRun
{
    InstanceEntryPtr entry;
    VersionPtr version;
    engine::Run run;
    engine::RunResult result;
    std::vector<Decided> effects;
    std::optional<Timestamp> arrival; // of the row that started it
};

struct Pending
{
    std::vector<FinishedRun> runs;         // to be recorded
    std::vector<store::LogRow> rows;       // facts and events in the order in which they came about; without ordinals
    std::vector<InstanceEntryPtr> stopped; // paused by errors now
    std::map<ScriptId, store::ScriptUsage> usage; // goes with the next commit, and makes none
    std::vector<store::SilenceChange> silences;   // whose events are among the rows, if they were not told
    bool empty() const { return runs.empty() && rows.empty() && stopped.empty() && silences.empty(); }
};

struct Written
{
    store::LogBatchPtr batch; // null: no row for the log
    std::vector<bus::Notice> notices;
    std::map<ScriptId, std::int64_t>
        refused; // effects that were counted, and held back or refused when they were carried out
};

class CommitWriter
{
public:
    CommitWriter(store::Connection& connection, store::WriterRow writer, const Clock& clock)
        : m_connection(connection), m_writer(writer), m_clock(clock)
    {
    }

    // All or nothing. The same pending may be given again after a failure. Errors: those of Connection.
    Result<Written> write(const Pending& pending, const std::vector<store::InstanceRow>& instances,
                          const std::vector<store::ShardPosition>& positions);

private:
    using StreamKey = std::tuple<LocationId, DeviceId, std::string>;
    // Partitions and streams of the facts, before the transaction.
    Result<void> prepareFacts(std::vector<store::LogRow>& rows);
    Result<void> writeLog(std::vector<store::LogRow> rows, Written& written);
    Result<void> writeRuns(const std::vector<FinishedRun>& runs, Written& written);
    Result<void> writeUsage(const Pending& pending, const Written& written);
    Result<void> carryOutAll(const FinishedRun& run, RunId id, const std::vector<EffectId>& effects, Written& written);

    store::Connection& m_connection;
    const store::WriterRow m_writer;
    const Clock& m_clock;
    store::Partitions m_partitions;
    std::map<StreamKey, StreamId> m_streams;
};

} // namespace cohort::composer

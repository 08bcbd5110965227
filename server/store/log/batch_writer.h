// Writes submissions as one batch in one transaction: streams, partitions, COPY or staging, events, the batch row.
// Thread: the committer's. Owner: Committer. Flow: submissions → write() → PostgreSQL → WrittenBatch.
// Source: architecture.md, rules 2 and 3.
#pragma once

#include "server/store/log/committer.h"
#include "server/store/log/partitions.h"
#include "server/store/log/stream_cache.h"
#include "server/store/postgres/copy_in.h"

namespace cohort::store {

// What a committed batch was, and what came of each of its submissions, in their order.
struct WrittenBatch
{
    std::shared_ptr<LogBatch> batch;
    std::vector<Committed> outcomes;
    std::vector<std::pair<CommandId, LocationId>> commands; // whose state changed
};

class BatchWriter
{
public:
    BatchWriter(CommitterOptions options);
    ~BatchWriter();

    // Takes the node's writer row with a new incarnation; once, before the first write. Errors as Connection.
    Result<void> claimWriter(Connection& connection);
    // What a new connection needs; after every reopen.
    Result<void> prepareConnection(Connection& connection);
    // All or nothing. After DatabaseLost the outcome is not known: call again with the very same submissions, which
    // then finds out by the batch's number. Errors: as Connection; Conflict: try again; Cancelled: another process
    // has taken this node's writer; DatabaseError: the data of one of them.
    Result<WrittenBatch> write(Connection& connection, const std::vector<const Submission*>& submissions);
    // Gives up on an outcome that is not known: other submissions come next.
    void forgetUnsure();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace cohort::store

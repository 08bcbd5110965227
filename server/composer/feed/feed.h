// The log, row by row, in each writer's order and without gaps: from the bus while it keeps up, else from the database.
// Thread: composer's; hint() from any. Owner: Core. Flow: BatchCommitted, LogReader → take → Distributor.
// Source: architecture.md, rules 2 and 5.
#pragma once

#include "server/store/log/log_reader.h"
#include "server/store/pool/shard_repository.h"
#include "shared/base/mailbox.h"

#include <array>
#include <functional>
#include <memory>

namespace cohort::composer {

// Batches that were committed in this process, handed to composer's thread.
using BatchBox = Mailbox<store::LogBatchPtr>;

class Feed
{
public:
    using Deliver = std::function<Result<void>(const store::LogBatch&)>;

    Feed(store::Connection& connection, std::shared_ptr<BatchBox> box, Deliver deliver)
        : m_connection(connection), m_box(std::move(box)), m_deliver(std::move(deliver))
    {
    }

    // Begins where the shards stand; shards that were never owned begin at the present. Errors: those of Connection.
    Result<void> begin(const std::vector<int>& shards);
    // Takes the hints that came; false when a gap or a full box means that the database must be read.
    Result<bool> consumeHints();
    // Reads at most `rowLimit` rows from the database; true when there may be more.
    Result<bool> read(int rowLimit);
    // Our own batch, right after its commit.
    Result<void> consumeOwn(const store::LogBatchPtr& batch);

    // Everything up to here was delivered.
    const store::LogPosition& position() const { return m_position; }
    // Up to where the shard had come before begin().
    const store::LogPosition& startOf(int shard) const { return m_starts.at(static_cast<std::size_t>(shard)); }

private:
    enum class Fit { Next, Old, Gap };
    Fit fitOf(const store::LogBatch& batch) const;
    Result<void> consume(const store::LogBatch& batch);

    store::Connection& m_connection;
    std::shared_ptr<BatchBox> m_box;
    Deliver m_deliver;
    store::LogPosition m_position;
    std::array<store::LogPosition, 64> m_starts;
};

} // namespace cohort::composer

// Shards of homes, how far each has come in the log, and composer's own writer.
// Thread: the connection's. Owner: composer. Flow: composer ⇄ here ⇄ advisory locks, shard_position, writer, batch.
// Source: architecture.md, rules 2 and 5.
#pragma once

#include "server/store/postgres/connection.h"

#include <optional>
#include <vector>

namespace cohort::store {

struct ShardPosition
{
    int shard = 0;
    std::int16_t writer = 0;
    std::int64_t number = 0;
};

struct WriterRow
{
    std::int16_t id = 0;
    std::int64_t incarnation = 0;
};

struct NewBatch
{
    WriterRow writer;
    std::int64_t number = 0;
    Timestamp arrival;
    std::optional<Timestamp> leastTime, greatestTime; // of its facts
    int rows = 0;
};

class ShardRepository
{
public:
    explicit ShardRepository(Connection& connection) : m_connection(connection) {}

    // Every shard that is free, locked for as long as the connection lives.
    Result<std::vector<int>> lockFree();
    Result<std::vector<ShardPosition>> positions(const std::vector<int>& shards);
    // They only go forward.
    Result<void> setPositions(const std::vector<ShardPosition>& positions);

    // This node's composer as a writer, in a new incarnation.
    Result<WriterRow> claimWriter(const QString& node);
    // Inside a transaction. Errors: DatabaseLost (a newer incarnation of this writer has started).
    Result<std::int64_t> drawNumber(const WriterRow& writer);
    Result<void> insertBatch(const NewBatch& batch);

private:
    Connection& m_connection;
};

} // namespace cohort::store

#include "server/composer/feed/feed.h"

#include <algorithm>
#include <set>

namespace cohort::composer {

namespace {

std::int64_t numberOf(const store::LogPosition& position, std::int16_t writer)
{
    const auto found = position.find(writer);
    return found == position.end() ? 0 : found->second;
}

} // namespace

Result<void> Feed::begin(const std::vector<int>& shards)
{
    COHORT_TRY(newest, store::LogReader(m_connection).newestNumbers());
    COHORT_TRY(rows, store::ShardRepository(m_connection).positions(shards));
    std::set<int> known;
    for (const store::ShardPosition& row : rows) {
        m_starts.at(static_cast<std::size_t>(row.shard))[row.writer] = row.number;
        known.insert(row.shard);
    }
    std::vector<store::ShardPosition> fresh;
    for (const int shard : shards) {
        if (known.contains(shard))
            continue;
        m_starts.at(static_cast<std::size_t>(shard)) = newest;
        for (const auto& [writer, number] : newest)
            fresh.push_back({shard, writer, number});
    }
    if (!fresh.empty())
        COHORT_CHECK(store::ShardRepository(m_connection).setPositions(fresh));
    m_position.clear();
    for (const auto& [writer, number] : newest) {
        std::int64_t least = number;
        for (const int shard : shards)
            least = std::min(least, numberOf(m_starts.at(static_cast<std::size_t>(shard)), writer));
        m_position[writer] = least;
    }
    return {};
}

Feed::Fit Feed::fitOf(const store::LogBatch& batch) const
{
    const std::int64_t next = numberOf(m_position, batch.writer) + 1;
    return batch.number == next ? Fit::Next : batch.number < next ? Fit::Old : Fit::Gap;
}

Result<void> Feed::consume(const store::LogBatch& batch)
{
    COHORT_CHECK(m_deliver(batch));
    m_position[batch.writer] = batch.number;
    return {};
}

Result<bool> Feed::consumeHints()
{
    bool complete = true;
    for (const store::LogBatchPtr& batch : m_box->drainAll()) {
        const Fit fit = fitOf(*batch);
        if (fit == Fit::Next)
            COHORT_CHECK(consume(*batch));
        complete = complete && fit != Fit::Gap;
    }
    return complete;
}

Result<bool> Feed::read(int rowLimit)
{
    COHORT_TRY(batches, store::LogReader(m_connection).read(m_position, rowLimit));
    for (const store::LogBatchPtr& batch : batches) {
        if (fitOf(*batch) == Fit::Next)
            COHORT_CHECK(consume(*batch));
    }
    return !batches.empty();
}

Result<void> Feed::consumeOwn(const store::LogBatchPtr& batch)
{
    if (fitOf(*batch) == Fit::Next)
        COHORT_CHECK(consume(*batch));
    return {};
}

} // namespace cohort::composer

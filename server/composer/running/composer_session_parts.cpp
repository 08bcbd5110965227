#include "server/composer/running/composer_session_parts.h"

#include <algorithm>

namespace cohort::composer {

std::vector<store::ShardPosition> ComposerSession::Parts::shardPositions()
{
    std::array<store::LogPosition, 64> reached;
    for (const int shard : configuration.shards())
        reached.at(static_cast<std::size_t>(shard)) = feed.position();
    for (const auto& [key, entry] : table.all()) {
        store::LogPosition& position =
            reached.at(static_cast<std::size_t>(configuration.homes().shardOf(key.location)));
        dropApplied(*entry);
        for (const InputPtr& input : entry->work.offered) {
            std::int64_t& number = position[input->writer];
            number = std::min(number, input->number - 1);
        }
    }
    std::vector<store::ShardPosition> news;
    for (const int shard : configuration.shards()) {
        auto& last = reported.at(static_cast<std::size_t>(shard));
        for (const auto& [writer, number] : reached.at(static_cast<std::size_t>(shard))) {
            if (last[writer] < number)
                news.push_back({shard, writer, number});
        }
        last = reached.at(static_cast<std::size_t>(shard));
    }
    return news;
}

} // namespace cohort::composer

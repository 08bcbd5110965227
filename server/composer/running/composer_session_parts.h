// The parts of a session in the order in which they need each other.
// Thread: composer's. Owner: one ComposerSession. Flow: see session.h.
#pragma once

#include "server/composer/running/composer_session.h"

namespace cohort::composer {

struct ComposerSession::Parts
{
    Parts(std::unique_ptr<store::Connection> opened, const Surroundings& around, const ComposerSessionOptions& options,
          store::WriterRow writer, CommitCallbacks callbacks, Feed::Deliver deliver)
        : connection(std::move(opened)), configuration(*connection, around.clock),
          table(*connection, configuration, options.mostInstances),
          commits(*connection, writer, std::move(callbacks), around.clock),
          runner({table, commits, wakes, around.history, around.meters, around.clock}, options.pool),
          feed(*connection, around.box, std::move(deliver)),
          distributor(configuration, table, feed, [this](const InstanceEntryPtr& entry) { ready(entry); })
    {
    }

    std::unique_ptr<store::Connection> connection;
    Configuration configuration;
    WakeQueue wakes;
    InstanceTable table;
    CommitQueue commits;
    InstanceRunner runner;
    Feed feed;
    Distributor distributor;
    std::size_t offered = 0;                     // instances that were given rows since waiting rows were counted
    std::array<store::LogPosition, 64> reported; // what shardPositions() said last

    void ready(const InstanceEntryPtr& entry)
    {
        offered += entry->work.offered.empty() ? 0 : 1;
        runner.pool().add(entry);
    }
    // Whether instances may be given more rows. Counting is not free: only after so many were given.
    bool hasRoom(std::size_t most)
    {
        if (offered < most / 10)
            return true;
        if (table.waitingRows() >= most)
            return false;
        offered = 0;
        return true;
    }
    // How far each shard has come: up to the oldest row that an instance of it has not applied. Only what is new.
    std::vector<store::ShardPosition> shardPositions();
};

} // namespace cohort::composer

// Gives each row of a batch to the instances of its home, and loads those that it may start.
// Thread: composer's. Owner: Core. Flow: Feed → here → InstanceEntry::offered → lanes.
// Source: architecture.md, rule 5.
#pragma once

#include "server/composer/feed/feed.h"
#include "server/composer/feed/row_input.h"
#include "server/composer/instances/instance_table.h"

#include <functional>

namespace cohort::composer {

class Distributor
{
public:
    using Ready = std::function<void(const InstanceEntryPtr&)>;

    Distributor(Configuration& configuration, InstanceTable& table, const Feed& feed, Ready ready)
        : m_configuration(configuration), m_table(table), m_feed(feed), m_ready(std::move(ready))
    {
    }

    // Errors: those of Connection.
    Result<void> distribute(const store::LogBatch& batch);
    // What an instance of the home must not see again when it is loaded now.
    engine::LogPosition positionOf(LocationId location) const;

private:
    using HomeRows = std::vector<InputRow>;
    Result<void> offerTo(const InstanceKey& key, const Placement& placement, const HomeRows& rows);
    bool wants(const InstanceKey& key, const Version& version, const HomeRows& rows) const;

    Configuration& m_configuration;
    InstanceTable& m_table;
    const Feed& m_feed;
    Ready m_ready;
};

} // namespace cohort::composer

// Answers look-ups from the database, many at once, and says whom a change concerns.
// Thread: the lookup thread. Owner: DeviceCache. Flow: look-ups, changes → repository → contexts.
#pragma once

#include "server/ingest/device_cache.h"
#include "server/store/repositories/device_context_repository.h"

#include <set>
#include <unordered_map>
#include <vector>

namespace cohort::ingest {

using LoadedContexts = std::unordered_map<DeviceId, std::shared_ptr<DeviceContext>>;

class ContextLoader
{
public:
    explicit ContextLoader(store::ConnectionSettings database) : m_database(std::move(database)) {}

    // Connects when there is no connection; Unavailable when there is no database.
    Result<void> connect();
    bool isConnected() const { return m_connection && m_connection->isOpen(); }
    Result<LoadedContexts> load(const std::vector<DeviceId>& ids);
    // Changes not returned before. The first call after the start returns none.
    Result<std::vector<store::DeviceChangeRow>> changes();
    store::DeviceContextRepository repository() { return store::DeviceContextRepository(*m_connection); }

private:
    store::ConnectionSettings m_database;
    std::unique_ptr<store::Connection> m_connection;
    qint64 m_horizon = 0;
    std::set<qint64> m_seen; // changes not before the horizon that were returned already
};

} // namespace cohort::ingest

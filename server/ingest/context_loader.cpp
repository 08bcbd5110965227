#include "server/ingest/context_loader.h"

namespace cohort::ingest {

Result<void> ContextLoader::connect()
{
    if (isConnected())
        return {};
    if (m_connection)
        COHORT_CHECK(m_connection->reopen());
    if (!m_connection) {
        COHORT_TRY(connection, store::Connection::open(m_database));
        m_connection = std::move(connection);
    }
    // Taken before the first context is read, so no change after that is missed.
    if (m_horizon == 0) {
        COHORT_TRY(horizon, repository().horizon());
        m_horizon = horizon;
    }
    return {};
}

Result<LoadedContexts> ContextLoader::load(const std::vector<DeviceId>& ids)
{
    LoadedContexts contexts;
    if (ids.empty())
        return contexts;
    COHORT_TRY(rows, repository().load(ids));
    for (store::DeviceContextRow& row : rows) {
        if (row.holder != row.id)
            continue;
        auto context = std::make_shared<DeviceContext>();
        context->id = row.id;
        context->key = std::move(row.key);
        context->deployment = row.deployment;
        context->location = row.location;
        context->eventsClock = row.eventsClock;
        context->tokenless = row.mayTokenless;
        context->startDate = row.startDate;
        context->type = row.type;
        contexts.emplace(row.id, std::move(context));
    }
    for (store::DeviceContextRow& row : rows) {
        const auto holder = contexts.find(row.holder);
        if (row.holder != row.id && holder != contexts.end())
            holder->second->children.emplace(std::move(row.key), ChildDevice{row.id, row.startDate, row.type});
    }
    return contexts;
}

Result<std::vector<store::DeviceChangeRow>> ContextLoader::changes()
{
    COHORT_TRY(rows, repository().changes(m_horizon));
    std::vector<store::DeviceChangeRow> fresh;
    std::set<qint64> seen;
    for (const store::DeviceChangeRow& row : rows) {
        seen.insert(row.seq);
        if (!m_seen.contains(row.seq))
            fresh.push_back(row);
    }
    if (!rows.empty())
        m_horizon = std::max(m_horizon, rows.back().horizon);
    m_seen = std::move(seen);
    return fresh;
}

} // namespace cohort::ingest

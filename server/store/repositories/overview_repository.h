// The overview's figures, and what needs somebody now.
// Thread: the connection's. Owner: whoever needs it. Flow: every noun's table → here → api (overview.get).
#pragma once

#include "server/store/postgres/connection.h"
#include "shared/model/server.h"

namespace cohort::store {

class OverviewRepository
{
public:
    explicit OverviewRepository(Connection& connection) : m_connection(connection) {}

    // Both: of these deployments; `scope` nothing: of all. What has changed meanwhile is counted before.
    Result<model::OverviewFigures> figures(const std::optional<QList<DeploymentId>>& scope);
    // Urgent and old first, at most a hundred.
    Result<QList<model::Attention>> attention(const std::optional<QList<DeploymentId>>& scope);

private:
    Connection& m_connection;
};

} // namespace cohort::store

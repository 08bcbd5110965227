// The border between deployments: to which one an id belongs.
// Thread: the connection's. Owner: whoever needs it. Flow: api's dispatch, live → here → each noun's table.
#pragma once

#include "server/store/postgres/connection.h"
#include "shared/model/noun.h"

namespace cohort::store {

class BorderRepository
{
public:
    explicit BorderRepository(Connection& connection) : m_connection(connection) {}

    // Nothing: there is no such object, or the noun belongs to no deployment.
    Result<std::optional<DeploymentId>> deploymentOf(model::Noun noun, qint64 id);

private:
    Connection& m_connection;
};

} // namespace cohort::store

#include "server/store/repositories/border_repository.h"

#include "server/store/sql_names.h"

namespace cohort::store {

Result<std::optional<DeploymentId>> BorderRepository::deploymentOf(model::Noun noun, qint64 id)
{
    COHORT_TRY(rows, m_connection.query(Sql::BorderFind,
                                        {{"noun", QString::fromLatin1(model::nounName(noun))}, {"id", bound(id)}}));
    if (rows.empty())
        return std::optional<DeploymentId>();
    return std::optional(rows.front().id<DeploymentId>("deployment_id"));
}

} // namespace cohort::store

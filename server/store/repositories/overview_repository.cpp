#include "server/store/repositories/overview_repository.h"

#include "server/store/postgres/row_reader.h"
#include "server/store/repositories/home_state_repository.h"
#include "server/store/sql_names.h"
#include "shared/base/limits.h"

namespace cohort::store {

namespace {

constexpr qint64 AttentionMost = 100;

} // namespace

Result<model::OverviewFigures> OverviewRepository::figures(const std::optional<QList<DeploymentId>>& scope)
{
    COHORT_CHECK(HomeStateRepository(m_connection).settle());
    COHORT_TRY(rows, m_connection.query(Sql::OverviewFigures, {{"scope", bound(scope)}}));
    return rowAs<model::OverviewFigures>(rows.front());
}

Result<QList<model::Attention>> OverviewRepository::attention(const std::optional<QList<DeploymentId>>& scope)
{
    COHORT_CHECK(HomeStateRepository(m_connection).settle());
    COHORT_TRY(rows, m_connection.query(Sql::OverviewAttention, {{"scope", bound(scope)},
                                                                 {"homes_most", bound(HomesApartMost)},
                                                                 {"unanswered_after_s", bound(UnansweredAfterS)},
                                                                 {"forgotten_after_days", bound(ForgottenAfterDays)},
                                                                 {"count", bound(AttentionMost)}}));
    return rowsAs<model::Attention>(rows);
}

} // namespace cohort::store

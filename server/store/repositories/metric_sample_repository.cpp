#include "server/store/repositories/metric_sample_repository.h"

#include "server/store/sql_names.h"

namespace cohort::store {

Result<void> MetricSampleRepository::add(const QString& node, Timestamp at, const QJsonObject& sample)
{
    COHORT_CHECK(m_connection.execute(Sql::MetricSampleInsert,
                                      {{"node", node}, {"at", bound(at)}, {"sample", bound(QJsonDocument(sample))}}));
    return {};
}

Result<void> MetricSampleRepository::prune()
{
    for (const Sql statement : {Sql::MetricSamplePrune, Sql::ChangePrune, Sql::NodePrune})
        COHORT_CHECK(m_connection.execute(statement));
    return {};
}

} // namespace cohort::store

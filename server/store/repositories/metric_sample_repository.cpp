#include "server/store/repositories/metric_sample_repository.h"

#include "server/store/sql_names.h"
#include "shared/base/limits.h"
#include "shared/model/json.h"

#include <algorithm>

namespace cohort::store {

namespace {

constexpr qint64 SamplesMost = 2'000;
constexpr qint64 MinuteS = 60;

// One sample of each such stretch is enough to show the whole.
qint64 stretchS(Timestamp from, Timestamp to)
{
    constexpr qint64 MsInSecond = 1'000;
    return std::max(MinuteS, (toMs(to) - toMs(from)) / MsInSecond / SamplesMost + 1);
}

} // namespace

Result<void> MetricSampleRepository::add(const QString& node, const model::MetricSample& sample)
{
    COHORT_CHECK(m_connection.execute(
        Sql::MetricSampleInsert,
        {{"node", node}, {"at", bound(fromMs(sample.at))}, {"sample", bound(QJsonDocument(model::toJson(sample)))}}));
    return {};
}

Result<QList<model::MetricSample>> MetricSampleRepository::between(const QString& node, Timestamp from, Timestamp to)
{
    COHORT_TRY(rows, m_connection.query(Sql::MetricSampleBetween, {{"node", node},
                                                                   {"from", bound(from)},
                                                                   {"to", bound(to)},
                                                                   {"stretch_s", bound(stretchS(from, to))},
                                                                   {"count", bound(SamplesMost)}}));
    QList<model::MetricSample> samples;
    for (const Row& row : rows) {
        auto sample = model::fromJson<model::MetricSample>(row.json("sample").object(), model::Form::Stored);
        if (!sample)
            return fail(ErrorCode::DatabaseError, QStringLiteral("a sample of figures: ") + sample.error().detail);
        samples.append(*sample);
    }
    return samples;
}

Result<void> MetricSampleRepository::prune()
{
    COHORT_CHECK(m_connection.execute(Sql::MetricSamplePrune, {{"days", bound(SamplesKeptDays)}}));
    COHORT_CHECK(m_connection.execute(Sql::ChangePrune, {{"kept_s", bound(ChangesKeptS)}}));
    COHORT_CHECK(m_connection.execute(Sql::NodePrune, {{"days", bound(NodeShownDays)}}));
    return {};
}

} // namespace cohort::store

#include "server/store/pool/shard_repository.h"

#include "server/store/sql_names.h"

#include <QJsonArray>
#include <QJsonObject>

namespace cohort::store {

Result<std::vector<int>> ShardRepository::lockFree()
{
    COHORT_TRY(rows, m_connection.query(Sql::ShardLock));
    std::vector<int> shards;
    for (const Row& row : rows)
        shards.push_back(static_cast<int>(row.integer("shard")));
    return shards;
}

Result<std::vector<ShardPosition>> ShardRepository::positions(const std::vector<int>& shards)
{
    QStringList texts;
    for (const int shard : shards)
        texts.append(QString::number(shard));
    const QString array = QLatin1Char('{') + texts.join(QLatin1Char(',')) + QLatin1Char('}');
    COHORT_TRY(rows, m_connection.query(Sql::ShardPositionList, {{"shards", array}}));
    std::vector<ShardPosition> all;
    for (const Row& row : rows)
        all.push_back({static_cast<int>(row.integer("shard")), static_cast<std::int16_t>(row.integer("writer")),
                       row.integer("number")});
    return all;
}

Result<void> ShardRepository::setPositions(const std::vector<ShardPosition>& positions)
{
    QJsonArray rows;
    for (const ShardPosition& position : positions)
        rows.append(QJsonObject{{QStringLiteral("shard"), position.shard},
                                {QStringLiteral("writer"), position.writer},
                                {QStringLiteral("number"), static_cast<qint64>(position.number)}});
    COHORT_CHECK(m_connection.execute(Sql::ShardPositionSet, {{"rows", bound(QJsonDocument(rows))}}));
    return {};
}

Result<WriterRow> ShardRepository::claimWriter(const QString& node)
{
    COHORT_TRY(rows, m_connection.query(Sql::WriterClaimComposer, {{"node", node}}));
    return WriterRow{static_cast<std::int16_t>(rows.front().integer("id")), rows.front().integer("incarnation")};
}

Result<std::int64_t> ShardRepository::drawNumber(const WriterRow& writer)
{
    COHORT_TRY(rows, m_connection.query(Sql::WriterDraw, {{"writer", bound(qint64{writer.id})},
                                                          {"incarnation", bound(qint64{writer.incarnation})}}));
    if (rows.empty())
        return fail(ErrorCode::DatabaseLost, QStringLiteral("another composer of this node has started"));
    return std::int64_t{rows.front().integer("last_number")};
}

Result<void> ShardRepository::insertBatch(const NewBatch& batch)
{
    COHORT_CHECK(m_connection.execute(Sql::BatchInsert, {{"writer", bound(qint64{batch.writer.id})},
                                                         {"number", bound(qint64{batch.number})},
                                                         {"incarnation", bound(qint64{batch.writer.incarnation})},
                                                         {"arrival", bound(batch.arrival)},
                                                         {"least_time", bound(batch.leastTime)},
                                                         {"greatest_time", bound(batch.greatestTime)},
                                                         {"row_count", bound(qint64{batch.rows})}}));
    return {};
}

} // namespace cohort::store

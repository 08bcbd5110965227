#include "server/store/pool/presence_repository.h"

#include "server/store/sql_names.h"

#include <QJsonArray>
#include <QJsonObject>

namespace cohort::store {

namespace {

QVariant rowsOf(const std::vector<PresenceRow>& rows)
{
    QJsonArray list;
    for (const PresenceRow& row : rows) {
        list.append(QJsonObject{{QStringLiteral("device"), static_cast<qint64>(row.device.value)},
                                {QStringLiteral("epoch"), static_cast<qint64>(row.epoch)},
                                {QStringLiteral("since"), static_cast<qint64>(toMs(row.since))}});
    }
    return bound(QJsonDocument(list));
}

} // namespace

Result<std::unordered_map<DeviceId, std::int64_t>> PresenceRepository::connect(const std::vector<PresenceRow>& rows)
{
    COHORT_TRY(answer, m_connection.query(Sql::DevicePresenceConnect, {{"node", m_node}, {"rows", rowsOf(rows)}}));
    std::unordered_map<DeviceId, std::int64_t> epochs;
    for (const Row& row : answer)
        epochs[row.id<DeviceId>("device_id")] = row.integer("epoch");
    return epochs;
}

Result<void> PresenceRepository::disconnect(const std::vector<PresenceRow>& rows)
{
    COHORT_CHECK(m_connection.execute(Sql::DevicePresenceDisconnect, {{"node", m_node}, {"rows", rowsOf(rows)}}));
    return {};
}

Result<void> PresenceRepository::heard(const std::vector<PresenceRow>& rows)
{
    COHORT_CHECK(m_connection.execute(Sql::DevicePresenceHeard, {{"rows", rowsOf(rows)}}));
    return {};
}

Result<std::vector<LeftBehind>> PresenceRepository::reset()
{
    COHORT_TRY(rows, m_connection.query(Sql::DevicePresenceReset, {{"node", m_node}}));
    std::vector<LeftBehind> left;
    for (const Row& row : rows)
        left.push_back({row.id<DeviceId>("device_id"), row.id<LocationId>("location_id"), row.boolean("events_clock")});
    return left;
}

} // namespace cohort::store

#include "server/store/repositories/device_context_repository.h"

#include "server/store/sql_names.h"

#include <QJsonArray>

namespace cohort::store {

Result<std::vector<TokenRow>> DeviceContextRepository::byTokens(const std::vector<std::string>& hashes)
{
    QString joined;
    for (const std::string& hash : hashes)
        joined += (joined.isEmpty() ? QString() : QStringLiteral(",")) + QString::fromStdString(hash);
    COHORT_TRY(rows, m_connection.query(Sql::DeviceContextByTokens, {{"hashes", joined}}));
    std::vector<TokenRow> tokens;
    for (const Row& row : rows)
        tokens.push_back(
            {row.string("hash").toStdString(), row.id<DeviceId>("device_id"), row.optionalTime("expires_at")});
    return tokens;
}

Result<std::vector<TokenlessRow>> DeviceContextRepository::byKeys(const std::vector<std::string>& keys)
{
    QJsonArray list;
    for (const std::string& key : keys)
        list.append(QString::fromStdString(key));
    COHORT_TRY(rows, m_connection.query(Sql::DeviceContextByKeys, {{"keys", bound(QJsonDocument(list))}}));
    std::vector<TokenlessRow> devices;
    for (const Row& row : rows)
        devices.push_back({row.string("key").toStdString(), row.id<DeviceId>("id")});
    return devices;
}

Result<std::vector<DeviceContextRow>> DeviceContextRepository::load(const std::vector<DeviceId>& ids)
{
    COHORT_TRY(rows, m_connection.query(Sql::DeviceContextLoad, {{"ids", bound(ids)}}));
    std::vector<DeviceContextRow> devices;
    for (const Row& row : rows) {
        devices.push_back({row.id<DeviceId>("holder"), row.id<DeviceId>("id"), row.string("key").toStdString(),
                           row.id<DeploymentId>("deployment_id"), row.id<LocationId>("location_id"),
                           row.time("start_date"), row.boolean("tokenless"), row.boolean("may_tokenless"),
                           row.boolean("events_clock"), static_cast<int>(row.integer("type"))});
    }
    return devices;
}

Result<std::vector<TokenRow>> DeviceContextRepository::goodTokens(const std::vector<DeviceId>& ids)
{
    COHORT_TRY(rows, m_connection.query(Sql::DeviceContextTokens, {{"ids", bound(ids)}}));
    std::vector<TokenRow> tokens;
    for (const Row& row : rows)
        tokens.push_back({row.string("hash").toStdString(), row.id<DeviceId>("device_id"), std::nullopt});
    return tokens;
}

Result<std::vector<DeviceId>> DeviceContextRepository::gatewaysOf(const std::vector<DeviceId>& ids)
{
    COHORT_TRY(rows, m_connection.query(Sql::DeviceContextGateways, {{"ids", bound(ids)}}));
    std::vector<DeviceId> gateways;
    for (const Row& row : rows)
        gateways.push_back(row.id<DeviceId>("gateway_id"));
    return gateways;
}

Result<qint64> DeviceContextRepository::horizon()
{
    COHORT_TRY(rows, m_connection.query(Sql::ChangeHorizon));
    return rows.empty() ? 0 : rows.front().integer("horizon");
}

Result<std::vector<DeviceChangeRow>> DeviceContextRepository::changes(qint64 from)
{
    COHORT_TRY(rows, m_connection.query(Sql::ChangeOfDevices, {{"from", bound(from)}}));
    std::vector<DeviceChangeRow> changes;
    for (const Row& row : rows) {
        changes.push_back({row.integer("seq"), row.string("kind").toStdString(), row.id<DeploymentId>("deployment_id"),
                           row.id<LocationId>("location_id"), row.id<DeviceId>("object_id"), row.integer("horizon")});
    }
    return changes;
}

} // namespace cohort::store

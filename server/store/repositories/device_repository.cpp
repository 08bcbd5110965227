#include "server/store/repositories/device_repository.h"

#include "server/store/sql_names.h"
#include "shared/base/limits.h"
#include "shared/model/device_types.h"

namespace cohort::store {

namespace {

Binds bindsOf(const DeviceFilter& filter, DeviceId id, int count)
{
    return {{"scope", bound(filter.scope)},       {"id", bound(id)},
            {"location", bound(filter.location)}, {"after", bound(filter.after)},
            {"search", bound(filter.search)},     {"in_texts", filter.searchesTexts},
            {"state", bound(filter.state)},       {"count", count}};
}

DeviceRecord recordOf(const Row& row)
{
    return {.id = row.id<DeviceId>("id"),
            .deployment = row.id<DeploymentId>("deployment_id"),
            .location = row.id<LocationId>("location_id"),
            .key = row.string("key"),
            .gateway = row.id<DeviceId>("gateway_id"),
            .isTokenless = row.boolean("tokenless"),
            .isRetired = row.boolean("retired"),
            .isConnected = row.boolean("connected")};
}

} // namespace

// The names of the types, and one statement for the streams of all of them.
Result<void> DeviceRepository::complete(QList<model::Device>& devices)
{
    std::map<DeviceId, model::Device*> byId;
    QList<DeviceId> ids;
    for (auto& device : devices) {
        byId.emplace(device.id, &device);
        ids.append(device.id);
        const auto* type = model::findDeviceType(device.type);
        device.typeName = type == nullptr ? QString() : QString::fromUtf8(type->name);
    }
    COHORT_TRY(rows, m_connection.query(Sql::StreamOfDevices, {{"devices", bound(ids)}}));
    for (const Row& row : rows) {
        COHORT_TRY(stream, rowAs<model::Stream>(row));
        byId.at(row.id<DeviceId>("device_id"))->streams.append(stream);
    }
    return {};
}

Result<model::Page<model::Device>> DeviceRepository::list(const DeviceFilter& filter, int limit)
{
    COHORT_TRY(rows, m_connection.query(Sql::DeviceView, bindsOf(filter, {}, limit + 1)));
    COHORT_TRY(page, pageOf<model::Device>(std::move(rows), limit));
    COHORT_CHECK(complete(page.items));
    return page;
}

Result<model::Device> DeviceRepository::find(DeviceId id)
{
    COHORT_TRY(rows, m_connection.query(Sql::DeviceView, bindsOf({}, id, 1)));
    COHORT_TRY(found, rowsAs<model::Device>(rows));
    if (found.isEmpty())
        return fail(ErrorCode::NotFound);
    COHORT_CHECK(complete(found));
    return found.first();
}

Result<QList<model::Stream>> DeviceRepository::streams(DeviceId id)
{
    COHORT_TRY(rows, m_connection.query(Sql::StreamOfDevices, {{"devices", bound(QList<DeviceId>{id})}}));
    return rowsAs<model::Stream>(rows);
}

Result<DeviceRecord> DeviceRepository::record(DeviceId id)
{
    COHORT_TRY(rows, m_connection.query(Sql::DeviceBrief, {{"id", bound(id)}}));
    if (rows.empty())
        return fail(ErrorCode::NotFound);
    return recordOf(rows.front());
}

Result<std::optional<DeviceRecord>> DeviceRepository::byKey(DeploymentId deployment, const QString& key)
{
    COHORT_TRY(rows, m_connection.query(Sql::DeviceInDeployment, {{"deployment", bound(deployment)}, {"key", key}}));
    return rows.empty() ? std::nullopt : std::optional(recordOf(rows.front()));
}

Result<QList<DeviceRecord>> DeviceRepository::search(const DeviceSearch& wanted)
{
    COHORT_TRY(rows, m_connection.query(Sql::DeviceForCaller, {{"key", wanted.key},
                                                               {"location", bound(wanted.location)},
                                                               {"scope", bound(wanted.scope)},
                                                               {"participant", bound(wanted.participant)}}));
    QList<DeviceRecord> found;
    for (const Row& row : rows)
        found.append(recordOf(row));
    return found;
}

Result<bool> DeviceRepository::isKeyTaken(const QString& key)
{
    COHORT_TRY(rows, m_connection.query(Sql::DeviceTokenlessTaken, {{"key", key}}));
    return rows.front().boolean("taken");
}

Result<std::map<QString, KnownDevice>> DeviceRepository::keys(LocationId location)
{
    COHORT_TRY(rows, m_connection.query(Sql::DeviceImportKeys, {{"location", bound(location)}}));
    std::map<QString, KnownDevice> keys;
    for (const Row& row : rows)
        keys.emplace(row.string("key"), KnownDevice{row.id<DeviceId>("id"), static_cast<int>(row.integer("type"))});
    return keys;
}

Result<bool> DeviceRepository::hasDevicesBehind(DeviceId id)
{
    COHORT_TRY(rows, m_connection.query(Sql::DeviceHasBehind, {{"id", bound(id)}}));
    return rows.front().boolean("has");
}

Result<std::optional<QString>> DeviceRepository::serverUrl(DeviceId id)
{
    COHORT_TRY(rows,
               m_connection.query(Sql::DevicePresenceUrl, {{"device", bound(id)}, {"alive_s", bound(NodeAliveS)}}));
    return rows.empty() ? std::nullopt : std::optional(rows.front().string("deviceio_url"));
}

Result<DeviceId> DeviceRepository::insert(const DeviceRegistration& wanted)
{
    COHORT_TRY(rows, m_connection.query(Sql::DeviceInsertApi, {{"location", bound(wanted.location)},
                                                               {"key", wanted.key},
                                                               {"type", wanted.type},
                                                               {"use", wanted.use},
                                                               {"room", bound(wanted.room)},
                                                               {"description", wanted.description},
                                                               {"gateway", bound(wanted.gateway)},
                                                               {"start_date", bound(wanted.startDate)},
                                                               {"tokenless", wanted.isTokenless},
                                                               {"owner", bound(wanted.owner)}}));
    if (rows.empty())
        return fail(ErrorCode::NotFound); // no such home
    return rows.front().id<DeviceId>("id");
}

Result<void> DeviceRepository::update(DeviceId id, const DeviceChange& change)
{
    constexpr qint64 None = 0;
    const QVariant gateway = change.gateway && !*change.gateway ? bound(None) : bound(change.gateway);
    const QVariant room = change.room && !*change.room ? bound(None) : bound(change.room);
    COHORT_CHECK(m_connection.execute(Sql::DeviceUpdateApi, {{"id", bound(id)},
                                                             {"use", bound(change.use)},
                                                             {"description", bound(change.description)},
                                                             {"type", bound(change.type)},
                                                             {"location", bound(change.location)},
                                                             {"gateway", gateway},
                                                             {"room", room}}));
    return {};
}

Result<void> DeviceRepository::retire(DeviceId id)
{
    COHORT_CHECK(m_connection.execute(Sql::DeviceRetireApi, {{"id", bound(id)}}));
    return revokeTokens(id);
}

Result<void> DeviceRepository::addToken(DeviceId id, const QByteArray& hash)
{
    COHORT_CHECK(
        m_connection.execute(Sql::DeviceTokenOverlap, {{"device", bound(id)}, {"overlap_s", bound(TokenOverlapS)}}));
    COHORT_CHECK(m_connection.execute(Sql::DeviceTokenInsertApi, {{"device", bound(id)}, {"token", bound(hash)}}));
    return {};
}

Result<void> DeviceRepository::revokeTokens(DeviceId id)
{
    COHORT_CHECK(m_connection.execute(Sql::DeviceTokenRevokeAll, {{"device", bound(id)}}));
    return {};
}

} // namespace cohort::store

#include "server/store/log/stream_cache.h"

#include "server/store/sql_names.h"

#include <QJsonArray>
#include <QJsonObject>

#include <map>
#include <set>
#include <string_view>

namespace cohort::store {

namespace {

constexpr std::size_t MaximalDevices = 200'000; // about 1 GB of streams; then the cache starts anew

std::string keyOf(LocationId location, std::string_view name, std::string_view index)
{
    std::string key = std::to_string(location.value);
    key.append(1, '\n').append(name).append(1, '\n').append(index);
    return key;
}

QString textOf(const std::string& text)
{
    return QString::fromStdString(text);
}

} // namespace

CachedStream* StreamCache::find(const NewMeasurement& measurement)
{
    const auto device = m_devices.find(measurement.device);
    if (device == m_devices.end())
        return nullptr;
    const auto stream = device->second.find(keyOf(measurement.location, measurement.name, measurement.index));
    return stream == device->second.end() ? nullptr : &stream->second;
}

Result<std::vector<CachedStream*>> StreamCache::resolve(Connection& connection,
                                                        const std::vector<const NewMeasurement*>& wanted)
{
    if (m_devices.size() > MaximalDevices)
        m_devices.clear();
    std::set<DeviceId> unknown;
    for (const NewMeasurement* one : wanted) {
        if (!m_devices.contains(one->device))
            unknown.insert(one->device);
    }
    COHORT_CHECK(load(connection, {unknown.begin(), unknown.end()}));
    // By device and key, so that two committers that make the same streams take their locks in the same order.
    std::map<std::pair<DeviceId, std::string>, const NewMeasurement*> missing;
    std::unordered_map<DeviceId, std::size_t> added;
    for (const NewMeasurement* one : wanted) {
        if (find(*one))
            continue;
        auto key = std::pair(one->device, keyOf(one->location, one->name, one->index));
        if (missing.contains(key) || m_devices[one->device].size() + added[one->device] >= m_streamsPerDevice)
            continue;
        ++added[one->device];
        missing.emplace(std::move(key), one);
    }
    std::vector<const NewMeasurement*> toMake;
    toMake.reserve(missing.size());
    for (const auto& [key, one] : missing)
        toMake.push_back(one);
    COHORT_CHECK(make(connection, toMake));
    std::vector<CachedStream*> streams;
    streams.reserve(wanted.size());
    for (const NewMeasurement* one : wanted)
        streams.push_back(find(*one));
    return streams;
}

Result<void> StreamCache::make(Connection& connection, const std::vector<const NewMeasurement*>& missing)
{
    if (missing.empty())
        return {};
    QJsonArray rows;
    std::set<DeviceId> devices;
    for (const NewMeasurement* one : missing) {
        rows.append(QJsonObject{{QStringLiteral("device"), static_cast<qint64>(one->device.value)},
                                {QStringLiteral("location"), static_cast<qint64>(one->location.value)},
                                {QStringLiteral("name"), textOf(one->name)},
                                {QStringLiteral("index"), textOf(one->index)},
                                {QStringLiteral("unit"), textOf(one->unit)}});
        devices.insert(one->device);
    }
    COHORT_CHECK(connection.execute(Sql::StreamMake, {{"rows", bound(QJsonDocument(rows))}}));
    return load(connection, {devices.begin(), devices.end()});
}

Result<void> StreamCache::load(Connection& connection, const std::vector<DeviceId>& devices)
{
    if (devices.empty())
        return {};
    COHORT_TRY(rows, connection.query(Sql::StreamWithNewestOfDevices, {{"devices", bound(devices)}}));
    for (const DeviceId device : devices)
        m_devices[device].clear();
    for (const Row& row : rows) {
        const std::string key = keyOf(row.id<LocationId>("location_id"), row.string("name").toStdString(),
                                      row.string("index_text").toStdString());
        m_devices[row.id<DeviceId>("device_id")][key] = {row.id<StreamId>("id"), row.optionalTime("newest")};
    }
    return {};
}

} // namespace cohort::store

#include "server/store/log/stream_cache.h"

#include "server/store/sql_names.h"
#include "shared/model/units.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <string_view>

namespace cohort::store {

namespace {

constexpr Milliseconds LookEvery{500};
constexpr std::size_t MaximalDevices = 200'000; // about 1 GB of streams; then the cache starts anew

void writeKey(std::string& key, LocationId location, std::string_view name, std::string_view index)
{
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), location.value).ptr;
    key.assign(digits.data(), end);
    key.append(1, '\n').append(name).append(1, '\n').append(index);
}

std::string keyOf(LocationId location, std::string_view name, std::string_view index)
{
    std::string key;
    writeKey(key, location, name, index);
    return key;
}

QString textOf(const std::string& text)
{
    return QString::fromStdString(text);
}

// What the stream holds from this measurement on: by the type, by what was known, or by this value.
model::StreamKind decidedKind(const NewMeasurement& one, const CachedStream& stream)
{
    using model::StreamKind;
    if (one.kind != StreamKind::Undecided)
        return one.kind;
    if (stream.kind != StreamKind::Undecided)
        return stream.kind;
    const auto stored = model::storedValue({.value = one.value}, {});
    return stored ? model::kindOf(*stored) : StreamKind::Undecided;
}

// What is stored has a unit, and the device's type, which came later, names another: not its other spelling.
bool holdsAnotherUnit(const NewMeasurement& one, const CachedStream& stream)
{
    return stream.unit != one.unit && stream.newest && !stream.unit.empty() && !one.unit.empty() &&
           model::unitName(stream.unit) != model::unitName(one.unit);
}

// The unit that the stream has from this measurement on. No value, and one that is refused, say nothing of it.
const std::string& decidedUnit(const NewMeasurement& one, const CachedStream& stream)
{
    if (one.kind != model::StreamKind::Undecided)
        return holdsAnotherUnit(one, stream) ? stream.unit : one.unit;
    if (!stream.unit.empty() || one.unit.empty())
        return stream.unit;
    const auto stored = model::storedValue({.value = one.value}, {decidedKind(one, stream), {}});
    return stored && !stored->isNone() ? one.unit : stream.unit;
}

bool knowsMore(const NewMeasurement& one, const CachedStream& stream)
{
    return decidedKind(one, stream) != stream.kind || decidedUnit(one, stream) != stream.unit;
}

} // namespace

// Devices of which an operator changed what a stream holds, on whatever node.
Result<void> StreamCache::forgetChanged(Connection& connection)
{
    if (!m_nextLook.isOver())
        return {};
    COHORT_TRY(rows, connection.query(Sql::ChangeOfStreams, {{"from", bound(m_horizon)}}));
    for (const Row& row : rows) {
        m_horizon = row.integer("horizon");
        if (!row.isNull("device_id"))
            m_devices.erase(row.id<DeviceId>("device_id"));
    }
    m_nextLook = Deadline::after(LookEvery);
    return {};
}

Result<std::vector<CachedStream*>> StreamCache::resolve(Connection& connection,
                                                        const std::vector<const NewMeasurement*>& wanted)
{
    if (!wanted.empty())
        COHORT_CHECK(forgetChanged(connection));
    if (m_devices.size() > MaximalDevices)
        m_devices.clear();
    std::vector<CachedStream*> streams = findAll(wanted);
    if (std::find(streams.begin(), streams.end(), nullptr) != streams.end())
        COHORT_CHECK(addMissing(connection, wanted, streams));
    COHORT_CHECK(settle(connection, wanted, streams));
    return streams;
}

// Of devices that are not known here yet, and of new streams.
Result<void> StreamCache::addMissing(Connection& connection, const std::vector<const NewMeasurement*>& wanted,
                                     std::vector<CachedStream*>& streams)
{
    std::set<DeviceId> unknown;
    for (const NewMeasurement* one : wanted) {
        if (!m_devices.contains(one->device))
            unknown.insert(one->device);
    }
    COHORT_CHECK(load(connection, {unknown.begin(), unknown.end()}));
    streams = findAll(wanted);
    // By device and key, so that two committers that make the same streams take their locks in the same order.
    std::map<std::pair<DeviceId, std::string>, const NewMeasurement*> missing;
    std::unordered_map<DeviceId, std::size_t> added;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const NewMeasurement* one = wanted[i];
        if (streams[i])
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
    streams = findAll(wanted);
    return {};
}

std::vector<CachedStream*> StreamCache::findAll(const std::vector<const NewMeasurement*>& wanted)
{
    std::vector<CachedStream*> streams;
    streams.reserve(wanted.size());
    auto device = m_devices.end(); // of the last one: those of a post stand together
    std::string key;
    for (const NewMeasurement* one : wanted) {
        if (device == m_devices.end() || device->first != one->device)
            device = m_devices.find(one->device);
        if (device == m_devices.end()) {
            streams.push_back(nullptr);
            continue;
        }
        writeKey(key, one->location, one->name, one->index);
        const auto stream = device->second.find(key);
        streams.push_back(stream == device->second.end() ? nullptr : &stream->second);
    }
    return streams;
}

// Streams of which more is known now than before; rare, so their devices are read anew then.
Result<void> StreamCache::settle(Connection& connection, const std::vector<const NewMeasurement*>& wanted,
                                 std::vector<CachedStream*>& streams)
{
    std::map<StreamId, QJsonObject> rows;
    std::set<DeviceId> devices;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const NewMeasurement& one = *wanted[i];
        CachedStream* stream = streams[i];
        if (!stream || !knowsMore(one, *stream))
            continue;
        const bool isTyped = one.kind != model::StreamKind::Undecided;
        stream->unit = decidedUnit(one, *stream);
        stream->kind = decidedKind(one, *stream);
        rows[stream->id] = {{QStringLiteral("id"), static_cast<qint64>(stream->id.value)},
                            {QStringLiteral("kind"), model::textOf(stream->kind)},
                            {QStringLiteral("unit"), textOf(stream->unit)},
                            {QStringLiteral("typed"), isTyped}};
        devices.insert(one.device);
    }
    if (rows.empty())
        return {};
    QJsonArray list;
    for (const auto& [id, row] : rows)
        list.append(row);
    COHORT_CHECK(connection.execute(Sql::StreamSettle, {{"rows", bound(QJsonDocument(list))}}));
    COHORT_CHECK(load(connection, {devices.begin(), devices.end()})); // another node may have been first
    streams = findAll(wanted);
    return {};
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
                                {QStringLiteral("unit"), textOf(decidedUnit(*one, {}))},
                                {QStringLiteral("kind"), model::textOf(decidedKind(*one, {}))}});
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
        m_devices[row.id<DeviceId>("device_id")][key] = {
            row.id<StreamId>("id"), row.optionalTime("newest"),
            model::valueOf<model::StreamKind>(row.string("kind")).value_or(model::StreamKind::Undecided),
            row.string("unit").toStdString()};
    }
    return {};
}

} // namespace cohort::store

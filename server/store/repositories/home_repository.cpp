#include "server/store/repositories/home_repository.h"

#include "server/store/sql_names.h"

#include <algorithm>

namespace cohort::store {

namespace {

// Changes may become visible out of order by as many as were under way at once.
constexpr qint64 MostUnderWay = 10'000;

QString arrayOf(const std::vector<int>& numbers)
{
    QStringList texts;
    for (const int number : numbers)
        texts.append(QString::number(number));
    return QLatin1Char('{') + texts.join(QLatin1Char(',')) + QLatin1Char('}');
}

} // namespace

Result<HomeRow> HomeRepository::home(LocationId location)
{
    const Binds binds{{"location", bound(location)}};
    COHORT_TRY(homes, m_connection.query(Sql::LocationHome, binds));
    if (homes.empty())
        return fail(ErrorCode::NotFound, QStringLiteral("location %1").arg(location.value));
    HomeRow home;
    home.id = location;
    home.deployment = homes.front().id<DeploymentId>("deployment_id");
    home.name = homes.front().string("name");
    home.timeZone = homes.front().string("time_zone");
    home.byEvents = homes.front().string("clock") == QLatin1String("events");
    home.allowsNumpy = homes.front().boolean("allow_numpy");
    COHORT_TRY(rooms, m_connection.query(Sql::RoomHome, binds));
    for (const Row& row : rooms)
        home.rooms.push_back({row.string("kind"), row.string("name")});
    COHORT_TRY(devices, m_connection.query(Sql::DeviceHome, binds));
    for (const Row& row : devices)
        home.devices.push_back({row.id<DeviceId>("id"), row.string("key"), static_cast<int>(row.integer("type")),
                                row.string("use"), row.string("room"), row.string("description")});
    return home;
}

Result<std::vector<LocationShard>> HomeRepository::locations(const std::vector<int>& shards)
{
    COHORT_TRY(rows, m_connection.query(Sql::LocationShards, {{"shards", arrayOf(shards)}}));
    std::vector<LocationShard> all;
    all.reserve(rows.size());
    for (const Row& row : rows)
        all.push_back({row.id<LocationId>("id"), row.id<DeploymentId>("deployment_id"),
                       static_cast<int>(row.integer("shard")), row.boolean("by_events")});
    return all;
}

Result<std::optional<Timestamp>> HomeRepository::newestMeasurement(LocationId location)
{
    COHORT_TRY(rows, m_connection.query(Sql::MeasurementNewestTime, {{"location", bound(location)}}));
    return rows.front().optionalTime("time");
}

Result<void> ChangeReader::begin(Connection& connection)
{
    COHORT_TRY(rows, connection.query(Sql::ChangeHorizon));
    m_horizon = rows.front().integer("horizon");
    m_newest = rows.front().integer("newest");
    m_isBehind = false;
    return {};
}

Result<std::vector<ChangeRow>> ChangeReader::read(Connection& connection)
{
    COHORT_TRY(horizons, connection.query(Sql::ChangeHorizon));
    const qint64 horizon = horizons.front().integer("horizon");
    m_isBehind = horizons.front().boolean("behind");
    if (horizon == m_horizon)
        return std::vector<ChangeRow>{};
    COHORT_TRY(rows, connection.query(Sql::ChangeBetween, {{"floor", bound(m_newest - MostUnderWay)},
                                                           {"from", QString::number(m_horizon)},
                                                           {"horizon", QString::number(horizon)}}));
    std::vector<ChangeRow> all;
    for (const Row& row : rows)
        all.push_back({row.integer("seq"), row.string("kind"), row.id<DeploymentId>("deployment_id"),
                       row.id<LocationId>("location_id"), row.integer("object_id")});
    m_horizon = horizon;
    m_newest = std::max(m_newest, horizons.front().integer("newest"));
    return all;
}

} // namespace cohort::store

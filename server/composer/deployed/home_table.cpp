#include "server/composer/deployed/home_table.h"

#include "server/store/repositories/home_repository.h"

namespace cohort::composer {

namespace {

HomePtr infoOf(const store::HomeRow& row)
{
    auto info = std::make_shared<engine::HomeInfo>();
    info->id = row.id;
    info->name = row.name.toStdString();
    info->timeZone = row.timeZone.toStdString();
    info->clock = row.byEvents ? engine::HomeClock::Events : engine::HomeClock::Real;
    for (const store::HomeRoomRow& room : row.rooms)
        info->rooms.push_back({room.kind.toStdString(), room.name.toStdString()});
    for (const store::HomeDeviceRow& device : row.devices)
        info->devices.push_back({device.id, device.key.toStdString(), device.type, device.use.toStdString(),
                                 device.room.toStdString(), device.description.toStdString()});
    return info;
}

} // namespace

Result<std::vector<LocationId>> HomeTable::loadLocations(store::Connection& connection, const std::vector<int>& shards)
{
    COHORT_TRY(rows, store::HomeRepository(connection).locations(shards));
    std::vector<LocationId> added;
    std::unordered_map<LocationId, Place> fresh;
    for (const store::LocationShard& row : rows) {
        fresh[row.location] = {row.deployment, row.byEvents};
        if (!m_places.contains(row.location))
            added.push_back(row.location);
    }
    m_places = std::move(fresh);
    return added;
}

std::optional<DeploymentId> HomeTable::deploymentOf(LocationId location) const
{
    const auto found = m_places.find(location);
    return found == m_places.end() ? std::nullopt : std::optional(found->second.deployment);
}

bool HomeTable::isByEvents(LocationId location) const
{
    const auto found = m_places.find(location);
    return found != m_places.end() && found->second.byEvents;
}

std::vector<LocationId> HomeTable::of(DeploymentId deployment) const
{
    std::vector<LocationId> homes;
    for (const auto& [location, place] : m_places) {
        if (place.deployment == deployment)
            homes.push_back(location);
    }
    return homes;
}

Result<LoadedHome> HomeTable::home(store::Connection& connection, LocationId location)
{
    const auto deployment = deploymentOf(location);
    if (!deployment)
        return fail(ErrorCode::NotFound, QStringLiteral("location %1").arg(location.value));
    const auto cached = m_homes.find(location);
    if (cached != m_homes.end()) {
        if (HomePtr info = cached->second.info.lock())
            return LoadedHome{std::move(info), *deployment, cached->second.allowsNumpy};
    }
    COHORT_TRY(row, store::HomeRepository(connection).home(location));
    HomePtr info = infoOf(row);
    m_homes[location] = {info, row.allowsNumpy};
    return LoadedHome{std::move(info), row.deployment, row.allowsNumpy};
}

void HomeTable::forget(LocationId location)
{
    m_homes.erase(location);
}

} // namespace cohort::composer

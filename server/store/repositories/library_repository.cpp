#include "server/store/repositories/library_repository.h"

#include "server/store/sql_names.h"
#include "shared/base/limits.h"

#include <map>

namespace cohort::store {

Result<QList<EquippedHome>> LibraryRepository::homes(const std::optional<QList<DeploymentId>>& scope)
{
    COHORT_TRY(rows, m_connection.query(Sql::LibraryHomes, {{"scope", bound(scope)}, {"count", bound(ListLimitMost)}}));
    QList<EquippedHome> homes;
    QList<LocationId> ids;
    for (const Row& row : rows) {
        homes.append({row.id<LocationId>("id"), row.string("name"), {}});
        ids.append(homes.last().id);
    }
    std::map<LocationId, EquippedHome*> byId;
    for (auto& home : homes)
        byId.emplace(home.id, &home);
    COHORT_TRY(devices, m_connection.query(Sql::LibraryDevices, {{"homes", bound(ids)}}));
    for (const Row& row : devices)
        byId.at(row.id<LocationId>("location_id"))
            ->devices.append({row.string("use"), static_cast<int>(row.integer("type")), row.string("stream")});
    return homes;
}

} // namespace cohort::store

#include "server/store/repositories/place_repository.h"

#include "server/store/repositories/home_state_repository.h"
#include "server/store/sql_names.h"
#include "shared/base/limits.h"

#include <map>

namespace cohort::store {

namespace {

Result<void> touched(Result<qint64> rows)
{
    if (!rows)
        return fail(rows.error());
    return *rows == 0 ? Result<void>(fail(ErrorCode::NotFound)) : Result<void>();
}

} // namespace

Result<QList<model::Deployment>> PlaceRepository::deployments(const std::optional<QList<DeploymentId>>& scope)
{
    COHORT_CHECK(HomeStateRepository(m_connection).settle());
    COHORT_TRY(rows, m_connection.query(
                         Sql::DeploymentView,
                         {{"scope", bound(scope)}, {"id", bound(std::nullopt)}, {"count", bound(ListLimitMost)}}));
    return rowsAs<model::Deployment>(rows);
}

Result<model::Deployment> PlaceRepository::deployment(DeploymentId id)
{
    COHORT_CHECK(HomeStateRepository(m_connection).settle());
    COHORT_TRY(rows,
               m_connection.query(Sql::DeploymentView,
                                  {{"scope", bound(std::nullopt)}, {"id", bound(id)}, {"count", bound(qint64{1})}}));
    if (rows.empty())
        return fail(ErrorCode::NotFound);
    return rowAs<model::Deployment>(rows.front());
}

Result<DeploymentId> PlaceRepository::deploymentNamed(const QString& name)
{
    COHORT_TRY(rows, m_connection.query(Sql::DeploymentByName, {{"name", name}}));
    if (rows.empty())
        return fail(ErrorCode::NotFound, QStringLiteral("there is no deployment '%1'").arg(name));
    return rows.front().id<DeploymentId>("id");
}

Result<DeploymentId> PlaceRepository::insert(const NewDeployment& wanted)
{
    COHORT_TRY(rows, m_connection.query(Sql::DeploymentInsertApi, {{"name", wanted.name},
                                                                   {"time_zone", wanted.timeZone},
                                                                   {"language", bound(wanted.language)},
                                                                   {"tokenless", wanted.allowTokenlessDevices}}));
    return rows.front().id<DeploymentId>("id");
}

Result<void> PlaceRepository::update(DeploymentId id, const DeploymentChange& change)
{
    return touched(m_connection.execute(Sql::DeploymentUpdateApi, {{"id", bound(id)},
                                                                   {"name", bound(change.name)},
                                                                   {"time_zone", bound(change.timeZone)},
                                                                   {"language", bound(change.language)},
                                                                   {"tokenless", bound(change.allowTokenlessDevices)},
                                                                   {"ttl", bound(change.serverTtlS)},
                                                                   {"messages", bound(change.messagesPerHour)},
                                                                   {"alerts", bound(change.alertsPerHour)},
                                                                   {"commands", bound(change.commandsPerHour)}}));
}

// One statement for the rooms of all of them.
Result<void> PlaceRepository::addRooms(QList<model::Location>& locations)
{
    std::map<LocationId, model::Location*> byId;
    QList<LocationId> ids;
    for (auto& location : locations) {
        byId.emplace(location.id, &location);
        ids.append(location.id);
    }
    COHORT_TRY(rows, m_connection.query(Sql::RoomOfLocations, {{"locations", bound(ids)}}));
    for (const Row& row : rows) {
        COHORT_TRY(room, rowAs<model::Room>(row));
        byId.at(row.id<LocationId>("location_id"))->rooms.append(room);
    }
    return {};
}

Result<std::optional<int>> PlaceRepository::serverTtl(const QString& deviceKey)
{
    COHORT_TRY(rows, m_connection.query(Sql::DeploymentServerTtl, {{"key", deviceKey}}));
    return rows.empty() ? std::optional<int>() : std::optional(static_cast<int>(rows.front().integer("ttl_s")));
}

Result<model::Page<model::Location>> PlaceRepository::locations(DeploymentId deployment, LocationId after, int limit)
{
    COHORT_CHECK(HomeStateRepository(m_connection).settle());
    COHORT_TRY(rows, m_connection.query(Sql::LocationView, {{"deployment", bound(deployment)},
                                                            {"id", bound(std::nullopt)},
                                                            {"after", bound(after)},
                                                            {"count", limit + 1}}));
    COHORT_TRY(page, pageOf<model::Location>(std::move(rows), limit));
    COHORT_CHECK(addRooms(page.items));
    return page;
}

Result<model::Location> PlaceRepository::location(LocationId id)
{
    COHORT_CHECK(HomeStateRepository(m_connection).settle());
    COHORT_TRY(rows, m_connection.query(Sql::LocationView, {{"deployment", bound(std::nullopt)},
                                                            {"id", bound(id)},
                                                            {"after", bound(std::nullopt)},
                                                            {"count", 1}}));
    COHORT_TRY(found, rowsAs<model::Location>(rows));
    if (found.isEmpty())
        return fail(ErrorCode::NotFound);
    COHORT_CHECK(addRooms(found));
    return found.first();
}

Result<LocationId> PlaceRepository::insert(const NewLocation& wanted)
{
    COHORT_TRY(rows, m_connection.query(Sql::LocationInsertApi, {{"deployment", bound(wanted.deployment)},
                                                                 {"name", wanted.name},
                                                                 {"time_zone", bound(wanted.timeZone)},
                                                                 {"clock", bound(wanted.clock)}}));
    if (rows.empty())
        return fail(ErrorCode::NotFound); // no such deployment
    return rows.front().id<LocationId>("id");
}

Result<void> PlaceRepository::update(LocationId id, const std::optional<QString>& name,
                                     const std::optional<QString>& timeZone)
{
    return touched(m_connection.execute(Sql::LocationUpdateApi,
                                        {{"id", bound(id)}, {"name", bound(name)}, {"time_zone", bound(timeZone)}}));
}

Result<std::optional<PlaceRules>> PlaceRepository::rules(LocationId id)
{
    COHORT_TRY(rows, m_connection.query(Sql::LocationRules, {{"id", bound(id)}}));
    if (rows.empty())
        return std::optional<PlaceRules>();
    const Row& row = rows.front();
    return std::optional(PlaceRules{
        .deployment = row.id<DeploymentId>("deployment_id"),
        .clock = model::valueOf<model::LocationClock>(row.string("clock")).value_or(model::LocationClock::Real),
        .allowsTokenless = row.boolean("allow_tokenless_devices")});
}

Result<std::vector<PlaceRow>> PlaceRepository::homes(const std::optional<QList<DeploymentId>>& scope)
{
    COHORT_TRY(rows, m_connection.query(Sql::LocationOfDeployments,
                                        {{"scope", bound(scope)}, {"count", bound(ListLimitMost)}}));
    std::vector<PlaceRow> homes;
    for (const Row& row : rows)
        homes.push_back({row.id<LocationId>("id"), row.string("name"), row.string("time_zone")});
    return homes;
}

Result<Inhabitants> PlaceRepository::inhabitants(LocationId id)
{
    COHORT_TRY(rows, m_connection.query(Sql::LocationInhabitants, {{"id", bound(id)}}));
    return Inhabitants{static_cast<int>(rows.front().integer("devices")),
                       static_cast<int>(rows.front().integer("people"))};
}

Result<void> PlaceRepository::retire(LocationId id)
{
    return touched(m_connection.execute(Sql::LocationRetire, {{"id", bound(id)}}));
}

Result<PlacedRoom> PlaceRepository::room(RoomId id)
{
    COHORT_TRY(rows, m_connection.query(Sql::RoomView, {{"id", bound(id)}}));
    if (rows.empty())
        return fail(ErrorCode::NotFound);
    COHORT_TRY(room, rowAs<model::Room>(rows.front()));
    return PlacedRoom{room, rows.front().id<LocationId>("location_id")};
}

Result<RoomId> PlaceRepository::insertRoom(LocationId location, const QString& kind, const QString& name)
{
    COHORT_TRY(rows,
               m_connection.query(Sql::RoomInsertApi, {{"location", bound(location)}, {"kind", kind}, {"name", name}}));
    return rows.front().id<RoomId>("id");
}

Result<RoomId> PlaceRepository::findOrMakeRoom(LocationId location, const QString& kind, const QString& name)
{
    COHORT_TRY(
        rows, m_connection.query(Sql::RoomFindOrMake, {{"location", bound(location)}, {"kind", kind}, {"name", name}}));
    return rows.front().id<RoomId>("id");
}

Result<void> PlaceRepository::updateRoom(RoomId id, const std::optional<QString>& kind,
                                         const std::optional<QString>& name)
{
    return touched(
        m_connection.execute(Sql::RoomUpdateApi, {{"id", bound(id)}, {"kind", bound(kind)}, {"name", bound(name)}}));
}

Result<void> PlaceRepository::removeRoom(RoomId id)
{
    return touched(m_connection.execute(Sql::RoomRemove, {{"id", bound(id)}}));
}

} // namespace cohort::store

// Deployments, homes and rooms, as the console has them.
// Thread: the connection's. Owner: whoever needs it. Flow: api ⇄ here ⇄ deployment, location, room.
#pragma once

#include "server/store/postgres/row_reader.h"
#include "shared/model/page.h"
#include "shared/model/place.h"

namespace cohort::store {

// What a new deployment begins with.
struct NewDeployment
{
    QString name, timeZone;
    model::Language language = model::Language::English;
    bool allowTokenlessDevices = false;
};

// What is changed; nothing given: stays.
struct DeploymentChange
{
    std::optional<QString> name, timeZone;
    std::optional<model::Language> language;
    std::optional<bool> allowTokenlessDevices;
    std::optional<int> serverTtlS;
    std::optional<int> messagesPerHour, alertsPerHour, commandsPerHour;
};

struct NewLocation
{
    DeploymentId deployment;
    QString name;
    std::optional<QString> timeZone; // nothing: the deployment's
    model::LocationClock clock = model::LocationClock::Real;
};

// A room and the home that it is in.
struct PlacedRoom
{
    model::Room room;
    LocationId location;
};

// A home by its name.
struct PlaceRow
{
    LocationId id;
    QString name;
    QString timeZone;
};

// What has to leave a home before it is retired.
struct Inhabitants
{
    int devices = 0, people = 0;
};

// What registration must know of a home.
struct PlaceRules
{
    DeploymentId deployment;
    model::LocationClock clock = model::LocationClock::Real;
    bool allowsTokenless = false;
};

class PlaceRepository
{
public:
    explicit PlaceRepository(Connection& connection) : m_connection(connection) {}

    // By name, at most 1,000; `scope` nothing: all.
    Result<QList<model::Deployment>> deployments(const std::optional<QList<DeploymentId>>& scope);
    // Errors: NotFound, as all that take an id.
    Result<model::Deployment> deployment(DeploymentId id);
    // Errors: NotFound, which says the name.
    Result<DeploymentId> deploymentNamed(const QString& name);
    Result<DeploymentId> insert(const NewDeployment& wanted);
    Result<void> update(DeploymentId id, const DeploymentChange& change);
    // After how many seconds a device of this outward id asks again for its server: its deployment's figure. An id that
    // nobody has gets one too, always the same, so that it does not learn that it is unknown. Nothing: no deployment yet.
    Result<std::optional<int>> serverTtl(const QString& deviceKey);

    // By id, those behind `after`.
    Result<model::Page<model::Location>> locations(DeploymentId deployment, LocationId after, int limit);
    Result<model::Location> location(LocationId id);
    Result<LocationId> insert(const NewLocation& wanted);
    // Nothing: there is no such home.
    Result<std::optional<PlaceRules>> rules(LocationId id);
    // The homes of these deployments by id, at most 1,000; `scope` nothing: of all.
    Result<std::vector<PlaceRow>> homes(const std::optional<QList<DeploymentId>>& scope);
    Result<void> update(LocationId id, const std::optional<QString>& name, const std::optional<QString>& timeZone);

    Result<Inhabitants> inhabitants(LocationId id);
    // It is in no list any more; what was stored of it stays.
    Result<void> retire(LocationId id);

    Result<PlacedRoom> room(RoomId id);
    Result<RoomId> insertRoom(LocationId location, const QString& kind, const QString& name);
    // The room of this name in the home, made where it is missing.
    Result<RoomId> findOrMakeRoom(LocationId location, const QString& kind, const QString& name);
    Result<void> updateRoom(RoomId id, const std::optional<QString>& kind, const std::optional<QString>& name);
    // What stands in it stays in the home.
    Result<void> removeRoom(RoomId id);

private:
    Result<void> addRooms(QList<model::Location>& locations);

    Connection& m_connection;
};

} // namespace cohort::store

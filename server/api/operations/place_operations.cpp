// deployment.*, location.*, room.*
#include "server/api/operations/handlers.h"
#include "server/api/operations/script_work.h"
#include "server/store/repositories/device_repository.h"
#include "server/store/repositories/participant_repository.h"
#include "server/store/repositories/place_repository.h"
#include "server/store/repositories/timeline_repository.h"
#include "shared/base/time_zone.h"
#include "shared/model/places.h"
#include "shared/protocol/operations/place.h"

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::PlaceRepository;

namespace {

Result<void> checkZone(const std::optional<QString>& zone)
{
    if (!zone)
        return {};
    if (const auto found = ianaZone(*zone); !found)
        return fail(found.error().code, u"timeZone: "_s + found.error().detail);
    return {};
}

// `before`: what a room that is changed has, and may keep.
Result<QString> checkedKind(const QString& kind, const QString& before = {})
{
    auto known = kind == before ? Result<QString>(kind) : model::roomKindOf(kind);
    return known ? std::move(known) : fail(known.error().code, u"kind: "_s + known.error().detail);
}

Result<model::Page<model::Deployment>> listDeployments(Call& call, const protocol::DeploymentList&)
{
    COHORT_TRY(items, PlaceRepository(call.connection).deployments(call.scope()));
    return model::Page<model::Deployment>{items, false};
}

Result<model::Deployment> createDeployment(Call& call, const protocol::DeploymentCreate& wanted)
{
    COHORT_CHECK(checkZone(wanted.timeZone));
    PlaceRepository places(call.connection);
    COHORT_TRY(id, places.insert({.name = wanted.name,
                                  .timeZone = wanted.timeZone,
                                  .language = wanted.language.value_or(model::Language::English),
                                  .allowTokenlessDevices = wanted.allowTokenlessDevices.value_or(false)}));
    call.deployment = id;
    return places.deployment(id);
}

Result<model::Deployment> updateDeployment(Call& call, const protocol::DeploymentUpdate& wanted)
{
    COHORT_CHECK(checkZone(wanted.timeZone));
    PlaceRepository places(call.connection);
    COHORT_CHECK(places.update(wanted.id, {.name = wanted.name,
                                           .timeZone = wanted.timeZone,
                                           .language = wanted.language,
                                           .allowTokenlessDevices = wanted.allowTokenlessDevices,
                                           .serverTtlS = wanted.serverTtlS,
                                           .messagesPerHour = wanted.messagesPerHour,
                                           .alertsPerHour = wanted.alertsPerHour,
                                           .commandsPerHour = wanted.commandsPerHour}));
    return places.deployment(wanted.id);
}

Result<model::Page<model::Location>> listLocations(Call& call, const protocol::LocationList& wanted)
{
    return PlaceRepository(call.connection)
        .locations(wanted.deployment, wanted.after.value_or(LocationId{}), limitOf(wanted));
}

Result<model::Home> getLocation(Call& call, const protocol::LocationGet& wanted)
{
    call.mustAudit = call.showsNames();
    COHORT_TRY(location, PlaceRepository(call.connection).location(wanted.id));
    store::DeviceFilter standing;
    standing.location = wanted.id;
    COHORT_TRY(devices, store::DeviceRepository(call.connection).list(standing, ListLimitMost));
    COHORT_TRY(people, store::ParticipantRepository(call.connection)
                           .list({.deployment = {}, .location = wanted.id, .after = {}}, ListLimitMost, call.names()));
    store::TimelineRepository streams(call.connection);
    COHORT_TRY(facts, streams.factStreams(wanted.id));
    COHORT_TRY(left, streams.leftStreams(wanted.id, ListLimitMost));
    return model::Home{location, devices.items, people.items, facts, left};
}

Result<model::Location> createLocation(Call& call, const protocol::LocationCreate& wanted)
{
    COHORT_CHECK(checkZone(wanted.timeZone));
    PlaceRepository places(call.connection);
    COHORT_TRY(id, places.insert({.deployment = wanted.deployment,
                                  .name = wanted.name,
                                  .timeZone = wanted.timeZone,
                                  .clock = wanted.clock.value_or(model::LocationClock::Real)}));
    for (const auto& room : wanted.rooms.value_or(QList<protocol::NewRoom>())) {
        COHORT_TRY(kind, checkedKind(room.kind));
        COHORT_CHECK(places.insertRoom(id, kind, room.name));
    }
    return places.location(id);
}

Result<model::Location> updateLocation(Call& call, const protocol::LocationUpdate& wanted)
{
    COHORT_CHECK(checkZone(wanted.timeZone));
    PlaceRepository places(call.connection);
    COHORT_CHECK(places.update(wanted.id, wanted.name, wanted.timeZone));
    return places.location(wanted.id);
}

Result<model::Room> createRoom(Call& call, const protocol::RoomCreate& wanted)
{
    PlaceRepository places(call.connection);
    COHORT_TRY(kind, checkedKind(wanted.kind));
    COHORT_TRY(id, places.insertRoom(wanted.location, kind, wanted.name));
    return model::Room{id, kind, wanted.name};
}

Result<model::Room> updateRoom(Call& call, const protocol::RoomUpdate& wanted)
{
    PlaceRepository places(call.connection);
    std::optional<QString> kind = wanted.kind;
    if (kind) {
        COHORT_TRY(before, places.room(wanted.id));
        COHORT_TRY(known, checkedKind(*kind, before.room.kind));
        kind = known;
    }
    COHORT_CHECK(places.updateRoom(wanted.id, kind, wanted.name));
    COHORT_TRY(found, places.room(wanted.id));
    return found.room;
}

Result<model::Nothing> removeRoom(Call& call, const protocol::RoomRemove& wanted)
{
    COHORT_CHECK(PlaceRepository(call.connection).removeRoom(wanted.id));
    return model::Nothing{};
}

// Whoever and whatever is there leaves first, each by an own decision; what scripts have there ends with it.
Result<model::Nothing> retireLocation(Call& call, const protocol::LocationRetire& wanted)
{
    PlaceRepository places(call.connection);
    COHORT_TRY(there, places.inhabitants(wanted.id));
    if (there.devices > 0 || there.people > 0)
        return fail(ErrorCode::Conflict,
                    u"retire its devices (%1) and end the roles of its people (%2) first"_s.arg(there.devices)
                        .arg(there.people));
    COHORT_CHECK(places.retire(wanted.id));
    COHORT_TRY(
        ended,
        store::ScriptDeploymentRepository(call.connection).endUnplaced(ScriptId{}, wanted.id, call.identity.actor()));
    noteEnded(call, ended);
    return model::Nothing{};
}

} // namespace

HandlerRows placeHandlers()
{
    return {handler<protocol::DeploymentList, &listDeployments>(),
            handler<protocol::DeploymentCreate, &createDeployment>(),
            handler<protocol::DeploymentUpdate, &updateDeployment>(),
            handler<protocol::LocationList, &listLocations>(),
            handler<protocol::LocationGet, &getLocation>(),
            handler<protocol::LocationCreate, &createLocation>(),
            handler<protocol::LocationUpdate, &updateLocation>(),
            handler<protocol::LocationRetire, &retireLocation>(),
            handler<protocol::RoomCreate, &createRoom>(),
            handler<protocol::RoomUpdate, &updateRoom>(),
            handler<protocol::RoomRemove, &removeRoom>()};
}

} // namespace cohort::api

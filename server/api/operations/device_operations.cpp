// device.*, without device.command
#include "server/api/devices/device_registry.h"
#include "server/api/operations/handlers.h"
#include "server/store/repositories/place_repository.h"
#include "shared/model/device_types.h"
#include "shared/model/places.h"
#include "shared/model/stored_value.h"
#include "shared/model/units.h"
#include "shared/protocol/operations/device.h"

#include <cmath>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;
using store::DeviceRepository;
using store::PlaceRepository;

namespace {

std::optional<double> finite(double bound)
{
    return std::isfinite(bound) ? std::optional(bound) : std::nullopt;
}

model::TypeParameterInfo describe(const model::TypeParameter& parameter)
{
    QStringList choices;
    for (const char* choice : parameter.values.choices)
        choices.append(QString::fromUtf8(choice));
    return {.name = QString::fromUtf8(parameter.name),
            .unit = QString::fromUtf8(parameter.unit),
            .kind = parameter.periodic ? model::ReportKind::Periodic : model::ReportKind::OnChange,
            .intervalMs = parameter.intervalMs,
            .command = parameter.command,
            .values = parameter.values.kind,
            .least = finite(parameter.values.least),
            .most = finite(parameter.values.most),
            .choices = choices,
            .mayHarm = parameter.values.mayHarm};
}

Result<model::Page<model::DeviceTypeInfo>> types(Call&, const protocol::DeviceTypes&)
{
    model::Page<model::DeviceTypeInfo> page;
    for (const auto& type : model::deviceTypes()) {
        model::DeviceTypeInfo info{.number = type.number, .name = QString::fromUtf8(type.name), .parameters = {}};
        for (const auto& parameter : type.parameters)
            info.parameters.append(describe(parameter));
        page.items.append(info);
    }
    return page;
}

Result<model::Page<model::Device>> listDevices(Call& call, const protocol::DeviceList& wanted)
{
    return DeviceRepository(call.connection)
        .list({.scope = call.scope(),
               .location = wanted.location.value_or(LocationId{}),
               .after = wanted.after.value_or(DeviceId{}),
               .search = wanted.search,
               .state = wanted.state,
               .searchesTexts = call.identity.maySeeTexts(call.deployment)},
              limitOf(wanted));
}

Result<model::Device> getDevice(Call& call, const protocol::DeviceGet& wanted)
{
    return DeviceRepository(call.connection).find(wanted.id);
}

Result<void> checkRoom(Call& call, RoomId room, LocationId location)
{
    COHORT_TRY(known, PlaceRepository(call.connection).room(room));
    return known.location == location ? Result<void>()
                                      : fail(ErrorCode::WrongValue, u"'room' is not a room of this home"_s);
}

// The room that was meant: by id (it must be of this home), or by kind and name, made when missing; none: no room.
Result<RoomId> roomOf(Call& call, const protocol::NewDeviceTraits& wanted, LocationId location)
{
    if (wanted.room) {
        COHORT_CHECK(checkRoom(call, *wanted.room, location));
        return *wanted.room;
    }
    const QString kind = wanted.roomKind.value_or(QString()), name = wanted.roomName.value_or(QString());
    if (kind.isEmpty() && name.isEmpty())
        return RoomId{};
    PlaceRepository places(call.connection);
    const auto known = model::roomKindOf(kind.isEmpty() ? u"other"_s : kind);
    if (known)
        return places.findOrMakeRoom(location, *known, name.isEmpty() ? *known : name);
    COHORT_TRY(home, places.location(location)); // a room that has the word from before is found
    for (const model::Room& room : home.rooms)
        if (room.kind == kind && room.name == (name.isEmpty() ? kind : name))
            return room.id;
    return fail(known.error().code, u"'roomKind': "_s + known.error().detail);
}

// As it is told to whoever asked for it; an empty token: it has none.
model::DeviceSecret secretOf(const Call& call, const QString& key, const QString& token, int type)
{
    if (token.isEmpty())
        return {};
    return {.token = token, .curl = curlLine(call.settings.deviceioUrl, key, token, type)};
}

Result<model::RegisteredDevice> registerOne(Call& call, const protocol::DeviceRegister& wanted)
{
    const auto& traits = wanted.traits;
    COHORT_TRY(room, roomOf(call, traits, wanted.location));
    COHORT_TRY(made, registerDevice(call.connection,
                                    {.location = wanted.location,
                                     .key = wanted.key,
                                     .type = traits.type.value_or(0),
                                     .use = traits.use.value_or(u""_s),
                                     .room = room,
                                     .description = traits.description.value_or(u""_s),
                                     .gatewayKey = wanted.gateway.value_or(QString()),
                                     .startDate = wanted.startDate,
                                     .mayStartEarlier = true,
                                     .wantsToken = wanted.token.value_or(true),
                                     .owner = {}},
                                    false, call.services.clock.now()));
    call.object = u"device:%1"_s.arg(made.id.value);
    COHORT_TRY(device, DeviceRepository(call.connection).find(made.id));
    return model::RegisteredDevice{device, secretOf(call, wanted.key, made.token, device.type)};
}

// Behind which gateway the device comes, and in which home that is; an empty key: it holds a connection of its own.
Result<void> moveBehind(Call& call, const QString& key, const store::DeviceRecord& device, store::DeviceChange& change)
{
    change.gateway = DeviceId{};
    if (key.isEmpty())
        return {};
    DeviceRepository devices(call.connection);
    COHORT_TRY(gateway, findGateway(devices, key, device.deployment));
    COHORT_TRY(hasDevices, devices.hasDevicesBehind(device.id));
    if (gateway.id == device.id || hasDevices)
        return fail(ErrorCode::WrongValue, u"'gateway': a gateway cannot be behind another one"_s);
    change.gateway = gateway.id;
    if (gateway.location != device.location)
        change.location = gateway.location;
    return {};
}

// Open commands go where the device is now, or end with its time in the home.
Result<void> followWithCommands(Call& call, DeviceId device)
{
    COHORT_TRY(open, store::CommandRepository(call.connection).followDevices({device}));
    noteCommands(call, open);
    return {};
}

// One series has one unit, and scripts take a typed device's numbers for the type's: what is stored in another is not renamed.
Result<void> checkUnits(DeviceRepository& devices, DeviceId device, int type)
{
    COHORT_TRY(streams, devices.streams(device));
    for (const model::Stream& stream : streams) {
        const std::string held = stream.unit.toStdString();
        const auto expected = model::expectedOf(type, stream.name.toStdString());
        if (!stream.latest || held.empty() || expected.unit.empty() ||
            model::unitName(held) == model::unitName(expected.unit))
            continue;
        return fail(
            ErrorCode::WrongValue,
            u"'type': what is stored of '%1' is in %2, and a %3 gives %4; retire the device and register its id "
            "anew with this type: what there is stays as it is"_s.arg(
                stream.name, stream.unit, QString::fromUtf8(model::findDeviceType(type)->name),
                QString::fromUtf8(expected.unit.data(), qsizetype(expected.unit.size()))));
    }
    return {};
}

Result<model::Device> updateDevice(Call& call, const protocol::DeviceUpdate& wanted)
{
    DeviceRepository devices(call.connection);
    COHORT_TRY(known, devices.record(wanted.id));
    if (known.isRetired)
        return fail(ErrorCode::Conflict, u"the device is retired; its id can be registered anew"_s);
    store::DeviceChange change{.use = wanted.use,
                               .description = wanted.description,
                               .type = wanted.type,
                               .room = wanted.room,
                               .gateway = {},
                               .location = {}};
    if (wanted.gateway)
        COHORT_CHECK(moveBehind(call, *wanted.gateway, known, change));
    if (wanted.type)
        COHORT_CHECK(checkUnits(devices, wanted.id, *wanted.type));
    if (wanted.room && *wanted.room)
        COHORT_CHECK(checkRoom(call, *wanted.room, change.location ? change.location : known.location));
    COHORT_CHECK(devices.update(wanted.id, change));
    if (wanted.gateway)
        COHORT_CHECK(followWithCommands(call, wanted.id));
    return devices.find(wanted.id);
}

Result<model::DeviceSecret> newDeviceToken(Call& call, const protocol::DeviceNewToken& wanted)
{
    COHORT_TRY(known, DeviceRepository(call.connection).record(wanted.id));
    if (known.isRetired)
        return fail(ErrorCode::Conflict, u"the device is retired"_s);
    COHORT_TRY(token, giveToken(call.connection, wanted.id));
    COHORT_TRY(device, DeviceRepository(call.connection).find(wanted.id));
    return secretOf(call, known.key, token, device.type);
}

Result<model::Nothing> revokeTokens(Call& call, const protocol::DeviceRevokeTokens& wanted)
{
    COHORT_CHECK(DeviceRepository(call.connection).revokeTokens(wanted.id));
    return model::Nothing{};
}

Result<model::Device> retire(Call& call, const protocol::DeviceRetire& wanted)
{
    DeviceRepository devices(call.connection);
    COHORT_CHECK(devices.retire(wanted.id));
    COHORT_CHECK(followWithCommands(call, wanted.id));
    return devices.find(wanted.id);
}

} // namespace

HandlerRows deviceHandlers()
{
    return {handler<protocol::DeviceTypes, &types>(),
            handler<protocol::DeviceList, &listDevices>(),
            handler<protocol::DeviceGet, &getDevice>(),
            handler<protocol::DeviceRegister, &registerOne>(),
            handler<protocol::DeviceUpdate, &updateDevice>(),
            handler<protocol::DeviceNewToken, &newDeviceToken>(),
            handler<protocol::DeviceRevokeTokens, &revokeTokens>(),
            handler<protocol::DeviceRetire, &retire>()};
}

} // namespace cohort::api

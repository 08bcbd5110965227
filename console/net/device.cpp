#include "console/net/device.h"

namespace cohort::console {

using namespace Qt::StringLiterals;

Room Room::fromJson(const QJsonObject& object)
{
    return {json::id<RoomId>(object, "id"_L1), json::text(object, "kind"_L1), json::text(object, "name"_L1)};
}

Stream Stream::fromJson(const QJsonObject& object)
{
    const QJsonObject latest = json::object(object, "latest"_L1);
    return {json::id<StreamId>(object, "id"_L1),  json::text(object, "name"_L1),
            json::text(object, "unit"_L1),        object.value("index"_L1).toVariant().toString(),
            latest.value("value"_L1).toVariant(), json::time(latest, "time"_L1)};
}

Device Device::fromJson(const QJsonObject& object)
{
    Device device;
    device.id = json::id<DeviceId>(object, "id"_L1);
    device.deployment = json::id<DeploymentId>(object, "deployment"_L1);
    device.location = json::id<LocationId>(object, "location"_L1);
    device.key = json::text(object, "key"_L1);
    device.locationName = json::text(object, "locationName"_L1);
    device.typeName = json::text(object, "typeName"_L1);
    device.use = json::text(object, "use"_L1);
    device.description = json::text(object, "description"_L1);
    device.gatewayKey = json::text(object, "gatewayKey"_L1);
    device.reporting = json::text(object, "reporting"_L1);
    device.type = json::count(object, "type"_L1);
    device.room = Room::fromJson(json::object(object, "room"_L1));
    device.tokenless = json::flag(object, "tokenless"_L1);
    device.retired = json::flag(object, "retired"_L1);
    device.connected = json::flag(object, "connected"_L1);
    device.since = json::time(object, "since"_L1);
    device.lastMeasurement = json::time(object, "lastMeasurement"_L1);
    device.startDate = json::time(object, "startDate"_L1);
    device.streams = json::list<Stream>(object, "streams"_L1);
    return device;
}

DeviceSecret DeviceSecret::fromJson(const QJsonObject& object)
{
    return {Device::fromJson(object), json::text(object, "token"_L1), json::text(object, "curl"_L1)};
}

TypeParameter TypeParameter::fromJson(const QJsonObject& object)
{
    return {json::text(object, "name"_L1), json::text(object, "unit"_L1),
            json::text(object, "kind"_L1) == "on-change"_L1, json::flag(object, "command"_L1),
            json::number(object, "intervalMs"_L1)};
}

DeviceType DeviceType::fromJson(const QJsonObject& object)
{
    return {json::count(object, "number"_L1), json::text(object, "name"_L1),
            json::list<TypeParameter>(object, "parameters"_L1)};
}

CommandParameter CommandParameter::fromJson(const QJsonObject& object)
{
    return {json::text(object, "name"_L1), json::count(object, "index"_L1), object.value("value"_L1).toVariant()};
}

QJsonObject CommandParameter::toJson() const
{
    QJsonObject object{{u"name"_s, name}, {u"value"_s, QJsonValue::fromVariant(value)}};
    if (index != 0)
        object.insert("index"_L1, index);
    return object;
}

Command Command::fromJson(const QJsonObject& object)
{
    Command command;
    command.id = json::id<CommandId>(object, "id"_L1);
    command.device = json::id<DeviceId>(object, "device"_L1);
    command.location = json::id<LocationId>(object, "location"_L1);
    command.deviceKey = json::text(object, "deviceKey"_L1);
    command.state = json::text(object, "state"_L1);
    command.requestedBy = json::text(object, "requestedBy"_L1);
    command.result = object.value("result"_L1).toInt(-1);
    command.parameters = json::list<CommandParameter>(object, "parameters"_L1);
    command.createdAt = json::time(object, "createdAt"_L1);
    command.expiresAt = json::time(object, "expiresAt"_L1);
    command.sentAt = json::time(object, "sentAt"_L1);
    command.receivedAt = json::time(object, "receivedAt"_L1);
    command.finishedAt = json::time(object, "finishedAt"_L1);
    return command;
}

QFuture<Result<Listing<DeviceType>>> devices::types(RpcClient& client)
{
    return callForList<DeviceType>(client, "device.types"_L1);
}

QFuture<Result<Listing<Device>>> devices::find(RpcClient& client, DeploymentId deployment, const QString& text)
{
    return callForList<Device>(client, "device.list"_L1,
                               {{u"deployment"_s, json::ofId(deployment)}, {u"search"_s, text}, {u"limit"_s, 50}});
}

QFuture<Result<DeviceSecret>> devices::create(RpcClient& client, const NewDevice& wanted)
{
    QJsonObject parameters{
        {u"location"_s, json::ofId(wanted.location)}, {u"key"_s, wanted.key}, {u"token"_s, wanted.token}};
    const std::pair<QLatin1StringView, QString> optional[] = {{"use"_L1, wanted.use},
                                                              {"roomKind"_L1, wanted.roomKind},
                                                              {"roomName"_L1, wanted.roomName},
                                                              {"description"_L1, wanted.description},
                                                              {"gateway"_L1, wanted.gateway}};
    for (const auto& [key, value] : optional) {
        if (!value.isEmpty())
            parameters.insert(key, value);
    }
    if (wanted.type > 0)
        parameters.insert("type"_L1, wanted.type);
    if (wanted.room)
        parameters.insert("room"_L1, json::ofId(wanted.room));
    return callFor<DeviceSecret>(client, "device.register"_L1, parameters);
}

QFuture<Result<DeviceSecret>> devices::newToken(RpcClient& client, DeviceId id)
{
    return callFor<DeviceSecret>(client, "device.newToken"_L1, {{u"id"_s, json::ofId(id)}});
}

QFuture<Result<Command>> devices::command(RpcClient& client, DeviceId id, const QList<CommandParameter>& parameters)
{
    QJsonArray array;
    for (const CommandParameter& parameter : parameters)
        array.append(parameter.toJson());
    return callFor<Command>(client, "device.command"_L1, {{u"id"_s, json::ofId(id)}, {u"parameters"_s, array}});
}

QFuture<Result<Listing<Command>>> devices::commands(RpcClient& client, LocationId location, CommandId after)
{
    QJsonObject parameters{{u"location"_s, json::ofId(location)}, {u"limit"_s, 100}};
    if (after)
        parameters.insert("after"_L1, json::ofId(after));
    return callForList<Command>(client, "command.list"_L1, parameters);
}

} // namespace cohort::console

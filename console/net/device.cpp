#include "console/net/device.h"

namespace cohort::console {

using namespace Qt::StringLiterals;

CommandParameter CommandParameter::fromJson(const QJsonObject& object)
{
    return {json::text(object, "name"_L1), json::count(object, "index"_L1), object.value("value"_L1).toVariant()};
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

} // namespace cohort::console

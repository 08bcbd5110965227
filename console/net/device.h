// Devices, their streams and commands as the server tells them, and the calls about them.
// Thread: values; calls from the GUI. Owner: models. Flow: device.*, command.* → here → models.
#pragma once

#include "console/net/typed_call.h"
#include "shared/base/ids.h"

#include <QVariant>

namespace cohort::console {

struct Room
{
    RoomId id;
    QString kind, name;

    static Room fromJson(const QJsonObject& object);
};

struct Stream
{
    StreamId id;
    QString name, unit, index; // index: empty for most
    QVariant value;            // double or QString; invalid: none yet
    QDateTime time;

    static Stream fromJson(const QJsonObject& object);
};

struct Device
{
    DeviceId id;
    DeploymentId deployment;
    LocationId location;
    QString key, locationName, typeName, use, description, gatewayKey, reporting;
    int type = 0;
    Room room;
    bool tokenless = false, retired = false, connected = false;
    QDateTime since, lastMeasurement, startDate;
    QList<Stream> streams;

    static Device fromJson(const QJsonObject& object);
    // What people call it: its description, else its key.
    QString label() const { return description.isEmpty() ? key : description; }
};

// A device just registered; the token is told only once.
struct DeviceSecret
{
    Device device;
    QString token, curl;

    static DeviceSecret fromJson(const QJsonObject& object);
};

struct TypeParameter
{
    QString name, unit;
    bool onChange = false, command = false;
    qint64 intervalMs = 0;

    static TypeParameter fromJson(const QJsonObject& object);
};

struct DeviceType
{
    int number = 0;
    QString name;
    QList<TypeParameter> parameters;

    static DeviceType fromJson(const QJsonObject& object);
};

struct CommandParameter
{
    QString name;
    int index = 0;
    QVariant value; // double or QString

    static CommandParameter fromJson(const QJsonObject& object);
    QJsonObject toJson() const;
};

struct Command
{
    CommandId id;
    DeviceId device;
    LocationId location;
    QString deviceKey, state, requestedBy;
    int result = -1; // as the device answered; -1: nothing
    QList<CommandParameter> parameters;
    QDateTime createdAt, expiresAt, sentAt, receivedAt, finishedAt;

    static Command fromJson(const QJsonObject& object);
    bool isFinished() const { return finishedAt.isValid(); }
};

struct NewDevice
{
    LocationId location;
    QString key, use, roomKind, roomName, description, gateway;
    int type = 0;
    RoomId room;
    bool token = true;
};

namespace devices {

QFuture<Result<Listing<DeviceType>>> types(RpcClient& client);
// At most 50 whose key or description holds `text`.
QFuture<Result<Listing<Device>>> find(RpcClient& client, DeploymentId deployment, const QString& text);
QFuture<Result<DeviceSecret>> create(RpcClient& client, const NewDevice& wanted);
QFuture<Result<DeviceSecret>> newToken(RpcClient& client, DeviceId id);
QFuture<Result<Command>> command(RpcClient& client, DeviceId id, const QList<CommandParameter>& parameters);
QFuture<Result<Listing<Command>>> commands(RpcClient& client, LocationId location, CommandId after = {});

} // namespace devices

} // namespace cohort::console

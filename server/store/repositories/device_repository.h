// Devices as the console has them, their streams, and what the rules of registration go by.
// Thread: the connection's. Owner: whoever needs it. Flow: api ⇄ here ⇄ device, device_token, stream.
#pragma once

#include "server/store/postgres/row_reader.h"
#include "shared/model/device.h"
#include "shared/model/page.h"

#include <map>

namespace cohort::store {

// Which devices are listed; nothing given: any.
struct DeviceFilter
{
    std::optional<QList<DeploymentId>> scope;
    LocationId location;
    DeviceId after;
    std::optional<QString> search;
    std::optional<model::DeviceStateFilter> state; // nothing: all that are not retired
    bool searchesTexts = true;                     // in descriptions too: who searches may read them
};

// What rules and handlers must know of a device.
struct DeviceRecord
{
    DeviceId id;
    DeploymentId deployment;
    LocationId location;
    QString key;
    DeviceId gateway; // none: it holds its own connection
    bool isTokenless = false, isRetired = false, isConnected = false;
};

// Who looks for a device by its outward id: an operator's deployments, or a participant: a resident's homes, a student's own.
struct DeviceSearch
{
    QString key;
    LocationId location; // none: any
    std::optional<QList<DeploymentId>> scope;
    ParticipantId participant; // none: not a participant
};

struct DeviceRegistration
{
    LocationId location;
    QString key;
    int type = 0;
    QString use;
    RoomId room;
    QString description;
    DeviceId gateway;
    std::optional<Timestamp> startDate; // nothing: now, or long ago where the home's clock goes by its data
    bool isTokenless = false;
    ParticipantId owner; // the participant who registers it; none: an operator
};

// A device as an import finds it by its outward id.
struct KnownDevice
{
    DeviceId id;
    int type = 0;
};

// What is changed; nothing given: stays. A room or gateway of none: takes it out of its room, from behind its gateway.
struct DeviceChange
{
    std::optional<QString> use, description;
    std::optional<int> type;
    std::optional<RoomId> room;
    std::optional<DeviceId> gateway;
    LocationId location; // where the gateway is in another home
};

class DeviceRepository
{
public:
    explicit DeviceRepository(Connection& connection) : m_connection(connection) {}

    // By id, those behind `after`.
    Result<model::Page<model::Device>> list(const DeviceFilter& filter, int limit);
    // Also one that is retired. Errors: NotFound.
    Result<model::Device> find(DeviceId id);
    // By name and index, without facts; each with its newest measurement.
    Result<QList<model::Stream>> streams(DeviceId id);

    // Errors: NotFound.
    Result<DeviceRecord> record(DeviceId id);
    // The one in use.
    Result<std::optional<DeviceRecord>> byKey(DeploymentId deployment, const QString& key);
    // In use; two where the outward id is that of several deployments' devices.
    Result<QList<DeviceRecord>> search(const DeviceSearch& wanted);
    // Whether any deployment has a device of this outward id in use.
    Result<bool> isKeyTaken(const QString& key);
    // A home's devices by outward id, also retired ones whose id nobody has now.
    Result<std::map<QString, KnownDevice>> keys(LocationId location);
    // Whether devices in use are behind it.
    Result<bool> hasDevicesBehind(DeviceId id);
    // Where the device, or its gateway, is connected now; nothing: nowhere.
    Result<std::optional<QString>> serverUrl(DeviceId id);

    // Errors: AlreadyExists.
    Result<DeviceId> insert(const DeviceRegistration& wanted);
    Result<void> update(DeviceId id, const DeviceChange& change);
    Result<void> retire(DeviceId id);
    // The SHA-256 of a new token; older ones end after a day.
    Result<void> addToken(DeviceId id, const QByteArray& hash);
    Result<void> revokeTokens(DeviceId id);

private:
    Result<void> complete(QList<model::Device>& devices);

    Connection& m_connection;
};

} // namespace cohort::store

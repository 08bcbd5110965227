// Registering devices, for the console and for the Application API: rules of tokens, gateways, start dates.
// Thread: the connection's. Owner: nobody. Flow: device.register, POST /cloud/json/devices → here → device, device_token.
// Source: device-protocol.md, "Who a device is", "Registration"; architecture.md, rule 8.
#pragma once

#include "server/store/repositories/device_repository.h"

namespace cohort::api {

struct NewDevice
{
    LocationId location;
    QString key;
    int type = 0;
    QString use;
    RoomId room;
    QString description;
    QString gatewayKey; // empty: none
    std::optional<Timestamp> startDate;
    bool mayStartEarlier = false; // operators; in a location of the clock `events` everybody
    bool wantsToken = true;
    ParticipantId owner; // a participant who registers it; none: an operator
};

struct Registration
{
    DeviceId id;
    DeploymentId deployment;
    QString token;        // once; empty: none
    bool existed = false; // it was there already, in this home
};

// Inside a transaction. Errors: AlreadyExists (also where it is not the owner's) or OtherLocation, NoSuchGateway, WrongValue (key, start date),
// AccessDenied (no token, where the deployment wants them), TooManyDevices.
Result<Registration> registerDevice(store::Connection& connection, const NewDevice& wanted, bool mayExist,
                                    Timestamp now);
// The gateway of this outward id that is in use. Errors: NoSuchGateway.
Result<store::DeviceRecord> findGateway(store::DeviceRepository& devices, const QString& key, DeploymentId deployment);
// A new token for it; older ones end after a day.
Result<QString> giveToken(store::Connection& connection, DeviceId device);
// A command line that posts a measurement of a device of this type with this token.
QString curlLine(const QString& deviceioUrl, const QString& key, const QString& token, int type);

} // namespace cohort::api

// Makes what a simulated or replayed home needs on the server: deployment, location, gateway, devices. All of it can
// be called again: what is there already is used.
// Thread: the caller's; blocks. Owner: a subcommand. Flow: wanted devices → operations → a gateway's token.
#pragma once

#include "server/sim/api_client.h"
#include "shared/model/device.h"

#include <QString>

#include <vector>

namespace cohort::sim {

struct WantedDevice
{
    QString key;
    int type = 0;
    QString use;
    QString roomKind; // empty: in no room
    QString description;
};

struct WantedLocation
{
    QString deployment; // a name; made when missing
    QString name;       // or the id of one that exists
    QString timeZone = QStringLiteral("Europe/Berlin");
    QString clock = QStringLiteral("real");
};

struct Gateway
{
    LocationId location;
    QString key;
    QString token;
    QString deviceServer; // URL of the device server to use
};

class Registrar
{
public:
    explicit Registrar(ApiClient& api) : m_api(api) {}

    // The location's id. `deployment` empty: it must exist already (NotFound says how to make it).
    Result<LocationId> location(const WantedLocation& wanted);
    // Registers the gateway with a token of its own, and the devices behind it.
    // Errors: OtherLocation when a key is taken elsewhere.
    Result<Gateway> gateway(LocationId location, const QString& key, const std::vector<WantedDevice>& devices);

private:
    Result<DeploymentId> deployment(const WantedLocation& wanted);
    // Invalid where there is none of this name.
    Result<LocationId> existing(const WantedLocation& wanted);
    Result<QString> gatewayToken(LocationId location, const QString& key, const QList<model::Device>& devices);

    ApiClient& m_api;
};

} // namespace cohort::sim

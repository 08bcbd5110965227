// Homes as scripts see them, and what changed in the configuration.
// Thread: the connection's. Owner: composer. Flow: location, room, device, `change` → here → composer's caches.
// Source: architecture.md, rule 2 (every input of Composer).
#pragma once

#include "server/store/postgres/connection.h"

#include <optional>
#include <vector>

namespace cohort::store {

struct HomeRoomRow
{
    QString kind, name;
};
struct HomeDeviceRow
{
    DeviceId id;
    QString key;
    int type = 0;
    QString use, room, description; // room: its kind
};
struct HomeRow
{
    LocationId id;
    DeploymentId deployment;
    QString name;
    QString timeZone;
    bool byEvents = false; // the clock
    bool allowsNumpy = false;
    std::vector<HomeRoomRow> rooms;
    std::vector<HomeDeviceRow> devices; // by key, without retired ones
};

struct LocationShard
{
    LocationId location;
    DeploymentId deployment;
    int shard = 0;
    bool byEvents = false; // the clock
};

struct ChangeRow
{
    qint64 seq = 0;
    QString kind; // the table
    DeploymentId deployment;
    LocationId location;
    qint64 object = 0;
};

class HomeRepository
{
public:
    explicit HomeRepository(Connection& connection) : m_connection(connection) {}

    // Errors: NotFound.
    Result<HomeRow> home(LocationId location);
    Result<std::vector<LocationShard>> locations(const std::vector<int>& shards);
    // The newest time of the home's measurements.
    Result<std::optional<Timestamp>> newestMeasurement(LocationId location);

private:
    Connection& m_connection;
};

// Reads `change` so that none is missed whatever the order in which transactions end.
class ChangeReader
{
public:
    // From now on; what changed before is not told.
    Result<void> begin(Connection& connection);
    // What changed since the last call, of transactions before which all have ended.
    Result<std::vector<ChangeRow>> read(Connection& connection);
    // Whether the last look saw changes that it could not tell yet, because an older transaction was still under way.
    bool isBehind() const { return m_isBehind; }

private:
    bool m_isBehind = false;
    qint64 m_horizon = 0;
    qint64 m_newest = 0;
};

} // namespace cohort::store

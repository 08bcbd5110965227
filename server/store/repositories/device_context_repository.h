// What the edge keeps in memory of devices, and how it hears of changes.
// Thread: the connection's. Owner: ingest's lookup thread. Flow: device, device_token, change → rows → DeviceCache.
#pragma once

#include "server/store/postgres/connection.h"

#include <string>
#include <vector>

namespace cohort::store {

struct TokenRow
{
    std::string hash; // SHA-256 of the token, in hex
    DeviceId device;
    std::optional<Timestamp> expires;
};

struct TokenlessRow
{
    std::string key;
    DeviceId device;
};

// A device as holder of a connection (holder = id), or one behind the holder.
struct DeviceContextRow
{
    DeviceId holder;
    DeviceId id;
    std::string key;
    DeploymentId deployment;
    LocationId location;
    Timestamp startDate;
    bool tokenless = false;
    bool mayTokenless = false; // tokenless, and its deployment allows it
    bool eventsClock = false;
    int type = 0;
};

struct DeviceChangeRow
{
    qint64 seq = 0;
    std::string kind; // device, device_token, location, deployment
    DeploymentId deployment;
    LocationId location;
    DeviceId device; // of device, device_token
    qint64 horizon = 0;
};

class DeviceContextRepository
{
public:
    explicit DeviceContextRepository(Connection& connection) : m_connection(connection) {}

    // The good ones among these hashes.
    Result<std::vector<TokenRow>> byTokens(const std::vector<std::string>& hashes);
    Result<std::vector<TokenlessRow>> byKeys(const std::vector<std::string>& keys);
    Result<std::vector<DeviceContextRow>> load(const std::vector<DeviceId>& ids);
    Result<std::vector<TokenRow>> goodTokens(const std::vector<DeviceId>& ids);
    Result<std::vector<DeviceId>> gatewaysOf(const std::vector<DeviceId>& ids);
    // The transaction before which all have ended.
    Result<qint64> horizon();
    Result<std::vector<DeviceChangeRow>> changes(qint64 from);

private:
    Connection& m_connection;
};

} // namespace cohort::store

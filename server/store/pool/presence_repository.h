// Which device has its channel at which node.
// Thread: the connection's. Owner: directory. Flow: directory::Presence → here → device_presence.
// Source: architecture.md, "The pool"; rule 9.
#pragma once

#include "server/store/postgres/connection.h"

#include <unordered_map>
#include <vector>

namespace cohort::store {

struct PresenceRow
{
    DeviceId device;
    Timestamp since;
    std::int64_t epoch = 0; // of the connection that ended
};

struct LeftBehind
{
    DeviceId device;
    LocationId location;
    bool eventsClock = false;
};

class PresenceRepository
{
public:
    PresenceRepository(Connection& connection, QString node) : m_connection(connection), m_node(std::move(node)) {}

    // The epoch of each; a device that is not in the answer does not exist.
    Result<std::unordered_map<DeviceId, std::int64_t>> connect(const std::vector<PresenceRow>& rows);
    Result<void> disconnect(const std::vector<PresenceRow>& rows);
    // Who posted without a channel, and when.
    Result<void> heard(const std::vector<PresenceRow>& rows);
    // Ends what an earlier run of this node left as connected.
    Result<std::vector<LeftBehind>> reset();

private:
    Connection& m_connection;
    const QString m_node;
};

} // namespace cohort::store

// The pool's servers: heartbeats, and which of them take devices.
// Thread: the connection's. Owner: whoever needs it. Flow: directory, actions ⇄ here ⇄ node → api (server.list).
// Source: architecture.md, "The pool".
#pragma once

#include "server/store/postgres/connection.h"
#include "shared/model/server.h"

#include <vector>

namespace cohort::store {

struct NodeHeartbeat
{
    QString name;
    QString deviceioUrl;
    QString apiUrl;
    QString roles; // comma-separated
    int connections = 0;
    int capacity = 0;
    double cpu = 0; // of its I/O threads' time, 0 to 1
    QString version;
};

struct AliveNode
{
    std::string name;
    std::string deviceioUrl;
    int connections = 0;
    int capacity = 0;
    double cpu = 0;
    double beat = 0; // seconds since 1970 by the database's clock; changes with each heartbeat
};

class NodeRepository
{
public:
    explicit NodeRepository(Connection& connection) : m_connection(connection) {}

    // Writes it; true when an operator wants this server to drain.
    Result<bool> beat(const NodeHeartbeat& heartbeat);
    // By name: those with a heartbeat in the last 15 s that do not drain.
    Result<std::vector<AliveNode>> alive();
    // For people, by name: those heard of lately, at most 1,000.
    Result<QList<model::Server>> list();
    Result<void> setDraining(const QString& name, bool draining);
    Result<void> leave(const QString& name);
    // Whether this connection is the pool's one that looks after expiry, snoozes and reminders; it is until it ends.
    Result<bool> becomeKeeper();
    // By the database's clock.
    Result<Timestamp> now();

private:
    Connection& m_connection;
};

} // namespace cohort::store

// What homes have, to judge which of the library's scripts are of use in them.
// Thread: the connection's. Owner: whoever needs it. Flow: location, device, stream → here → api (library.list).
#pragma once

#include "server/store/postgres/connection.h"

#include <QList>

#include <optional>

namespace cohort::store {

struct MeasuredHere
{
    QString use; // of the device; empty: none
    int type = 0;
    QString stream; // a parameter's name; empty: the device has sent nothing
};

struct EquippedHome
{
    LocationId id;
    QString name;
    QList<MeasuredHere> devices;
};

class LibraryRepository
{
public:
    explicit LibraryRepository(Connection& connection) : m_connection(connection) {}

    // By id, at most 1,000; `scope` nothing: all.
    Result<QList<EquippedHome>> homes(const std::optional<QList<DeploymentId>>& scope);

private:
    Connection& m_connection;
};

} // namespace cohort::store

// Which devices scripts know to be silent, and what of that changed.
// Thread: the connection's. Owner: composer. Flow: newest measurements → changes() → event rows → device_silence.
// Source: architecture.md, rule 9; composer.md, "Triggers".
#pragma once

#include "server/store/postgres/connection.h"
#include "shared/base/ids.h"
#include "shared/base/time.h"

#include <QByteArray>

#include <vector>

namespace cohort::store {

struct SilenceChange
{
    bool silent = false; // else it reports again
    DeviceId cause;      // a gateway, when all behind it are silent
    LocationId location;
    QByteArray devices; // JSON: [id, …]
    Timestamp since;
    bool told = false; // the cause is known already: no event
};

class SilenceRepository
{
public:
    explicit SilenceRepository(Connection& connection) : m_connection(connection) {}

    // In homes with the `real` clock, by home, then cause. Cost: one look per stream of these homes.
    Result<std::vector<SilenceChange>> changes(const std::vector<int>& shards);
    // That scripts were told; in the transaction of the event.
    Result<void> keep(const SilenceChange& change);

private:
    Connection& m_connection;
};

} // namespace cohort::store

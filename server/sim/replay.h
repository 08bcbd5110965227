// Posts a recorded home through one gateway, in order of arrival, through the device protocol, as fast as asked.
// Thread: its own io_context on the caller's. Owner: the `replay` subcommand.
// Flow: CSV → messages of up to `measuresPerPost` → gateway's channel → acknowledged → progress.
#pragma once

#include "server/sim/registrar.h"
#include "shared/base/time.h"

#include <functional>

namespace cohort::sim {

struct ReplayOptions
{
    WantedLocation location;
    QString devicesFile; // device_id, room, parameter, use, description
    QString dataFile;    // time, device_id, parameter, value; perhaps arrival
    QString idPrefix;    // before every device_id
    double speed = 0;    // time of arrival over real time; 0: as fast as it goes
    int measuresPerPost = 10;
    int postsInFlight = 4;
    QString progressFile; // rows acknowledged, for resuming in another process; empty: none
    std::string caFile;
};

struct ReplayReport
{
    qint64 rows = 0;         // in the file
    qint64 skipped = 0;      // acknowledged in an earlier process
    qint64 acknowledged = 0; // in this one
    qint64 rejected = 0;     // refused by the server, each named on standard error
    qint64 reconnects = 0;
};

// Registers gateway and devices, then posts everything; returns when all is acknowledged. Survives a server that goes
// away (it reconnects and sends again what was not acknowledged). `progress` is called about once a second.
// Errors: WrongValue with file and line for data that cannot be posted, the server's for what it refuses.
Result<ReplayReport> replay(ApiClient& api, const ReplayOptions& options, const Clock& clock,
                            const std::function<void(const ReplayReport&)>& progress);

} // namespace cohort::sim

// Simulated homes for a first try, demos and teaching: made on the server where missing, then lived in.
// Thread: its own io_context on the caller's. Owner: the `homes` subcommand.
// Flow: operations → gateways → SimulatedHome each → figures on standard error now and then.
#pragma once

#include "server/sim/registrar.h"
#include "server/sim/simulated_home.h"

namespace cohort::sim {

struct HomesOptions
{
    int homes = 5;
    QString deployment = QStringLiteral("Demo");
    QString namePrefix = QStringLiteral("Home");
    QString timeZone = QStringLiteral("Europe/Berlin");
    int daysBack = 0;                  // over 0: locations have the clock `events`, and begin that many days ago
    double speed = 1;                  // of the simulated time until it meets the present
    Scenario scenario = Scenario::Day; // of the first home; the others live ordinary days
    std::chrono::seconds duration{0};  // 0: until SIGINT or SIGTERM
    std::string caFile;
};

// Makes what is missing, then lives until the time is over or a signal ends it.
Result<void> runHomes(ApiClient& api, const HomesOptions& options, const Clock& real);

} // namespace cohort::sim

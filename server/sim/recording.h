// Writes simulated homes as files: what `cohort-script run` and `cohort-sim replay` read, and what really happened.
// Thread: the caller's. Owner: the `record` subcommand. Flow: options → RecordedHome each → three CSV files each.
#pragma once

#include "server/sim/troubles.h"
#include "shared/base/result.h"

#include <QDate>
#include <QString>

#include <cstdint>
#include <functional>

namespace cohort::sim {

struct RecordOptions
{
    int homes = 5;
    int days = 14; // from midnight to midnight there: 23 or 25 hours where clocks change
    std::uint64_t seed = 1;
    QDate start; // the first day
    QString timeZone = QStringLiteral("Europe/Berlin");
    Troubles troubles;
    QString folder; // made where missing; files of these names in it are replaced
};

constexpr int MostRecordedHomes = 1'000;
constexpr int MostRecordedDays = 3'660;

// home-N-devices.csv (device_id, room, parameter, use, description), home-N.csv (time, device_id, parameter, value,
// arrival; in order of arrival; the value is `unavailable` where there is none) and home-N-activities.csv (start, end, activity), N from 1; times are ISO 8601 with the zone's
// offset. The same options give the same bytes on every machine with the same rules of the zone. `progress` is told each
// home that is written. Errors: WrongValue, MissingValue naming the option, and the file that cannot be written.
Result<void> record(const RecordOptions& options, const std::function<void(int home)>& progress);

} // namespace cohort::sim

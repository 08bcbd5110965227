// A home and its measurements from two CSV files, as the log would hold them.
// Thread: pure functions. Owner: nobody. Flow: CSV → HomeInfo and Inputs → ScriptRunner.
// Source: composer.md; architecture.md, rule 1 (identity of a measurement).
#pragma once

#include "server/engine/model.h"
#include "shared/base/csv.h"

#include <map>
#include <memory>
#include <vector>

namespace cohort::worker {

// What is the same in every run of cohort-script: the home is number 1 and called "home", the script is
// number 1.
constexpr LocationId ScriptHome{1};
constexpr ScriptId ScriptNumber{1};

using Rows = std::vector<std::shared_ptr<const engine::Input>>;

// Columns device_id, room, parameter, use, description. A device with several parameters may have several
// lines, which must agree. Room kinds are the home's rooms; the clock is `events`. Errors: WrongValue with
// file:line:column.
Result<engine::HomeInfo> homeFrom(const CsvTable& devices, const QString& timeZone);
// By their line why rows were left out, as file:line:column: column: what to mend.
using RefusedLines = std::map<int, QString>;

// Columns time, device_id, parameter, value, and index, unit and arrival where there are any; in the order of arrival,
// without that column of the file, which is the order of the log. A row with the same device, parameter, index, time and
// value as an earlier one is left out. The script's installation comes first. As an import does, it refuses single rows
// (`odd` ones, an unknown device, no time, a value that the stream does not take …) and goes on.
Rows rowsFrom(const CsvTable& data, const engine::HomeInfo& home, RefusedLines& refused);

} // namespace cohort::worker

// The one table of units that are converted: each with its quantity and its measure in that quantity's own unit.
// Thread: constants. Owner: nobody. Flow: a value and its unit → converted → the unit that its parameter has.
// Source: device-protocol.md, "Upload", `unit`.
#pragma once

#include <optional>
#include <string_view>

namespace cohort::model {

// The way Cohort writes a unit ("degC", "C" and "℃" are "°C"); an unknown one as it is, without blanks around it.
std::string_view unitName(std::string_view unit);
// The same in another unit of the same quantity; a difference has no zero point (9 °F more are 5 °C more). Nothing:
// one of the two is unknown, or they are units of different quantities.
std::optional<double> converted(double value, std::string_view from, std::string_view to, bool isDifference);
// Units of this one's quantity, for error messages: "W, kW, MW"; empty where it is unknown.
std::string_view unitsLike(std::string_view unit);

} // namespace cohort::model

#include "shared/model/units.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace cohort::model {

namespace {

struct Quantity
{
    std::string_view units; // those that people use most
};
constexpr Quantity Power{"W, kW, MW, mW"}, Energy{"Wh, kWh, MWh, J, kJ, MJ"}, Temperature{"°C, °F, K"},
    Voltage{"V, mV, kV"}, Current{"A, mA"}, Pressure{"Pa, hPa, kPa, bar, mbar, psi"}, Share{"%"},
    Illuminance{"lx, klx"}, Duration{"s, ms, min, h, d"}, Length{"m, km, cm, mm, in, ft"}, Mass{"kg, g, mg, lb, oz"},
    Volume{"l, ml, m³"}, Speed{"m/s, km/h, mph"}, Frequency{"Hz, kHz, MHz"};

// (value - zero) · times / by is the measure in the quantity's own unit: whole numbers, so that nothing is lost.
struct Unit
{
    std::string_view name;
    const Quantity* quantity;
    double times;
    double by = 1;
    double zero = 0;
};
constexpr auto Units = std::to_array<Unit>({
    {"W", &Power, 1},
    {"kW", &Power, 1e3},
    {"MW", &Power, 1e6},
    {"mW", &Power, 1, 1e3},
    {"Wh", &Energy, 1},
    {"kWh", &Energy, 1e3},
    {"MWh", &Energy, 1e6},
    {"J", &Energy, 1, 3600},
    {"kJ", &Energy, 10, 36},
    {"MJ", &Energy, 10000, 36},
    {"°C", &Temperature, 1},
    {"°F", &Temperature, 5, 9, 32},
    {"K", &Temperature, 1, 1, 273.15},
    {"V", &Voltage, 1},
    {"mV", &Voltage, 1, 1e3},
    {"kV", &Voltage, 1e3},
    {"A", &Current, 1},
    {"mA", &Current, 1, 1e3},
    {"Pa", &Pressure, 1},
    {"hPa", &Pressure, 1e2},
    {"kPa", &Pressure, 1e3},
    {"bar", &Pressure, 1e5},
    {"mbar", &Pressure, 1e2},
    {"psi", &Pressure, 6894.757293168},
    {"%", &Share, 1},
    {"lx", &Illuminance, 1},
    {"klx", &Illuminance, 1e3},
    {"s", &Duration, 1},
    {"ms", &Duration, 1, 1e3},
    {"min", &Duration, 60},
    {"h", &Duration, 3600},
    {"d", &Duration, 86400},
    {"m", &Length, 1},
    {"km", &Length, 1e3},
    {"cm", &Length, 1, 100},
    {"mm", &Length, 1, 1e3},
    {"in", &Length, 0.0254},
    {"ft", &Length, 0.3048},
    {"kg", &Mass, 1},
    {"g", &Mass, 1, 1e3},
    {"mg", &Mass, 1, 1e6},
    {"lb", &Mass, 0.45359237},
    {"oz", &Mass, 0.028349523125},
    {"l", &Volume, 1},
    {"ml", &Volume, 1, 1e3},
    {"m³", &Volume, 1e3},
    {"m/s", &Speed, 1},
    {"km/h", &Speed, 10, 36},
    {"mph", &Speed, 0.44704},
    {"Hz", &Frequency, 1},
    {"kHz", &Frequency, 1e3},
    {"MHz", &Frequency, 1e6},
});

struct Alias
{
    std::string_view written, name;
};
constexpr auto Aliases = std::to_array<Alias>({
    {"w", "W"},           {"watt", "W"},        {"Watt", "W"},   {"watts", "W"},  {"kw", "kW"},    {"KW", "kW"},
    {"wh", "Wh"},         {"WH", "Wh"},         {"kwh", "kWh"},  {"KWh", "kWh"},  {"KWH", "kWh"},  {"kW·h", "kWh"},
    {"C", "°C"},          {"c", "°C"},          {"degC", "°C"},  {"℃", "°C"},     {"° C", "°C"},   {"celsius", "°C"},
    {"Celsius", "°C"},    {"F", "°F"},          {"f", "°F"},     {"degF", "°F"},  {"℉", "°F"},     {"° F", "°F"},
    {"fahrenheit", "°F"}, {"Fahrenheit", "°F"}, {"kelvin", "K"}, {"Kelvin", "K"}, {"%RH", "%"},    {"% RH", "%"},
    {"percent", "%"},     {"pct", "%"},         {"lux", "lx"},   {"Lux", "lx"},   {"sec", "s"},    {"minutes", "min"},
    {"hours", "h"},       {"L", "l"},           {"mL", "ml"},    {"m3", "m³"},    {"kph", "km/h"}, {"volt", "V"},
    {"Volt", "V"},        {"ampere", "A"},      {"Watts", "W"},  {"ºC", "°C"},    {"ºF", "°F"},    {"deg C", "°C"},
    {"deg F", "°F"},
});

const Unit* find(std::string_view written)
{
    const std::string_view name = unitName(written);
    const auto found = std::find_if(Units.begin(), Units.end(), [&](const Unit& unit) { return unit.name == name; });
    return found == Units.end() ? nullptr : &*found;
}

// To twelve digits: what converting adds behind them was not measured.
double rounded(double value)
{
    std::array<char, 40> digits{};
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::general, 12).ptr;
    std::from_chars(digits.data(), end, value);
    return value;
}

} // namespace

std::string_view unitName(std::string_view unit)
{
    while (unit.starts_with(' '))
        unit.remove_prefix(1);
    while (unit.ends_with(' '))
        unit.remove_suffix(1);
    const auto found =
        std::find_if(Aliases.begin(), Aliases.end(), [&](const Alias& alias) { return alias.written == unit; });
    return found == Aliases.end() ? unit : found->name;
}

std::optional<double> converted(double value, std::string_view from, std::string_view to, bool isDifference)
{
    if (unitName(from) == unitName(to))
        return value;
    const Unit* source = find(from);
    const Unit* target = find(to);
    if (!source || !target || source->quantity != target->quantity)
        return std::nullopt;
    const double from0 = value - (isDifference ? 0 : source->zero);
    const double there = from0 * (source->times * target->by) / (source->by * target->times);
    return rounded(there + (isDifference ? 0 : target->zero));
}

std::string_view unitsLike(std::string_view unit)
{
    const Unit* known = find(unit);
    return known ? known->quantity->units : std::string_view();
}

} // namespace cohort::model

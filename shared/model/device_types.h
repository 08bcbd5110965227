// The one table of device types: number, name, parameters with unit, periodic or on-change, expected interval, and
// what they may be set to.
// Thread: constants. Owner: nobody. Flow: here → device.types, reporting, timeline, console.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace cohort::model {

enum class ValueKind : std::uint8_t { Number, OnOff, Choice, Text };
constexpr auto enumNames(ValueKind)
{
    return std::array{"number", "on-off", "choice", "text"};
}

// What a parameter may be set to.
struct SettableValues
{
    ValueKind kind = ValueKind::Number;
    double least = -std::numeric_limits<double>::infinity(); // of a number
    double most = std::numeric_limits<double>::infinity();
    std::vector<const char*> choices = {}; // of a choice
    bool mayHarm = false;                  // setting it may do harm: people are asked once more
};

struct TypeParameter
{
    const char* name;
    const char* unit;
    bool periodic;  // else: reports only changes
    int intervalMs; // expected between two samples; 0: none
    bool command;   // can be set by a command
    SettableValues values = {};
};

struct DeviceType
{
    int number;
    const char* name; // English; translated by number where it is shown
    std::vector<TypeParameter> parameters;
};

// By number.
const std::vector<DeviceType>& deviceTypes();
// The type of this number, or null.
const DeviceType* findDeviceType(int number);
// Whether a parameter of this name reports only changes in every type that has it.
bool reportsOnChange(std::string_view parameter);
// The names of all such parameters.
std::vector<std::string_view> onChangeParameters();

} // namespace cohort::model

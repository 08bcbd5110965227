// The one table of device types: number, name, parameters with unit, periodic or on-change, expected interval.
// Thread: constants. Owner: nobody. Flow: here → device.types, reporting, timeline, console.
#pragma once

#include <string_view>
#include <vector>

namespace cohort::model {

struct TypeParameter
{
    const char* name;
    const char* unit;
    bool periodic;  // else: reports only changes
    int intervalMs; // expected between two samples; 0: none
    bool command;   // can be set by a command
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

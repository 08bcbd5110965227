#include "shared/model/device_types.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cohort::model {

namespace {

constexpr bool Periodic = true, OnChange = false, Command = true, Reading = false;
constexpr int Minute = 60'000;

SettableValues numbers(double least, double most)
{
    return {.kind = ValueKind::Number, .least = least, .most = most};
}

SettableValues onOff(bool mayHarm = false)
{
    return {.kind = ValueKind::OnOff, .mayHarm = mayHarm};
}

SettableValues oneOf(std::vector<const char*> choices)
{
    return {.kind = ValueKind::Choice, .choices = std::move(choices)};
}

SettableValues anyText()
{
    return {.kind = ValueKind::Text};
}

constexpr bool MayHarm = true;

} // namespace

const std::vector<DeviceType>& deviceTypes()
{
    static const std::vector<DeviceType> all{
        {0, "Other device", {}},
        {10014,
         "Smart plug",
         {{"power", "W", Periodic, Minute, Reading},
          {"energy", "Wh", Periodic, 15 * Minute, Reading},
          {"outletStatus", "", OnChange, 0, Command, onOff(MayHarm)}}},
        {10019, "Gateway of other makers", {}},
        {10031, "Gateway of other makers, second generation", {}},
        {10033,
         "Temperature and humidity of other makers",
         {{"temperature", "°C", Periodic, 10 * Minute, Reading}, {"humidity", "%", Periodic, 10 * Minute, Reading}}},
        {20001, "Gateway", {}},
        {20010,
         "Motion sensor",
         {{"motion", "", OnChange, 0, Reading}, {"battery", "%", Periodic, 1440 * Minute, Reading}}},
        {20011,
         "Door and drawer contact",
         {{"contact", "", OnChange, 0, Reading}, {"battery", "%", Periodic, 1440 * Minute, Reading}}},
        {20012, "Bed sensor", {{"pressure", "", OnChange, 0, Reading}}},
        {20013, "Toilet sensor", {{"flush", "", OnChange, 0, Reading}, {"motion", "", OnChange, 0, Reading}}},
        {20014,
         "Temperature and humidity",
         {{"temperature", "°C", Periodic, 10 * Minute, Reading}, {"humidity", "%", Periodic, 10 * Minute, Reading}}},
        {20015, "Medication box", {{"contact", "", OnChange, 0, Reading}}},
        {20016,
         "Stove guard",
         {{"power", "W", Periodic, Minute, Reading}, {"outletStatus", "", OnChange, 0, Command, onOff(MayHarm)}}},
        {20017,
         "Lamp",
         {{"lightStatus", "", OnChange, 0, Command, onOff()},
          {"brightness", "%", OnChange, 0, Command, numbers(0, 100)}}},
        {20018, "Call button", {{"pressed", "", OnChange, 0, Reading}}},
        {20019,
         "Power meter",
         {{"power", "W", Periodic, Minute, Reading}, {"energy", "Wh", Periodic, 15 * Minute, Reading}}},
        {20020,
         "Pressure mat",
         {{"pressure", "", OnChange, 0, Reading}, {"battery", "%", Periodic, 1440 * Minute, Reading}}},
        {20021,
         "Flush sensor",
         {{"flush", "", OnChange, 0, Reading}, {"battery", "%", Periodic, 1440 * Minute, Reading}}},
        {20022, "Thermometer", {{"temperature", "°C", Periodic, 10 * Minute, Reading}}},
        {20023,
         "Thermostat",
         {{"temperature", "°C", Periodic, 10 * Minute, Reading},
          {"targetTemperature", "°C", OnChange, 0, Command, numbers(5, 30)},
          {"mode", "", OnChange, 0, Command, oneOf({"off", "heat", "auto"})}}},
        {20024, "Message display", {{"text", "", OnChange, 0, Command, anyText()}}},
    };
    return all;
}

const DeviceType* findDeviceType(int number)
{
    const auto& all = deviceTypes();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const DeviceType& type) { return type.number == number; });
    return found == all.end() ? nullptr : &*found;
}

std::vector<std::string_view> onChangeParameters()
{
    std::map<std::string_view, bool> onChange;
    for (const auto& type : deviceTypes())
        for (const auto& parameter : type.parameters) {
            const auto known = onChange.emplace(parameter.name, true).first;
            known->second = known->second && !parameter.periodic;
        }
    std::vector<std::string_view> names;
    for (const auto& [name, only] : onChange)
        if (only)
            names.push_back(name);
    return names;
}

bool reportsOnChange(std::string_view parameter)
{
    const auto names = onChangeParameters();
    return std::find(names.begin(), names.end(), parameter) != names.end();
}

} // namespace cohort::model

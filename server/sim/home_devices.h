// What a simulated home is equipped with, in one table: what the scripts of rules/library read.
// Thread: constants. Owner: nobody. Flow: the table → devices on a server; lines of home-N-devices.csv.
#pragma once

#include "server/sim/registrar.h"

#include <string_view>
#include <vector>

namespace cohort::sim {

// One parameter of one device; a device with two has two rows, one after the other.
struct HomeDevice
{
    std::string_view name; // short: bed, toilet, stove …
    int type;              // of shared/model/device_types.h
    std::string_view parameter;
    std::string_view use;
    std::string_view room; // its kind
    std::string_view description;
};

const std::vector<HomeDevice>& homeDevices();

// Each device once, keys beginning with `prefix`.
std::vector<WantedDevice> wantedDevices(const QString& prefix);

} // namespace cohort::sim

#include "server/sim/home_devices.h"

namespace cohort::sim {

namespace {

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

} // namespace

const std::vector<HomeDevice>& homeDevices()
{
    static const std::vector<HomeDevice> all{
        {"bed", 20012, "pressure", "bed", "bedroom", "Bed"},
        {"bedroom-thermometer", 20022, "temperature", "", "bedroom", "Bedroom thermometer"},
        {"bathroom", 20010, "motion", "", "bathroom", "Bathroom motion"},
        {"shower", 20010, "motion", "shower", "bathroom", "Shower"},
        {"toilet", 20013, "flush", "toilet", "bathroom", "Toilet"},
        {"kitchen", 20010, "motion", "", "kitchen", "Kitchen motion"},
        {"fridge", 20011, "contact", "fridge", "kitchen", "Fridge"},
        {"stove", 20016, "power", "stove", "kitchen", "Stove"},
        {"stove", 20016, "outletStatus", "stove", "kitchen", "Stove"},
        {"living", 20010, "motion", "", "living", "Living room motion"},
        {"living-thermometer", 20022, "temperature", "", "living", "Living room thermometer"},
        {"door", 20011, "contact", "front door", "entrance", "Front door"},
    };
    return all;
}

std::vector<WantedDevice> wantedDevices(const QString& prefix)
{
    std::vector<WantedDevice> devices;
    for (const HomeDevice& device : homeDevices()) {
        const QString key = prefix + text(device.name);
        if (devices.empty() || devices.back().key != key)
            devices.push_back({key, device.type, text(device.use), text(device.room), text(device.description)});
    }
    return devices;
}

} // namespace cohort::sim

// How warm a simulated home's rooms are: coolest at six, warmest at six in the evening, each home a little different.
// Thread: the owner's. Owner: a SimulatedHome, recordHome(). Flow: time → the thermometers' readings, in tenths of °C.
#pragma once

#include "server/sim/resident.h"

namespace cohort::sim {

class Climate
{
public:
    Climate(std::uint64_t seed, std::uint32_t home, const QTimeZone& zone);

    // How often the thermometers report.
    static constexpr Milliseconds Every{600'000};
    // One reading of each thermometer.
    std::vector<Reading> at(Timestamp time);

private:
    Random m_random;
    QTimeZone m_zone;
    struct Room
    {
        std::string_view thermometer;
        int coolest; // tenths of °C
    };
    std::vector<Room> m_rooms;
};

} // namespace cohort::sim

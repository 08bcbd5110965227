#include "server/sim/climate.h"

#include <QDateTime>

#include <cstdlib>

namespace cohort::sim {

namespace {

constexpr int MinutesOfDay = 1'440;
constexpr int Coolest = 6 * 60; // minute of the day
constexpr int Swing = 20;       // tenths of °C from the coolest to the warmest

} // namespace

Climate::Climate(std::uint64_t seed, std::uint32_t home, const QTimeZone& zone)
    : m_random(seed, home, Random::Purpose::Climate), m_zone(zone)
{
    m_rooms.push_back({"bedroom-thermometer", m_random.between(175, 195)});
    m_rooms.push_back({"living-thermometer", m_random.between(195, 215)});
}

std::vector<Reading> Climate::at(Timestamp time)
{
    const QTime clock = QDateTime::fromMSecsSinceEpoch(toMs(time), m_zone).time();
    const int since = (clock.hour() * 60 + clock.minute() - Coolest + MinutesOfDay) % MinutesOfDay;
    const int fromWarmest = std::abs(since - MinutesOfDay / 2);
    const int warmer = (MinutesOfDay / 2 - fromWarmest) * Swing / (MinutesOfDay / 2);
    std::vector<Reading> readings;
    for (const Room& room : m_rooms) {
        const int tenths = room.coolest + warmer + m_random.between(-2, 2);
        readings.push_back({time, room.thermometer, "temperature", tenths / 10.0});
    }
    return readings;
}

} // namespace cohort::sim

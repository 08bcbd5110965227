#include "server/sim/resident.h"

#include <QDateTime>

#include <algorithm>

namespace cohort::sim {

namespace {

constexpr Milliseconds Second{1'000};
constexpr Milliseconds Minute{60'000};

} // namespace

Resident::Resident(std::uint64_t seed, const QTimeZone& zone) : m_random(seed), m_zone(zone) {}

int Resident::minutes(int least, int most)
{
    return std::uniform_int_distribution(least, most)(m_random);
}

bool Resident::chance(double share)
{
    return std::bernoulli_distribution(share)(m_random);
}

// Presence in a room: its motion sensor reports 1 at the beginning and 0 half a minute after the end.
void Resident::visit(std::vector<Reading>& out, Timestamp& at, const char* room, int leastMinutes, int mostMinutes)
{
    out.push_back({at, room, "motion", 1});
    at += minutes(leastMinutes * 4, mostMinutes * 4) * Minute / 4;
    out.push_back({at + 30 * Second, room, "motion", 0});
}

void Resident::sleep(std::vector<Reading>& out, Timestamp& at)
{
    out.push_back({at, "bed", "pressure", 1});
    at += minutes(100, 260) * Minute;
    out.push_back({at, "bed", "pressure", 0});
    at += minutes(10, 40) * Second;
    bathroom(out, at);
}

void Resident::bathroom(std::vector<Reading>& out, Timestamp& at)
{
    out.push_back({at, "bathroom", "motion", 1});
    at += minutes(90, 300) * Second;
    out.push_back({at, "toilet", "flush", 1});
    out.push_back({at + 8 * Second, "toilet", "flush", 0});
    at += minutes(20, 90) * Second;
    out.push_back({at, "bathroom", "motion", 0});
    at += 20 * Second;
}

void Resident::meal(std::vector<Reading>& out, Timestamp& at, double cooksShare)
{
    out.push_back({at, "kitchen", "motion", 1});
    at += minutes(20, 90) * Second;
    out.push_back({at, "fridge", "contact", 1});
    out.push_back({at + 9 * Second, "fridge", "contact", 0});
    if (chance(cooksShare)) {
        at += minutes(1, 4) * Minute;
        out.push_back({at, "stove", "knob", 1});
        at += minutes(6, 25) * Minute;
        out.push_back({at, "stove", "knob", 0});
    }
    at += minutes(5, 20) * Minute;
    out.push_back({at, "kitchen", "motion", 0});
    at += 15 * Second;
}

void Resident::goOut(std::vector<Reading>& out, Timestamp& at)
{
    out.push_back({at, "door", "contact", 1});
    out.push_back({at + 6 * Second, "door", "contact", 0});
    at += minutes(20, 180) * Minute;
    out.push_back({at, "door", "contact", 1});
    out.push_back({at + 7 * Second, "door", "contact", 0});
    at += 20 * Second;
}

std::vector<Reading> Resident::next(Timestamp& from)
{
    std::vector<Reading> out;
    const int hour = QDateTime::fromMSecsSinceEpoch(toMs(from), m_zone).time().hour();
    if (hour >= 22 || hour < 7)
        sleep(out, from);
    else if (chance(0.18))
        bathroom(out, from);
    else if ((hour < 10 && chance(0.5)) || (hour >= 12 && hour < 14 && chance(0.5)) || (hour >= 18 && chance(0.3)))
        meal(out, from, 0.7);
    else if (hour >= 9 && hour < 19 && chance(0.12))
        goOut(out, from);
    else
        visit(out, from, "living", 4, 45);
    std::stable_sort(out.begin(), out.end(), [](const Reading& a, const Reading& b) { return a.time < b.time; });
    from += Second;
    return out;
}

} // namespace cohort::sim

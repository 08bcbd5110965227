// A person's believable days in a home with simple sensors: sleep, meals, bathroom, going out, nights with a visit.
// Thread: the owner's. Owner: a SimulatedHome. Flow: next() → the readings that the next activity causes.
#pragma once

#include "shared/base/time.h"

#include <QTimeZone>

#include <random>
#include <string>
#include <vector>

namespace cohort::sim {

// What a sensor reports, or what a person does to the stove (device "stove", parameter "knob").
struct Reading
{
    Timestamp time;
    std::string device; // the short name: bed, toilet, bathroom, kitchen, living, door, fridge, stove
    std::string parameter;
    double value = 0;
};

class Resident
{
public:
    // The same seed lives the same days.
    Resident(std::uint64_t seed, const QTimeZone& zone);

    // The activity that begins at `from`: its readings by time, the last at its end; `from` moves to that end.
    std::vector<Reading> next(Timestamp& from);

private:
    int minutes(int least, int most);
    bool chance(double share);
    void visit(std::vector<Reading>& out, Timestamp& at, const char* room, int leastMinutes, int mostMinutes);
    void sleep(std::vector<Reading>& out, Timestamp& at);
    void bathroom(std::vector<Reading>& out, Timestamp& at);
    void meal(std::vector<Reading>& out, Timestamp& at, double cooksShare);
    void goOut(std::vector<Reading>& out, Timestamp& at);

    std::mt19937_64 m_random;
    QTimeZone m_zone;
};

} // namespace cohort::sim

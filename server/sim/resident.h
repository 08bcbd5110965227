// A person's believable days in a home with simple sensors: sleep, meals, shower, toilet, going out, nights with a visit.
// Thread: the owner's. Owner: a SimulatedHome, recordHome(). Flow: next() → what the next activity's sensors report, and
// what the person really did.
#pragma once

#include "server/sim/random.h"
#include "shared/base/time.h"

#include <QDate>
#include <QTimeZone>

#include <string_view>
#include <vector>

namespace cohort::sim {

// What a sensor reports, or what a person does to the stove (device "stove", parameter "knob").
struct Reading
{
    Timestamp time;
    std::string_view device; // its short name in home_devices.h, which lives for ever; so does the parameter
    std::string_view parameter;
    double value = 0;
};

// What the person did, by the names that recorded homes use: Sleeping, Toileting, Showering, Breakfast …
struct Activity
{
    Timestamp start, end;
    std::string_view name;
};

struct Episode
{
    std::vector<Reading> readings; // by time
    std::vector<Activity> activities;
};

class Resident
{
public:
    // The same seed and home live the same days.
    Resident(std::uint64_t seed, std::uint32_t home, const QTimeZone& zone);

    // What begins at `from`: the last reading is at its end; `from` moves behind that end, by a second at least.
    Episode next(Timestamp& from);

private:
    struct Meal;
    static const Meal Meals[];

    void wakeUpOn(const QDate& date);
    const Meal* mealDue(int hour) const;
    void sleep(Episode& out, Timestamp& at);
    void useToilet(Episode& out, Timestamp& at);
    void shower(Episode& out, Timestamp& at);
    void eat(Episode& out, Timestamp& at, const Meal& meal);
    void goOut(Episode& out, Timestamp& at);
    void rest(Episode& out, Timestamp& at);

    Random m_random;
    QTimeZone m_zone;
    struct Today
    {
        QDate date;
        unsigned meals = 0; // a bit for each of Meals that was eaten
        bool showered = false;
    };
    Today m_today;
};

} // namespace cohort::sim
